"""What the contacts tab shows and when: entries under one heading or all, the newest first; no Qt in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from carebook.actions.read_contacts import Entry, read_contacts
from carebook.errors import Circumstance
from carebook.policy.headings import WRITTEN
from carebook.ui.contact.asking import Asking
from carebook.ui.problems import sentence
from carebook.ui.room import Go, Room

FILTERS = (
    ("", "Everything"), ("contacts", "Contacts"), ("family", "You and your family"), ("discussions", "What we discussed"),
    ("decisions", "Decisions and agreements"),
)
"""The headings to keep to, as chips."""


class ContactsScreen(Protocol):
    """What the presenter needs of the tab."""

    def show_entries(self, entries: Sequence[Entry], chosen: str) -> None:
        """Show this list, with the entry of this row marked."""

    def show_empty(self, *, is_filtered: bool) -> None:
        """There is nothing, or nothing under the heading that was chosen."""

    def show_loading(self) -> None:
        """They are being fetched."""

    def show_failure(self, title: str, words: str) -> None:
        """They cannot be shown, and what to do."""


class ContactsPresenter:
    """Decides for the contacts tab of one person."""

    def __init__(self, view: ContactsScreen, room: Room, person_id: str) -> None:
        self._view, self._room, self._person_id = view, room, person_id
        self.asking = Asking(room.quick)
        self._entries: tuple[Entry, ...] = ()
        self._heading = self._chosen = ""
        self._is_there = False

    def fetch(self) -> None:
        """Read them; also again when something was written."""
        if not self._is_there:
            self._view.show_loading()
        self.asking.run(
            lambda: self._room.desk.do(read_contacts, self._person_id), self._fetched, self._not_fetched
        )

    def _fetched(self, entries: tuple[Entry, ...]) -> None:
        self._is_there = True
        self._entries = tuple(sorted(entries, key=_order))
        self._show()

    def _not_fetched(self, problem: Circumstance) -> None:
        told = sentence(problem)
        self._view.show_failure(told.title, told.words())

    def keep_to(self, heading: str) -> None:
        """Show what stands under one heading; "" shows everything."""
        self._heading = heading
        if self._is_there:
            self._show()

    def chose(self, row_id: str) -> None:
        """The worker marked this one."""
        self._chosen = row_id

    def read(self, row_id: str) -> None:
        """Show one as a page, where there is no room beside the list."""
        self._room.go(Go("entry", self._person_id, row_id=row_id))

    def write(self) -> None:
        """Write a new contact."""
        self._room.go(Go("contact", self._person_id))

    def _show(self) -> None:
        shown = [one for one in self._entries if not self._heading or one.heading == self._heading]
        if not shown:
            self._view.show_empty(is_filtered=bool(self._entries))
            return
        if not any(one.row_id == self._chosen for one in shown):
            self._chosen = shown[0].row_id
        self._view.show_entries(shown, self._chosen)


def _order(entry: Entry) -> tuple[float, str, int]:
    """The newest happening first; what was written on one occasion stands together, the contact itself first."""
    occasion = (entry.body.contact_id if entry.body else None) or entry.fact_id
    return -entry.happened_at.timestamp(), occasion, [heading.value for heading in WRITTEN].index(entry.heading)
