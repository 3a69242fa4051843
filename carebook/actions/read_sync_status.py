"""Read what waits to be sent, what was refused, and how old this device's copy is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from carebook.clock import instant
from carebook.models.ledger import ledger
from carebook.models.record import entry
from carebook.policy.headings import TITLES
from carebook.reads.people import Summary as Summary
from carebook.reads.people import summaries
from carebook.store.state import get
from carebook.store.tables import held, journal, outbox
from carebook.store.work import Work
from carebook.words import fold


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row that has not been taken by the server. state: waiting or refused; why: a code, "" while it only waits.

    called: the heading and the title of an entry; "" for any other kind.
    """

    row_id: str
    kind: str
    person: Summary | None
    written_at: datetime
    state: str
    why: str
    tries: int
    called: str = ""


@dataclass(frozen=True, slots=True)
class HeldPerson:
    """A person this device holds, and when the copy was last made sure of."""

    person: Summary
    synced_at: datetime | None
    is_complete: bool


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """What a worker, and a manager, can be told: sent means that the server said so, row by row.

    outcomes: how many rows the server answered how (accepted, clash, quarantined, parked).
    """

    last_contact_at: datetime | None
    skew_ms: int | None
    waiting: tuple[Waiting, ...]
    outcomes: tuple[tuple[str, int], ...]
    held: tuple[HeldPerson, ...]


def read_sync_status(work: Work) -> SyncStatus:
    """The state of sync on this device."""
    work.is_traced = False
    session = work.session
    lines = session.execute(
        sa.select(outbox, ledger.c.kind, ledger.c.person_id, ledger.c.written_at, entry.c.heading, entry.c.title)
        .join(ledger, ledger.c.row_id == outbox.c.row_id)
        .outerjoin(entry, entry.c.row_id == outbox.c.row_id)
        .order_by(outbox.c.state, ledger.c.written_at.desc())
    ).all()
    holding = session.execute(sa.select(held)).all()
    who = {
        one.person_id: one
        for one in summaries(session, {line.person_id for line in (*lines, *holding)}, work.today)
    }
    answered = session.execute(sa.select(journal.c.outcome, sa.func.count()).group_by(journal.c.outcome)).all()
    last, skew = get(session, "last_contact"), get(session, "skew_ms")
    return SyncStatus(
        last_contact_at=instant(last) if last else None,
        skew_ms=int(skew) if skew else None,
        waiting=tuple(
            Waiting(
                line.row_id, line.kind, who.get(line.person_id), line.written_at, line.state, line.why, line.tries,
                _called(line),
            )
            for line in lines
        ),
        outcomes=tuple(answered),
        held=tuple(
            HeldPerson(who[line.person_id], line.synced_at, line.complete)
            for line in sorted(
                (line for line in holding if line.person_id in who), key=lambda line: fold(who[line.person_id].list_name)
            )
        ),
    )


def _called(line: sa.Row[Any]) -> str:
    """What an entry is: its heading, and its title where that says more."""
    parts = (TITLES.get(line.heading, ""), line.title or "")
    return ", ".join(dict.fromkeys(part for part in parts if part))
