"""Counts and digests of units, the same at both ends whatever the order of the rows."""

from __future__ import annotations

from collections.abc import Iterable


def unit_digest(digests: Iterable[str]) -> tuple[int, str]:
    """How many rows, and the sum modulo 2^128 of the first 128 bits of each row's digest, as 32 hex digits."""
    count = total = 0
    for digest in digests:
        count += 1
        total += int(digest[:32], 16)
    return count, f"{total % 2**128:032x}"
