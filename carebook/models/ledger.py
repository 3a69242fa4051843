"""The ledger: every row of the record, verbatim and for good."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

import msgspec
import sqlalchemy as sa

from carebook.clock import stamp
from carebook.models.columns import Instant, shared


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One immutable row of the record.

    body: the JSON text as its author's device wrote it; kind and version say how it is read.
    class_: the compartment it is delivered in. denies: a refusal, withdrawal, exclusion, objection or restriction.
    number: the device's own running number, from 1 without gaps; given anew by a device that was restored from an image,
    so that it tells rows apart only as long as the device had one life. written_at: device time, UTC.
    skew_ms: what the device last measured between its clock and the server's, or None if never in contact.
    replaces: the ids of the heads that this row stands in place of.
    """

    row_id: str
    kind: str
    version: int
    person_id: str
    class_: str
    fact_id: str
    body: str
    author: str
    role: str
    device_id: str
    number: int
    written_at: datetime
    skew_ms: int | None = None
    replaces: tuple[str, ...] = ()
    denies: bool = False


def digest(row: LedgerRow) -> str:
    """SHA-256 (hex) over every field of the row, the same on both ends; two rows with one id are told apart by it."""
    fields = (
        row.row_id, row.kind, row.version, row.person_id, row.class_, row.fact_id, row.body, row.author, row.role,
        row.device_id, row.number, stamp(row.written_at), row.skew_ms, list(row.replaces), row.denies,
    )
    return hashlib.sha256(msgspec.json.encode(fields)).hexdigest()


ledger = sa.Table(
    "ledger",
    shared,
    sa.Column("row_id", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("person_id", sa.Text, nullable=False),
    sa.Column("class_", sa.Text, nullable=False),
    sa.Column("fact_id", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("device_id", sa.Text, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("written_at", Instant, nullable=False),
    sa.Column("skew_ms", sa.Integer),
    sa.Column("replaces", sa.JSON, nullable=False),
    sa.Column("denies", sa.Boolean, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Index(None, "device_id", "number"),  # not unique: a laptop restored from an image gives one twice
    sa.Index(None, "person_id", "class_"),
    sa.Index(None, "fact_id"),
)

tombstone = sa.Table(
    "tombstone",
    shared,
    sa.Column("row_id", sa.Text, primary_key=True),
    sa.Column("person_id", sa.Text, nullable=False),
    sa.Column("class_", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),  # purge (lapses when the person comes back into scope) or disposal (never)
    sa.Column("at", Instant, nullable=False),
    sa.Index(None, "person_id", "class_"),
)

_SQLITE_GUARDS = (
    "CREATE TRIGGER IF NOT EXISTS ledger_is_written_once BEFORE UPDATE ON ledger "
    "BEGIN SELECT RAISE(ABORT, 'the ledger is written once'); END",
    "CREATE TRIGGER IF NOT EXISTS ledger_needs_tombstone BEFORE DELETE ON ledger "
    "WHEN NOT EXISTS (SELECT 1 FROM tombstone WHERE tombstone.row_id = OLD.row_id) "
    "BEGIN SELECT RAISE(ABORT, 'only purge and disposal remove a ledger row'); END",
    # INSERT OR REPLACE deletes without asking the trigger on deletes
    "CREATE TRIGGER IF NOT EXISTS ledger_takes_no_place BEFORE INSERT ON ledger "
    "WHEN EXISTS (SELECT 1 FROM ledger WHERE row_id = NEW.row_id) "
    "BEGIN SELECT RAISE(ABORT, 'the ledger is written once'); END",
)

_POSTGRES_GUARDS = (
    "CREATE OR REPLACE FUNCTION ledger_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF TG_OP = 'UPDATE' THEN RAISE EXCEPTION 'the ledger is written once'; END IF; "
    "IF NOT EXISTS (SELECT 1 FROM tombstone WHERE tombstone.row_id = OLD.row_id) THEN "
    "RAISE EXCEPTION 'only purge and disposal remove a ledger row'; END IF; RETURN OLD; END $$",
    "CREATE OR REPLACE TRIGGER ledger_guard BEFORE UPDATE OR DELETE ON ledger FOR EACH ROW EXECUTE FUNCTION ledger_guard()",
)


def guards(dialect: str) -> tuple[str, ...]:
    """The statements that make the engine itself refuse to change the ledger; dialect is "sqlite" or "postgresql"."""
    return _SQLITE_GUARDS if dialect == "sqlite" else _POSTGRES_GUARDS


def as_columns(row: LedgerRow) -> dict[str, object]:
    """The row as a value for each column of the ledger table."""
    return {
        "row_id": row.row_id, "kind": row.kind, "version": row.version, "person_id": row.person_id,
        "class_": row.class_, "fact_id": row.fact_id, "body": row.body, "author": row.author, "role": row.role,
        "device_id": row.device_id, "number": row.number, "written_at": row.written_at, "skew_ms": row.skew_ms,
        "replaces": list(row.replaces), "denies": row.denies, "digest": digest(row),
    }


def as_row(line: sa.RowMapping) -> LedgerRow:
    """A selected ledger line (from `.mappings()`) as a LedgerRow."""
    return LedgerRow(
        row_id=line["row_id"], kind=line["kind"], version=line["version"], person_id=line["person_id"],
        class_=line["class_"], fact_id=line["fact_id"], body=line["body"], author=line["author"], role=line["role"],
        device_id=line["device_id"], number=line["number"], written_at=line["written_at"], skew_ms=line["skew_ms"],
        replaces=tuple(line["replaces"]), denies=line["denies"],
    )
