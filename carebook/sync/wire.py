"""Every message between a device and the server, defined once for both ends.

Each message carries `v`, the version of its schema. Fields that a later version adds are passed over by an earlier one;
old messages stay accepted for two versions. Rows travel as they stand in the ledger, their digest beside them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final

from msgspec import Meta, Raw, Struct, field

from carebook.models.audit import AuditRow
from carebook.models.ledger import LedgerRow

VERSION: Final = 1
LEAST_VERSION: Final = 1
"""The oldest version that the server still takes messages of."""

PUSH_ROWS: Final = 200
PULL_ROWS: Final = 2000
CHECK_UNITS: Final = 500
AUDIT_ROWS: Final = 500
SEALS: Final = 100
BODY_CHARS: Final = 512 * 1024
PIECE_BYTES: Final = 256 * 1024

Id = Annotated[str, Meta(min_length=1, max_length=100)]
Code = Annotated[str, Meta(min_length=1, max_length=40)]
Hash = Annotated[str, Meta(min_length=64, max_length=64)]
Moment = Annotated[datetime, Meta(tz=True)]
Count = Annotated[int, Meta(ge=0, le=2**31 - 1)]


class Message(Struct, frozen=True, kw_only=True):
    """What every message has: the version of its schema."""

    v: int = VERSION


# ---------------------------------------------------------------- rows


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


# ---------------------------------------------------------------- who is there


class Hello(Message, frozen=True, kw_only=True):
    """The first word of a device, before any sign-in."""


class Greeting(Message, frozen=True, kw_only=True):
    """The server's time, a nonce to sign in with, and the versions it understands."""

    now: Moment
    nonce: str
    epoch: str
    least: int
    newest: int


class Authority(Message, frozen=True, kw_only=True):
    """The certificate (PEM) of the server's own authority, to be checked against the enrolment code before it is trusted."""

    certificate: str


class Enrol(Message, frozen=True, kw_only=True):
    """A new device asks to be this worker's; secret is the part of the one-time code that the server keeps hashed."""

    worker: Id
    password: Annotated[str, Meta(max_length=1000)]
    secret: Annotated[str, Meta(max_length=40)]
    public_key: Annotated[bytes, Meta(min_length=32, max_length=32)]


class Enrolled(Message, frozen=True, kw_only=True):
    """Who the device is from now on; seal_key (X25519) and signing_key (Ed25519) are the server's public keys."""

    device_id: Id
    worker: Id
    name: str
    role: str
    seal_key: Annotated[bytes, Meta(min_length=32, max_length=32)]
    signing_key: Annotated[bytes, Meta(min_length=32, max_length=32)]
    epoch: str
    now: Moment


class SignIn(Message, frozen=True, kw_only=True):
    """The device shows that it holds its key, by signing the nonce; incarnation is what it was last told."""

    device_id: Id
    nonce: Annotated[str, Meta(max_length=300)]
    signature: Annotated[bytes, Meta(min_length=64, max_length=64)]
    incarnation: Annotated[str, Meta(max_length=64)] = ""


class SignedIn(Message, frozen=True, kw_only=True):
    """A session, under which each request is signed and counted; incarnation is to be shown next time."""

    session: Id
    worker: Id
    name: str
    role: str
    incarnation: str
    now: Moment
    epoch: str


class Lease(Struct, frozen=True, kw_only=True):
    """How long the device may be used without contact, signed by the server over device, worker, issue and end."""

    device_id: Id
    worker: Id
    issued_at: Moment
    until: Moment
    signature: bytes


# ---------------------------------------------------------------- what is sent


class Op(Struct, frozen=True, kw_only=True):
    """One row to be taken in, under a random id; the row is read by itself, so that a bad one never blocks the rest."""

    op_id: Id
    row: Raw


class Push(Message, frozen=True, kw_only=True):
    """Rows of this device, those that deny first."""

    epoch: str
    ops: Annotated[tuple[Op, ...], Meta(max_length=PUSH_ROWS)]


class Outcome(Struct, frozen=True, kw_only=True):
    """What became of one row: accepted, clash, quarantined, parked or refused (then why, as a code).

    seq: its place in the feed, 0 when it has none. heads: the heads of its fact after it was taken in.
    """

    op_id: str
    outcome: str
    seq: int = 0
    heads: tuple[str, ...] = ()
    code: str = ""


class Pushed(Message, frozen=True, kw_only=True):
    """An outcome for each row; missing counts the device's numbers below its highest that the server has not had."""

    epoch: str
    head: int
    safe: int
    outcomes: tuple[Outcome, ...]
    missing: int = 0


class AuditLine(Struct, frozen=True, kw_only=True):
    """One line of the device's chain, its hash, and the words it speaks of while they are kept."""

    number: Count
    at: Moment
    worker: str
    role: str
    action: str
    result: str
    access_class: str
    person_id: str | None
    what: tuple[str, ...]
    words_digest: str
    before: Hash
    hash: Hash
    salt: str = ""
    words: str = ""

    def row(self, device_id: str) -> AuditRow:
        """The audit row that this line is, in the chain of a device."""
        return AuditRow(
            device_id=device_id, number=self.number, at=self.at, worker=self.worker, role=self.role, action=self.action,
            result=self.result, access_class=self.access_class, person_id=self.person_id, what=self.what,
            words_digest=self.words_digest, before=self.before,
        )


class AuditUp(Message, frozen=True, kw_only=True):
    """Lines of the signed-in device's chain, in order."""

    lines: Annotated[tuple[AuditLine, ...], Meta(max_length=AUDIT_ROWS)]


class AuditHad(Message, frozen=True, kw_only=True):
    """Up to which number the server holds the chain. code: "" or "gap" (send from the next on) or "broken"."""

    number: int
    hash: str
    code: str = ""


