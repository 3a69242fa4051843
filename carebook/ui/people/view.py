"""People: a search that answers while it is typed, two filters, and a table that Enter opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt

from carebook.actions.find_people import Summary
from carebook.ui.facts.lanes import own_room
from carebook.ui.kit.announce import announce
from carebook.ui.kit.buttons import Button
from carebook.ui.kit.chips import FilterChips
from carebook.ui.kit.layout import row
from carebook.ui.kit.pages import Page
from carebook.ui.kit.search import SearchField
from carebook.ui.kit.states import EmptyState, StateStack
from carebook.ui.kit.tables import TableView
from carebook.ui.kit.text import Text
from carebook.ui.people.presenter import PeoplePresenter
from carebook.ui.person_words import born, listed_name, nhs, nhs_status
from carebook.ui.room import Room
from carebook.ui.rows import ChipWords, Column, RowsModel
from carebook.words import on_date, say


class PeopleView(Page):
    """Finding people among those this laptop holds."""

    def __init__(self, room: Room) -> None:
        super().__init__(say("People"), is_scrolling=False)
        self._presenter = presenter = PeoplePresenter(self, own_room(room, self))
        self.add = Button(say("New person"), "user-plus", kind="primary")
        self.add.clicked.connect(presenter.add)
        self.header.add_action(self.add)
        self.search = SearchField(say("Search people"), say("Name, NHS number, year of birth or postcode"), width=520)
        self.filters = FilterChips([("all", say("All people")), ("mine", say("My people"))], name=say("Show"))
        self.count = Text("", "small", ink="quiet", may_wrap=False)
        self.model: RowsModel[Summary] = RowsModel(self._columns())
        self.table = TableView(say("People"), self.model)
        self.empty = EmptyState("search", "", "", button=say("Add a new person"), button_icon="user-plus")
        self.states = StateStack(self.table, self.empty, loading=say("Looking for people"))
        self.body.addWidget(self.search)
        above = row(self.filters, self.count, gap=4)
        above.setStretch(0, 1)
        self.body.addLayout(above)
        self.body.addWidget(self.states, 1)
        self._connect(presenter)

    def _connect(self, presenter: PeoplePresenter) -> None:
        self.search.searched.connect(presenter.search)
        self.search.submitted.connect(self._into_table)
        self.filters.chosen.connect(presenter.choose)
        self.table.opened.connect(presenter.open)
        self.empty.pressed.connect(presenter.add)
        self.states.retry.connect(presenter.refresh)

    def _columns(self) -> tuple[Column[Summary], ...]:
        today = self._presenter.today
        return (
            Column(
                say("Name"), _name, second=_under_name, initials=lambda p: p.full_name, is_whole=True, is_strong=True
            ),
            Column(say("Born"), lambda p: born(p, today), is_whole=True),
            Column(say("NHS number"), nhs, second=nhs_status, is_whole=True, drop=2),
            Column(say("Address"), lambda p: p.address, second=lambda p: p.postcode, width="stretch", drop=4),
            Column(
                say("Review and worker"),
                lambda p: on_date(p.review_on) if p.review_on else say("No review"),
                second=lambda p: ", ".join(p.workers),
                icon=lambda p: "circle-alert" if p.review_on and p.review_on < today else "",
                tone=lambda p: "danger" if p.review_on and p.review_on < today else "",
                accessible=lambda p: _review(p, is_late=bool(p.review_on and p.review_on < today)),
                is_whole=True,
                drop=3,
            ),
            Column(say("Alerts"), chips=lambda p: [ChipWords(a.short, a.tone) for a in p.alerts], drop=1),
        )

    def opened(self) -> None:
        """Ask again: something may have been written."""
        if not self.model.rows:
            self.states.show_loading()
        self._presenter.refresh()

    def focus_first(self) -> None:
        """Typing begins at once."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _into_table(self) -> None:
        if not self.model.rows:
            return
        self.table.setFocus(Qt.FocusReason.TabFocusReason)
        self.table.mark_row(0)

    # ------------------------------------------------------------ what the presenter says

    def show_people(self, people: Sequence[Summary], words: str) -> None:
        """Show these people."""
        marked = self.table.currentIndex().row()
        same = [one.person_id for one in people] == [one.person_id for one in self.model.rows]
        self.model.show(people)
        if same and marked >= 0:
            self.table.mark_row(marked)
        self.states.show_content()
        self._tell(words)

    def show_nobody(self, title: str, words: str) -> None:
        """Show that there is nobody."""
        self.model.show([])
        self.empty.show_words(title, words)
        self.states.show_empty()
        self._tell(say("0 people"))

    def show_problem(self, title: str, words: str) -> None:
        """Say what stood in the way."""
        self.states.show_error(title, words)
        self.count.setText("")

    def _tell(self, words: str) -> None:
        if words != self.count.text():
            self.count.setText(words)
            announce(self.search, words)


def _name(person: Summary) -> str:
    """FAMILY, Given: the title stands in the banner, so that there is room here for who works with them."""
    return listed_name(replace(person, title=""))


def _under_name(person: Summary) -> str:
    preferred = f'"{person.preferred}"' if person.preferred and person.preferred != person.given else ""
    child = say("child") if person.life == "child" else ""
    return " · ".join(part for part in (person.council_number, preferred, child) if part)


def _review(person: Summary, *, is_late: bool) -> str:
    review = on_date(person.review_on) if person.review_on else say("No review planned")
    return ", ".join((f"{review}{say(', overdue') if is_late else ''}", *person.workers))
