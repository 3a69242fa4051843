"""Cards, and what stands in them: facts by name, rows with something to open, large figures.

Use::

    card = Card("Details", action=Button("Edit", "pencil", kind="plain", name="Edit details"))
    card.body.addWidget(KeyValues([("Likes to be called", "Maggie"), ("Telephone", "01632 960560")]))
"""

# ruff: noqa: D102 - what Qt calls needs no docstring of its own

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from carebook.ui.kit.buttons import Button
from carebook.ui.kit.chips import Avatar, Chip, Icon
from carebook.ui.kit.layout import clear, column, line, row
from carebook.ui.kit.text import Text
from carebook.ui.rows import ChipWords
from carebook.ui.theme import theme


class Card(QFrame):
    """A white sheet with a heading and, if given, one button beside it; put things into `body`."""

    def __init__(self, title: str = "", *, action: QWidget | None = None) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.title = Text(title, "section")
        self.body: QVBoxLayout = column(gap=2)
        outer = QVBoxLayout(self)
        edge = theme().space(4)
        outer.setContentsMargins(edge + 4, edge, edge + 4, edge)
        outer.setSpacing(theme().space(2))
        if title:
            head = row(self.title, gap=2)
            head.setStretch(0, 1)
            if action is not None:
                head.addWidget(action)
            outer.addLayout(head)
        outer.addLayout(self.body)

    def show_items(self, items: Sequence[QWidget], *, is_lined: bool = True) -> None:
        """Show `items` below each other instead of what is in the card, with thin lines between them."""
        clear(self.body)
        marks = [item.first for item in items if isinstance(item, Item) and isinstance(item.first, Chip)]
        widest = max((chip.sizeHint().width() for chip in marks), default=0)
        for chip in marks:  # so that the words begin below each other
            chip.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
            chip.setMinimumWidth(widest)
        for number, item in enumerate(items):
            if number and is_lined:
                self.body.addWidget(line())
            self.body.addWidget(item)


class KeyValues(QWidget):
    """Facts by name: the name quiet on the left, the words on the right; below each other when narrow."""

    def __init__(self, facts: Sequence[tuple[str, str]] = (), *, narrow: int = 360) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(theme().space(2))
        self._grid.setHorizontalSpacing(theme().space(4))
        self._facts: list[tuple[Text, Text]] = []
        self._narrow, self._is_narrow = narrow, False
        self.show_facts(facts)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show `facts` instead of what is shown."""
        clear(self._grid)
        self._facts = []
        for name, words in facts:
            value = Text(words).selectable()
            value.setAccessibleName(f"{name}: {words}")
            self._facts.append((Text(name, ink="quiet"), value))
        self._arrange()

    def _arrange(self) -> None:
        for number, (name, value) in enumerate(self._facts):
            for label in (name, value):
                self._grid.removeWidget(label)
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(name, number * 2 if self._is_narrow else number, 0, top)
            self._grid.addWidget(value, number * 2 + 1 if self._is_narrow else number, 0 if self._is_narrow else 1)
        self._grid.setColumnStretch(0, 1 if self._is_narrow else 0)
        self._grid.setColumnStretch(1, 0 if self._is_narrow else 1)
        self._grid.setColumnMinimumWidth(0, 0 if self._is_narrow else theme().px(132))

    def resizeEvent(self, event: QResizeEvent) -> None:
        is_narrow = event.size().width() < theme().px(self._narrow)
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._arrange()
        super().resizeEvent(event)


class Item(QWidget):
    """A line of a list in a card: mark, words, quieter words below, a word at the right, a button.

    Use: `Item("Safeguarding visit", "Margaret Smith", chip=ChipWords("Overdue", "danger"), right="Yesterday", open_="Open")`.
    person shows initials instead of a chip; icon (with its colour) a picture. `opened` is emitted by the button.
    """

    opened = Signal()

    def __init__(
        self,
        words: str,
        second: str = "",
        *,
        mark: ChipWords | str | None = None,
        icon: tuple[str, str] | None = None,
        right: str = "",
        open_: str = "",
    ) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self.setAccessibleName(", ".join(part for part in (words, second, right) if part))
        layout = row(gap=3)
        edge = theme().space(1)
        layout.setContentsMargins(0, edge, 0, edge)
        self.setLayout(layout)
        self.first = _mark(mark, icon)
        if self.first is not None:
            layout.addWidget(self.first)
        texts = column(Text(words, "strong"), gap=0)
        if second:
            texts.addWidget(Text(second, "small", ink="quiet"))
        layout.addLayout(texts, 1)
        if right:
            layout.addWidget(Text(right, "small", ink="quiet", may_wrap=False))
        self.button: Button | None = None
        if open_:
            self.button = Button(open_, kind="plain", name=f"{open_} {words}, {second}" if second else f"{open_} {words}")
            self.button.clicked.connect(self.opened)
            layout.addWidget(self.button)


def _mark(told: ChipWords | str | None, icon: tuple[str, str] | None) -> QWidget | None:
    if isinstance(told, ChipWords):
        return Chip(told.words, told.tone, told.icon)
    if told:
        return Avatar(told, 34)
    return Icon(*icon) if icon else None


class Figure(QWidget):
    """A large number and what it counts."""

    def __init__(self, number: int, words: str, *, ink: str = "") -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self.setAccessibleName(f"{number} {words}")
        self.setLayout(column(Text(f"{number:,}", "figure", ink=ink, may_wrap=False), Text(words, "small", ink="quiet"), gap=0))
