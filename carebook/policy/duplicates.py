"""How alike two descriptions of a person are, to warn while a new person is typed. A person decides; nothing merges itself."""

from __future__ import annotations

from dataclasses import dataclass

import jellyfish


@dataclass(frozen=True, slots=True)
class Likeness:
    """What is known of someone, folded for comparing: names lower case and plain, birth as (year, month, day) with None."""

    given: str
    family: str
    birth: tuple[int | None, int | None, int | None] = (None, None, None)
    postcode: str = ""
    nhs_number: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """How alike: score from 0 to 1, and the reasons as codes (nhs_number, name, sounds, birth, birth_near, postcode)."""

    score: float
    reasons: tuple[str, ...]


WARN_FROM = 0.55
"""The score from which a known person is shown as possibly the same. Our own setting: misses cost more than a look."""


def compare(typed: Likeness, known: Likeness) -> Match:
    """How alike two people are; a shared NHS number alone is enough, a name alone is not."""
    if typed.nhs_number and typed.nhs_number == known.nhs_number:
        return Match(1.0, ("nhs_number",))
    score, reasons = _names(typed, known)
    birth_score, birth_reason = _births(typed.birth, known.birth)
    reasons += birth_reason
    score += birth_score
    if typed.postcode and typed.postcode == known.postcode:
        score += 0.15
        reasons += ("postcode",)
    return Match(max(0.0, min(score, 0.99)), reasons)


def _names(typed: Likeness, known: Likeness) -> tuple[float, tuple[str, ...]]:
    straight = _name_score(typed.given, typed.family, known)
    swapped = _name_score(typed.family, typed.given, known) - 0.05
    score = max(straight, swapped)
    if score >= 0.9:
        return 0.45, ("name",)
    if _sounds(typed.family, known.family) and _sounds(typed.given, known.given):
        return 0.40, ("sounds",)
    if score >= 0.8:
        return 0.30, ("name",)
    return (0.15, ("sounds",)) if _sounds(typed.family, known.family) else (0.0, ())


def _name_score(given: str, family: str, known: Likeness) -> float:
    if not family or not known.family:
        return 0.0
    of_family = jellyfish.jaro_winkler_similarity(family, known.family)
    of_given = jellyfish.jaro_winkler_similarity(given, known.given) if given and known.given else 0.6
    return 0.55 * of_family + 0.45 * of_given


def _sounds(one: str, other: str) -> bool:
    return bool(one) and bool(other) and jellyfish.metaphone(one) == jellyfish.metaphone(other)


def _births(
    one: tuple[int | None, int | None, int | None], other: tuple[int | None, int | None, int | None]
) -> tuple[float, tuple[str, ...]]:
    if None in (one[0], other[0]):
        return 0.1, ()  # nothing known speaks against it
    if one == other and None not in one:
        return 0.40, ("birth",)
    if one[0] == other[0]:
        swapped = one[1:] == (other[2], other[1]) or None in one[1:] or None in other[1:]
        return (0.30, ("birth_near",)) if swapped else (0.12, ("birth_near",))
    digits = sorted(str(one[0])) == sorted(str(other[0])) and one[1:] == other[1:]
    return (0.25, ("birth_near",)) if digits else (-0.15, ())
