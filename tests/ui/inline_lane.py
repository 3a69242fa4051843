"""A lane that runs its jobs at once, for tests of presenters."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from carebook.errors import Circumstance
from carebook.ui.lane import Cancel

T = TypeVar("T")


class InlineLane:
    """Runs a job when it is given; `hold()` keeps jobs back until `release()`, as a slow disk would."""

    def __init__(self) -> None:
        self._held: list[Callable[[], None]] | None = None

    def hold(self) -> None:
        self._held = []

    def release(self) -> None:
        held, self._held = self._held or [], None
        for job in held:
            job()

    def run(self, job: Callable[[], T], then: Callable[[T], None], failed: Callable[[Circumstance], None]) -> None:
        def do() -> None:
            try:
                found = job()
            except Circumstance as error:
                failed(error)
            else:
                then(found)

        if self._held is None:
            do()
        else:
            self._held.append(do)

    def run_slowly(
        self, job: Callable[[Cancel], T], then: Callable[[T], None], failed: Callable[[Circumstance], None]
    ) -> Cancel:
        cancel = Cancel()
        self.run(lambda: job(cancel), then, failed)
        return cancel