class Seal(Struct, frozen=True, kw_only=True):
    """A row or a draft that only the server can read. kind: row or draft; item_id: the row's or draft's id."""

    seal_id: Id
    kind: Annotated[str, Meta(pattern="^(row|draft)$")]
    item_id: Id
    person_id: Id
    sealed: Annotated[bytes, Meta(max_length=2 * BODY_CHARS)]


class Seals(Message, frozen=True, kw_only=True):
    """Sealed copies that must not be lost: of a person who leaves this device, or from a laptop that cannot be opened."""

    seals: Annotated[tuple[Seal, ...], Meta(max_length=SEALS)]


class SealsHad(Message, frozen=True, kw_only=True):
    """Which seals the server keeps, and what became of the rows within them (under op id = seal id)."""

    kept: tuple[str, ...]
    outcomes: tuple[Outcome, ...]


# ---------------------------------------------------------------- what arrives


class Pull(Message, frozen=True, kw_only=True):
    """What is new after `cursor`. A cursor of 0 asks for the scope alone: its units then come by backfill."""

    epoch: str
    cursor: Annotated[int, Meta(ge=0)]
    scope: str
    limit: Annotated[int, Meta(ge=1, le=PULL_ROWS)] = PULL_ROWS


class PurgeOrder(Struct, frozen=True, kw_only=True):
    """A unit that the device must no longer hold, to be answered with counts."""

    order_id: Id
    person_id: Id
    class_: Code = field(name="class")
    why: Code


class Pulled(Message, frozen=True, kw_only=True):
    """A page of one snapshot. units: the whole scope, when its token differs from the device's; else None.

    next: the cursor after this page. head: the newest place in the feed. safe: up to where the server's backup reaches.
    """

    epoch: str
    next: int
    head: int
    more: bool
    safe: int
    scope: str
    units: tuple[Unit, ...] | None
    purges: tuple[PurgeOrder, ...]
    rows: tuple[Arrived, ...]
    lease: Lease | None


class Backfill(Message, frozen=True, kw_only=True):
    """Everything about units that are new to the device, from a position ("" at first)."""

    units: Annotated[tuple[Unit, ...], Meta(min_length=1, max_length=CHECK_UNITS)]
    position: Annotated[str, Meta(max_length=300)] = ""
    limit: Annotated[int, Meta(ge=1, le=PULL_ROWS)] = PULL_ROWS


class Backfilled(Message, frozen=True, kw_only=True):
    """A page: what denies and alerts, then people, then plans, then the rest newest first.

    position: where to go on, None when it was the last. gone: units that are not (or no longer) in scope.
    """

    epoch: str
    rows: tuple[Arrived, ...]
    position: str | None
    gone: tuple[Unit, ...]


class Check(Message, frozen=True, kw_only=True):
    """Units whose count and digest are wanted."""

    units: Annotated[tuple[Unit, ...], Meta(max_length=CHECK_UNITS)]


class Tally(Struct, frozen=True, kw_only=True):
    """How many rows a unit has, and the sum of their digests (see `unit_digest`)."""

    person_id: Id
    class_: Code = field(name="class")
    count: int
    digest: str


class Checked(Message, frozen=True, kw_only=True):
    """The tallies of those units that are in scope, as of place `head` in the feed."""

    epoch: str
    head: int
    tallies: tuple[Tally, ...]


class PurgeAnswer(Struct, frozen=True, kw_only=True):
    """What the device removed under one order."""

    order_id: Id
    rows: Count
    unsent: Count
    drafts: Count


class PurgeAnswers(Message, frozen=True, kw_only=True):
    """Answers to purge orders."""

    answers: Annotated[tuple[PurgeAnswer, ...], Meta(max_length=CHECK_UNITS)]


class PurgesHad(Message, frozen=True, kw_only=True):
    """Which answers the server has written down."""

    order_ids: tuple[str, ...]


# ---------------------------------------------------------------- questions and documents


class Ask(Message, frozen=True, kw_only=True):
    """A question to be answered now; `reason` is kept with it. question: as in server.asking."""

    question: Code
    words: Annotated[dict[str, Annotated[str, Meta(max_length=200)]], Meta(max_length=10)]
    reason: Annotated[str, Meta(max_length=1000)]


class Answer(Message, frozen=True, kw_only=True):
    """The fewest fields that answer it, never stored on the device. more: there were others beyond the limit."""

    lines: tuple[dict[str, str], ...]
    more: bool


class BlobPut(Message, frozen=True, kw_only=True):
    """One piece of a document; pieces come in order of offset and may be repeated."""

    sha256: Hash
    size: Annotated[int, Meta(ge=1, le=20 * 1024 * 1024)]
    person_id: Id
    offset: Annotated[int, Meta(ge=0)]
    piece: Annotated[bytes, Meta(min_length=1, max_length=PIECE_BYTES)]


class BlobHad(Message, frozen=True, kw_only=True):
    """Up to where the server has the document, and whether the whole was found to be what its hash says."""

    sha256: str
    upto: int
    whole: bool


class BlobGet(Message, frozen=True, kw_only=True):
    """Asks for the piece of a whole document that begins at `offset`."""

    sha256: Hash
    offset: Annotated[int, Meta(ge=0)]


class BlobPiece(Message, frozen=True, kw_only=True):
    """A piece and the size of the whole."""

    sha256: str
    size: int
    offset: int
    piece: bytes


# ---------------------------------------------------------------- what went wrong


class Refused(Message, frozen=True, kw_only=True):
    """Why a request was not answered: a code, a reference to the server's log, and when to come back; never content."""

    code: str
    reference: str
    seconds: int = 0
