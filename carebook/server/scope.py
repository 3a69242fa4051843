"""Which units a worker's devices may hold: the people allocated to them today, in the ordinary class, and the council's own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from carebook.models.access import allocation, worker
from carebook.models.ids import COUNCIL, ORDINARY
from carebook.models.projection import is_head
from carebook.sync.wire import Unit
from carebook.words import local

DELIVERED: Final = frozenset({ORDINARY})
"""The classes that are delivered at all; what a restriction or an at-risk address sets apart goes to nobody yet."""


def today(now: datetime) -> date:
    """The day in England by the server's clock."""
    return local(now).date()


def people_of(session: Session, worker_id: str, day: date) -> set[str]:
    """The ids of the people with whom the worker is allocated, on duty or a supervisor on that day."""
    return set(session.scalars(_people(worker_id, day)))


def units_of(session: Session, worker_id: str, day: date) -> tuple[Unit, ...]:
    """All units that the worker's devices may hold on that day, in order."""
    people = people_of(session, worker_id, day)
    units = [Unit(person_id=person, class_=class_) for person in people for class_ in DELIVERED]
    return tuple(sorted([Unit(person_id=COUNCIL, class_=ORDINARY), *units]))


def token(units: Iterable[Unit]) -> str:
    """A short text that changes when the scope does."""
    words = "\n".join(f"{unit.person_id} {unit.class_}" for unit in units)
    return hashlib.sha256(words.encode()).hexdigest()[:32]


def standing(session: Session, worker_id: str) -> tuple[str, str] | None:
    """(name, role) of a worker who is active; None for one who is not, or of whom two rows disagree on that."""
    lines = session.execute(
        sa.select(worker).where(worker.c.worker == worker_id, is_head(worker)).order_by(worker.c.row_id)
    ).all()
    if not lines or not all(line.active for line in lines):
        return None
    return lines[0].name, lines[0].role


def _people(worker_id: str, day: date) -> sa.Select[tuple[str]]:
    return sa.select(allocation.c.person_id).where(
        allocation.c.worker == worker_id,
        allocation.c.from_on <= day,
        sa.or_(allocation.c.to_on.is_(None), allocation.c.to_on >= day),
        is_head(allocation),
    )
