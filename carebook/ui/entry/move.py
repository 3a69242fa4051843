"""Asks for the right person and the reason, when something was written on the wrong person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QRadioButton

from carebook.ui.contact.growing import let_grow
from carebook.ui.fields import EditorField
from carebook.ui.kit.buttons import Button
from carebook.ui.kit.cards import Card
from carebook.ui.kit.layout import clear, column, wrapping
from carebook.ui.kit.notices import ErrorSummary
from carebook.ui.kit.pages import ReflowArea
from carebook.ui.kit.search import SearchField
from carebook.ui.kit.text import Heading, Text

if TYPE_CHECKING:
    from carebook.actions.open_person import Summary
    from carebook.ui.entry.presenter import EntryPresenter


class MovePart(ReflowArea):
    """Search, choose the person, say why."""

    def __init__(self, presenter: EntryPresenter, *, width: int = 760) -> None:
        super().__init__(width=width)
        self._presenter = presenter
        self.summary = ErrorSummary()
        self.search = SearchField("Search for the right person", "Name, date of birth or number")
        self.reason = EditorField("reason", "Why is it moved?", "Both records keep this. Do not name either person.", lines=2)
        let_grow(self.reason.edit, 2, 6)
        self.move_, self.stop = Button("Continue", kind="primary"), Button("Leave it here")
        self._people: list[QRadioButton] = []
        self._is_going = False
        self._group = QButtonGroup(self)
        self._list = column(gap=0)
        self._told = Text("People this laptop holds are listed. Others: ask your manager.", "small", ink="quiet")
        self._wrong = Text("", "strong", ink="danger")
        self._wrong.hide()
        card = Card()
        card.body.addWidget(Text("Whose record should it be on?", "strong"))
        for part in (self._wrong, self.search, self._told):
            card.body.addWidget(part)
        card.body.addLayout(self._list)
        card.body.addWidget(self.reason)
        card.body.addWidget(wrapping(self.move_, self.stop))
        self.body.addWidget(Heading("Written on the wrong person", "title"))
        self.body.addWidget(self.summary)
        self.body.addWidget(card)
        self.search.searched.connect(presenter.search)
        self.search.textChanged.connect(lambda _: setattr(self, "_is_going", False))
        self.search.submitted.connect(self._go_to_people)
        self.summary.chosen.connect(self._focus)
        self.move_.clicked.connect(lambda: presenter.ask_move(self.chosen(), self.reason.value()))
        self.stop.clicked.connect(presenter.stop_move)

    def _go_to_people(self) -> None:
        """Enter was pressed: on to the people, now or once they are there."""
        self._is_going = not self._people
        if self._people:
            self._people[0].setFocus()

    def chosen(self) -> str:
        """The id of the person that is chosen; empty when none is."""
        return next((str(one.property("person_id")) for one in self._people if one.isChecked()), "")

    def show_people(self, people: Sequence[Summary]) -> None:
        """Show these people to choose from; none is chosen."""
        clear(self._list)
        self._people = []
        for person in people:
            words = f"{person.list_name}, {person.council_number}"
            if person.postcode:
                words = f"{words}, {person.postcode}"
            button = QRadioButton(words)
            button.setProperty("person_id", person.person_id)
            self._group.addButton(button)
            self._list.addWidget(button)
            self._people.append(button)
            button.show()
        for before, after in pairwise((self.search, *self._people, self.reason.edit)):
            self.setTabOrder(before, after)
        if self._is_going:
            self._go_to_people()
        typed = len(self.search.text().strip()) >= 2
        self._told.setText(
            "No one on this laptop matches that. People whose records you may not see are not listed."
            if typed and not people
            else "People this laptop holds are listed. Others: ask your manager."
        )

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Show what is missing, at the top and where it is."""
        self._wrong.setText(problems.get("to_person", ""))
        self._wrong.setVisible("to_person" in problems)
        self.reason.show_problem(problems.get("reason", ""))
        self.summary.show_problems(list(problems.items()))

    def _focus(self, key: str) -> None:
        if key == "reason":
            self.reason.take_focus()
        else:
            self.search.setFocus()
