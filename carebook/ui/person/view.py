"""The record of one person: a banner on every tab, and tabs that are built when they are first shown."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from carebook.actions.open_person import OpenedPerson
from carebook.ui.facts.asks import SheetForm
from carebook.ui.facts.lanes import own_room
from carebook.ui.facts.view import Sheet
from carebook.ui.kit.announce import announce
from carebook.ui.kit.banner import PersonBanner, PersonWords
from carebook.ui.kit.buttons import Button
from carebook.ui.kit.layout import column
from carebook.ui.kit.notices import NoticeBar
from carebook.ui.kit.pages import Page
from carebook.ui.kit.states import EmptyState, StateStack
from carebook.ui.kit.tabs import LazyTabs
from carebook.ui.person.clashes import Clash
from carebook.ui.person.details import HistoryLine
from carebook.ui.person.lines import HistorySheet
from carebook.ui.person.overview import Overview
from carebook.ui.person.overview_tab import OverviewTab
from carebook.ui.person.people_tab import PeopleTab
from carebook.ui.person.presenter import ADD, PersonPresenter
from carebook.ui.person_words import born, died, listed_name, needs, nhs_status, where
from carebook.ui.room import Room
from carebook.ui.rows import ChipWords
from carebook.words import local, say

TABS = (
    ("overview", "Overview"),
    ("chronology", "Chronology"),
    ("contacts", "Contacts"),
    ("people", "People"),
    ("plan", "Care and support plan"),
)


class PersonView(Page):
    """One person's record; tab is the key of the part that is shown first."""

    def __init__(self, room: Room, person_id: str, tab: str = "") -> None:
        super().__init__(say("Record"), is_scrolling=False)
        self.hide_header()
        self._room, self.person_id = room, person_id
        self._presenter = PersonPresenter(self, own_room(room, self), person_id)
        self._told: tuple[OpenedPerson, Overview, tuple[Clash, ...]] | None = None
        self._first = tab or "overview"
        self.banner = PersonBanner(back=say("Back"))
        self.banner.back_wanted.connect(room.back)
        self._add_actions()
        self.notice = NoticeBar("danger", "", may_dismiss=True)
        self.notice.hide()
        self.tabs = LazyTabs(say("Parts of the record"))
        for key, words in TABS:
            self.tabs.add(key, say(words), partial(self._tab, key))
        self.tabs.shown.connect(self._turned)
        self._shown = QWidget()
        self._shown.setProperty("ground", "clear")
        layout = column(self.banner, self.notice, self.tabs, gap=0)
        layout.setStretch(2, 1)
        self._shown.setLayout(layout)
        self.closed = EmptyState("lock", "", "", button=say("Back"), button_icon="arrow-left")
        self.closed.pressed.connect(room.back)
        self.states = StateStack(self._shown, self.closed, loading=say("Opening the record"))
        self.states.retry.connect(self._presenter.refresh)
        self.body.addWidget(self.states, 1)
        self.states.show_loading()

    def _add_actions(self) -> None:
        self.more = Button(say("Add to the record"), "plus")
        menu = QMenu(self.more)
        menu.setAccessibleName(say("Add to the record"))
        for key, words in ADD:
            menu.addAction(say(words)).triggered.connect(lambda _=False, key=key: self._presenter.add(key))
        self.more.setMenu(menu)
        self.print = Button(say("Print plan"), "printer")
        self.print.clicked.connect(lambda: self.tabs.show_tab("plan"))
        self.contact = Button(say("New contact"), "notebook-pen", kind="primary")
        self.contact.clicked.connect(self._presenter.new_contact)
        for button in (self.print, self.more, self.contact):
            self.banner.add_action(button)

    def _tab(self, key: str) -> QWidget:
        if key == "overview":
            return OverviewTab(self._presenter, self.tabs.show_tab)
        if key == "people":
            return PeopleTab(self._presenter)
        return _colleagues_tab(key, self._room, self.person_id)

    def opened(self) -> None:
        """Open the record again: something may have been written."""
        self._presenter.refresh()

    def focus_first(self) -> None:
        """A screen reader begins with who this is."""
        if self._told is not None:
            self.banner.heading.take_focus()
        elif self.closed.isVisibleTo(self):
            self.closed.button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_tab(self, key: str) -> None:
        """Turn to a part of the record."""
        self._first = key
        if self._told is not None:
            self.tabs.show_tab(key)

    # ------------------------------------------------------------ what the presenter says

    def show_person(self, opened: OpenedPerson, words: Overview, differ: tuple[Clash, ...]) -> None:
        """Show the record at a glance."""
        is_first = self._told is None
        self._told = (opened, words, differ)
        told = _banner_words(opened, self._room)
        self.banner.show_person(told)
        self.setAccessibleName(listed_name(opened.record.summary))
        self.states.show_content()
        if is_first:
            self.tabs.show_tab(self._first)
            self.focus_first()
            announce(self.banner, self.banner.accessibleName())
        else:
            self._draw(self.tabs.key)

    def _turned(self, key: str) -> None:
        self._draw(key)
        page = self.tabs.page(key)
        if isinstance(page, Page):
            page.opened()

    def _draw(self, key: str) -> None:
        """Bring one of the two parts that are this screen's own up to date."""
        if self._told is None:
            return
        opened, words, differ = self._told
        page = self.tabs.page(key)
        if isinstance(page, OverviewTab):
            page.show_overview(words, differ)
        elif isinstance(page, PeopleTab):
            page.show_people(opened.record, words)

    def show_closed(self, title: str, words: str) -> None:
        """The record is not shown."""
        self._told = None
        self.setAccessibleName(title)
        self.closed.show_words(title, words)
        self.states.show_empty()
        self.focus_first()

    def show_problem(self, title: str, words: str) -> None:
        """Something was not done."""
        self.notice.show_words("danger", title, words)
        self.notice.show()
        announce(self, f"{title}. {words}", is_urgent=True)

    def show_history(self, title: str, lines: tuple[HistoryLine, ...]) -> None:
        """Show what a fact said before."""
        HistorySheet(title, lines, self).open()

    def open_sheet(self, form: SheetForm) -> None:
        """Ask over the page; afterwards read the record again."""
        sheet = Sheet(self._room, form, self)
        sheet.accepted.connect(self._presenter.refresh)
        sheet.open()


def _banner_words(opened: OpenedPerson, room: Room) -> PersonWords:
    person, today = opened.record.summary, local(room.desk.clock.now()).date()
    return PersonWords(
        family=person.family or person.preferred, given=person.given, title=person.title, preferred=person.preferred,
        born=born(person, today), died=died(person), nhs_number=person.nhs_number, nhs_status=nhs_status(person),
        number=person.council_number, address=where(person),
        alerts=tuple(ChipWords(one.short, one.tone) for one in person.alerts), access_needs=needs(opened.record),
    )  # fmt: skip


def _colleagues_tab(key: str, room: Room, person_id: str) -> QWidget:
    """The parts of the record that have a folder of their own; imported when they are first shown."""
    if key == "chronology":
        from carebook.ui.chronology.view import ChronologyTab

        return ChronologyTab(room, person_id)
    if key == "contacts":
        from carebook.ui.contacts.view import ContactsTab

        return ContactsTab(room, person_id)
    from carebook.ui.plan.view import PlanTab

    return PlanTab(room, person_id)
