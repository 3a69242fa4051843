"""Takes rows in: each is answered by name, one never blocks the rest, and a repeat has the same outcome."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError, StatementError
from sqlalchemy.orm import Session

from carebook.models.access import AllocationBody
from carebook.models.ledger import LedgerRow, ledger
from carebook.models.projection import is_head
from carebook.server import chain, door, feeding, judging, scope
from carebook.server.judging import KEEP, NEW_PERSON, Case
from carebook.server.refusal import Refusal
from carebook.server.site import Sender, Site
from carebook.server.tables import SERVER_DEVICE, device, op, parked, parked_for, quarantine
from carebook.sync import wire
from carebook.sync.packing import decode


def push(session: Session, site: Site, sender: Sender, asked: wire.Push) -> wire.Pushed:
    """Take in a device's rows; an outcome for each."""
    if asked.epoch and asked.epoch != feeding.head(session).epoch:
        raise Refusal(409, "epoch")
    cases = judging.read(asked.ops, sender)
    take_in(session, site, sender, cases)
    head = feeding.head(session)
    outcomes = tuple(outcome_of(case) for case in cases)
    line = session.execute(sa.select(device.c.highest, device.c.had).where(device.c.device_id == sender.device_id)).one()
    return wire.Pushed(
        epoch=head.epoch, head=head.seq, safe=head.safe, outcomes=outcomes, missing=max(line.highest - line.had, 0)
    )


def outcome_of(case: Case) -> wire.Outcome:
    """As the device is told."""
    return wire.Outcome(op_id=case.op_id, outcome=case.outcome, seq=case.seq, heads=case.heads, code=case.code)


def take_in(session: Session, site: Site, sender: Sender, cases: Sequence[Case]) -> None:
    """Judge and write the rows, so that each case has its outcome when this returns."""
    now = site.now()
    session.execute(sa.update(device).where(device.c.device_id == sender.device_id).values(last_seen_at=now))  # one at a time
    judging.recall(session, cases)
    new_people = judging.judge(session, cases, sender, scope.today(now))
    _keep(session, [case for case in cases if case.outcome == KEEP or (case.is_in_force and not case.repeated)])
    feeding.lock(session)
    _unpark(session, cases)
    kept = _kept(cases)
    entering = [feeding.Entering(row, sender.worker, sender.device_id) for _, row in kept]
    released = release(session, [row.row_id for _, row in kept])
    entering += [entry for entry, _ in released]
    entering += _allocate(session, site, sender, {row.person_id for _, row in kept} & new_people, now)
    places = feeding.enter(session, entering, now)
    for case, row in kept:
        case.seq = places[row.row_id]
    _name_heads(session, kept)
    _write_outcomes(session, sender, cases, now)
    note_released(session, released, places)
    fresh = [case for case in cases if not case.repeated and case.outcome != "refused"]
    if fresh:
        what = tuple(f"{outcome}:{n}" for outcome, n in sorted(_tally(fresh).items()))
        chain.add(session, chain.Deed(now, sender.worker, "push", what=(sender.device_id, *what)))


def _kept(cases: Sequence[Case]) -> list[tuple[Case, LedgerRow]]:
    """What is in the ledger by now and has no place in the feed yet."""
    return [
        (case, case.row)
        for case in cases
        if case.row is not None and not case.repeated and (case.outcome == KEEP or case.is_in_force)
    ]


def _keep(session: Session, cases: Sequence[Case]) -> None:
    """Write rows in bulk; if the database will not have them, one by one, refusing those it will not have."""
    try:
        with session.begin_nested():
            door.keep(session, [case.row for case in cases if case.row is not None])
    except OperationalError:
        raise
    except (StatementError, OverflowError):
        for case in cases:
            _keep_one(session, case)


def _keep_one(session: Session, case: Case) -> None:
    try:
        with session.begin_nested():
            door.keep(session, [case.row] if case.row is not None else [])
    except OperationalError:
        raise
    except (StatementError, OverflowError):
        case.settle("refused", "unkeepable")


def _unpark(session: Session, cases: Sequence[Case]) -> None:
    """Rows whose parent was committed by someone else while this push was being judged need not be parked."""
    waiting = [case for case in cases if case.outcome == "parked" and not case.repeated and not case.is_in_force]
    if not waiting:
        return
    for case in waiting:
        case.settle(KEEP)
    judging.park(session, waiting)
    _keep(session, [case for case in waiting if case.outcome == KEEP])


