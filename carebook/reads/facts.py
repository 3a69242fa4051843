"""What is known about a person now: the heads of their facts, each with where it comes from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from carebook.models.kinds import read_body, readable, unread
from carebook.models.ledger import ledger
from carebook.models.people import Body
from carebook.models.projection import is_head

B_co = TypeVar("B_co", bound=Body, covariant=True)


@dataclass(frozen=True, slots=True)
class Fact(Generic[B_co]):
    """One fact as it stands: what it says, its row (to be named when it is replaced), who wrote it and when.

    is_clash: another value stands beside it, and a person has to say which is right.
    """

    row_id: str
    fact_id: str
    body: B_co
    author: str
    written_at: datetime
    is_clash: bool


def facts_of(session: Session, person_id: str, kinds: Collection[str]) -> Mapping[str, tuple[Fact[Body], ...]]:
    """The heads of the person's facts by kind, oldest first; one question whatever the number of kinds."""
    lines = session.execute(
        sa.select(ledger)
        .where(ledger.c.person_id == person_id, ledger.c.kind.in_(kinds), is_head(ledger))
        .order_by(ledger.c.row_id)
    ).all()
    often: dict[str, int] = defaultdict(int)
    for line in lines:
        often[line.fact_id] += 1
    found: dict[str, list[Fact[Body]]] = {kind: [] for kind in kinds}
    for line in lines:
        if readable(line.kind, line.version):
            body = read_body(line.kind, line.version, line.body)
            found[line.kind].append(
                Fact(line.row_id, line.fact_id, body, line.author, line.written_at, often[line.fact_id] > 1)
            )
    return {kind: tuple(facts) for kind, facts in found.items()}


@dataclass(frozen=True, slots=True)
class FactVersion:
    """One row of a fact: what it said, who wrote it and when, and whether it is what stands now.

    replaces: the rows it was written in place of. body is None where this version of carebook cannot read it.
    """

    row_id: str
    body: Body | None
    author: str
    written_at: datetime
    replaces: tuple[str, ...]
    is_current: bool


def versions_of(session: Session, person_id: str, fact_id: str) -> tuple[FactVersion, ...]:
    """Every row of one of the person's facts, the newest first."""
    lines = session.execute(
        sa.select(ledger, is_head(ledger).label("current"))
        .where(ledger.c.person_id == person_id, ledger.c.fact_id == fact_id)
        .order_by(ledger.c.written_at.desc(), ledger.c.row_id.desc())
    ).all()
    return tuple(
        FactVersion(
            line.row_id, read_body(line.kind, line.version, line.body) if readable(line.kind, line.version) else None,
            line.author, line.written_at, tuple(line.replaces), bool(line.current),
        )
        for line in lines
    )


def unread_count(session: Session, person_id: str) -> int:
    """How many rows about the person this version cannot read."""
    return session.scalar(sa.select(sa.func.count()).select_from(unread).where(unread.c.person_id == person_id)) or 0


def in_force(from_on: date | None, to_on: date | None, today: date) -> bool:
    """Whether something dated is so today; an open end is no end."""
    return (from_on is None or from_on <= today) and (to_on is None or to_on >= today)
