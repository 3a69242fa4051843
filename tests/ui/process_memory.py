"""Looks for bytes in the memory of a running process, as someone with a memory dump would."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

PIECE = 16 * 1024 * 1024


def every_form(words: str) -> tuple[bytes, ...]:
    """A text as Python, Qt and the database hold it."""
    return words.encode(), words.encode("utf-16-le"), words.encode("utf-32-le")


def key_forms(key: bytes) -> tuple[bytes, ...]:
    """A key raw, and in hexadecimal as it is handed to the database."""
    return key, key.hex().encode(), key.hex().upper().encode()


def counts(process_id: int, wanted: Mapping[str, tuple[bytes, ...]]) -> dict[str, int]:
    """How often each wanted thing, in any of its forms, stands in the readable memory of the process."""
    found = dict.fromkeys(wanted, 0)
    longest = max(len(form) for forms in wanted.values() for form in forms)
    with Path(f"/proc/{process_id}/mem").open("rb", buffering=0) as memory:
        for start, end in _regions(process_id):
            tail = b""
            for at in range(start, end, PIECE):
                try:
                    memory.seek(at)
                    piece = tail + memory.read(min(PIECE, end - at))
                except (OSError, ValueError, OverflowError):
                    break  # the kernel's own pages
                for name, forms in wanted.items():
                    found[name] += sum(piece.count(form) for form in forms)
                tail = piece[-(longest - 1) :] if len(piece) >= PIECE else b""
    return found


def _regions(process_id: int) -> list[tuple[int, int]]:
    lines = Path(f"/proc/{process_id}/maps").read_text().splitlines()
    parts = [line.split(maxsplit=5) for line in lines]
    readable = [part for part in parts if part[1].startswith("r") and not part[-1].startswith(("[vvar", "[vsyscall", "[vdso"))]
    return [(int(a, 16), int(b, 16)) for a, b in (part[0].split("-") for part in readable)]
