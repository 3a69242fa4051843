"""The feed: every row in the order in which it was committed, without gaps, on both engines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from carebook.models.ledger import LedgerRow
from carebook.server.tables import feed, sync_head

FIRST_RANK: Final = 0
LAST_RANK: Final = 3
_PEOPLE: Final = frozenset(
    {
        "person", "name", "birth", "death", "address", "phone", "email", "language", "need", "needs_asked", "nhs_number",
        "relationship", "involvement", "sameness", "allocation", "recipient", "worker", "setting",
    }
)
_PLANS: Final = frozenset({"plan", "plan_step"})


@dataclass(frozen=True, slots=True)
class Head:
    """The newest place in the feed, the epoch, and up to where a backup reaches."""

    seq: int
    epoch: str
    safe: int


@dataclass(frozen=True, slots=True)
class Entering:
    """A row on its way into the feed, and who sent it."""

    row: LedgerRow
    worker: str
    device_id: str


def head(session: Session) -> Head:
    """Where the feed stands."""
    line = session.execute(sa.select(sync_head)).one()
    return Head(line.seq, line.epoch, line.safe_seq)


def lock(session: Session) -> Head:
    """Where the feed stands, and nobody else adds to it until this transaction ends.

    Taken last: whoever holds it has done its slow writing, so that the order of places is the order of commits.
    """
    line = session.execute(sa.select(sync_head).with_for_update()).one()
    return Head(line.seq, line.epoch, line.safe_seq)


def enter(session: Session, rows: Sequence[Entering], now: datetime) -> dict[str, int]:
    """Give each row its place, in this order; returns the places by row id. The lock must be held."""
    if not rows:
        return {}
    last = session.scalar(sa.update(sync_head).values(seq=sync_head.c.seq + len(rows)).returning(sync_head.c.seq)) or 0
    places = {entering.row.row_id: last - len(rows) + at for at, entering in enumerate(rows, start=1)}
    lines = [
        {
            "seq": places[entering.row.row_id], "row_id": entering.row.row_id, "person_id": entering.row.person_id,
            "class_": entering.row.class_, "rank": rank(entering.row), "received_at": now,
            "worker": entering.worker, "device_id": entering.device_id,
        }
        for entering in rows
    ]
    session.execute(sa.insert(feed), lines)
    return places


def rank(row: LedgerRow) -> int:
    """When a first copy carries the row: what denies and alerts, then people, then plans, then the rest."""
    if row.denies or row.kind == "alert":
        return FIRST_RANK
    if row.kind in _PEOPLE:
        return 1
    return 2 if row.kind in _PLANS else LAST_RANK
