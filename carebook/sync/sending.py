"""The steps that send: rows, the audit chain, sealed work about people who leave, answers to purge orders."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Final, TypeVar

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session

from carebook.clock import stamp
from carebook.models.audit import audit, audit_words
from carebook.models.sealed import SealedDraft, SealedRow, pack
from carebook.sealing import seal
from carebook.store import drafts, outbox, state
from carebook.store.device_store import SEAL_PURPOSE
from carebook.store.drafts import Draft
from carebook.store.outbox import Answered, Unsent
from carebook.store.tables import purge_answer
from carebook.sync import wire
from carebook.sync.round import Round

PUSH_CHARS: Final = 512 * 1024
HELD_BACK: Final = frozenset({"quarantined", "parked"})
T = TypeVar("T")


def push(at: Round) -> None:
    """Send what waits, those that deny first, until nothing does."""
    with at.store.read() as session:
        epoch = state.get(session, "epoch") or ""
        total = outbox.counts(session).waiting
    done = 0
    while True:
        at.go_on(done, total)
        with at.store.read() as session:
            rows = _batch(outbox.waiting(session, wire.PUSH_ROWS))
        if not rows:
            return
        told = at.client.call("push", wire.Push(epoch=epoch, ops=tuple(_op(at, row) for row in rows)), wire.Pushed)
        if not write_outcomes(at, rows, told.outcomes):
            return  # an answer about none of them: what waits stays, and the next sync asks again
        with at.store.begin() as session:
            outbox.covered(session, told.safe)
        at.missing = told.missing
        done += len(rows)


def write_outcomes(at: Round, rows: Sequence[Unsent], outcomes: Sequence[wire.Outcome]) -> int:
    """Write down what the server said of these rows; returns how many of them it spoke of."""
    known = {row.op_id: row for row in rows}
    said = [outcome for outcome in outcomes if outcome.op_id in known]
    answers = [Answered(found.op_id, found.outcome, found.seq, found.code) for found in said]
    with at.store.begin() as session:
        settled = outbox.answered(session, answers, at.store.clock.now())
    at.store.unseal(*settled)
    for found in said:
        row = known[found.op_id].row
        at.touched.add((row.person_id, row.class_))
        at.clashes += found.outcome == "clash"
        at.held_back += found.outcome in HELD_BACK
    at.sent += len(settled)
    return len(said)


def send_trace(at: Round) -> None:
    """Send the lines of this device's audit chain that the server does not have."""
    while not at.trace_broken:
        at.go_on()
        with at.store.read() as session:
            last = state.get_number(session, "audit_sent")
            lines = _lines(session, at.device_id, last)
        if not lines:
            return
        had = at.client.call("audit", wire.AuditUp(lines=lines), wire.AuditHad)
        at.trace_broken = had.code == "broken" or (had.number == last and had.code != "gap")
        with at.store.begin() as session:
            state.put(session, "audit_sent", str(had.number))


def seal_leaving(at: Round, people: Collection[str]) -> None:
    """Before these people leave: their unsent rows and drafts go to the server, sealed, for author and manager."""
    with at.store.read() as session:
        rows, written = leaving(session, people)
    seals = [_seal_row(at, row) for row in rows] + [_seal_draft(at, draft) for draft in written]
    for some in _paged(seals, wire.SEALS):
        at.go_on()
        told = at.client.call("seals", wire.Seals(seals=tuple(some)), wire.SealsHad)
        write_outcomes(at, [row for row in rows if row.op_id in told.kept], told.outcomes)
    at.covered.update(marks(rows, written))


def leaving(session: Session, people: Collection[str]) -> tuple[list[Unsent], list[Draft]]:
    """Everything about these people that has not reached the server."""
    rows = outbox.about(session, people) if people else []
    return rows, [draft for draft in drafts.every(session) if draft.person_id in people]


def marks(rows: Sequence[Unsent], written: Sequence[Draft]) -> set[tuple[str, str]]:
    """What tells each row, and each draft as it stood, from any other."""
    return {(row.op_id, row.digest) for row in rows} | {(draft.draft_id, stamp(draft.saved_at)) for draft in written}


def answer_purges(at: Round) -> None:
    """Tell the server what was removed under its orders, until it has written that down."""
    with at.store.read() as session:
        lines = session.execute(sa.select(purge_answer).order_by(purge_answer.c.order_id).limit(wire.CHECK_UNITS)).all()
    if not lines:
        return
    at.go_on()
    answers = tuple(
        wire.PurgeAnswer(order_id=line.order_id, rows=line.rows, unsent=line.unsent, drafts=line.drafts) for line in lines
    )
    had = at.client.call("purged", wire.PurgeAnswers(answers=answers), wire.PurgesHad)
    with at.store.begin() as session:
        session.execute(sa.delete(purge_answer).where(purge_answer.c.order_id.in_(had.order_ids)))


def _batch(rows: Sequence[Unsent]) -> list[Unsent]:
    """As many rows as one message should carry, and at least one."""
    chars = 0
    for at, row in enumerate(rows, start=1):
        chars += len(row.row.body)
        if chars > PUSH_CHARS:
            return list(rows[: max(at - 1, 1)])
    return list(rows)


def _op(at: Round, row: Unsent) -> wire.Op:
    as_sent = msgspec.Raw(msgspec.json.encode(wire.as_wire(row.row, row.digest)))
    return wire.Op(op_id=row.op_id, row=as_sent, given_back=row.row.device_id != at.device_id)


def _lines(session: Session, device_id: str, after: int) -> tuple[wire.AuditLine, ...]:
    found = session.execute(
        sa.select(audit, audit_words.c.salt, audit_words.c.words)
        .outerjoin(audit_words, (audit_words.c.device_id == audit.c.device_id) & (audit_words.c.number == audit.c.number))
        .where(audit.c.device_id == device_id, audit.c.number > after)
        .order_by(audit.c.number)
        .limit(wire.AUDIT_ROWS)
    )
    return tuple(
        wire.AuditLine(
            number=line.number, at=line.at, worker=line.worker, role=line.role, action=line.action, result=line.result,
            access_class=line.access_class, person_id=line.person_id, what=tuple(line.what),
            words_digest=line.words_digest, before=line.before, hash=line.hash, salt=line.salt or "", words=line.words or "",
        )
        for line in found
    )


def _seal_row(at: Round, row: Unsent) -> wire.Seal:
    sealed = seal(at.seal_key, pack(SealedRow(row.op_id, row.row)), SEAL_PURPOSE)
    return wire.Seal(seal_id=row.op_id, kind="row", item_id=row.row.row_id, person_id=row.row.person_id, sealed=sealed)


def _seal_draft(at: Round, draft: Draft) -> wire.Seal:
    within = SealedDraft(
        draft.draft_id, draft.person_id, at.client.worker, draft.kind, draft.body, stamp(draft.saved_at)
    )
    sealed = seal(at.seal_key, pack(within), SEAL_PURPOSE)
    return wire.Seal(
        seal_id=draft.draft_id, kind="draft", item_id=draft.draft_id, person_id=draft.person_id, sealed=sealed
    )


def _paged(items: Sequence[T], size: int) -> Iterator[list[T]]:
    walk = iter(items)
    while page := list(islice(walk, size)):
        yield page
