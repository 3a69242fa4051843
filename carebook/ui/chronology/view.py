"""The chronology tab: a timeline by year with chips of the sort, and filters above it."""

# ruff: noqa: D102 - what Qt and the presenter call needs no docstring of its own

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from carebook.actions.read_chronology import Happening
from carebook.ui.chronology.presenter import FILTERS, ChronologyPresenter
from carebook.ui.entry.words import KIND_TONES
from carebook.ui.kit.chips import FilterChips
from carebook.ui.kit.layout import column
from carebook.ui.kit.pages import ReflowArea
from carebook.ui.kit.states import EmptyState, StateStack
from carebook.ui.kit.timeline import Timeline, TimelineEvent
from carebook.ui.room import Room
from carebook.ui.rows import ChipWords
from carebook.ui.theme import theme
from carebook.words import WEEKDAYS, at_time, local, on_date

_LONGEST = 280
_AT_ONCE = 8


class ChronologyTab(QWidget):
    """Everything that happened around one person."""

    def __init__(self, room: Room, person_id: str) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self.presenter = ChronologyPresenter(self, room, person_id)
        self.destroyed.connect(self.presenter.asking.end)
        self.filters = FilterChips(FILTERS, name="Show happenings")
        self.timeline = Timeline(at_once=_AT_ONCE)
        self.area = ReflowArea(width=1080)
        self.area.body.addWidget(self.timeline)
        self._empty = EmptyState(
            "history", "Nothing has happened yet", "Contacts, plans and documents stand here as they are written.",
            button="New contact", button_icon="plus",
        )
        self._empty.pressed.connect(self.presenter.write)
        self.states = StateStack(self.area, self._empty, loading="Reading the chronology")
        self.states.retry.connect(self.presenter.fetch)
        held = column(self.filters, gap=0)
        edge = theme().space(5)
        held.setContentsMargins(edge, theme().space(3), edge, 0)
        layout = column(held, self.states, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.filters.chosen.connect(self.presenter.keep_to)
        self.area.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.timeline.opened.connect(lambda key: self.presenter.open(*key.split(" ", 1)))

    def showEvent(self, event: QShowEvent) -> None:
        """The tab is shown: read, also what was written since."""
        super().showEvent(event)
        self.presenter.fetch()

    def _scrolled(self, value: int) -> None:
        """Near the end: build some more, so that scrolling goes on."""
        bar = self.area.verticalScrollBar()
        if value and value >= bar.maximum() - self.area.viewport().height() // 2 and self.timeline.more.isVisible():
            self.timeline.more.click()

    def show_happenings(self, happenings: Sequence[Happening]) -> None:
        self.timeline.show_events(_events(happenings))
        self.area.verticalScrollBar().setValue(0)
        self.states.show_content()

    def show_empty(self, *, is_filtered: bool) -> None:
        self._empty.button.setVisible(not is_filtered)
        if is_filtered:
            self._empty.show_words("Nothing of this sort", "Choose another sort above.")
        else:
            self._empty.show_words(
                "Nothing has happened yet", "Contacts, plans and documents stand here as they are written."
            )
        self.states.show_empty()

    def show_loading(self) -> None:
        self.states.show_loading()

    def show_failure(self, title: str, words: str) -> None:
        self.states.show_error(title, words)


def _events(happenings: Sequence[Happening]) -> list[TimelineEvent]:
    """The events; where a day has two of one title, the later ones say the time and who wrote them, so that none are alike."""
    events, seen = [], set()
    for one in happenings:
        event = _event(one)
        for more in (at_time(one.at), one.who, one.row_id[-4:]):
            if (event.title, event.day) in seen:
                event = replace(event, title=f"{event.title}, {more}")
        seen.add((event.title, event.day))
        events.append(event)
    return events


def _event(one: Happening) -> TimelineEvent:
    when = local(one.at)
    words, tone, icon = KIND_TONES[one.sort]
    title, more = one.title, one.words
    if one.is_misplaced:
        title, more = "Written on this record by mistake", "Moved to the right person's record."
    told = [f"Written by {one.who}"]
    if one.is_clash:
        told.append("Two versions stand beside each other")
    elif one.is_amended and not one.is_misplaced:
        told.append("Amended")
    return TimelineEvent(
        key=f"{one.sort} {one.row_id}", year=str(when.year), day=on_date(when.date()),
        weekday=f"{WEEKDAYS[when.weekday()]} {at_time(one.at)}" if one.has_time else WEEKDAYS[when.weekday()],
        title=title, words=f"{more[:_LONGEST].rstrip()} …" if len(more) > _LONGEST else more, by=" · ".join(told), icon=icon,
        chip=ChipWords(words, tone, icon), open_="Read",
    )
