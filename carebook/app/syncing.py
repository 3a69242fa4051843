"""Sync in the background: at the start, every ten minutes, after writing, when asked; one at a time, patient when it fails."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from carebook.clock import Clock
from carebook.errors import Circumstance
from carebook.sync import patience
from carebook.ui.lane import Cancel, Cancelled, RunsJobs
from carebook.ui.sync.presenter import SyncState

EVERY_MS: Final = 10 * 60 * 1000
SOON_MS: Final = 2000


class Syncing(QObject):
    """Runs `cycle` on the slow lane. changed: its `state` is another one."""

    changed = Signal()

    def __init__(
        self, lane: RunsJobs, cycle: Callable[[Cancel], object] | None, clock: Clock, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._lane, self._cycle, self._clock = lane, cycle, clock
        self.state = SyncState(has_server=cycle is not None)
        self._is_wanted_again = False
        self._cancel: Cancel | None = None
        self._failures = 0
        self._every, self._soon, self._again = QTimer(self), QTimer(self), QTimer(self)
        self._every.setInterval(EVERY_MS)
        self._every.timeout.connect(self._by_itself)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self._by_itself)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self.now)

    def begin(self) -> None:
        """Sync now, and every ten minutes from here."""
        self._every.start()
        self.now()

    def end(self) -> None:
        """Start no more; ask the one that runs to stop."""
        self._every.stop()
        self._soon.stop()
        self._again.stop()
        self._cycle = None
        if self._cancel is not None:
            self._cancel.cancel()

    def soon(self) -> None:
        """Something was written: sync in a moment, together with what else is written by then."""
        self._soon.start()

    def waits_ms(self) -> int:
        """Milliseconds until a sync that failed is tried again; -1 when none is waited for."""
        return self._again.remainingTime() if self._again.isActive() else -1

    def _by_itself(self) -> None:
        """Sync, unless the server is being given time: then this goes with the next try."""
        if not self._again.isActive():
            self.now()

    def now(self) -> None:
        """Sync, as whoever asked for it wants, even while the server is given time; while one runs, another follows it."""
        cycle = self._cycle
        if cycle is None:
            return
        if self.state.is_running:
            self._is_wanted_again = True
            return
        self._tell(is_running=True)
        self._cancel = self._lane.run_slowly(cycle, lambda _: self._ended(None), self._ended)

    def _ended(self, problem: Circumstance | None) -> None:
        self._cancel = None
        if isinstance(problem, Cancelled):
            problem = None
        self._tell(is_running=False, problem=problem, ended_at=self._clock.now())
        self._be_patient(problem)
        if self._is_wanted_again:
            self._is_wanted_again = False
            self._by_itself()

    def _be_patient(self, problem: Circumstance | None) -> None:
        self._again.stop()
        if problem is None or not patience.is_worth_another_try(problem) or self._cycle is None:
            self._failures = 0
            return
        self._failures += 1
        seconds = patience.wait_seconds(self._failures, secrets.SystemRandom().random(), patience.asked_for(problem))
        self._again.start(round(seconds * 1000))

    def _tell(self, *, is_running: bool, problem: Circumstance | None = None, ended_at: datetime | None = None) -> None:
        before = self.state
        self.state = SyncState(
            has_server=before.has_server,
            is_running=is_running,
            problem=before.problem if is_running else problem,
            ended_at=ended_at or before.ended_at,
        )
        self.changed.emit()
