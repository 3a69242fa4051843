"""Notices that nobody is at the laptop: no key or mouse for a while, or the laptop was asleep."""

# ruff: noqa: D102 - what Qt calls needs no docstring of its own

from __future__ import annotations

from datetime import timedelta
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

from carebook.clock import Clock

TICK_MS: Final = 5000
ASLEEP: Final = timedelta(seconds=35)  # a tick that comes this late was slept through
LEAST_MINUTES: Final = 1
MOST_MINUTES: Final = 15
_SIGNS = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel, QEvent.Type.TouchBegin}
)


class Idle(QObject):
    """gone: "idle" after `minutes` without a sign of the worker, "asleep" after a sleep. It watches windows alone."""

    gone = Signal(str)

    def __init__(self, clock: Clock, minutes: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self.set_minutes(minutes)
        self._last_sign = clock.monotonic()
        self._last_tick = clock.now()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._watched: list[QWindow] = []

    def set_minutes(self, minutes: int) -> None:
        """How long without use, 1 to 15 minutes."""
        self.minutes = max(LEAST_MINUTES, min(MOST_MINUTES, minutes))

    def begin(self) -> None:
        """Watch every window that has the focus from now on."""
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self.watch)
        app.applicationStateChanged.connect(self._state_changed)
        self.watch(QGuiApplication.focusWindow())
        self._timer.start()

    def end(self) -> None:
        """Watch no more."""
        self._timer.stop()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.disconnect(self.watch)
            app.applicationStateChanged.disconnect(self._state_changed)
        for window in self._watched:
            window.removeEventFilter(self)
        self._watched = []

    def watch(self, window: QWindow | None) -> None:
        """Look for signs of the worker in this window too."""
        if window is None or window in self._watched:
            return
        window.installEventFilter(self)
        window.destroyed.connect(self._forget)
        self._watched.append(window)

    def _forget(self, gone: QObject) -> None:
        self._watched = [window for window in self._watched if window is not gone]

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationSuspended:
            self.gone.emit("asleep")

    def tick(self) -> None:
        """Compare the clocks: called every five seconds."""
        now, was = self._clock.now(), self._last_tick
        self._last_tick = now
        if now - was > ASLEEP:
            self.gone.emit("asleep")
        elif self._clock.monotonic() - self._last_sign >= self.minutes * 60:
            self.gone.emit("idle")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's own name
        if event.type() in _SIGNS:
            self._last_sign = self._clock.monotonic()
        return False
