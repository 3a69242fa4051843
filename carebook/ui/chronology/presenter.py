"""What the chronology shows and when; no Qt in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from carebook.actions.read_chronology import Happening, read_chronology
from carebook.errors import Circumstance
from carebook.ui.contact.asking import Asking
from carebook.ui.problems import sentence
from carebook.ui.room import Go, Room

FILTERS = (
    ("", "Everything"), ("contacts", "Contacts"), ("family", "You and your family"), ("discussions", "What we discussed"),
    ("decisions", "Decisions and agreements"), ("plan", "Care plan"), ("document", "Documents"),
)
"""The sorts of happening to keep to, as chips."""


class ChronologyScreen(Protocol):
    """What the presenter needs of the tab."""

    def show_happenings(self, happenings: Sequence[Happening]) -> None:
        """Show these, the newest first."""

    def show_empty(self, *, is_filtered: bool) -> None:
        """There is nothing, or nothing of the sort that was chosen."""

    def show_loading(self) -> None:
        """They are being fetched."""

    def show_failure(self, title: str, words: str) -> None:
        """They cannot be shown, and what to do."""


class ChronologyPresenter:
    """Decides for the chronology of one person."""

    def __init__(self, view: ChronologyScreen, room: Room, person_id: str) -> None:
        self._view, self._room, self._person_id = view, room, person_id
        self.asking = Asking(room.quick)
        self._found: tuple[Happening, ...] | None = None
        self._sort = ""

    def fetch(self) -> None:
        """Read it; also again when something was written."""
        if self._found is None:
            self._view.show_loading()
        self.asking.run(lambda: self._room.desk.do(read_chronology, self._person_id), self._fetched, self._not_fetched)

    def _fetched(self, found: tuple[Happening, ...]) -> None:
        if found != self._found:
            self._found = found
            self._show()

    def _not_fetched(self, problem: Circumstance) -> None:
        told = sentence(problem)
        self._view.show_failure(told.title, told.words())

    def keep_to(self, sort: str) -> None:
        """Show one sort; "" shows everything."""
        self._sort = sort
        if self._found is not None:
            self._show()

    def _show(self) -> None:
        every = self._found or ()
        shown = [one for one in every if not self._sort or one.sort == self._sort]
        if shown:
            self._view.show_happenings(shown)
        else:
            self._view.show_empty(is_filtered=bool(every))

    def open(self, sort: str, row_id: str) -> None:
        """Open what happened: an entry as a page, a plan on its tab."""
        if sort in {"plan", "document"}:
            self._room.go(Go("person", self._person_id, tab="plan", row_id=row_id if sort == "plan" else ""))
        else:
            self._room.go(Go("entry", self._person_id, row_id=row_id))

    def write(self) -> None:
        """Write a new contact."""
        self._room.go(Go("contact", self._person_id))
