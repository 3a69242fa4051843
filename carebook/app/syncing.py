"""Sync in the background: at the start, every ten minutes, after writing, and when asked; one at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from carebook.clock import Clock
from carebook.errors import Circumstance
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
        self._every, self._soon = QTimer(self), QTimer(self)
        self._every.setInterval(EVERY_MS)
        self._every.timeout.connect(self.now)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self.now)

    def begin(self) -> None:
        """Sync now, and every ten minutes from here."""
        self._every.start()
        self.now()

    def end(self) -> None:
        """Start no more; ask the one that runs to stop."""
        self._every.stop()
        self._soon.stop()
        self._cycle = None
        if self._cancel is not None:
            self._cancel.cancel()

    def soon(self) -> None:
        """Something was written: sync in a moment, together with what else is written by then."""
        self._soon.start()

    def now(self) -> None:
        """Sync; while one runs, another follows it."""
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
        if self._is_wanted_again:
            self._is_wanted_again = False
            self.now()

    def _tell(self, *, is_running: bool, problem: Circumstance | None = None, ended_at: datetime | None = None) -> None:
        before = self.state
        self.state = SyncState(
            has_server=before.has_server,
            is_running=is_running,
            problem=before.problem if is_running else problem,
            ended_at=ended_at or before.ended_at,
        )
        self.changed.emit()
