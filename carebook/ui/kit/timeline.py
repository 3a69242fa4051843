"""A chronology: years, days, and a card for each event; long ones show the newest first and more on request.

Use::

    timeline = Timeline()
    timeline.opened.connect(presenter.open_entry)          # the key of an event
    timeline.show_events([TimelineEvent(key="e1", year="2026", day="18-Nov-2026", weekday="Wednesday", title="Telephone call",
        words="Worried that her mother is not eating.", icon="phone", chip=ChipWords("Contact", "info"), by="A. Bello")])
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from carebook.ui.kit.buttons import Button
from carebook.ui.kit.cards import Card
from carebook.ui.kit.chips import Chip, Icon
from carebook.ui.kit.layout import clear, column, row
from carebook.ui.kit.text import Text
from carebook.ui.rows import ChipWords
from carebook.ui.theme import theme

_AT_ONCE = 25


@dataclass(frozen=True)
class TimelineEvent:
    """One event, in words already; events come newest first, with their year. open_: the words of its button."""

    key: str
    year: str
    day: str
    title: str
    words: str = ""
    weekday: str = ""
    by: str = ""
    icon: str = "circle-dot"
    chip: ChipWords = field(default_factory=lambda: ChipWords("Contact", "info"))
    open_: str = ""


class _Spine(QWidget):
    """The line with a round picture that joins one event to the next."""

    def __init__(self, icon: str, tone: str) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        side = theme().px(32)
        dot = QFrame()
        dot.setProperty("surface", "dot")
        dot.setProperty("tone", tone)
        dot.setFixedSize(side, side)
        inner = row(Icon(icon, tone, 16))
        inner.setAlignment(Qt.AlignmentFlag.AlignCenter)
        dot.setLayout(inner)
        self.setFixedWidth(side)
        self.setLayout(column(dot, None, gap=0))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.width() // 2 - 1, 0, 2, self.height(), theme().colour("border"))
        painter.end()


class _EventCard(QWidget):
    def __init__(self, event: TimelineEvent, opened: Timeline) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self.setAccessibleName(f"{event.day} {event.chip.words}: {event.title}")
        day = QWidget()
        wide = QFontMetrics(theme().font("strong")).horizontalAdvance("30-Sep-2026")
        day.setFixedWidth(wide + theme().space(2))
        when, weekday = Text(event.day, "strong", may_wrap=False), Text(event.weekday, "caption", ink="quiet")
        day.setLayout(column(when, weekday, None, gap=0))
        card = Card()
        head = row(Text(event.title, "strong"), Chip(event.chip.words, event.chip.tone, event.icon), gap=3)
        head.setStretch(0, 1)
        head.setAlignment(Qt.AlignmentFlag.AlignTop)
        card.body.setSpacing(theme().space(1))
        card.body.addLayout(head)
        if event.words:
            card.body.addWidget(Text(event.words).selectable())
        foot = row(Text(event.by, "small", ink="quiet"), gap=2)
        foot.setStretch(0, 1)
        if event.open_:
            button = Button(event.open_, kind="plain", name=f"{event.open_} {event.title}, {event.day}")
            button.clicked.connect(lambda: opened.opened.emit(event.key))
            foot.addWidget(button)
        card.body.addLayout(foot)
        layout: QHBoxLayout = row(day, _Spine(event.icon, event.chip.tone), column(card, 3, gap=0), gap=3)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)


class Timeline(QWidget):
    """Events newest first, with their years. opened: the key of the event whose button was pressed.

    at_once: how many are built at a time; fewer stand on the screen sooner.
    """

    opened = Signal(str)

    def __init__(self, *, at_once: int = _AT_ONCE) -> None:
        super().__init__()
        self._at_once = at_once
        self.setProperty("ground", "clear")
        self._events: list[TimelineEvent] = []
        self._shown = 0
        self._list: QVBoxLayout = column(gap=0)
        self.more = Button("Show older events", "chevron-down")
        self.more.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.more.hide()
        self.more.clicked.connect(self._show_more)
        self.setLayout(column(self._list, self.more, gap=2))

    def show_events(self, events: Sequence[TimelineEvent]) -> None:
        """Show `events` instead of what is shown."""
        clear(self._list)
        self._events, self._shown = list(events), 0
        self._show_more()

    def _show_more(self) -> None:
        upto = min(len(self._events), self._shown + self._at_once)
        for at in range(self._shown, upto):
            event = self._events[at]
            if at == 0 or event.year != self._events[at - 1].year:
                self._list.addWidget(Text(event.year, "section"))
                self._list.addSpacing(theme().space(2))
            self._list.addWidget(_EventCard(event, self))
        self._shown = upto
        left = len(self._events) - upto
        self.more.setVisible(left > 0)
        self.more.set_words(f"Show older events ({left} more)")
