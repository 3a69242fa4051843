"""The reading pane: one entry with its passages, marks, author, versions, and what can be done about it."""

# ruff: noqa: D102 - what the presenter calls is told in its Protocol

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from carebook.actions.read_entry import Entry, EntryRead
from carebook.ui.entry.move import MovePart
from carebook.ui.entry.parts import ClashPart, VersionPart, passages_part
from carebook.ui.entry.presenter import EntryPresenter
from carebook.ui.entry.words import KIND_TONES, clock_words, facts_of, occasion, title_of, written_by
from carebook.ui.kit.buttons import Button
from carebook.ui.kit.cards import Card, KeyValues
from carebook.ui.kit.chips import Chip
from carebook.ui.kit.layout import line, wrapping
from carebook.ui.kit.notices import NoticeBar
from carebook.ui.kit.pages import InterruptionPage, ReflowArea
from carebook.ui.kit.states import EmptyState
from carebook.ui.kit.text import Heading, Text
from carebook.ui.room import Room

if TYPE_CHECKING:
    from carebook.actions.open_person import Summary


class EntryPane(QStackedWidget):
    """Shows one entry at a time; `presenter.open(row_id)` shows another. shown: an Entry stands there now."""

    shown = Signal(object)

    def __init__(self, room: Room, *, width: int = 860) -> None:
        super().__init__()
        self._width = width
        self.heading: Heading | None = None
        self.amend: Button | None = None
        self.presenter = EntryPresenter(self, room)
        self.destroyed.connect(self.presenter.asking.end)
        self.addWidget(EmptyState("book-open", "Nothing is chosen", "Choose an entry from the list to read it."))

    def _turn(self, shown: QWidget) -> None:
        for at in range(self.count() - 1, -1, -1):
            gone = self.widget(at)
            if gone is not None:
                self.removeWidget(gone)
                gone.deleteLater()
        self.addWidget(shown)
        self.setCurrentWidget(shown)

    # ------------------------------------------------------------ reading

    def show_entry(self, read: EntryRead, shown: Entry) -> None:
        area = ReflowArea(width=self._width)
        heads = [one for one in read.versions if one.is_current]
        for told in self._notices(read, shown, heads):
            area.body.addWidget(told)
        if len(heads) > 1:
            area.body.addWidget(ClashPart(heads, self.presenter.amend))
        if shown.is_misplaced:
            self.heading = Heading(f"Written on this record by mistake: {title_of(shown)}", "title")
            area.body.addWidget(self.heading)
        else:
            area.body.addWidget(self._entry_card(read, shown))
        if len(read.versions) > 1:
            area.body.addWidget(_versions(read.versions))
        self._turn(area)
        self.shown.emit(shown)

    def _notices(self, read: EntryRead, shown: Entry, heads: Sequence[Entry]) -> list[NoticeBar]:
        found = []
        if shown.is_misplaced:
            words = "It is on the right person's record now. Nothing of what it said stands here any more."
            found.append(NoticeBar("warn", "Written on the wrong person, and moved", words, icon="user-x"))
        elif not shown.is_current and heads:
            later = NoticeBar("warn", "There is a later version of this", "", button="Read the later version")
            later.pressed.connect(lambda: self.presenter.open(heads[0].row_id))
            found.append(later)
        elif shown.body is not None and shown.body.moved_here:
            words = "It was first written on another person's record by mistake, and moved here."
            found.append(NoticeBar("info", "Moved here", words))
        return found

    def _entry_card(self, read: EntryRead, shown: Entry) -> QWidget:
        card = Card()
        self.heading = Heading(title_of(shown), "title")
        words, tone, icon = KIND_TONES[shown.heading]
        sent = Chip("Waiting to be sent", "warn", "cloud-upload") if read.is_waiting else Chip("Sent", "ok", "cloud")
        card.body.addWidget(self.heading)
        card.body.addWidget(Text(occasion(shown), "strong"))
        card.body.addWidget(wrapping(Chip(words, tone, icon), sent))
        card.body.addWidget(self._buttons(read, shown))
        card.body.addWidget(line())
        card.body.addWidget(KeyValues(facts_of(shown)))
        for one in (shown, *(other for other in read.together if other.body is not None)):
            card.body.addWidget(passages_part(one.heading, one.passages))
            if one is not shown:
                card.body.addWidget(self._open_other(one))
        if shown.body is not None and shown.body.outcome:
            card.body.addWidget(KeyValues([("Outcome", shown.body.outcome)]))
        card.body.addWidget(line())
        card.body.addWidget(Text(f"Written by {written_by(shown)}", "small", ink="quiet"))
        if clock_words(shown):
            card.body.addWidget(Text(clock_words(shown), "small", ink="warn"))
        return card

    def _open_other(self, one: Entry) -> QWidget:
        button = Button("Open to amend", "pencil", kind="plain", name=f"Open to amend: {title_of(one)}")
        button.clicked.connect(lambda: self.presenter.open_other(one.row_id))
        return wrapping(button)

    def _buttons(self, read: EntryRead, shown: Entry) -> QWidget:
        if not shown.is_current or shown.is_clash:
            self.amend = None
            return wrapping()
        self.amend = Button("Amend", "pencil", name=f"Amend {title_of(shown)}")
        move = Button("Written on the wrong person", "user-x", kind="plain")
        self.amend.clicked.connect(lambda: self.presenter.amend(shown.row_id))
        move.clicked.connect(self.presenter.begin_move)
        return wrapping(self.amend, move)

    # ------------------------------------------------------------ in place of it

    def show_failure(self, title: str, words: str) -> None:
        self._turn(EmptyState("circle-alert", title, words))

    def show_move(self) -> None:
        part = MovePart(self.presenter, width=self._width)
        self._turn(part)
        part.search.setFocus()

    def show_people(self, people: Sequence[Summary]) -> None:
        self._in_move(lambda part: part.show_people(people))

    def show_move_problems(self, problems: dict[str, str]) -> None:
        self._in_move(lambda part: part.show_problems(problems))

    def _in_move(self, told: Callable[[MovePart], None]) -> None:
        part = self.currentWidget()
        if isinstance(part, MovePart):
            told(part)

    def ask_move(self, person: Summary, together: int) -> None:
        lines = ["This record keeps that something was written on it by mistake, and when, without its words.",
                 f"The record of {person.full_name} says that it was first written elsewhere.",
                 "Both say who moved it and why. Nothing is lost."]  # fmt: skip
        if together:
            lines.insert(0, "What else was written on that occasion goes with it.")
        page = InterruptionPage(
            f"Move this to {person.full_name}?", f"{person.list_name}, council number {person.council_number}", tuple(lines),
            yes="Move it", no="Do not move it",
        )
        page.continued.connect(self.presenter.move)
        page.went_back.connect(self.presenter.stop_move)
        self._turn(page)
        page.focus_first()


def _versions(versions: Sequence[Entry]) -> Card:
    card = Card("Versions")
    by_id = {one.row_id: one for one in versions}
    parts: list[QWidget] = []
    for one in reversed(versions):
        before = next((by_id[gone] for gone in one.replaces if gone in by_id and by_id[gone].body), None)
        parts.append(VersionPart(one, before))
    card.show_items(parts)
    return card
