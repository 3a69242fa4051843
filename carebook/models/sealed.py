"""What a sealed copy holds: an unsent row or draft, as the server reads it when the laptop can no longer speak for itself."""

from __future__ import annotations

import msgspec

from carebook.models.ledger import LedgerRow


class SealedRow(msgspec.Struct, frozen=True, tag="row"):
    """A ledger row and the op id it would have been pushed under."""

    op_id: str
    row: LedgerRow


class SealedDraft(msgspec.Struct, frozen=True, tag="draft"):
    """A draft that was never finished: whose record it is about, its kind, its JSON and when it was last saved."""

    draft_id: str
    person_id: str
    author: str
    kind: str
    body: str
    saved_at: str


_decoder: msgspec.json.Decoder[SealedRow | SealedDraft] = msgspec.json.Decoder(SealedRow | SealedDraft)


def pack(sealed: SealedRow | SealedDraft) -> bytes:
    """As bytes, ready to be sealed."""
    return msgspec.json.encode(sealed)


def unpack(plain: bytes) -> SealedRow | SealedDraft:
    """Back from bytes; msgspec.MsgspecError for anything else."""
    return _decoder.decode(plain)
