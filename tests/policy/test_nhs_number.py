"""The NHS number: the vectors of the scenario, and what holds for every number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carebook.policy.nhs_number import STATUSES, digits_of, is_possible, may_be_exchanged, problem

SYNTHETIC = ["9990001014", "9990001081", "9990001022", "9990001030", "9990001049", "9990001057", "9990001065", "9990001073",
             "9990001103"]  # fmt: skip


@pytest.mark.parametrize("number", [*SYNTHETIC, "9000000009", "9000000025", "9000000033", "9111231130", "9434765919"])
def test_numbers_whose_check_digit_fits_are_possible(number: str) -> None:
    assert is_possible(number)


@pytest.mark.parametrize("number", ["9990001015", "9000000000", "999000101", "99900010140", "", "99900010١4", "999 0001014"])
def test_other_numbers_are_not(number: str) -> None:
    assert not is_possible(number)


@pytest.mark.parametrize("first_nine", ["999000109", "999000112"])
def test_nine_digits_whose_check_digit_would_be_ten_begin_no_number(first_nine: str) -> None:
    assert not any(is_possible(f"{first_nine}{last}") for last in range(10))


@pytest.mark.parametrize("typed", ["999-000-1014", " 9990001014 ", "999 000 1014", "999\u00a0000\u00a01014"])
def test_spaces_and_hyphens_may_be_typed(typed: str) -> None:
    assert digits_of(typed) == "9990001014"
    assert problem(typed, demonstration=True) is None


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("999000101", "nhs_not_ten_digits"), ("99900010140", "nhs_not_ten_digits"), ("999000101x", "nhs_not_ten_digits"),
        ("٩٩٩٠٠٠١٠١٤", "nhs_not_ten_digits"), ("9990001015", "nhs_check_digit"), ("9000000000", "nhs_check_digit"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_by_its_code(typed: str, code: str) -> None:
    assert problem(typed, demonstration=True) == code


def test_training_numbers_are_kept_in_demonstrations_alone() -> None:
    assert problem("9990001014", demonstration=False) == "nhs_test_number"
    assert problem("9434765919", demonstration=False) is None


def test_only_a_verified_number_is_exchanged() -> None:
    assert [status for status in STATUSES if may_be_exchanged(status)] == ["01"]
    assert not may_be_exchanged("")


nine_digits = st.integers(0, 999_999_999).map(lambda number: f"{number:09d}")


@given(nine_digits)
def test_nine_digits_have_one_check_digit_at_most(first_nine: str) -> None:
    assert sum(is_possible(f"{first_nine}{last}") for last in range(10)) <= 1


@given(nine_digits, st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_one_wrong_digit_is_always_noticed(first_nine: str, last: int, place: int, other: int) -> None:
    number = f"{first_nine}{last}"
    changed = f"{number[:place]}{other}{number[place + 1 :]}"
    if is_possible(number) and changed != number:
        assert not is_possible(changed)


@given(nine_digits, st.integers(0, 9), st.integers(0, 8))
def test_two_neighbours_swapped_are_always_noticed(first_nine: str, last: int, place: int) -> None:
    number = f"{first_nine}{last}"
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if is_possible(number) and swapped != number:
        assert not is_possible(swapped)


@given(st.text(max_size=14))
def test_whatever_is_typed_gets_an_answer(typed: str) -> None:
    assert problem(typed, demonstration=True) in (None, "nhs_not_ten_digits", "nhs_check_digit")
