"""One entry as a page: the person's banner, and the reading pane below it."""

# ruff: noqa: D102 - what Qt and the shell call needs no docstring of its own

from __future__ import annotations

from PySide6.QtCore import Qt

from carebook.actions.open_person import OpenedPerson, open_person
from carebook.actions.read_entry import Entry
from carebook.errors import Circumstance
from carebook.ui.contact.asking import Asking
from carebook.ui.contact.person import person_words
from carebook.ui.entry.pane import EntryPane
from carebook.ui.entry.words import title_of
from carebook.ui.kit.banner import PersonBanner
from carebook.ui.kit.pages import Page
from carebook.ui.room import Room
from carebook.words import local


class EntryView(Page):
    """Reading one entry; the way back leads to where one came from."""

    def __init__(self, room: Room, row_id: str) -> None:
        super().__init__("Entry", is_scrolling=False)
        self._room, self._row_id, self._is_known = room, row_id, False
        self.hide_header()
        self.asking = Asking(room.quick)
        self.destroyed.connect(self.asking.end)
        self.banner = PersonBanner(back="the record")
        self.banner.back.set_words("Back", "Back to the record")
        self.banner.back_wanted.connect(room.back)
        self.banner.hide()
        self.pane = EntryPane(room)
        self.presenter = self.pane.presenter
        self.pane.shown.connect(self._show_entry)
        self.body.addWidget(self.banner)
        self.body.addWidget(self.pane, 1)

    def opened(self) -> None:
        self.presenter.open(self._row_id)

    def _show_entry(self, shown: Entry) -> None:
        self.setAccessibleName(title_of(shown))
        if not self._is_known:
            self._is_known = True
            self.asking.run(lambda: self._room.desk.do(open_person, shown.person_id), self._show_person, self._not_known)
        self.focus_first()

    def _show_person(self, opened: OpenedPerson) -> None:
        today = local(self._room.desk.clock.now()).date()
        self.banner.show_person(person_words(opened.record, today))
        self.banner.show()

    def _not_known(self, problem: Circumstance) -> None:
        self._is_known = False

    def focus_first(self) -> None:
        if self.pane.heading is not None:
            self.pane.heading.take_focus()
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
