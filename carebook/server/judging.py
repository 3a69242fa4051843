"""What is to become of each row of a push, before any of it is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from carebook.models.access import AllocationBody, allocation
from carebook.models.ids import COUNCIL
from carebook.models.kinds import DENY_KINDS, read_body, readable
from carebook.models.ledger import LedgerRow, digest, ledger, tombstone
from carebook.policy.roles import may
from carebook.server import scope
from carebook.server.site import Sender
from carebook.server.tables import SERVER_DEVICE, feed, op, quarantine
from carebook.sync import wire
from carebook.sync.packing import Unreadable, decode

KEEP: Final = "keep"
GIVEN_BACK: Final = "given-back"


@dataclass(slots=True)
class Case:
    """One row and what becomes of it: first KEEP or an outcome, in the end always an outcome.

    given_back: someone else wrote it; a laptop had it, and this server, restored, may lack it. A supervisor admits it.
    repeated: it was answered before, and nothing more is written. raw: the row as it came.
    """

    op_id: str
    raw: bytes
    row: LedgerRow | None = None
    fingerprint: str = ""
    outcome: str = KEEP
    code: str = ""
    seq: int = 0
    heads: tuple[str, ...] = ()
    repeated: bool = False
    given_back: bool = False

    def settle(self, outcome: str, code: str = "") -> None:
        """Say what becomes of it."""
        self.outcome, self.code = outcome, code

    @property
    def is_in_force(self) -> bool:
        """It denies, and so takes effect at once though it is held back."""
        return self.row is not None and self.row.denies and self.outcome in {"quarantined", "parked"}


def read(ops: Iterable[wire.Op], sender: Sender) -> list[Case]:
    """Each row read by itself; what is malformed or not the sender's is refused."""
    cases = [Case(op_id=found.op_id, raw=bytes(found.row), given_back=found.given_back) for found in ops]
    for case in cases:
        try:
            sent = decode(case.raw, wire.Row)
        except Unreadable:
            case.settle("refused", "malformed")
            continue
        case.row = wire.as_ledger(sent)
        case.fingerprint = sent.digest
        flaw = ("" if case.given_back else _stranger(sent, sender)) or _flaw(sent, case.row)
        if flaw:
            case.settle("refused", flaw)
    _refuse_doubles(cases)
    return cases


def open_cases(cases: Iterable[Case]) -> list[tuple[Case, LedgerRow]]:
    """Those still to be kept, each with its row."""
    return [(case, case.row) for case in cases if case.outcome == KEEP and case.row is not None]


def recall(session: Session, cases: Sequence[Case]) -> None:
    """What was answered before is answered so again; the same id with other content is refused."""
    pending = open_cases(cases)
    wanted = sa.or_(op.c.op_id.in_([case.op_id for case, _ in pending]), op.c.row_id.in_([row.row_id for _, row in pending]))
    lines = session.execute(sa.select(op).where(wanted)).all() if pending else []
    by_op, by_row = {line.op_id: line for line in lines}, {line.row_id: line for line in lines}
    _let_go(session, pending, by_row)
    for case, row in pending:
        line = by_op.get(case.op_id)
        if line is not None and line.fingerprint != case.fingerprint:
            case.settle("refused", "op-reuse")
            continue
        line = line or by_row.get(row.row_id)
        if line is not None and line.fingerprint != case.fingerprint:
            case.settle("refused", "row-reuse")
        elif line is not None:
            case.settle(line.outcome, line.code)
            case.seq, case.repeated = line.seq, True
    _recall_rows(session, cases)


def _let_go(session: Session, pending: Sequence[tuple[Case, LedgerRow]], by_row: dict[str, sa.Row[Any]]) -> None:
    """What others gave back is taken from its own device, now that it sends it itself, as if it came for the first time."""
    for case, row in pending:
        line = by_row.get(row.row_id)
        if line is not None and line.code == GIVEN_BACK and line.fingerprint == case.fingerprint and not case.given_back:
            session.execute(sa.delete(op).where(op.c.op_id == line.op_id))
            session.execute(sa.delete(quarantine).where(quarantine.c.row_id == row.row_id))
            del by_row[row.row_id]


def judge(session: Session, cases: Sequence[Case], sender: Sender, day: date) -> set[str]:
    """Quarantine what is not the sender's to write, park what names unknown rows; returns the ids of new people."""
    pending = open_cases(cases)
    people = {row.person_id for _, row in pending}
    within = scope.people_of(session, sender.worker, day)
    known = set(session.scalars(sa.select(ledger.c.person_id).where(ledger.c.person_id.in_(people)).distinct()))
    may_add = may(sender.role, "add_person").allowed
    for case, row in pending:
        code = GIVEN_BACK if case.given_back else _out_of_place(row, within, known, may_add=may_add)
        if not code and row.kind == "allocation":
            code = _allocation(session, row, sender)
        if code:
            case.settle("quarantined", code)
    _refuse_strays(session, cases)
    park(session, cases)
    return {row.person_id for _, row in open_cases(cases)} - known


