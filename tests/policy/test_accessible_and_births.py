"""Accessible formats, headings, births and the steps of a plan: examples, and what always holds."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carebook.policy import births
from carebook.policy.accessible import NEEDS, PRINTABLE, made_elsewhere, print_format, words_for
from carebook.policy.headings import CATEGORIES, CATEGORY_TITLES, TITLES, Heading
from carebook.policy.plan_steps import NEEDS_VIEW, STEPS, may_follow, state

TODAY = date(2026, 11, 23)
codes = st.lists(st.sampled_from(sorted(NEEDS)), unique=True)


# ---------------------------------------------------------------- accessible information


def test_every_code_of_the_standard_is_there_and_in_its_group() -> None:
    count = {letter: sum(code.startswith(letter) for code in NEEDS) for letter in "FCPS"}
    assert count == {"F": 15, "C": 9, "P": 7, "S": 7}
    groups = {"F": "format", "C": "contact", "P": "professional", "S": "support"}
    assert all(need.group == groups[code[0]] and need.words for code, need in NEEDS.items())


@pytest.mark.parametrize(
    ("recorded", "printed"),
    [
        ([], "F01"), (["F04", "C03", "S01"], "F04"), (["F03", "F04"], "F04"), (["F10"], "F01"), (["F06", "F02"], "F06"),
        (["X9"], "F01"),
    ],
)
def test_a_document_is_printed_in_the_largest_size_recorded(recorded: list[str], printed: str) -> None:
    assert print_format(recorded) == printed


@given(codes)
def test_no_need_more_makes_print_smaller(recorded: list[str]) -> None:
    for at in range(len(recorded)):
        assert PRINTABLE[print_format(recorded)] >= PRINTABLE[print_format(recorded[:at])]


@given(codes)
def test_every_recorded_format_is_printed_or_made_elsewhere(recorded: list[str]) -> None:
    formats = {code for code in recorded if code.startswith("F")}
    assert formats == set(made_elsewhere(recorded)) | (formats & set(PRINTABLE))


def test_a_need_is_read_with_its_detail_and_an_unknown_one_is_not_hidden() -> None:
    assert words_for("F14", "yellow") == "Coloured paper: yellow"
    assert words_for("S01") == "Hearing loop"
    assert words_for("Z01", "tactile map") == "Z01: tactile map"


# ---------------------------------------------------------------- headings


def test_the_six_headings_stand_in_the_order_of_the_notice_and_each_has_a_title() -> None:
    assert list(Heading) == ["details", "contacts", "family", "people", "discussions", "decisions"]
    assert set(TITLES) == set(Heading)
    assert set(CATEGORY_TITLES) == set(CATEGORIES)


# ---------------------------------------------------------------- births


@pytest.mark.parametrize(
    ("year", "month", "day", "code"),
    [
        (1943, 2, 11, None), (1992, 2, 29, None), (None, None, None, None), (1932, None, None, None), (2026, 11, None, None),
        (2026, 11, 23, None), (2026, 11, 24, "date_in_future"), (2026, 12, None, "date_in_future"),
        (1889, 1, 1, "birth_year_unlikely"), (2027, 1, 1, "birth_year_unlikely"), (1943, 2, 30, "no_such_day"),
        (1993, 2, 29, "no_such_day"), (1943, 13, 1, "no_such_day"),
    ],
)  # fmt: skip
def test_a_birth_is_checked_as_far_as_it_is_known(
    year: int | None, month: int | None, day: int | None, code: str | None
) -> None:
    assert births.problem(year, month, day, TODAY) == code


@given(st.dates(date(1890, 1, 1), TODAY))
def test_every_day_up_to_today_can_be_a_birth(born: date) -> None:
    assert births.problem(born.year, born.month, born.day, TODAY) is None
    assert births.problem(born.year, born.month, None, TODAY) is None


# ---------------------------------------------------------------- the steps of a plan

taken = st.lists(st.sampled_from(sorted(STEPS)), max_size=5)


@given(taken)
def test_where_a_plan_stands_does_not_depend_on_the_order_its_steps_arrived_in(steps: list[str]) -> None:
    assert len({state(order, replaced=False) for order in permutations(steps)}) == 1


@given(taken)
def test_a_replaced_version_is_superseded_whatever_was_done_with_it(steps: list[str]) -> None:
    assert state(steps, replaced=True) == "superseded"


@given(taken)
def test_after_a_refusal_nobody_reads_an_agreement(steps: list[str]) -> None:
    if "not_agreed" in steps and "signed_off" not in steps:
        assert state(steps, replaced=False) == "not_agreed"


@given(taken)
def test_every_state_knows_what_may_follow(steps: list[str]) -> None:
    assert may_follow(state(steps, replaced=False)) <= set(STEPS)


def test_nothing_follows_a_plan_that_is_signed_off_or_superseded() -> None:
    assert may_follow("signed_off") == may_follow("superseded") == frozenset()
    assert set(STEPS) >= NEEDS_VIEW


def test_a_plan_is_never_agreed_before_it_is_shared() -> None:
    assert may_follow("draft") == {"shared"}