def release(session: Session, row_ids: Sequence[str]) -> list[tuple[feeding.Entering, str]]:
    """Parked rows that waited for these, and rows that waited for those: each with its op id, now in the ledger."""
    released: list[tuple[feeding.Entering, str]] = []
    arrived = list(row_ids)
    while arrived:
        candidates = session.scalars(sa.select(parked_for.c.row_id).where(parked_for.c.waits_for.in_(arrived)).distinct()).all()
        lines = session.execute(sa.select(parked).where(parked.c.row_id.in_(candidates)).order_by(parked.c.row_id)).all()
        arrived = []
        for line in lines:
            row = wire.as_ledger(decode(line.row.encode(), wire.Row))
            if not judging.may_stand(session, row):
                continue
            session.execute(sa.delete(parked).where(parked.c.row_id == row.row_id))
            session.execute(sa.delete(parked_for).where(parked_for.c.row_id == row.row_id))
            if not line.in_force:
                door.keep(session, [row])
                released.append((feeding.Entering(row, line.worker, line.device_id), line.op_id))
            arrived.append(row.row_id)
    return released


def _allocate(session: Session, site: Site, sender: Sender, people: set[str], now: datetime) -> list[feeding.Entering]:
    """Someone new is the sender's to work with, so that they stay in scope; the row for it, unless the device sent one."""
    day = scope.today(now)
    already = scope.people_of(session, sender.worker, day)
    writings = [
        door.Writing(person, AllocationBody(worker=sender.worker, relation="allocated", from_on=day, reason=NEW_PERSON))
        for person in sorted(people - already)
    ]
    rows = door.compose(session, site.keeping.clock, writings)
    door.keep(session, rows)
    return [feeding.Entering(row, door.AUTHOR, SERVER_DEVICE) for row in rows]


def _name_heads(session: Session, kept: Sequence[tuple[Case, LedgerRow]]) -> None:
    facts = {row.fact_id for _, row in kept}
    heads: dict[str, list[str]] = {fact: [] for fact in facts}
    query = sa.select(ledger.c.fact_id, ledger.c.row_id).where(ledger.c.fact_id.in_(facts), is_head(ledger))
    for line in session.execute(query.order_by(ledger.c.row_id)):
        heads[line.fact_id].append(line.row_id)
    for case, row in kept:
        case.heads = tuple(heads[row.fact_id])
        if case.outcome == KEEP:
            case.settle("clash" if len(case.heads) > 1 and row.row_id in case.heads else "accepted")


def _write_outcomes(session: Session, sender: Sender, cases: Sequence[Case], now: datetime) -> None:
    done = [(case, case.row) for case in cases if case.row is not None and not case.repeated and case.outcome != "refused"]
    for table, lines in (
        (op, [_op_line(case, row, sender, now) for case, row in done]),
        (quarantine, [_quarantine_line(case, row, sender, now) for case, row in done if case.outcome == "quarantined"]),
        (parked, [_parked_line(case, row, sender, now) for case, row in done if case.outcome == "parked"]),
        (
            parked_for,
            [
                {"row_id": row.row_id, "waits_for": parent}
                for case, row in done
                if case.outcome == "parked"
                for parent in set(row.replaces)
            ],
        ),
    ):
        if lines:
            session.execute(sa.insert(table), lines)
    for device_id in {row.device_id for _, row in done}:
        numbers = [row.number for case, row in done if row.device_id == device_id and not case.given_back] or [0]
        highest = sa.case((device.c.highest < max(numbers), max(numbers)), else_=device.c.highest)
        new = {"had": device.c.had + sum(1 for number in numbers if number), "highest": highest}
        session.execute(sa.update(device).where(device.c.device_id == device_id).values(new))


def note_released(session: Session, released: Sequence[tuple[feeding.Entering, str]], places: dict[str, int]) -> None:
    """Write down the new outcome of rows that were held back: a repeat of their push is answered with it."""
    for entry, op_id in released:
        new = {"outcome": "accepted", "code": "", "seq": places[entry.row.row_id]}
        session.execute(sa.update(op).where(op.c.op_id == op_id).values(new))


def _op_line(case: Case, row: LedgerRow, sender: Sender, now: datetime) -> dict[str, object]:
    return {
        "op_id": case.op_id, "fingerprint": case.fingerprint, "row_id": row.row_id, "outcome": case.outcome,
        "code": case.code, "seq": case.seq, "device_id": sender.device_id, "received_at": now,
    }


def _quarantine_line(case: Case, row: LedgerRow, sender: Sender, now: datetime) -> dict[str, object]:
    return {
        "row_id": row.row_id, "op_id": case.op_id, "worker": sender.worker, "device_id": sender.device_id,
        "person_id": row.person_id, "class_": row.class_, "code": case.code, "in_force": case.is_in_force,
        "row": case.raw.decode(), "received_at": now, "decided_by": "",
    }


def _parked_line(case: Case, row: LedgerRow, sender: Sender, now: datetime) -> dict[str, object]:
    return {
        "row_id": row.row_id, "op_id": case.op_id, "worker": sender.worker, "device_id": sender.device_id,
        "person_id": row.person_id, "in_force": case.is_in_force, "row": case.raw.decode(), "received_at": now,
    }


def _tally(cases: Sequence[Case]) -> dict[str, int]:
    found: dict[str, int] = {}
    for case in cases:
        found[case.outcome] = found.get(case.outcome, 0) + 1
    return found
