"""Questions answered live, documents in pieces, and why a request was not answered."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from carebook.sync.wire.base import PIECE_BYTES, Code, Hash, Id, Message


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


class Refused(Message, frozen=True, kw_only=True):
    """Why a request was not answered: a code, a reference to the server's log, and when to come back; never content."""

    code: str
    reference: str
    seconds: int = 0
