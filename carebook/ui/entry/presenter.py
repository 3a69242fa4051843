"""What the reading pane shows and when: the entry, its versions, and the way to the right person's record; no Qt in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

import carebook.ui.contact.problems  # noqa: F401 - registers the sentences
from carebook.actions.find_people import find_people
from carebook.actions.move_entry import move_entry
from carebook.actions.read_entry import Entry, EntryRead, read_entry
from carebook.errors import Circumstance, InputProblems, Problem
from carebook.ui.contact.asking import Asking
from carebook.ui.problems import field_problems, sentence
from carebook.ui.room import Go, Room

if TYPE_CHECKING:
    from carebook.actions.find_people import PeopleFound
    from carebook.actions.open_person import Summary


class EntryScreen(Protocol):
    """What the presenter needs of the pane."""

    def show_entry(self, read: EntryRead, shown: Entry) -> None:
        """Show this version of the entry."""

    def show_failure(self, title: str, words: str) -> None:
        """It cannot be shown, and what to do."""

    def show_move(self) -> None:
        """Ask for the right person and the reason."""

    def show_people(self, people: Sequence[Summary]) -> None:
        """People to choose the right one from."""

    def show_move_problems(self, problems: dict[str, str]) -> None:
        """What stands in the way of moving it."""

    def ask_move(self, person: Summary, together: int) -> None:
        """Stop before it is moved."""


class EntryPresenter:
    """Decides for one reading pane; `open` shows another entry in it."""

    def __init__(self, view: EntryScreen, room: Room) -> None:
        self._view, self._room = view, room
        self.asking = Asking(room.quick)
        self.read: EntryRead | None = None
        self._people: dict[str, Summary] = {}
        self._to, self._reason = "", ""
        self._wanted = self._searched = ""

    def open(self, row_id: str) -> None:
        """Read an entry; the answer to an earlier wish is passed over."""
        self._wanted = row_id
        self.asking.run(
            lambda: self._room.desk.do(read_entry, row_id), lambda read: self._opened(row_id, read), self._not_opened
        )

    def _opened(self, row_id: str, read: EntryRead) -> None:
        if row_id == self._wanted:
            self.read = read
            self._view.show_entry(read, read.entry)

    def _not_opened(self, problem: Circumstance) -> None:
        told = sentence(problem)
        self._view.show_failure(told.title, told.words())

    # ------------------------------------------------------------ what can be done

    def amend(self, row_id: str) -> None:
        """Write a new version of what is shown, or of one of two that stand beside each other."""
        if self.read is not None:
            self._room.go(Go("amend", self.read.entry.person_id, row_id=row_id))

    def open_other(self, row_id: str) -> None:
        """Show another entry as a page: what was written on the same occasion."""
        if self.read is not None:
            self._room.go(Go("entry", self.read.entry.person_id, row_id=row_id))

    # ------------------------------------------------------------ written on the wrong person

    def begin_move(self) -> None:
        """It was written on the wrong person."""
        self._to = self._reason = ""
        self._view.show_move()

    def stop_move(self) -> None:
        """It stays where it is."""
        if self.read is not None:
            self._view.show_entry(self.read, self.read.entry)

    def search(self, words: str) -> None:
        """Look for the right person among those this laptop holds."""
        self._searched = words
        if len(words) < 2:
            self._found(words, ())
            return
        self.asking.run(
            lambda: self._room.desk.do(find_people, words), lambda found: self._found_people(words, found), self._not_moved
        )

    def _found_people(self, words: str, found: PeopleFound) -> None:
        self._found(words, found.people)

    def _found(self, words: str, people: Sequence[Summary]) -> None:
        if words != self._searched or self.read is None:
            return
        others = [one for one in people if one.person_id != self.read.entry.person_id][:8]
        self._people = {one.person_id: one for one in others}
        self._view.show_people(others)

    def ask_move(self, to_person_id: str, reason: str) -> None:
        """Check the person and the reason, then stop once more before it is moved."""
        found = []
        if to_person_id not in self._people:
            found.append(Problem("to_person", "to_person_missing"))
        if len(reason.strip()) < 5:
            found.append(Problem("reason", "reason_missing"))
        self._view.show_move_problems(field_problems(found))
        if not found and self.read is not None:
            self._to, self._reason = to_person_id, reason
            is_contact = self.read.entry.body is not None and self.read.entry.body.contact_id is None
            self._view.ask_move(self._people[to_person_id], len(self.read.together) if is_contact else 0)

    def move(self) -> None:
        """Yes: move it."""
        if self.read is None or not self._to:
            return
        row_id, to, reason = self.read.entry.row_id, self._to, self._reason
        self.asking.run(lambda: self._room.desk.do(move_entry, row_id, to, reason), self._moved, self._not_moved)

    def _moved(self, row_id: str) -> None:
        self._room.say("Moved. Both records say so.")
        self._room.refresh()
        self._room.go(Go("entry", self._to, row_id=row_id))

    def _not_moved(self, problem: Circumstance) -> None:
        if isinstance(problem, InputProblems):
            self._view.show_move_problems(field_problems(problem.problems))
            return
        self._not_opened(problem)
