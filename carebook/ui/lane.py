"""What a presenter knows of the way off the screen's thread; no Qt in it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol, TypeVar

from carebook.errors import Circumstance

T = TypeVar("T")


class Cancelled(Circumstance):
    """The worker stopped a slow job before it was finished."""


class Cancel:
    """Handed to a slow job, which calls `check()` between its steps."""

    def __init__(self) -> None:
        self._told = threading.Event()

    def cancel(self) -> None:
        """Ask the job to stop at its next check."""
        self._told.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether the job was asked to stop."""
        return self._told.is_set()

    def check(self) -> None:
        """Raise Cancelled when the job was asked to stop."""
        if self._told.is_set():
            raise Cancelled


class RunsJobs(Protocol):
    """The lane a presenter is given: `background.Lane`, `background.ScreenLane`, or one that runs at once in a test."""

    def run(self, job: Callable[[], T], then: Callable[[T], None], failed: Callable[[Circumstance], None]) -> None:
        """Do `job` off the screen's thread; then call `then(result)` or `failed(circumstance)` on the screen's thread."""

    def run_slowly(
        self, job: Callable[[Cancel], T], then: Callable[[T], None], failed: Callable[[Circumstance], None]
    ) -> Cancel:
        """The same for a job that can be stopped; cancel the token that is returned to stop it."""
