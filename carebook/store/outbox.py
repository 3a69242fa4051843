"""What this device has written and the server has not yet answered for, and the journal of what it has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from carebook.clock import random_id
from carebook.models.ledger import LedgerRow, as_row, ledger
from carebook.models.lines import put_lines
from carebook.store.tables import journal, outbox

WAITING: Final = "waiting"
REFUSED: Final = "refused"


@dataclass(frozen=True, slots=True)
class Unsent:
    """A row that waits, its digest, and the random id it is sent under."""

    op_id: str
    row: LedgerRow
    digest: str
    state: str
    why: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What the server said of one row; outcome and code as in the wire's Outcome."""

    op_id: str
    outcome: str
    seq: int = 0
    code: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows wait, and how many the server has refused."""

    waiting: int
    refused: int


def add(session: Session, row_id: str, op_id: str, denies: bool, at: datetime) -> None:
    """A row just written waits to be sent."""
    line = {"row_id": row_id, "op_id": op_id, "denies": denies, "state": WAITING, "why": "", "tries": 0, "added_at": at}
    put_lines(session, outbox, [line])


def waiting(session: Session, limit: int = 200) -> list[Unsent]:
    """The next rows to send: those that deny first, then in the order they were written."""
    order = (outbox.c.denies.desc(), ledger.c.number)
    return _unsent(session, outbox.c.state == WAITING, order, limit)


def refused(session: Session) -> list[Unsent]:
    """The rows that the server would not take, with its reason; they stay until someone deals with them."""
    return _unsent(session, outbox.c.state == REFUSED, (ledger.c.number,), None)


def about(session: Session, person_ids: Iterable[str]) -> list[Unsent]:
    """Everything unsent about these people, waiting or refused."""
    return _unsent(session, ledger.c.person_id.in_(list(person_ids)), (ledger.c.number,), None)


def answered(session: Session, answers: Sequence[Answered], at: datetime) -> list[str]:
    """Write down what the server said: a refused row stays, any other goes to the journal.

    Returns the op ids that are settled. Answers about rows that wait no longer change nothing, so a repeat is harmless.
    """
    by_op = {answer.op_id: answer for answer in answers}
    lines = session.execute(sa.select(outbox.c.op_id, outbox.c.row_id).where(outbox.c.op_id.in_(by_op))).all()
    settled = [(by_op[line.op_id], line.row_id) for line in lines if by_op[line.op_id].outcome != REFUSED]
    for answer in (by_op[line.op_id] for line in lines if by_op[line.op_id].outcome == REFUSED):
        session.execute(
            sa.update(outbox)
            .where(outbox.c.op_id == answer.op_id)
            .values(state=REFUSED, why=answer.code, tries=outbox.c.tries + 1)
        )
    if settled:
        _into_journal(session, settled, at)
        session.execute(sa.delete(outbox).where(outbox.c.op_id.in_([answer.op_id for answer, _ in settled])))
    return [answer.op_id for answer, _ in settled]


def try_again(session: Session) -> int:
    """Refused rows wait once more, as after an update of either end; returns how many."""
    lines = sa.update(outbox).where(outbox.c.state == REFUSED).values(state=WAITING, why="").returning(outbox.c.row_id)
    return len(session.scalars(lines).all())


def counts(session: Session) -> Counts:
    """How much waits and how much was refused."""
    found = session.execute(sa.select(outbox.c.state, sa.func.count().label("number")).group_by(outbox.c.state))
    by_state = {line.state: line.number for line in found}
    return Counts(by_state.get(WAITING, 0), by_state.get(REFUSED, 0))


def covered(session: Session, safe: int) -> None:
    """The server's backup reaches up to place `safe` in its feed: what stands there need not be kept for sending again."""
    session.execute(sa.delete(journal).where(journal.c.seq > 0, journal.c.seq <= safe))


def back_from_journal(session: Session, at: datetime) -> int:
    """The server was restored: what its backup may lack waits again under its old op ids; returns how many rows."""
    lines = session.execute(
        sa.select(journal.c.row_id, journal.c.op_id, ledger.c.denies).join(ledger, ledger.c.row_id == journal.c.row_id)
    ).all()
    for line in lines:
        add(session, line.row_id, line.op_id, line.denies, at)
    session.execute(sa.delete(journal))
    return len(lines)


def own_again(session: Session, device_id: str, at: datetime) -> int:
    """Every row that this device wrote and still holds waits again; returns how many were not waiting yet.

    For a server restored from any backup, however old: what it has already it answers by name, and nothing is doubled.
    """
    return wait_again(session, [ledger.c.device_id == device_id], at)


def wait_again(session: Session, which: Sequence[sa.ColumnElement[bool]], at: datetime) -> int:
    """These rows wait to be sent, under new op ids, unless they do already; returns how many."""
    unsent = sa.exists().where(outbox.c.row_id == ledger.c.row_id)
    lines = session.execute(sa.select(ledger.c.row_id, ledger.c.denies).where(*which, ~unsent)).all()
    for line in lines:
        add(session, line.row_id, random_id(), line.denies, at)
    return len(lines)


def _into_journal(session: Session, settled: Sequence[tuple[Answered, str]], at: datetime) -> None:
    lines = [
        {"row_id": row_id, "op_id": answer.op_id, "outcome": answer.outcome, "seq": answer.seq, "answered_at": at}
        for answer, row_id in settled
    ]
    line = insert(journal)
    new = {"outcome": line.excluded.outcome, "seq": line.excluded.seq, "answered_at": line.excluded.answered_at}
    session.execute(line.on_conflict_do_update(index_elements=[journal.c.row_id], set_=new), lines)


def _unsent(
    session: Session, which: sa.ColumnElement[bool], order: tuple[sa.ColumnElement[object], ...], limit: int | None
) -> list[Unsent]:
    query = (
        sa.select(ledger, outbox.c.op_id, outbox.c.state, outbox.c.why)
        .join(outbox, outbox.c.row_id == ledger.c.row_id)
        .where(which)
        .order_by(*order)
        .limit(limit)
    )
    return [
        Unsent(line["op_id"], as_row(line), line["digest"], line["state"], line["why"])
        for line in session.execute(query).mappings()
    ]
