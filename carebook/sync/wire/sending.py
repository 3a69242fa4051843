"""What a device sends: rows, its audit chain, sealed copies."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Raw, Struct

from carebook.models.audit import AuditRow
from carebook.sync.wire.base import AUDIT_ROWS, BODY_CHARS, PUSH_ROWS, SEALS, Count, Hash, Id, Message, Moment


class Op(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One row to be taken in, under a random id; the row is read by itself, so that a bad one never blocks the rest.

    given_back: another device, or the server itself, wrote it; it was held here and a restored server lacks it.
    """

    op_id: Id
    row: Raw
    given_back: bool = False


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