def park(session: Session, cases: Sequence[Case]) -> None:
    """Park every row that names a row neither kept here nor kept now."""
    pending = open_cases(cases)
    named = {parent for _, row in pending for parent in row.replaces}
    here = known_rows(session, named)
    left = {row.row_id for _, row in pending}
    while True:
        orphans = {row.row_id for _, row in pending if row.row_id in left and set(row.replaces) - here - left}
        if not orphans:
            break
        left -= orphans
    for case, row in pending:
        if row.row_id not in left:
            case.settle("parked", "parent")


def may_stand(session: Session, row: LedgerRow) -> bool:
    """Every row that it names is known, and about the same person."""
    parents = session.scalars(sa.select(ledger.c.person_id).where(ledger.c.row_id.in_(row.replaces))).all()
    return not set(row.replaces) - known_rows(session, row.replaces) and set(parents) <= {row.person_id}


def known_rows(session: Session, row_ids: Iterable[str]) -> set[str]:
    """Which of these rows the record has, or had until they were disposed of."""
    wanted = list(row_ids)
    if not wanted:
        return set()
    here = session.scalars(sa.select(ledger.c.row_id).where(ledger.c.row_id.in_(wanted)))
    gone = session.scalars(sa.select(tombstone.c.row_id).where(tombstone.c.row_id.in_(wanted)))
    return {*here, *gone}


def _stranger(sent: wire.Row, sender: Sender) -> str:
    if sent.author != sender.worker:
        return "author"
    return "device" if sent.device_id != sender.device_id else ""


def _flaw(sent: wire.Row, row: LedgerRow) -> str:
    if sent.digest != digest(row):
        return "digest"
    if row.kind in DENY_KINDS and not row.denies:
        return "denies"
    texts = (row.row_id, row.kind, row.person_id, row.class_, row.fact_id, row.body, row.role, *row.replaces)
    return "character" if any("\0" in text or "\\u0000" in text for text in texts) else ""


def _refuse_doubles(cases: Sequence[Case]) -> None:
    """Within one push, an id stands for one thing; a second row under it is answered when it comes by itself."""
    ops: set[str] = set()
    rows: set[str] = set()
    for case, row in open_cases(cases):
        if case.op_id in ops:
            case.settle("refused", "op-reuse")
        elif row.row_id in rows:
            case.settle("refused", "row-reuse")
        ops.add(case.op_id)
        rows.add(row.row_id)


def _refuse_strays(session: Session, cases: Sequence[Case]) -> None:
    """A row that would stand in place of a row about someone else is refused."""
    pending = open_cases(cases)
    whose = {row.row_id: row.person_id for _, row in pending}
    named = [parent for _, row in pending for parent in row.replaces]
    if named:
        lines = session.execute(sa.select(ledger.c.row_id, ledger.c.person_id).where(ledger.c.row_id.in_(named)))
        whose.update((line.row_id, line.person_id) for line in lines)
    for case, row in pending:
        if any(whose.get(parent, row.person_id) != row.person_id for parent in row.replaces):
            case.settle("refused", "replaces")


def _recall_rows(session: Session, cases: Sequence[Case]) -> None:
    """Rows that are here without an op of their own: written by the server, or disposed of."""
    pending = open_cases(cases)
    ids = [row.row_id for _, row in pending]
    here = sa.select(ledger.c.row_id, ledger.c.digest, feed.c.seq).join(feed, feed.c.row_id == ledger.c.row_id)
    lines = {line.row_id: line for line in session.execute(here.where(ledger.c.row_id.in_(ids)))} if ids else {}
    gone = set(session.scalars(sa.select(tombstone.c.row_id).where(tombstone.c.row_id.in_(ids)))) if ids else set()
    for case, row in pending:
        line = lines.get(row.row_id)
        if line is not None and line.digest == case.fingerprint:
            case.settle("accepted")
            case.seq, case.repeated = line.seq, True
        elif line is not None:
            case.settle("refused", "row-reuse")
        elif row.row_id in gone:
            case.settle("refused", "disposed")


def _out_of_place(row: LedgerRow, within: set[str], known: set[str], *, may_add: bool) -> str:
    if row.person_id == COUNCIL:
        return "council"
    if row.person_id in within:
        return ""
    if row.person_id in known:
        return "scope"
    return "" if may_add else "role"


def _allocation(session: Session, row: LedgerRow, sender: Sender) -> str:
    """A device allocates nobody but its own worker, and only to someone new: nobody else has allocated them yet."""
    body = read_body(row.kind, row.version, row.body) if readable(row.kind, row.version) else None
    if not isinstance(body, AllocationBody) or body.worker != sender.worker or row.replaces:
        return "allocation"
    others = sa.select(allocation.c.row_id).join(ledger, ledger.c.row_id == allocation.c.row_id).where(
        allocation.c.person_id == row.person_id,
        ledger.c.device_id != row.device_id,
        sa.not_((ledger.c.device_id == SERVER_DEVICE) & (allocation.c.reason == NEW_PERSON)),
    )
    return "allocation" if session.scalar(sa.select(others.exists())) else ""


NEW_PERSON: Final = "new-person"
"""The reason on an allocation that the server writes for whoever first sent a row about someone."""
