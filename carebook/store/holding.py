"""Which units (a person, a class) this device holds, and taking one away whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from carebook.models.audit import audit, audit_words
from carebook.models.ids import COUNCIL, ORDINARY
from carebook.models.ledger import ledger, tombstone
from carebook.models.projection import withdraw
from carebook.store.inbox import Unit
from carebook.store.tables import draft, held, journal, outbox

COUNCIL_UNIT: Final[Unit] = (COUNCIL, ORDINARY)
HELD_BACK: Final = ("quarantined", "parked")
_PAGE: Final = 500


@dataclass(frozen=True, slots=True)
class Purged:
    """What was removed with a unit. sealed_names: op ids and draft ids whose sealed copies may go too."""

    rows: int = 0
    unsent: int = 0
    drafts: int = 0
    sealed_names: tuple[str, ...] = ()


def units(session: Session) -> dict[Unit, bool]:
    """Every unit this device holds, and whether it is all here."""
    lines = session.execute(sa.select(held.c.person_id, held.c.class_, held.c.complete))
    return {(line.person_id, line.class_): line.complete for line in lines}


def positions(session: Session) -> dict[str, list[Unit]]:
    """The units still arriving, by the position that their first copy has reached."""
    found: dict[str, list[Unit]] = {}
    for line in session.execute(sa.select(held).where(held.c.complete.is_(False)).order_by(held.c.person_id, held.c.class_)):
        found.setdefault(line.position, []).append((line.person_id, line.class_))
    return found


def has_untold(session: Session) -> bool:
    """Whether someone was added here and the server has not said since who may be held: they may have left already."""
    return bool(session.scalar(sa.select(sa.exists().where(held.c.complete, held.c.synced_at.is_(None)))))


def begin(session: Session, new: Iterable[Unit]) -> list[Unit]:
    """These units are new in scope: tombstones of their purge lapse. Returns those whose first copy must still arrive.

    A person who was first written on this device is here already and stays on screen.
    """
    arriving = []
    for person_id, class_ in sorted(new):
        gone = (tombstone.c.person_id == person_id, tombstone.c.class_ == class_, tombstone.c.why == "purge")
        session.execute(sa.delete(tombstone).where(*gone))
        mine = (ledger.c.person_id == person_id, ledger.c.class_ == class_)
        is_here = bool(session.scalar(sa.select(sa.exists().where(*mine))))
        line = {"person_id": person_id, "class_": class_, "complete": is_here, "synced_at": None, "position": ""}
        session.execute(insert(held).on_conflict_do_nothing(), [line])
        if not is_here:
            arriving.append((person_id, class_))
    return arriving


def reached(session: Session, which: Collection[Unit], position: str) -> None:
    """The first copy of these units has come as far as `position`."""
    for person_id, class_ in which:
        session.execute(sa.update(held).where(*_is(person_id, class_)).values(position=position))


def complete(session: Session, which: Collection[Unit], at: datetime) -> None:
    """These units are all here and may be shown."""
    for person_id, class_ in which:
        session.execute(sa.update(held).where(*_is(person_id, class_)).values(complete=True, position="", synced_at=at))


def digests(session: Session, unit: Unit) -> list[str]:
    """The digests of the unit's rows that the server has too: neither unsent nor held back by it."""
    unsent = sa.exists().where(outbox.c.row_id == ledger.c.row_id)
    kept_apart = sa.exists().where(journal.c.row_id == ledger.c.row_id, journal.c.outcome.in_(HELD_BACK))
    mine = (ledger.c.person_id == unit[0], ledger.c.class_ == unit[1])
    return list(session.scalars(sa.select(ledger.c.digest).where(*mine, ~unsent, ~kept_apart)))


def lacking(session: Session, unit: Unit, there: Collection[str]) -> list[sa.ColumnElement[bool]]:
    """A condition on the ledger: the unit's rows that the server should have and that are not among those it has."""
    kept_apart = sa.exists().where(journal.c.row_id == ledger.c.row_id, journal.c.outcome.in_(HELD_BACK))
    mine = (ledger.c.person_id == unit[0], ledger.c.class_ == unit[1], ~kept_apart)
    missing = set(session.scalars(sa.select(ledger.c.row_id).where(*mine))) - set(there)
    return [ledger.c.row_id.in_(missing)]


def purge(session: Session, unit: Unit, at: datetime) -> Purged:
    """Remove everything of a unit, leaving tombstones of ids; with a person's last unit all else about them goes too.

    What is unsent must have been sealed and sent before.
    """
    person_id, class_ = unit
    session.execute(sa.delete(held).where(*_is(person_id, class_)))
    is_last = not session.scalar(sa.select(sa.exists().where(held.c.person_id == person_id)))
    which = [ledger.c.person_id == person_id] if is_last else [ledger.c.person_id == person_id, ledger.c.class_ == class_]
    ids = list(session.scalars(sa.select(ledger.c.row_id).where(*which)))
    op_ids = _remove_rows(session, which, ids, at)
    draft_ids = _remove_drafts(session, person_id) if is_last else []
    return Purged(len(ids), len(op_ids), len(draft_ids), (*op_ids, *draft_ids))


def _remove_rows(session: Session, which: list[sa.ColumnElement[bool]], ids: Sequence[str], at: datetime) -> list[str]:
    why_and_when = (sa.literal("purge"), sa.literal(at, tombstone.c.at.type))
    lines = sa.select(ledger.c.row_id, ledger.c.person_id, ledger.c.class_, *why_and_when).where(*which)
    stones = insert(tombstone).from_select(["row_id", "person_id", "class_", "why", "at"], lines)
    session.execute(stones.on_conflict_do_nothing())
    withdraw(session, ids)
    op_ids: list[str] = []
    for start in range(0, len(ids), _PAGE):
        page = ids[start : start + _PAGE]
        op_ids += session.scalars(sa.delete(outbox).where(outbox.c.row_id.in_(page)).returning(outbox.c.op_id)).all()
        session.execute(sa.delete(journal).where(journal.c.row_id.in_(page)))
        session.execute(sa.delete(ledger).where(ledger.c.row_id.in_(page)))
    return op_ids


def _remove_drafts(session: Session, person_id: str) -> list[str]:
    words = sa.select(audit.c.number).where(audit.c.person_id == person_id, audit.c.device_id == audit_words.c.device_id)
    session.execute(sa.delete(audit_words).where(audit_words.c.number.in_(words)))
    return list(session.scalars(sa.delete(draft).where(draft.c.person_id == person_id).returning(draft.c.draft_id)))


def _is(person_id: str, class_: str) -> tuple[sa.ColumnElement[bool], ...]:
    return held.c.person_id == person_id, held.c.class_ == class_
