"""What a supervisor or a manager works through: rows held back, removals that no laptop confirmed, and proof of sync."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from carebook.errors import InputProblems, Problem
from carebook.models.ids import COUNCIL
from carebook.models.ledger import LedgerRow, ledger
from carebook.models.people import person
from carebook.models.projection import is_head
from carebook.policy.roles import may
from carebook.server import chain, door, feeding, judging, receive, scope
from carebook.server.site import Site
from carebook.server.tables import device, feed, purge_order, quarantine
from carebook.sync import wire
from carebook.sync.packing import decode
from carebook.sync.tally import unit_digest

LATE: Final = timedelta(days=1)
DECIDES: Final = "sign_off_plan"
"""Whoever may sign off a plan decides about rows that are held back."""


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A row in quarantine, in ids and codes. number: the person's council number, or their id when it is not known."""

    row_id: str
    code: str
    kind: str
    number: str
    worker: str
    author: str
    received_at: datetime
    in_force: bool


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A removal that a laptop has not confirmed."""

    device_id: str
    worker: str
    number: str
    class_: str
    made_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True, slots=True)
class SetBack:
    """A laptop that was restored from an image, or that has a clone."""

    device_id: str
    worker: str
    seen_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True, slots=True)
class Proof:
    """One unit at the server: how many rows, and the digest that a laptop which has them all computes too."""

    number: str
    class_: str
    count: int
    digest: str


def held_back(session: Session) -> list[HeldBack]:
    """The rows that nobody has decided about, oldest first."""
    lines = session.execute(
        sa.select(quarantine).where(quarantine.c.decided_at.is_(None)).order_by(quarantine.c.received_at, quarantine.c.row_id)
    ).all()
    numbers = _numbers(session, {line.person_id for line in lines})
    found = [(line, decode(line.row.encode(), wire.Row)) for line in lines]
    return [
        HeldBack(
            row_id=line.row_id, code=line.code, kind=row.kind, number=numbers.get(line.person_id, line.person_id),
            worker=line.worker, author=row.author, received_at=line.received_at, in_force=line.in_force,
        )
        for line, row in found
    ]


def admit(site: Site, row_id: str, by: str, reason: str) -> str:
    """Let a row that is held back into the record and the feed, as `by` has decided; its outcome ("accepted" or "clash").

    One that denies is in force already: the decision is written down. Raises InputProblems for a row that is not held
    back, one that names rows that are not here, and for a worker who may not decide, or wrote it.
    """
    return site.write(lambda session: _admit(session, site, row_id, by, reason))


def unconfirmed(session: Session, now: datetime) -> list[Unconfirmed]:
    """The removals that a laptop was told of, or has had to ask for, more than a day ago and has not confirmed."""
    lines = session.execute(
        sa.select(purge_order, device.c.last_seen_at)
        .join(device, device.c.device_id == purge_order.c.device_id)
        .where(purge_order.c.answered_at.is_(None), purge_order.c.made_at < now - LATE)
        .order_by(purge_order.c.made_at, purge_order.c.order_id)
    ).all()
    numbers = _numbers(session, {line.person_id for line in lines})
    return [
        Unconfirmed(
            line.device_id, line.worker, numbers.get(line.person_id, line.person_id), line.class_, line.made_at,
            line.last_seen_at,
        )
        for line in lines
    ]


def set_back(session: Session) -> list[SetBack]:
    """The laptops that showed an older state than they had reached, and were not shut out since; the last first."""
    lines = session.execute(
        sa.select(device.c.device_id, device.c.worker, device.c.twin_seen_at, device.c.last_seen_at)
        .where(device.c.twin_seen_at.is_not(None), device.c.revoked_at.is_(None))
        .order_by(device.c.twin_seen_at.desc())
    )
    return [SetBack(line.device_id, line.worker, line.twin_seen_at, line.last_seen_at) for line in lines]


def proof(session: Session) -> tuple[feeding.Head, list[Proof]]:
    """Where the feed stands, and every unit, from one snapshot; in order of their numbers."""
    units = {(line.person_id, line.class_) for line in session.execute(sa.select(feed.c.person_id, feed.c.class_).distinct())}
    return feeding.head(session), _proofs(session, units)


def proof_for(session: Session, worker: str, now: datetime) -> tuple[feeding.Head, list[Proof]]:
    """The units that a worker's laptops may hold today."""
    units = {(unit.person_id, unit.class_) for unit in scope.units_of(session, worker, scope.today(now))}
    return feeding.head(session), _proofs(session, units)


def _proofs(session: Session, units: set[tuple[str, str]]) -> list[Proof]:
    numbers = _numbers(session, {person_id for person_id, _ in units})
    found = []
    for person_id, class_ in units:
        digests = session.scalars(
            sa.select(ledger.c.digest)
            .join(feed, feed.c.row_id == ledger.c.row_id)
            .where(feed.c.person_id == person_id, feed.c.class_ == class_)
        )
        found.append(Proof(numbers.get(person_id, person_id), class_, *unit_digest(digests)))
    return sorted(found, key=lambda each: (each.number, each.class_))


def _admit(session: Session, site: Site, row_id: str, by: str, reason: str) -> str:
    stands = scope.standing(session, by)
    if stands is None or not may(stands[1], DECIDES, {"team"}).allowed:
        raise InputProblems((Problem("decides", "role"),))
    line = session.execute(
        sa.select(quarantine).where(quarantine.c.row_id == row_id, quarantine.c.decided_at.is_(None))
    ).first()
    if line is None:
        raise InputProblems((Problem("row", "unknown"),))
    row = wire.as_ledger(decode(line.row.encode(), wire.Row))
    if row.author == by:
        raise InputProblems((Problem("decides", "own"),))
    if not line.in_force and not judging.may_stand(session, row):
        raise InputProblems((Problem("row", "parent"),))
    decided = {"decided_at": site.now(), "decided_by": by}
    session.execute(sa.update(quarantine).where(quarantine.c.row_id == row_id).values(decided))
    outcome = _enter(session, site, row, line)
    about = None if row.person_id == COUNCIL else row.person_id
    deed = chain.Deed(site.now(), by, "admit", person_id=about, what=(row_id, line.code), words=reason)
    chain.add(session, deed)
    return outcome


def _enter(session: Session, site: Site, row: LedgerRow, line: sa.Row[tuple[object, ...]]) -> str:
    if not line.in_force:
        door.keep(session, [row])
        feeding.lock(session)
        released = receive.release(session, [row.row_id])
        entering = [feeding.Entering(row, line.worker, line.device_id), *(entry for entry, _ in released)]
        places = feeding.enter(session, entering, site.now())
        receive.note_released(session, [(entering[0], line.op_id), *released], places)
    heads = door.heads(session, row.fact_id)
    return "clash" if len(heads) > 1 and row.row_id in heads else "accepted"


def _numbers(session: Session, people: set[str]) -> dict[str, str]:
    """Council numbers by person id; someone with two of them is shown by id."""
    lines = session.execute(
        sa.select(person.c.person_id, person.c.council_number).where(person.c.person_id.in_(people), is_head(person))
    ).all()
    once = {line.person_id: line.council_number for line in lines if line.council_number}
    for line in lines:
        if once.get(line.person_id) != line.council_number:
            once.pop(line.person_id, None)
    return once
