"""Read one entry with its earlier versions and what was written on the same occasion."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from carebook.policy.headings import WRITTEN, Heading
from carebook.reads.entries import Entry as Entry
from carebook.reads.entries import entries_of, entry, history
from carebook.store.tables import outbox
from carebook.store.work import Work


@dataclass(frozen=True, slots=True)
class EntryRead:
    """An entry, its versions oldest first, the other entries of the same contact, and whether it waits to be sent."""

    entry: Entry
    versions: tuple[Entry, ...]
    together: tuple[Entry, ...]
    is_waiting: bool


def read_entry(work: Work, row_id: str) -> EntryRead:
    """One entry with what belongs to it; looking is traced. Raises NotHeld, NotAllowed."""
    found = entry(work.session, row_id)
    work.about(found.person_id, row_id)
    contact_id = found.body.contact_id if found.body and found.body.contact_id else found.fact_id
    together = [
        one
        for one in entries_of(work.session, found.person_id)
        if one.fact_id != found.fact_id and contact_id in (one.fact_id, one.body.contact_id if one.body else None)
    ]
    together.sort(key=lambda one: WRITTEN.index(Heading(one.heading)))
    waiting = work.session.scalar(sa.select(sa.exists().where(outbox.c.row_id == row_id)))
    return EntryRead(found, history(work.session, found.fact_id), tuple(together), bool(waiting))
