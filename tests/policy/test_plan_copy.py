"""The digest of a plan's values: the same for the same values, another for any other."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from reports.sample_plan import COVER, MARGARET

from carebook.policy.plan_copy import OUTCOMES, Budget, PlanCopy, digest

PARTS = [field.name for field in fields(PlanCopy) if field.name not in ("cover", "facts", "format", "giant_points")]


def test_equal_values_have_one_digest() -> None:
    assert digest(MARGARET) == digest(replace(MARGARET, cover=replace(COVER)))
    assert len(digest(MARGARET)) == 64


@pytest.mark.parametrize("part", PARTS)
def test_a_removed_part_changes_the_digest(part: str) -> None:
    assert digest(replace(MARGARET, **{part: None})) != digest(MARGARET)


def test_one_letter_changes_the_digest() -> None:
    assert digest(replace(MARGARET, cover=replace(COVER, preferred_name="Maggy"))) != digest(MARGARET)


def test_a_part_that_is_empty_is_not_a_part_that_was_removed() -> None:
    assert digest(replace(MARGARET, budget=Budget())) != digest(replace(MARGARET, budget=None))


def test_there_are_ten_outcomes_from_a_to_j() -> None:
    assert "".join(OUTCOMES) == "ABCDEFGHIJ"
