"""How alike two people are: reasons a worker can check, and scores that never mislead."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carebook.policy.duplicates import WARN_FROM, Likeness, compare

DENNIS = Likeness("dennis", "arkwright", (1955, 9, 3), "qx14dd", "9990001022")

names = st.text(string.ascii_lowercase, max_size=8)
parts = st.none() | st.integers(1, 12)
births = st.tuples(st.none() | st.integers(1900, 2026), parts, parts)
postcodes, numbers = st.sampled_from(["", "qx12ab", "qx14dd"]), st.sampled_from(["", "9990001022"])
likenesses = st.builds(Likeness, names, names, births, postcodes, numbers)


@pytest.mark.parametrize(
    ("typed", "reasons"),
    [
        (Likeness("x", "y", nhs_number="9990001022"), ("nhs_number",)),
        (Likeness("dennis", "arkwright", (1955, 9, 3)), ("name", "birth")),
        (Likeness("denis", "arkright", (1955, 9, 3)), ("name", "birth")),
        (Likeness("arkwright", "dennis", (1955, 9, 3)), ("name", "birth")),
        (Likeness("dennis", "arkwright", (1955, 3, 9)), ("name", "birth_near")),
        (Likeness("dennis", "arkwright", (1595, 9, 3)), ("name", "birth_near")),
        (Likeness("dennis", "arkwright", (1955, None, None)), ("name", "birth_near")),
        (Likeness("dennis", "arkwright", postcode="qx14dd"), ("name", "postcode")),
        (Likeness("", "", (1955, 9, 3), "qx14dd"), ("birth", "postcode")),
    ],
)
def test_someone_who_may_be_the_same_is_shown_with_the_reasons(typed: Likeness, reasons: tuple[str, ...]) -> None:
    match = compare(typed, DENNIS)
    assert match.score >= WARN_FROM
    assert match.reasons == reasons


@pytest.mark.parametrize(
    "typed",
    [
        Likeness("dennis", "arkwright", (2001, 1, 1)),
        Likeness("margaret", "hale", (1955, 9, 3)),
        Likeness("", "", (1955, 9, 3)),
        Likeness("", "", postcode="qx14dd"),
        Likeness("", ""),
    ],
)
def test_someone_who_only_shares_a_little_is_not_shown(typed: Likeness) -> None:
    assert compare(typed, DENNIS).score < WARN_FROM


def test_two_people_without_a_number_do_not_share_one() -> None:
    assert "nhs_number" not in compare(Likeness("a", "b"), Likeness("c", "d")).reasons


@given(likenesses, likenesses)
def test_a_score_is_between_nought_and_one_and_one_means_the_same_number(typed: Likeness, known: Likeness) -> None:
    match = compare(typed, known)
    assert 0 <= match.score <= 1
    assert (match.score == 1) == ("nhs_number" in match.reasons)


@given(likenesses)
def test_a_fully_described_person_is_always_like_themselves(one: Likeness) -> None:
    if one.family and one.given and None not in one.birth:
        assert compare(one, one).score >= WARN_FROM


@given(likenesses, likenesses)
def test_nobody_is_shown_without_a_reason(typed: Likeness, known: Likeness) -> None:
    match = compare(typed, known)
    if match.score >= WARN_FROM:
        assert match.reasons
