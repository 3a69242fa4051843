"""Proof that a refusal left a folder as it was: every file in it, byte for byte, and no file more."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def prints(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below `folder`; a folder counts by its name."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
        for path in folder.rglob("*")
    }


@contextmanager
def untouched(folder: Path) -> Iterator[None]:
    """The block changes nothing in `folder`."""
    before = prints(folder)
    assert before or not any(folder.iterdir())
    yield
    assert prints(folder) == before
