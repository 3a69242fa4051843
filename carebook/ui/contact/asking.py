"""Asks a lane on behalf of one screen and keeps quiet once that screen is gone; no Qt in it.

Use: `asking = Asking(room.quick)`; in the view `self.destroyed.connect(asking.end)`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from carebook.errors import Circumstance
from carebook.ui.lane import Cancel, RunsJobs

T = TypeVar("T")


class Asking:
    """A lane as one screen sees it: answers that come after `end` are not delivered."""

    def __init__(self, lane: RunsJobs) -> None:
        self._lane = lane
        self.is_over = False
        self._slow: list[Cancel] = []

    def run(self, job: Callable[[], T], then: Callable[[T], None], failed: Callable[[Circumstance], None]) -> None:
        """As RunsJobs.run."""
        self._lane.run(job, self._if_there(then), self._if_there(failed))

    def run_slowly(
        self, job: Callable[[Cancel], T], then: Callable[[T], None], failed: Callable[[Circumstance], None]
    ) -> Cancel:
        """As RunsJobs.run_slowly; the job is asked to stop when the screen goes."""
        cancel = self._lane.run_slowly(job, self._if_there(then), self._if_there(failed))
        self._slow.append(cancel)
        return cancel

    def end(self, _: object = None) -> None:
        """The screen is gone."""
        self.is_over = True
        for cancel in self._slow:
            cancel.cancel()

    def _if_there(self, told: Callable[[T], None]) -> Callable[[T], None]:
        def deliver(value: T) -> None:
            if not self.is_over:
                told(value)

        return deliver
