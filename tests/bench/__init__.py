"""What is measured: one module for each name of `./bench NAME`, whose `main(arguments)` measures and returns its goals."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Goal:
    """One measurement against its goal; `reached` is the measurer's judgement, for only it knows which way is better."""

    what: str
    measured: str
    goal: str
    reached: bool

    @staticmethod
    def at_most(what: str, measured: float, limit: float, unit: str = "") -> Goal:
        """Reached when `measured` is no more than `limit`; both in `unit`."""
        return Goal(what, f"{measured:.4g} {unit}".strip(), f"at most {limit:.4g} {unit}".strip(), measured <= limit)

    @staticmethod
    def at_least(what: str, measured: float, limit: float, unit: str = "") -> Goal:
        """Reached when `measured` is no less than `limit`; both in `unit`."""
        return Goal(what, f"{measured:.4g} {unit}".strip(), f"at least {limit:.4g} {unit}".strip(), measured >= limit)

    def line(self) -> str:
        """How `./bench` prints it."""
        return f"{self.what}: {self.measured}, goal {self.goal}: {'reached' if self.reached else 'NOT reached'}"
