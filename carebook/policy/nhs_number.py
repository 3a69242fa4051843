"""The NHS number: what is one, how it may be typed, and what its status lets us do. Source: ISB 0149; NHS data dictionary."""

from __future__ import annotations

from typing import Final

STATUSES: Final = {
    "01": "verified",
    "02": "not yet verified",
    "03": "trace needed",
    "04": "no match, or more than one",
    "05": "needs sorting out",
    "06": "trace in progress",
    "07": "not needed",
    "08": "trace postponed",
}
"""NHS number status indicator codes, in words a worker reads."""

TEST_RANGE: Final = "999"
"""Numbers of this range are synthetic: kept only in demonstration stores."""


def digits_of(typed: str) -> str:
    """What was typed without spaces and hyphens."""
    return typed.replace(" ", "").replace("-", "").replace("\u00a0", "")


def is_possible(digits: str) -> bool:
    """Whether ten digits pass the check: weights 10 to 2 over the first nine, modulus 11; a check digit of 10 cannot be."""
    if len(digits) != 10 or not (digits.isascii() and digits.isdigit()):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True))
    check = (11 - total % 11) % 11
    return check != 10 and check == int(digits[9])


def problem(typed: str, *, demonstration: bool) -> str | None:
    """The code of what is wrong with a typed number, or None: not_ten_digits, check_digit or test_number."""
    digits = digits_of(typed)
    if len(digits) != 10 or not (digits.isascii() and digits.isdigit()):
        return "nhs_not_ten_digits"
    if not is_possible(digits):
        return "nhs_check_digit"
    if digits.startswith(TEST_RANGE) and not demonstration:
        return "nhs_test_number"
    return None


def may_be_exchanged(status: str) -> bool:
    """Only a verified number is used to match or printed on what leaves the council (domain rule P2)."""
    return status == "01"
