"""Accessible-information needs: codes, words and the print size each asks for. Source: DAPB1605 (2025); UKAAF G003."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Need:
    """One code: which group it is in (format, contact, professional, support) and what it means."""

    code: str
    group: str
    words: str


NEEDS: Final = {
    need.code: need
    for need in (
        Need("F01", "format", "Standard print, 12 point"),
        Need("F02", "format", "Clear print, 14 point"),
        Need("F03", "format", "Large print, 16 point"),
        Need("F04", "format", "Large print, 18 point"),
        Need("F05", "format", "Large print, 22 point"),
        Need("F06", "format", "Giant print"),
        Need("F07", "format", "Braille, grade 1"),
        Need("F08", "format", "Braille, grade 2"),
        Need("F09", "format", "Audio"),
        Need("F10", "format", "Easy Read"),
        Need("F11", "format", "BSL video"),
        Need("F12", "format", "Plain text by e-mail"),
        Need("F13", "format", "Accessible PDF or Word file"),
        Need("F14", "format", "Coloured paper"),
        Need("F15", "format", "Moon or tactile"),
        Need("C01", "contact", "Write by letter"),
        Need("C02", "contact", "Visit in person"),
        Need("C03", "contact", "Telephone"),
        Need("C04", "contact", "E-mail"),
        Need("C05", "contact", "Textphone"),
        Need("C06", "contact", "Telephone through someone else or Relay UK"),
        Need("C07", "contact", "Sign language"),
        Need("C08", "contact", "Do not telephone"),
        Need("C09", "contact", "Text message"),
        Need("P01", "professional", "BSL interpreter"),
        Need("P02", "professional", "Deafblind manual interpreter"),
        Need("P03", "professional", "Lipspeaker"),
        Need("P04", "professional", "Note-taker"),
        Need("P05", "professional", "Advocate"),
        Need("P06", "professional", "Makaton signer"),
        Need("P07", "professional", "Interpreter"),
        Need("S01", "support", "Hearing loop"),
        Need("S02", "support", "Lip-reads: face them"),
        Need("S03", "support", "Longer appointment"),
        Need("S04", "support", "Communication aid"),
        Need("S05", "support", "Speak slowly"),
        Need("S06", "support", "Supporter present"),
        Need("S07", "support", "Quiet room"),
    )
}

NEEDS_ANSWERS: Final = ("some", "none", "not asked")
"""What can be said of having asked a person; "not asked" needs a reason, because the question cannot be skipped (DAPB1605)."""

PRINTABLE: Final = {"F01": 12, "F02": 14, "F03": 16, "F04": 18, "F05": 22, "F06": 30}
"""Formats that carebook prints itself, with the size of running text in points."""


def words_for(code: str, detail: str = "") -> str:
    """A need as people read it; an unknown code shows its detail, or itself."""
    known = NEEDS.get(code)
    base = known.words if known else code
    return f"{base}: {detail}" if detail else base


def print_format(codes: Iterable[str]) -> str:
    """The format a document for this person is printed in: the largest size recorded, standard print if none."""
    sizes = [code for code in codes if code in PRINTABLE]
    return max(sizes, key=lambda code: PRINTABLE[code], default="F01")


def made_elsewhere(codes: Iterable[str]) -> tuple[str, ...]:
    """Recorded formats that no printer makes (Braille, audio, Easy Read ...): each needs someone to produce it."""
    return tuple(code for code in codes if code.startswith("F") and code not in PRINTABLE)
