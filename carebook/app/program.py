"""The program from its start to its end: the unlock window first, the rest read while the person types, then the shell."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QSettings, QTimer, Signal
from PySide6.QtWidgets import QApplication

from carebook import logs
from carebook.app import process
from carebook.app.door import Door, Opened
from carebook.clock import Clock, clock_starting_at, system_clock
from carebook.settings import Settings, read_settings
from carebook.ui.background import Lanes
from carebook.ui.kit.notices import NoticeBar
from carebook.ui.start.window import StartWindow
from carebook.ui.theme import read_appearance, theme
from carebook.ui.unlock.view import UnlockView

if TYPE_CHECKING:
    from carebook.app.sitting import Sitting

WHY: Final = "CAREBOOK_LOCKED"
DEVICE: Final = "CAREBOOK_LOCKED_DEVICE"


def clock_of(settings: Settings) -> Clock:
    """The machine's clock, or the one of a demonstration."""
    start = settings.clock_starts_at
    return clock_starting_at(datetime.fromisoformat(start)) if start else system_clock()


class Program(QObject):
    """One window at a time: unlock and set-up, then the shell; locking ends the process and begins it anew.

    settled: the heavy parts are read. unlocked: the Sitting that began. ended: everything is closed, the program may exit.
    restart: begins the process anew with what it is given in its environment; tests and the demonstration give their own.
    """

    settled = Signal()
    unlocked = Signal(object)
    ended = Signal()

    def __init__(
        self, settings: Settings, clock: Clock, *, restart: Callable[[Mapping[str, str]], None] = process.start_anew
    ) -> None:
        super().__init__()
        self.settings, self.clock, self._restart = settings, clock, restart
        self.lanes = Lanes()
        self.door = Door(settings, clock)
        self.sitting: Sitting | None = None
        self.window = StartWindow()
        lane = self.lanes.store.for_screen(self.window)
        self.unlock_view = UnlockView(self.door, lane, opened=self._opened, enrol=self.show_enrolment)
        if settings.notice:
            self.unlock_view.body.insertWidget(0, NoticeBar("info", settings.notice))
        self.window.show_screen(self.unlock_view)
        self.window.closed.connect(self.quit)
        self.window.painted.connect(lambda: QTimer.singleShot(0, self._read_the_rest))
        for lane_ in (self.lanes.store, self.lanes.slow):
            lane_.crashed.connect(self.show_crash)
        self._is_ending = False

    def start(self, told: Mapping[str, str] = os.environ) -> None:
        """Show the unlock window; `told` says why the program is locked, if it was."""
        self.unlock_view.presenter.begin(told.get(DEVICE, ""), told.get(WHY, ""))
        self.window.show()
        self.unlock_view.take_focus()

    def _read_the_rest(self) -> None:
        self.lanes.slow.run(_import_the_rest, lambda _: self.settled.emit(), lambda _: None)

    # ------------------------------------------------------------ in

    def show_enrolment(self) -> None:
        """Show "Set up this laptop"."""
        from carebook.app.enrolling import Enroller
        from carebook.ui.enrol.view import EnrolView

        view = EnrolView(Enroller(self.settings, self.clock), self.lanes.slow.for_screen(self.window))
        view.went_back.connect(partial(self._leave_enrolment, view))
        view.enrolled.connect(self._opened)  # it is kept: what still arrives is reported to it
        self.window.show_screen(view)
        view.take_focus()

    def _leave_enrolment(self, view: Any, why: str = "") -> None:
        self.window.show_screen(self.unlock_view)
        self.window.let_go(view)
        self.unlock_view.presenter.begin(why=why)

    def _opened(self, opened: Opened) -> None:
        from carebook.app.sitting import Sitting

        self.sitting = Sitting(opened, self.lanes, self.settings, version=_version())
        self.sitting.lock_wanted.connect(self.lock)
        self.sitting.shell.closing.connect(self.quit)
        self.sitting.shell.show()
        self.window.hide()
        self.sitting.begin()
        self.unlocked.emit(self.sitting)

    # ------------------------------------------------------------ out

    def lock(self, why: str = "asked") -> None:
        """Save every page's draft, lock the store, and begin the process anew so that no key stays in memory."""
        if self._is_ending or self.sitting is None:
            return
        told = {WHY: why, DEVICE: self.sitting.desk.identity.device_id}
        if self.settings.clock_starts_at:
            told["CAREBOOK_CLOCK"] = self.clock.now().isoformat()
        try:
            self._end_sitting()
            self.lanes.store.shutdown()
        finally:  # whatever stood in the way: the key goes
            self._restart(told)

    def quit(self) -> None:
        """Save every page's draft, lock the store, end the threads and the program."""
        if self._is_ending:
            return
        try:
            self._end_sitting()
        finally:
            self.lanes.shutdown()
            self.window.hide()
            self.ended.emit()

    def _end_sitting(self) -> None:
        self._is_ending = True
        if self.sitting is not None:
            self.sitting.end()

    # ------------------------------------------------------------ faults

    def show_crash(self, error: BaseException) -> None:
        """Note one of our own mistakes and show its reference number."""
        from carebook.ui.crash.presenter import reference
        from carebook.ui.crash.view import CrashPage

        told = reference(self.clock.new_id())
        logs.fault(logging.getLogger("carebook.app"), told, error)
        page = CrashPage(told)
        page.lock_wanted.connect(self.lock if self.sitting else self.quit)
        if self.sitting is not None and not self._is_ending:
            self.sitting.shell.open_page(page)
            page.went_on.connect(partial(self.sitting.shell.close_page, page))
        else:
            self.window.show_screen(page)
            page.went_on.connect(partial(self._leave_enrolment, page))


def _import_the_rest() -> None:
    """What the shell and the store need, read while the person types."""
    from importlib import import_module

    for name in (
        "carebook.store.keys",
        "carebook.store.opening",
        "carebook.desk",
        "carebook.app.sitting",
        "carebook.ui.today.view",
        "carebook.ui.people.view",
    ):
        import_module(name)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("carebook")
    except PackageNotFoundError:
        return ""


def dress(app: QApplication, settings: Settings) -> None:
    """Give the application its appearance, and keep Qt's own file of folders and file names from being written."""
    app.setApplicationName("Carebook")
    app.setQuitOnLastWindowClosed(False)
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)
    theme().install(app, read_appearance(settings.appearance_file))


def start_log(settings: Settings) -> None:
    """Send the log where the settings say; without a standard error to a file in the home."""
    file = settings.log_file or (None if sys.stderr else settings.home / "carebook.log")
    if file is None:
        logs.start()
        return
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    logs.start(Path(file).open("a", encoding="utf-8"))  # noqa: SIM115  open until the process ends


def main(argv: Sequence[str] | None = None) -> int:
    """Open carebook's window; returns when it is closed."""
    process.protect()
    settings = read_settings()
    start_log(settings)
    app = QApplication(list(argv if argv is not None else sys.argv[:1]))
    dress(app, settings)
    program = Program(settings, clock_of(settings))
    program.ended.connect(app.quit)

    def crashed(_: type[BaseException], error: BaseException, __: TracebackType | None) -> None:
        program.show_crash(error)

    sys.excepthook = crashed
    told = {name: os.environ.pop(name, "") for name in (WHY, DEVICE)}
    program.start(told)
    return app.exec()
