"""Searches every byte below a folder for words that must not stand there, however they are written or packed."""

from __future__ import annotations

import base64
import bz2
import lzma
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import zstandard

HEAD: Final = 6
"""Bytes of a word by which it is looked for first; words that have fewer in any writing are not searched."""
_DEEPEST: Final = 3
_MOST: Final = 256 * 1024 * 1024
_STRETCH: Final = 256 * 1024
_ZIP_HEADER: Final = 30
_ZLIB: Final = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")


@dataclass(frozen=True, slots=True)
class Hit:
    """A word that was found: in which file, written how, within which packing."""

    file: Path
    word: str
    writing: str
    packing: str = ""


class Needles:
    """The words to look for, in all the ways they may be written."""

    def __init__(self, words: Iterable[str]) -> None:
        self.by_head: dict[bytes, list[tuple[bytes, str, str]]] = {}
        self.count = 0
        for word in sorted({one.strip() for one in words}):
            self._add(word)

    def _add(self, word: str) -> None:
        if len(word.encode()) < HEAD:
            return
        self.count += 1
        for writing, found in _writings(word):
            if len(found) >= HEAD:
                self.by_head.setdefault(found[:HEAD], []).append((found, word, writing))

    def find(self, data: bytes) -> Iterator[tuple[str, str]]:
        """Each word that stands in the bytes, and how it is written."""
        heads = self.by_head
        met: set[bytes] = set()
        for start in range(0, len(data), _STRETCH):
            stretch = range(start, min(start + _STRETCH, len(data) - HEAD + 1))
            met |= {data[at : at + HEAD] for at in stretch} & heads.keys()
        for head in met:
            for needle, word, writing in heads[head]:
                if needle in data:
                    yield word, writing


def _writings(word: str) -> Iterator[tuple[str, bytes]]:
    for name, plain in (("utf-8", word.encode()), ("utf-16", word.encode("utf-16-le"))):
        yield name, plain
        yield f"hex of {name}", plain.hex().encode()
        yield f"HEX of {name}", plain.hex().upper().encode()
        for offset in range(3):
            yield f"base64 of {name}", _base64_middle(plain, offset)
    escaped = word.encode("ascii", "backslashreplace")
    if escaped != word.encode():
        yield "escaped", escaped


def _base64_middle(plain: bytes, offset: int) -> bytes:
    """What of the base64 of `plain` is the same whatever stands before (offset bytes of a group) and after it."""
    packed = base64.b64encode(b"\0" * offset + plain)
    start = -(-offset * 8 // 6)
    end = (offset + len(plain)) * 8 // 6
    return packed[start:end]


def search(folder: Path, needles: Needles, spare: Callable[[Path], bool] = lambda file: False) -> tuple[list[Hit], int, int]:
    """What was found below a folder, how many files were read and how many bytes, unpacked ones counted too.

    spare: files that were asked for, and may name people.
    """
    hits: list[Hit] = []
    files = size = 0
    for file in sorted(path for path in folder.rglob("*") if not spare(path)):
        hits += [Hit(file, word, writing, "its name") for word, writing in needles.find(file.name.encode())]
        if file.is_symlink() or not file.is_file():
            continue
        files += 1
        for packing, data in unpacked(file.read_bytes()):
            size += len(data)
            hits += [Hit(file, word, writing, packing) for word, writing in needles.find(data)]
    return hits, files, size


def unpacked(data: bytes, packing: str = "", depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """The bytes, and what is packed within them, some levels deep; each with the way it was packed."""
    yield packing, data
    if depth >= _DEEPEST:
        return
    for name, inner in _inside(data):
        yield from unpacked(inner, f"{packing} {name}".strip(), depth + 1)


def _inside(data: bytes) -> Iterator[tuple[str, bytes]]:
    view = memoryview(data)
    for mark, name, opened in _PACKINGS:
        for at in _places(data, mark):
            found = opened(view[at:])
            if found:
                yield name, found


def _places(data: bytes, mark: bytes) -> Iterator[int]:
    at = data.find(mark)
    while at >= 0:
        yield at
        at = data.find(mark, at + 1)


def _zip(data: memoryview) -> bytes:
    """One file of a zip archive, from its local header on (APPNOTE 4.3.7)."""
    if len(data) < _ZIP_HEADER:
        return b""
    name, extra = int.from_bytes(data[26:28], "little"), int.from_bytes(data[28:30], "little")
    return _zlib_window(data[_ZIP_HEADER + name + extra :], -zlib.MAX_WBITS)


def _zstd(data: memoryview) -> bytes:
    try:
        return zstandard.ZstdDecompressor().decompressobj().decompress(data)
    except zstandard.ZstdError:
        return b""


def _gzip(data: memoryview) -> bytes:
    return _zlib_window(data, 16 + zlib.MAX_WBITS)


def _deflated(data: memoryview) -> bytes:
    return _zlib_window(data, zlib.MAX_WBITS)


def _zlib_window(data: memoryview, window: int) -> bytes:
    try:
        found = zlib.decompressobj(window).decompress(data, _MOST)
    except zlib.error:
        return b""
    return found if len(found) > HEAD else b""


def _bz2(data: memoryview) -> bytes:
    try:
        return bz2.BZ2Decompressor().decompress(data, _MOST)
    except OSError:
        return b""


def _xz(data: memoryview) -> bytes:
    try:
        return lzma.LZMADecompressor().decompress(data, _MOST)
    except lzma.LZMAError:
        return b""


_PACKINGS: Final[tuple[tuple[bytes, str, Callable[[memoryview], bytes]], ...]] = (
    (b"PK\x03\x04", "zip", _zip),
    (b"\x1f\x8b\x08", "gzip", _gzip),
    (b"\x28\xb5\x2f\xfd", "zstd", _zstd),
    (b"BZh", "bzip2", _bz2),
    (b"\xfd7zXZ\x00", "xz", _xz),
    *((mark, "deflate", _deflated) for mark in _ZLIB),
)
