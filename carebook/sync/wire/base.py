"""What all messages are made of: versions, limits, kinds of value, rows as they travel, units."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final

from msgspec import Meta, Struct, field

from carebook.models.kinds import LONGEST_BODY
from carebook.models.ledger import LedgerRow

VERSION: Final = 1
LEAST_VERSION: Final = 1
"""The oldest version that the server still takes messages of."""

PUSH_ROWS: Final = 200
PULL_ROWS: Final = 2000
CHECK_UNITS: Final = 500
AUDIT_ROWS: Final = 500
SEALS: Final = 100
BODY_CHARS: Final = LONGEST_BODY
PIECE_BYTES: Final = 256 * 1024

Id = Annotated[str, Meta(min_length=1, max_length=100)]
Code = Annotated[str, Meta(min_length=1, max_length=40)]
Hash = Annotated[str, Meta(min_length=64, max_length=64)]
Moment = Annotated[datetime, Meta(tz=True)]
Count = Annotated[int, Meta(ge=0, le=2**31 - 1)]


class Message(Struct, frozen=True, kw_only=True):
    """What every message has: the version of its schema."""

    v: int = VERSION


class Row(Struct, frozen=True, kw_only=True):
    """A ledger row as it travels: all its fields and its digest, which both ends compute."""

    row_id: Id
    kind: Code
    version: Annotated[int, Meta(ge=1, le=10_000)]
    person_id: Id
    class_: Code = field(name="class")
    fact_id: Annotated[str, Meta(min_length=1, max_length=200)]
    body: Annotated[str, Meta(max_length=BODY_CHARS)]
    author: Id
    role: Code
    device_id: Id
    number: Annotated[int, Meta(ge=1, le=2**31 - 1)]
    written_at: Moment
    skew_ms: Annotated[int, Meta(ge=-(2**50), le=2**50)] | None = None
    replaces: Annotated[tuple[Id, ...], Meta(max_length=200)] = ()
    denies: bool = False
    digest: Hash


class Arrived(Row, frozen=True, kw_only=True):
    """A row from the server: its place in the feed, and when the server had it."""

    seq: int
    received_at: Moment


def as_wire(row: LedgerRow, digest: str) -> Row:
    """A ledger row ready to travel."""
    return Row(
        row_id=row.row_id, kind=row.kind, version=row.version, person_id=row.person_id, class_=row.class_,
        fact_id=row.fact_id, body=row.body, author=row.author, role=row.role, device_id=row.device_id, number=row.number,
        written_at=row.written_at, skew_ms=row.skew_ms, replaces=row.replaces, denies=row.denies, digest=digest,
    )


def as_ledger(row: Row) -> LedgerRow:
    """The ledger row that a travelling row is; whoever takes it in compares its digest."""
    return LedgerRow(
        row_id=row.row_id, kind=row.kind, version=row.version, person_id=row.person_id, class_=row.class_,
        fact_id=row.fact_id, body=row.body, author=row.author, role=row.role, device_id=row.device_id, number=row.number,
        written_at=row.written_at, skew_ms=row.skew_ms, replaces=row.replaces, denies=row.denies,
    )


class Unit(Struct, frozen=True, kw_only=True, order=True):
    """A (person, class): what a device may hold, what digests and purges go by."""

    person_id: Id
    class_: Code = field(name="class")
