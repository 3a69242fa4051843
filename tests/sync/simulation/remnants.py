"""Reads what is left in an encrypted store: every page of the file and of its log decrypted, free ones too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE = 4096
RESERVED = 80
"""At the end of each page of SQLCipher 4: 16 bytes to begin the cipher with, and 64 of seal."""


def pages(file: Path, key: bytes) -> Iterator[bytes]:
    """Every page of the file, decrypted; the first has a salt of 16 bytes before it."""
    words = file.read_bytes()
    for at in range(0, len(words), PAGE):
        yield _plain(words[at : at + PAGE], key, is_first=at == 0)


def log_pages(file: Path, key: bytes) -> Iterator[bytes]:
    """Every page in the log, decrypted, whether it still counts or not."""
    words = file.read_bytes() if file.exists() else b""
    for at in range(32, len(words), PAGE + 24):
        number = int.from_bytes(words[at : at + 4])
        page = words[at + 24 : at + 24 + PAGE]
        if len(page) == PAGE:
            yield _plain(page, key, is_first=number == 1)


def remnants(folder: Path, key: bytes, words: Mapping[str, str]) -> set[str]:
    """The meanings of those words that stand anywhere in the store of this folder."""
    if not words:
        return set()
    store = folder / "store.db"
    every = b"".join([*pages(store, key), *log_pages(Path(f"{store}-wal"), key)])
    return {meaning for word, meaning in words.items() if word.encode() in every}


def _plain(page: bytes, key: bytes, *, is_first: bool) -> bytes:
    start = page[-RESERVED : -RESERVED + 16]
    body = page[16 if is_first else 0 : -RESERVED]
    decryptor = Cipher(algorithms.AES(key), modes.CBC(start)).decryptor()
    return decryptor.update(body) + decryptor.finalize()
