"""Lines of facts with their buttons, and the list of what one of them said before."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QDialog, QLayout, QVBoxLayout, QWidget

from carebook.ui.facts.view import fitting, foot_of
from carebook.ui.kit.buttons import Button, IconButton
from carebook.ui.kit.cards import Card, Item
from carebook.ui.kit.focus import FocusRing
from carebook.ui.kit.layout import column, row, wrapping
from carebook.ui.kit.pages import ReflowArea
from carebook.ui.kit.text import Heading, Text
from carebook.ui.person.details import DetailLine, HistoryLine
from carebook.ui.rows import ChipWords
from carebook.ui.theme import theme
from carebook.words import say

Chosen = Callable[[DetailLine], None]
_NARROW = 430


class FactLine(QWidget):
    """A fact: its name at the left, what it says, and ways to change it and to see what it said before."""

    def __init__(self, line: DetailLine, change: Chosen, history: Chosen) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self.setAccessibleName(", ".join(part for part in (line.name, line.second) if part))
        self._label = Text(line.label, ink="quiet")
        is_known = line.fact is not None
        value = column(Text(line.words, "body", ink="" if is_known else "quiet").selectable(), gap=0)
        if line.second:
            value.addWidget(Text(line.second, "small", ink="quiet"))
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.setSpacing(theme().space(1))
        self._both.addWidget(self._label, 0, Qt.AlignmentFlag.AlignVCenter)
        self._both.addLayout(value, 1)
        layout = row(gap=1)
        layout.addLayout(self._both, 1)
        for button in buttons_of(line, change, history):
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(layout)
        self._measure(is_narrow=False)

    def _measure(self, *, is_narrow: bool) -> None:
        way = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        self._both.setDirection(way)
        self._label.setFixedWidth(theme().px(140)) if not is_narrow else self._label.setMaximumWidth(16777215)
        if is_narrow:
            self._label.setMinimumWidth(1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102 - Qt's own
        self._measure(is_narrow=event.size().width() < theme().px(_NARROW))
        super().resizeEvent(event)


def buttons_of(line: DetailLine, change: Chosen, history: Chosen) -> list[Button]:
    """Change and history of a known fact, add for one that is not known; none to change while it clashes."""
    if line.fact is None:
        add = Button(say("Add"), kind="plain", name=f"{say('Add')} {line.label}")
        add.clicked.connect(lambda: change(line))
        return [add]
    made: list[Button] = []
    if not line.fact.is_clash:
        button = Button(say("Change"), kind="plain", name=f"{say('Change')} {line.name}")
        button.clicked.connect(lambda: change(line))
        made.append(button)
    before = IconButton("history", f"{say('History of')} {line.name}")
    before.clicked.connect(lambda: history(line))
    return [*made, before]


def person_line(line: DetailLine, *, buttons: Sequence[Button], mark: ChipWords | None = None) -> QWidget:
    """Someone by name with their initials, and buttons below."""
    made = Item(line.words, line.second, mark=line.words)
    if not buttons and mark is None:
        return made
    whole = QWidget()
    whole.setProperty("ground", "clear")
    whole.setLayout(column(made, wrapping(*buttons), gap=1))
    return whole


class HistorySheet(QDialog):
    """What a fact said before: each version with its author and time, the newest first."""

    def __init__(self, title: str, lines: Sequence[HistoryLine], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", "page")
        words = say("History: {}").format(title)
        self.setWindowTitle(words)
        self.setAccessibleName(words)
        area = ReflowArea()
        area.body.addWidget(Heading(words, "title"))
        area.body.addWidget(Text(say("Nothing is ever overwritten. The newest stands first."), ink="quiet"))
        card = Card()
        card.show_items([_version(line) for line in lines])
        area.body.addWidget(card)
        self.close_button = Button(say("Close"), kind="primary")
        self.close_button.clicked.connect(self.accept)
        self._foot = foot_of(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, theme().space(4))
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        layout.addWidget(area, 1)
        layout.addWidget(self._foot)
        self._area = area
        self._ring = FocusRing(self)

    def open(self) -> None:
        """Show it as large as what it says, with the focus on its button."""
        self.ensurePolished()
        self.resize(fitting(self, self._area, self._foot, theme().px(560)))
        super().open()
        self.close_button.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _version(line: HistoryLine) -> Item:
    chip = ChipWords(say("Now"), "ok") if line.is_current else ChipWords(say("Before"), "neutral", "history")
    return Item(line.words, line.by, mark=chip)
