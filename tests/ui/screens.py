"""Shows a screen in the shell at a real desk, for tests that drive it with the keyboard and look at it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from make import Caseload, Trail, a_caseload, make_room
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from carebook.ui.facts.view import Sheet
from carebook.ui.theme import Appearance, theme
from carebook.ui.window import Shell

if TYPE_CHECKING:
    from carebook.desk import Desk
    from carebook.ui.room import Room

W = TypeVar("W", bound=QWidget)

LOOKS = ("light-100", "dark-100", "light-150", "light-200")
"""Schemes and text sizes every screen is looked at in."""


@dataclass
class Shown:
    """A desk with the caseload, a room, and the shell that screens are shown in."""

    desk: Desk
    people: Caseload
    room: Room
    trail: Trail
    shell: Shell

    def show(self, page: W) -> W:
        """Show a screen as the shell does."""
        self.shell.open_page(page)
        settle()
        return page


@contextmanager
def shown(folder: Path) -> Iterator[Shown]:
    """A shell of 1366 by 768 at a desk, for the length of the block."""
    with a_caseload(folder) as (desk, people):
        room, trail = make_room(desk)
        shell = Shell()
        shell.resize(1366, 768)
        shell.show()
        QTest.qWaitForWindowExposed(shell)
        try:
            yield Shown(desk, people, room, trail, shell)
        finally:
            shell.close()
            shell.forget_pages()
            shell.deleteLater()
            settle()


def settle() -> None:
    """Let everything be laid out, painted and thrown away that waits for it."""
    for _ in range(3):
        QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def look(name: str) -> None:
    """Change to a look of LOOKS."""
    scheme, percent = name.split("-")
    theme().apply(Appearance(scheme=scheme, text_percent=int(percent)))
    settle()


def button(root: QWidget, name: str) -> QPushButton:
    """The one button in view whose accessible name begins so."""
    found = [one for one in root.findChildren(QPushButton) if one.isVisibleTo(root) and one.accessibleName().startswith(name)]
    assert found, f"no button {name!r}"
    return found[0]


def press(widget: QWidget, key: Qt.Key = Qt.Key.Key_Space) -> None:
    """Press a key on a widget that has the focus by the keyboard."""
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(widget, key)
    settle()


def sheet(root: QWidget) -> Sheet:
    """The sheet that stands open over a screen."""
    (found,) = [one for one in root.findChildren(Sheet) if one.isVisible()]
    return found


def words(root: QWidget) -> str:
    """All words in view, in the order they were made."""
    from PySide6.QtWidgets import QLabel

    labels = [one.text() for one in root.findChildren(QLabel) if one.isVisibleTo(root)]
    return "\n".join([*labels, *(one.text() for one in root.findChildren(QPushButton) if one.isVisibleTo(root))])
