"""The one door through which the server writes rows of its own: workers, allocations, settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from carebook.clock import Clock
from carebook.models.ids import ORDINARY
from carebook.models.kinds import KIND_OF, fixed_fact, write_body
from carebook.models.ledger import LedgerRow, as_columns, ledger
from carebook.models.lines import put_lines
from carebook.models.people import Body
from carebook.models.projection import is_head, project
from carebook.server import chain, feeding
from carebook.server.tables import SERVER_DEVICE

AUTHOR: Final = "server"
ROLE: Final = "SA"


@dataclass(frozen=True, slots=True)
class Writing:
    """A row that the server is to write. fact_id: of the fact it is about, None for a fixed or a new one."""

    person_id: str
    body: Body
    fact_id: str | None = None
    replaces: tuple[str, ...] = ()


def write(session: Session, clock: Clock, action: str, *writings: Writing, words: str = "") -> list[LedgerRow]:
    """Write rows through the ledger, the typed tables, the feed and the server's audit chain. Call it last."""
    feeding.lock(session)
    rows = compose(session, clock, writings)
    keep(session, rows)
    feeding.enter(session, [feeding.Entering(row, AUTHOR, SERVER_DEVICE) for row in rows], clock.now())
    about = {row.person_id for row in rows}
    person_id = about.pop() if len(about) == 1 else None
    what = tuple(row.row_id for row in rows)
    chain.add(session, chain.Deed(clock.now(), AUTHOR, action, person_id=person_id, what=what, words=words))
    return rows


def compose(session: Session, clock: Clock, writings: Sequence[Writing]) -> list[LedgerRow]:
    """The rows, numbered on from the server's last; the feed's lock must be held."""
    last = session.scalar(sa.select(sa.func.max(ledger.c.number)).where(ledger.c.device_id == SERVER_DEVICE)) or 0
    at = clock.now()
    return [_row(clock.new_id(), last + step, at, writing) for step, writing in enumerate(writings, start=1)]


def keep(session: Session, rows: Sequence[LedgerRow]) -> None:
    """Write rows into the ledger and the typed tables."""
    if rows:
        put_lines(session, ledger, [as_columns(row) for row in rows])
        project(session, rows)


def heads(session: Session, fact_id: str) -> tuple[str, ...]:
    """The ids of the rows of a fact that nothing replaces."""
    return tuple(session.scalars(sa.select(ledger.c.row_id).where(ledger.c.fact_id == fact_id, is_head(ledger))))


def _row(row_id: str, number: int, at: datetime, writing: Writing) -> LedgerRow:
    kind = KIND_OF[type(writing.body)]
    return LedgerRow(
        row_id=row_id, kind=kind.name, version=kind.version, person_id=writing.person_id, class_=ORDINARY,
        fact_id=writing.fact_id or fixed_fact(writing.person_id, writing.body) or row_id, body=write_body(writing.body),
        author=AUTHOR, role=ROLE, device_id=SERVER_DEVICE, number=number, written_at=at, skew_ms=0,
        replaces=writing.replaces, denies=kind.denies,
    )
