"""Read the entries of a person's record."""

from __future__ import annotations

from carebook.models.record import Passage as Passage
from carebook.reads.entries import Entry as Entry
from carebook.reads.entries import entries_of
from carebook.store.work import Work


def read_contacts(work: Work, person_id: str, *headings: str) -> tuple[Entry, ...]:
    """Current entries under the headings named (all four if none), the newest happening first. Raises NotHeld, NotAllowed."""
    work.about(person_id, *headings)
    return tuple(one for one in entries_of(work.session, person_id) if not headings or one.heading in headings)
