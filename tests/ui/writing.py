"""Shows a screen in a window of a laptop's size, and types into it as a worker does: with keys alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accessible import faults, name_of
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from carebook.ui.kit.layout import column
from carebook.ui.theme import Appearance, theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

LOOKS = (Appearance(scheme="light"), Appearance(scheme="dark", text_percent=150), Appearance(scheme="light", text_percent=200))
LAPTOP = (1150, 700)
"""What a page has on a screen of 1366 by 768 beside the rail."""


def in_window(qtbot: QtBot, page: QWidget) -> QWidget:
    """A window with the page in it, shown, active and opened; the window."""
    window = QWidget()
    window.setLayout(column(page, gap=0))
    qtbot.addWidget(window)
    page.test_window = window  # lives as long as the page does
    window.resize(*LAPTOP)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    opened = getattr(page, "opened", None)
    if opened is not None:
        opened()
    QApplication.processEvents()
    return window


def keys(words: str) -> None:
    """Type into whatever has the focus."""
    QTest.keyClicks(_focused(), words)


def press(key: Qt.Key, times: int = 1, *, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key, with another held down."""
    for _ in range(times):
        QTest.keyClick(_focused(), key, held)


def alt(letter: str) -> None:
    """A letter with Alt held down."""
    press(getattr(Qt.Key, f"Key_{letter}"), held=Qt.KeyboardModifier.AltModifier)


def _focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    return widget


def has_focus() -> str:
    """The accessible name of what has the focus; where none was given, what Qt makes of its words."""
    return _focused().accessibleName() or name_of(_focused())


def faults_in_every_look(qtbot: QtBot, make: Callable[[], QWidget]) -> list[str]:
    """What stands in a reader's way at 100, 150 and 200 per cent."""
    found = []
    for look in LOOKS:
        theme().apply(look)
        page = make()
        window = in_window(qtbot, page)
        for _ in range(3):
            QApplication.processEvents()
        found += [f"{look.text_percent} %: {fault}" for fault in faults(page)]
        window.close()
    theme().apply(LOOKS[0])
    return found
