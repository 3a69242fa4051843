"""Open a person's record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from carebook.reads.facts import Fact as Fact
from carebook.reads.people import Summary as Summary
from carebook.reads.plans import PlanVersion as PlanVersion
from carebook.reads.record import PersonRecord as PersonRecord
from carebook.reads.record import person_record
from carebook.reads.workers import Colleague as Colleague
from carebook.reads.workers import names
from carebook.store.tables import held, outbox
from carebook.store.work import Work


@dataclass(frozen=True, slots=True)
class OpenedPerson:
    """A record with what this device knows of its own copy.

    waiting: ids of rows not yet sent. synced_at: when this copy was last made sure of, or None if never.
    staff: names by worker id.
    """

    record: PersonRecord
    waiting: frozenset[str]
    synced_at: datetime | None
    staff: Mapping[str, str]


def open_person(work: Work, person_id: str) -> OpenedPerson:
    """The record at a glance; looking is traced. Raises NotHeld, NotAllowed."""
    work.about(person_id)
    return OpenedPerson(
        record=person_record(work.session, person_id, work.today),
        waiting=frozenset(work.session.scalars(sa.select(outbox.c.row_id))),
        synced_at=work.session.scalar(sa.select(sa.func.max(held.c.synced_at)).where(held.c.person_id == person_id)),
        staff=names(work.session),
    )
