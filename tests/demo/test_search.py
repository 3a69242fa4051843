"""The search of every byte finds what is planted, however it is written or packed, and nothing that is not there."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import lzma
import os
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from carebook.demo.reckoning import PLANTED, needles
from carebook.demo.search import Needles, search

WORD = "Zéphyrine Quillfeather"
NOISE = os.urandom(4096)


def zipped(data: bytes) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("inner", data)
    return into.getvalue()


WRITINGS: dict[str, Callable[[str], bytes]] = {
    "utf-8": str.encode,
    "utf-16": lambda word: word.encode("utf-16-le"),
    "hex": lambda word: word.encode().hex().encode(),
    "upper hex": lambda word: word.encode().hex().upper().encode(),
    "base64": lambda word: base64.b64encode(word.encode()),
    "base64, one off": lambda word: base64.b64encode(b"x" + word.encode() + b"yz"),
    "base64, two off": lambda word: base64.b64encode(b"xy" + word.encode() + b"z"),
    "base64 of utf-16": lambda word: base64.b64encode(b"x" + word.encode("utf-16-le")),
    "escaped": lambda word: word.encode("ascii", "backslashreplace"),
}

PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    "not": lambda data: data,
    "gzip": gzip.compress,
    "zlib": zlib.compress,
    "zip": zipped,
    "zstd": zstandard.ZstdCompressor().compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "gzip in zip": lambda data: zipped(gzip.compress(data)),
}


@pytest.mark.parametrize("writing", WRITINGS)
@pytest.mark.parametrize("packing", PACKINGS)
def test_a_planted_word_is_found(tmp_path: Path, writing: str, packing: str) -> None:
    planted = PACKINGS[packing](b"%" * 300 + WRITINGS[writing](WORD) + b"%" * 300)
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file").write_bytes(NOISE + planted + NOISE)
    hits, files, _ = search(tmp_path, Needles([WORD]))
    assert {hit.word for hit in hits} == {WORD}
    assert files == 1


def test_a_word_across_the_seam_of_two_stretches_is_found(tmp_path: Path) -> None:
    for before in range(256 * 1024 - 30, 256 * 1024 + 2):
        data = b"\0" * before + WORD.encode()
        assert list(Needles([WORD]).find(data))


def test_the_name_of_a_file_is_searched_too(tmp_path: Path) -> None:
    (tmp_path / f"{WORD}.txt").write_bytes(b"")
    hits, _, _ = search(tmp_path, Needles([WORD]))
    assert [hit.packing for hit in hits] == ["its name"]


def test_what_is_not_there_is_not_found_and_what_was_asked_for_is_spared(tmp_path: Path) -> None:
    (tmp_path / "noise").write_bytes(os.urandom(1024 * 1024))
    (tmp_path / "asked").write_bytes(WORD.encode())
    hits, files, size = search(tmp_path, needles(), lambda file: file.name == "asked")
    assert hits == []
    assert files == 1
    assert size >= 1024 * 1024


def test_the_days_needles_hold_names_addresses_numbers_notes_and_what_is_typed() -> None:
    wanted = needles()
    for word in ("Okafor-Hale", "14 Lark Rise", "9990001014", "01632 960417", "Care calls from Brightwater are suspended",
                 "Fell on 23-Nov-2025 and 29-Oct-2026", "seven herons over wet slate", PLANTED):  # fmt: skip
        assert any(True for _ in wanted.find(f"... {word} until".encode())) or _begins(wanted, word), word


def _begins(wanted: Needles, words: str) -> bool:
    """Whether a longer text among the needles begins with these words."""
    return any(word.startswith(words) for found in wanted.by_head.values() for _, word, _ in found)
