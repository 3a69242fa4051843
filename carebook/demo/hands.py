"""A pair of hands and eyes at the real screens: finds what can be seen, clicks it, types into it, waits, takes a picture."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QTableView,
    QTextEdit,
    QWidget,
)

from carebook.words import fold

PATIENCE: Final = float(os.environ.get("CAREBOOK_DAY_PATIENCE", "40"))
"""Seconds that a screen has for what it was asked."""
_BLINK: Final = 12
_GLANCE: Final = 40
_EDITS: Final = (QLineEdit, QPlainTextEdit, QComboBox)
T = TypeVar("T")


class DayBroke(Exception):
    """The program did not do what it should: the words say what was expected."""


class Hands:
    """What a worker can do at the window that is in front. out: where pictures go."""

    def __init__(self, out: Path) -> None:
        self._out = out

    # ------------------------------------------------------------ seeing

    @property
    def window(self) -> QWidget:
        """The window in front: a dialog if one is open."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        modal = app.activeModalWidget()
        shown = [one for one in app.topLevelWidgets() if one.isVisible() and one.windowType() in _WINDOWS]
        if modal is not None:
            return modal
        if not shown:
            raise DayBroke("No window of the program is open.")
        return max(shown, key=lambda one: one.width() * one.height())

    def seen(self, kind: type[T]) -> Iterator[T]:
        """Everything of this kind that is shown in the window in front."""
        window = self.window
        for one in window.findChildren(QWidget):
            if isinstance(one, kind) and one.isVisibleTo(window):
                yield one

    def words(self) -> str:
        """All words that can be read in the window, in no order that matters."""
        found = [one.text() for one in self.seen(QLabel)] + [one.text() for one in self.seen(QAbstractButton)]
        found += [one.toPlainText() for one in self.seen(QPlainTextEdit)] + [one.toPlainText() for one in self.seen(QTextEdit)]
        found += [one.text() for one in self.seen(QLineEdit)] + [one.currentText() for one in self.seen(QComboBox)]
        found += [one.accessibleName() for one in self.seen(QWidget)]
        for table in self.seen(QTableView):
            found += _cells(table)
        return "\n".join(found)

    def can_read(self, words: str) -> bool:
        """Whether these words stand in the window, small and large letters alike."""
        return fold(words) in fold(self.words())

    def shows(self, words: str, why: str = "") -> None:
        """Wait until these words stand in the window. why: what it means when they do not."""
        self.until(lambda: self.can_read(words), why or f"“{words}” should be on the screen.")

    def is_free_of(self, words: str, why: str) -> None:
        """Wait until these words no longer stand in the window."""
        self.until(lambda: not self.can_read(words), why)

    def until(self, holds: Callable[[], bool], why: str, patience: float = PATIENCE) -> None:
        """Wait until something holds; else the day breaks off with `why`."""
        end = time.monotonic() + patience
        while not holds():
            if time.monotonic() > end:
                raise DayBroke(why)
            QTest.qWait(_GLANCE)

    def pause(self, seconds: float) -> None:
        """Let the screens go on by themselves."""
        QTest.qWait(round(seconds * 1000))

    # ------------------------------------------------------------ doing

    def press(self, words: str, *, within: QWidget | None = None) -> None:
        """Click the button with these words, or this accessible name."""
        self.until(lambda: self._button(words, within) is not None, f"There should be a button “{words}” that can be pressed.")
        button = self._button(words, within)
        assert button is not None
        self.click(button)

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click a widget with the mouse, brought into view first."""
        self._bring(widget)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at or widget.rect().center())
        QTest.qWait(_BLINK)

    def type_into(self, name: str, words: str, *, clear: bool = False) -> None:
        """Click the field with this accessible name and type, key by key."""
        field = self.field(name)
        self.click(field)
        if clear:
            QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            QTest.keyClick(field, Qt.Key.Key_Delete)
        self.type(words)

    def type(self, words: str) -> None:
        """Type into whatever has the focus, key by key."""
        for number, letter in enumerate(words):
            if letter.isascii():
                QTest.keyClicks(self._focused(), letter)
            else:
                _press_letter(self._focused(), letter)
            if number % 12 == 0:
                QTest.qWait(1)

    def key(self, key: Qt.Key, *, ctrl: bool = False, alt: bool = False) -> None:
        """Press one key, with Ctrl or Alt."""
        held = Qt.KeyboardModifier.NoModifier
        held = held | Qt.KeyboardModifier.ControlModifier if ctrl else held
        held = held | Qt.KeyboardModifier.AltModifier if alt else held
        QTest.keyClick(self._focused(), key, held)
        QTest.qWait(_BLINK)

    def choose(self, name: str, words: str) -> None:
        """Choose from a list by typing the beginning of the words."""
        field = self.field(name)
        if not isinstance(field, QComboBox):
            raise DayBroke(f"“{name}” should be a list to choose from.")
        at = field.findText(words, Qt.MatchFlag.MatchStartsWith)
        if at < 0:
            raise DayBroke(f"“{name}” should offer “{words}”.")
        self._bring(field)
        field.setFocus(Qt.FocusReason.TabFocusReason)
        while field.currentIndex() != at:
            before = field.currentIndex()
            QTest.keyClick(field, Qt.Key.Key_Down if before < at else Qt.Key.Key_Up)
            if field.currentIndex() == before:
                raise DayBroke(f"“{words}” could not be chosen in “{name}” with the arrow keys.")

    def open_row(self, words: str) -> None:
        """Double-click the first line of a table in which these words stand."""
        self.until(lambda: self._row(words) is not None, f"There should be a line with “{words}”.")
        found = self._row(words)
        assert found is not None
        table, number = found
        table.setFocus(Qt.FocusReason.MouseFocusReason)
        middle = table.visualRect(table.model().index(number, 0)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
        self.key(Qt.Key.Key_Return)

    def tab(self, words: str) -> None:
        """Click a tab."""
        self.until(lambda: self._tab(words) is not None, f"There should be a tab “{words}”.")
        found = self._tab(words)
        assert found is not None
        bar, at = found
        self.click(bar, bar.tabRect(at).center())

    def fill_dialog(self, path: str) -> None:
        """Type a path into the dialog that asks for a folder, and accept it."""
        dialogs = [one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog) and one.isVisible()]
        if not dialogs:
            raise DayBroke("A dialog should ask for a folder.")
        edit = dialogs[0].findChild(QLineEdit)
        assert isinstance(edit, QLineEdit)
        edit.setFocus()
        edit.selectAll()
        QTest.keyClicks(edit, path)
        QTest.keyClick(edit, Qt.Key.Key_Return)

    def field(self, name: str) -> QWidget:
        """The field with this accessible name (or one that begins with it), waited for."""
        self.until(lambda: self._field(name) is not None, f"There should be a field “{name}”.")
        found = self._field(name)
        assert found is not None
        return found

    # ------------------------------------------------------------ showing

    def look(self, name: str) -> Path:
        """Take a picture of the window into OUT, under this name."""
        self.pause(0.25)
        path = self._out / f"{name}.png"
        window = self.window
        if not window.grab().save(str(path)):
            raise DayBroke(f"The picture {name} could not be written.")
        return path

    def to_top(self) -> None:
        """Scroll every part of the page back to its top."""
        for area in self.seen(QScrollArea):
            area.verticalScrollBar().setValue(0)

    def reveal(self, words: str) -> None:
        """Scroll until these words stand at the top."""
        labels = [one for one in self.seen(QLabel) if fold(words) == fold(one.text())]
        if not labels:
            raise DayBroke(f"“{words}” should be on the page.")
        for area in self.seen(QScrollArea):
            inner = area.widget()
            if inner is not None and inner.isAncestorOf(labels[0]):
                area.verticalScrollBar().setValue(labels[0].mapTo(inner, QPoint(0, 0)).y() - 24)

    # ------------------------------------------------------------ how

    def _button(self, words: str, within: QWidget | None) -> QAbstractButton | None:
        every = [one for one in self.seen(QAbstractButton) if within is None or within.isAncestorOf(one)]
        enabled = [one for one in every if one.isEnabled()]
        for fits in (
            lambda one: words in (one.accessibleName(), one.text().strip()),
            lambda one: one.accessibleName().startswith(words),
        ):
            found = [one for one in enabled if fits(one)]
            if found:
                return found[0]
        return None

    def _field(self, name: str) -> QWidget | None:
        fields = [one for one in self.seen(QWidget) if isinstance(one, _EDITS) and one.isEnabled() and _may_type(one)]
        exact = [one for one in fields if one.accessibleName() == name]
        return next(iter(exact or [one for one in fields if one.accessibleName().startswith(name)]), None)

    def _tab(self, words: str) -> tuple[QTabBar, int] | None:
        for bar in self.seen(QTabBar):
            for at in range(bar.count()):
                if bar.tabText(at) == words and bar.isTabEnabled(at):
                    return bar, at
        return None

    def _row(self, words: str) -> tuple[QTableView, int] | None:
        for table in self.seen(QTableView):
            model = table.model()
            for number in range(model.rowCount()):
                told = " ".join(str(model.index(number, column).data() or "") for column in range(model.columnCount()))
                if fold(words) in fold(told):
                    return table, number
        return None

    def _focused(self) -> QWidget:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        window = self.window
        if app.activeWindow() is not window:  # where no window manager does it
            window.activateWindow()
            QTest.qWait(_BLINK)
        return app.focusWidget() or window

    def _bring(self, widget: QWidget) -> None:
        parent = widget.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(widget, 40, 60)
            parent = parent.parentWidget()
        QTest.qWait(_BLINK)


_WINDOWS: Final = {Qt.WindowType.Window, Qt.WindowType.Dialog, Qt.WindowType.Sheet}


def _press_letter(widget: QWidget, letter: str) -> None:
    """A key that gives a letter beyond ASCII, as on a keyboard that has one."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def _may_type(field: QWidget) -> bool:
    return isinstance(field, QComboBox) or not field.isReadOnly()  # type: ignore[attr-defined]


def _cells(table: QTableView) -> list[str]:
    model = table.model()
    return [
        str(model.index(line, column).data() or "")
        for line in range(min(model.rowCount(), 200))
        for column in range(model.columnCount())
    ]
