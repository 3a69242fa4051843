"""The audit chains as the server holds them: its own, to which it adds, and those of the devices, which it takes in."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from carebook.models.audit import FIRST, AuditRow, audit, audit_words, link
from carebook.server.tables import SERVER_DEVICE, sync_head
from carebook.sync.wire import AuditHad, AuditLine


@dataclass(frozen=True, slots=True)
class Deed:
    """What `worker` had the server do, to be written in its own chain; words are kept apart, under their salted digest."""

    at: datetime
    worker: str
    action: str
    result: str = "done"
    person_id: str | None = None
    what: tuple[str, ...] = ()
    words: str = ""


def add(session: Session, deed: Deed) -> None:
    """Add a row to the server's own chain. Takes the counter's lock, so call it last in a transaction."""
    session.execute(sa.select(sync_head.c.seq).with_for_update())
    number, before = _end(session, SERVER_DEVICE)
    salt = secrets.token_hex(16) if deed.words else ""
    row = AuditRow(
        device_id=SERVER_DEVICE, number=number + 1, at=deed.at, worker=deed.worker, role="server", action=deed.action,
        result=deed.result, access_class="HELPER", person_id=deed.person_id, what=deed.what,
        words_digest=hashlib.sha256((salt + deed.words).encode()).hexdigest() if deed.words else "", before=before,
    )
    _insert(session, [(row, link(row))])
    if deed.words:
        line = {"device_id": SERVER_DEVICE, "number": row.number, "salt": salt, "words": deed.words}
        session.execute(sa.insert(audit_words), [line])


def take_in(session: Session, device_id: str, lines: Sequence[AuditLine]) -> AuditHad:
    """Take in a device's lines as far as they fit its chain; lines the server has already are passed over."""
    number, before = _end(session, device_id)
    fitting: list[tuple[AuditRow, str]] = []
    code = "" if _is_known(session, device_id, number, lines) else "broken"
    for line in sorted(lines, key=lambda found: found.number):
        if line.number <= number:
            continue
        if code:
            break
        row = line.row(device_id)
        code = _misfit(row, line.hash, number, before)
        if code:
            break
        fitting.append((row, line.hash))
        number, before = line.number, line.hash
    _insert(session, fitting)
    kept = {row.number for row, _ in fitting}
    words = [
        {"device_id": device_id, "number": line.number, "salt": line.salt, "words": line.words}
        for line in lines
        if line.words and line.number in kept
    ]
    if words:
        session.execute(sa.insert(audit_words), words)
    return AuditHad(number=number, hash=before, code=code)


def _is_known(session: Session, device_id: str, number: int, lines: Sequence[AuditLine]) -> bool:
    """The last of the lines that should be here already is: a laptop restored from an image has another chain."""
    last = max((line for line in lines if line.number <= number), key=lambda line: line.number, default=None)
    if last is None:
        return True
    here = sa.select(audit.c.hash).where(audit.c.device_id == device_id, audit.c.number == last.number)
    return session.scalar(here) == last.hash


def _misfit(row: AuditRow, stated: str, number: int, before: str) -> str:
    if row.number != number + 1:
        return "gap"
    return "" if row.before == before and link(row) == stated else "broken"


def _end(session: Session, device_id: str) -> tuple[int, str]:
    last = session.execute(
        sa.select(audit.c.number, audit.c.hash)
        .where(audit.c.device_id == device_id)
        .order_by(audit.c.number.desc())
        .limit(1)
    ).first()
    return (last.number, last.hash) if last else (0, FIRST)


def _insert(session: Session, rows: Sequence[tuple[AuditRow, str]]) -> None:
    lines = [
        {
            "device_id": row.device_id, "number": row.number, "at": row.at, "worker": row.worker, "role": row.role,
            "action": row.action, "result": row.result, "access_class": row.access_class, "person_id": row.person_id,
            "what": list(row.what), "words_digest": row.words_digest, "before": row.before, "hash": stated,
        }
        for row, stated in rows
    ]
    if lines:
        session.execute(sa.insert(audit), lines)
