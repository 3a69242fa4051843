"""The trace of every look and every writing: one hash chain per device, kept at both ends."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

import msgspec
import sqlalchemy as sa

from carebook.clock import stamp
from carebook.models.columns import BY_KEY, Instant, shared

FIRST = "0" * 64
"""What the first row of a chain names as the one before it."""


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One line of a device's chain.

    access_class: SUBJECT, HELPER or SPECIAL. result: done, refused or failed. what: ids of rows, codes of fields.
    words_digest: salted SHA-256 of words kept apart in audit_words, which purge and disposal can remove; "" if none.
    """

    device_id: str
    number: int
    at: datetime
    worker: str
    role: str
    action: str
    result: str
    access_class: str
    person_id: str | None
    what: tuple[str, ...]
    words_digest: str
    before: str


def link(row: AuditRow) -> str:
    """The row's own hash (SHA-256, hex), over all its fields and the hash before it."""
    fields = (
        row.device_id, row.number, stamp(row.at), row.worker, row.role, row.action, row.result, row.access_class,
        row.person_id, list(row.what), row.words_digest, row.before,
    )
    return hashlib.sha256(msgspec.json.encode(fields)).hexdigest()


def first_broken(rows: list[tuple[AuditRow, str]]) -> int | None:
    """The number of the first row of one chain, given in order with its stored hash, that does not fit; None if all do."""
    before = FIRST
    for expected, (row, stored) in enumerate(rows, start=1):
        if row.number != expected or row.before != before or link(row) != stored:
            return expected
        before = stored
    return None


audit = sa.Table(
    "audit",
    shared,
    sa.Column("device_id", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("worker", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("result", sa.Text, nullable=False),
    sa.Column("access_class", sa.Text, nullable=False),
    sa.Column("person_id", sa.Text),
    sa.Column("what", sa.JSON, nullable=False),
    sa.Column("words_digest", sa.Text, nullable=False),
    sa.Column("before", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
    sa.Index(None, "person_id", "at"),
    **BY_KEY,
)

audit_words = sa.Table(
    "audit_words",
    shared,
    sa.Column("device_id", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("salt", sa.Text, nullable=False),
    sa.Column("words", sa.Text, nullable=False),
)
