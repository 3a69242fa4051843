"""Decides what a person's record says at a glance: who they are, what is known, what clashes, what comes next."""

from __future__ import annotations

from typing import Protocol

from carebook.actions.open_person import OpenedPerson, open_person
from carebook.actions.read_fact import FactRead, read_fact
from carebook.actions.record_fact import record_fact
from carebook.errors import Circumstance, NotAllowed, NotHeld
from carebook.ui.facts.asks import SheetForm
from carebook.ui.facts.needs import ask_needs
from carebook.ui.facts.sheets import add_fact, change_fact, close_task, end_fact, new_task, new_visit
from carebook.ui.person.clashes import Clash, Version, clashes
from carebook.ui.person.details import DetailLine, HistoryLine, history_lines
from carebook.ui.person.overview import Overview, Step, overview
from carebook.ui.problems import sentence
from carebook.ui.room import Go, Room
from carebook.words import local, say

ADD = (
    ("alert", "An alert"),
    ("needs", "How to give them information"),
    ("phone", "A telephone number"),
    ("email", "An email address"),
    ("address", "An address"),
    ("other_name", "Another name"),
    ("relationship", "Someone close to them"),
    ("involvement", "Someone involved in their care"),
    ("task", "Something to do"),
    ("visit", "A visit"),
)
"""What "Add" offers, in this order."""


class PersonShown(Protocol):
    """What the record shows."""

    def show_person(self, opened: OpenedPerson, words: Overview, differ: tuple[Clash, ...]) -> None:
        """The record at a glance."""

    def show_closed(self, title: str, words: str) -> None:
        """The record is not shown, and why."""

    def show_problem(self, title: str, words: str) -> None:
        """Something was not done, and why; the record stays."""

    def show_history(self, title: str, lines: tuple[HistoryLine, ...]) -> None:
        """What a fact said before."""

    def open_sheet(self, form: SheetForm) -> None:
        """Ask something over the page."""


class PersonPresenter:
    """One person's record."""

    def __init__(self, view: PersonShown, room: Room, person_id: str) -> None:
        self._view, self._room, self.person_id = view, room, person_id
        self._opened: OpenedPerson | None = None

    def refresh(self) -> None:
        """Open the record; again after something was written."""
        desk, person_id = self._room.desk, self.person_id
        self._room.quick.run(lambda: desk.do(open_person, person_id), self._show, self._closed)

    def _show(self, opened: OpenedPerson) -> None:
        self._opened = opened
        now = self._room.desk.clock.now()
        self._view.show_person(opened, overview(opened, now), clashes(opened, local(now).date()))

    def _closed(self, error: Circumstance) -> None:
        if isinstance(error, NotAllowed):
            self._view.show_closed(
                say("You do not work with this person"),
                say("Their record stays closed. If you need it for your work, ask your manager to allocate them to you."),
            )
            return
        told = sentence(error)
        words = told.words()
        if isinstance(error, NotHeld):
            words = say("This person is not among those this laptop holds. Sync, or ask your manager to allocate them to you.")
        self._view.show_closed(told.title, words)

    def _failed(self, error: Circumstance) -> None:
        told = sentence(error)
        self._view.show_problem(told.title, told.words())

    # ------------------------------------------------------------ what was chosen

    def new_contact(self) -> None:
        """Write a contact."""
        self._room.go(Go("contact", self.person_id))

    def start_visit(self, step: Step) -> None:
        """Write the contact that a planned visit is."""
        self._room.go(Go("contact", self.person_id, row_id=step.row_id))

    def close_task(self, step: Step) -> None:
        """Ask what came of a task."""
        self._view.open_sheet(close_task(self._room, step.row_id, step.title))

    def add(self, key: str) -> None:
        """Ask for something new: a key of ADD or of facts.kinds.KINDS."""
        if self._opened is None:
            return
        makers = {
            "task": lambda: new_task(self._room, self.person_id),
            "visit": lambda: new_visit(self._room, self.person_id),
            "needs": self._needs,
        }
        self._view.open_sheet(makers[key]() if key in makers else add_fact(self._room, self.person_id, key))

    def _needs(self) -> SheetForm:
        assert self._opened is not None
        return ask_needs(self._room, self._opened.record)

    def change(self, line: DetailLine) -> None:
        """Change what a line says, or add it where nothing is known."""
        if line.fact is None or line.key == "needs":
            self.add(line.key)
        else:
            self._view.open_sheet(change_fact(self._room, self.person_id, line.kind, line.fact))

    def end(self, line: DetailLine) -> None:
        """Ask for the last day on which a line holds."""
        if line.fact is not None:
            self._view.open_sheet(end_fact(self._room, self.person_id, line.words, line.fact))

    def settle(self, right: Version) -> None:
        """Say which of the values that clash is right: a new row that names them all."""
        desk, person_id = self._room.desk, self.person_id
        self._room.quick.run(
            lambda: desk.do(record_fact, person_id, right.body, replaces=right.names), lambda _: self._settled(), self._failed
        )

    def _settled(self) -> None:
        self._room.say(say("Settled"))
        self._room.refresh()
        self.refresh()

    def history(self, line: DetailLine) -> None:
        """Show what a line said before, who wrote it and when."""
        if line.fact is None:
            return
        desk, person_id, fact_id = self._room.desk, self.person_id, line.fact.fact_id

        def told(found: FactRead) -> None:
            self._view.show_history(line.label, history_lines(line, found))

        self._room.quick.run(lambda: desk.do(read_fact, person_id, fact_id), told, self._failed)

    def open_other(self, person_id: str) -> None:
        """Open the record of someone close to the person."""
        self._room.go(Go("person", person_id))
