"""The program on a stage: a home of its own, real lanes, and a restart that is only noted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from made_home import PASSPHRASE, MadeHome, make_home
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from carebook.app.program import Program
from carebook.app.sitting import Sitting


class Stage:
    """A program whose restart is only noted."""

    def __init__(self, made: MadeHome, qtbot: QtBot) -> None:
        self.made, self.restarts = made, []
        self._qtbot = qtbot
        self.program = Program(made.settings, made.clock, restart=self.restarts.append)
        qtbot.addWidget(self.program.window)

    def unlock(self, told: Mapping[str, str] = {}) -> Sitting:
        self.program.start(told)
        form = self.program.unlock_view.form
        with self._qtbot.waitSignal(self.program.unlocked, timeout=20_000):
            QTest.keyClicks(form.field.edit, PASSPHRASE)
            QTest.keyClick(form.field.edit, Qt.Key.Key_Return)
        sitting = self.program.sitting
        assert sitting is not None
        self._qtbot.waitUntil(lambda: not self.program.lanes.store.is_busy, timeout=20_000)
        return sitting


@contextmanager
def stages(qtbot: QtBot, folder: Path) -> Iterator[Callable[..., Stage]]:
    """Makes programs, each on a home of its own unless one is given, and ends them with the block."""
    made: list[Stage] = []

    def make(home: MadeHome | None = None) -> Stage:
        made.append(Stage(home or make_home(folder / f"home-{len(made)}", is_peopled=True), qtbot))
        return made[-1]

    try:
        yield make
    finally:
        for one in made:
            one.program.quit()
            one.program.lanes.shutdown()
