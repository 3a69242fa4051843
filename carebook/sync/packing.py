"""Messages to bytes and back: JSON, compressed with zstd, within limits of size."""

from __future__ import annotations

import io
from functools import cache
from typing import Any, Final, TypeVar

import msgspec
import zstandard

CONTENT_TYPE: Final = "application/vnd.carebook+json.zstd"
"""Not a content encoding: those are undone by libraries on the way, without a limit of ours."""
LEVEL: Final = 3
PACKED_BYTES: Final = 4 * 1024 * 1024
"""The most that travels in one message."""
PLAIN_BYTES: Final = 32 * 1024 * 1024
"""The most that one message may unpack to."""
_WINDOW: Final = 8 * 1024 * 1024

M = TypeVar("M", bound=msgspec.Struct)


class Unreadable(ValueError):
    """Bytes that are not the message they should be; `code` says in what way, and nothing repeats them."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@cache
def _decoder(kind: type[Any]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def pack(message: msgspec.Struct) -> bytes:
    """The message as it travels."""
    return zstandard.ZstdCompressor(level=LEVEL).compress(msgspec.json.encode(message))


def unpack(packed: bytes, kind: type[M], limit: int = PLAIN_BYTES) -> M:
    """The message within the bytes.

    Raises Unreadable("too-large") beyond `limit` bytes when unpacked, and Unreadable("malformed") for anything else.
    """
    return decode(inflate(packed, limit), kind)


def inflate(packed: bytes, limit: int = PLAIN_BYTES) -> bytes:
    """What zstd made small, up to `limit` bytes: not one byte more is ever unpacked."""
    if len(packed) > PACKED_BYTES:
        raise Unreadable("too-large")
    try:
        with zstandard.ZstdDecompressor(max_window_size=_WINDOW).stream_reader(io.BytesIO(packed)) as reader:
            plain = reader.read(limit + 1)
    except zstandard.ZstdError:
        raise Unreadable("malformed") from None
    if len(plain) > limit:
        raise Unreadable("too-large")
    return plain


def decode(plain: bytes, kind: type[M]) -> M:
    """The message or row that JSON says, or Unreadable("malformed")."""
    try:
        message: M = _decoder(kind).decode(plain)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise Unreadable("malformed") from None
    return message
