"""Writes this device's audit chain: each row in the transaction of what it records."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from carebook.models.audit import AuditRow, audit, audit_words, link
from carebook.models.lines import put_lines
from carebook.store.standing import Standing, standing


@dataclass(frozen=True, slots=True)
class Event:
    """What is to be traced: see AuditRow. `words` are kept apart from the chain, which holds their salted digest."""

    device_id: str
    at: datetime
    worker: str
    role: str
    action: str
    result: str
    access_class: str = "HELPER"
    person_id: str | None = None
    what: tuple[str, ...] = ()
    words: str = ""


def write(session: Session, event: Event, stands: Standing | None = None) -> int:
    """Add a row to the device's chain and move its end on; returns the row's number.

    stands: what the work read at its beginning, so that it is not asked again.
    """
    stands = stands or standing(session)
    number, before = stands.audit_number + 1, stands.audit_hash
    salt = secrets.token_hex(16) if event.words else ""
    row = AuditRow(
        device_id=event.device_id, number=number, at=event.at, worker=event.worker, role=event.role, action=event.action,
        result=event.result, access_class=event.access_class, person_id=event.person_id, what=event.what,
        words_digest=hashlib.sha256((salt + event.words).encode()).hexdigest() if event.words else "", before=before,
    )
    stands.audit_number, stands.audit_hash = number, link(row)
    put_lines(session, audit, [{**_columns(row), "hash": stands.audit_hash}])
    stands.keep(session)
    if event.words:
        words = {"device_id": event.device_id, "number": number, "salt": salt, "words": event.words}
        put_lines(session, audit_words, [words])
    return number


def _columns(row: AuditRow) -> dict[str, object]:
    return {
        "device_id": row.device_id, "number": row.number, "at": row.at, "worker": row.worker, "role": row.role,
        "action": row.action, "result": row.result, "access_class": row.access_class, "person_id": row.person_id,
        "what": list(row.what), "words_digest": row.words_digest, "before": row.before,
    }
