"""Warn, while a new person is typed, of people already known who may be the same."""

from __future__ import annotations

from dataclasses import dataclass

from carebook.policy.duplicates import WARN_FROM, Likeness, compare
from carebook.policy.nhs_number import digits_of
from carebook.reads.people import Summary, likenesses, summaries
from carebook.store.work import Work
from carebook.words import fold

MOST = 5


@dataclass(frozen=True, slots=True)
class PossibleSame:
    """Someone who may be the person being typed; reasons as codes of policy.duplicates."""

    person: Summary
    score: float
    reasons: tuple[str, ...]


def find_duplicates(
    work: Work,
    given: str,
    family: str,
    birth: tuple[int | None, int | None, int | None] = (None, None, None),
    *,
    postcode: str = "",
    nhs_number: str = "",
) -> tuple[PossibleSame, ...]:
    """At most five people known here who may be the same, the likest first."""
    work.is_traced = False
    typed = Likeness(fold(given), fold(family), birth, fold(postcode).replace(" ", ""), digits_of(nhs_number))
    matches = [(compare(typed, known), person_id) for person_id, known in likenesses(work.session).items()]
    likest = sorted((one for one in matches if one[0].score >= WARN_FROM), key=lambda one: -one[0].score)[:MOST]
    who = {one.person_id: one for one in summaries(work.session, (person_id for _, person_id in likest), work.today)}
    return tuple(PossibleSame(who[person_id], match.score, match.reasons) for match, person_id in likest if person_id in who)
