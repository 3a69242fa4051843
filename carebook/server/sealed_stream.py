"""A stream sealed to the server's own key piece by piece, so that none of its plain text reaches the disk."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import IO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from carebook.sealing import KEY_BYTES, TAG_BYTES, SealUnreadable, seal, unseal

OPENING: Final = b"carebook sealed stream 1\n"
PURPOSE: Final = b"carebook backup 1"
PIECE: Final = 1024 * 1024
_SEALED_KEY: Final = 1 + KEY_BYTES + KEY_BYTES + TAG_BYTES
_MORE, _LAST = b"more", b"last"  # signed with each piece, so that a stream cut short does not open


def write_sealed(file: IO[bytes], public_key: bytes, parts: Iterable[bytes]) -> None:
    """Write `parts` to the file under a key of its own, which is sealed to the holder of `public_key`."""
    key = os.urandom(KEY_BYTES)
    file.write(OPENING + seal(public_key, key, PURPOSE))
    cipher = AESGCM(key)
    for number, (piece, is_last) in enumerate(_even(parts)):
        file.write(cipher.encrypt(number.to_bytes(12), piece, _LAST if is_last else _MORE))


def read_sealed(file: IO[bytes], private_key: bytes) -> Iterator[bytes]:
    """The plain pieces, each proved before it is given; SealUnreadable when one is altered, missing or out of order."""
    if file.read(len(OPENING)) != OPENING:
        raise SealUnreadable("form")
    cipher = AESGCM(unseal(private_key, file.read(_SEALED_KEY), PURPOSE))
    number, piece = 0, file.read(PIECE + TAG_BYTES)
    while True:
        following = file.read(PIECE + TAG_BYTES)
        try:
            yield cipher.decrypt(number.to_bytes(12), piece, _MORE if following else _LAST)
        except (InvalidTag, ValueError):
            raise SealUnreadable("tag") from None
        if not following:
            return
        number, piece = number + 1, following


def _even(parts: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """The same bytes in pieces of one size, and whether a piece is the last; there is always a last one."""
    held = bytearray()
    for part in parts:
        held += part
        while len(held) > PIECE:
            yield bytes(held[:PIECE]), False
            del held[:PIECE]
    yield bytes(held), True
