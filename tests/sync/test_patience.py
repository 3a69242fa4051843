"""How long a laptop waits after a sync that failed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from carebook import errors
from carebook.sync import patience

CHANCES = some.floats(min_value=0, max_value=1)


@pytest.mark.parametrize(("failures", "longest"), [(1, 10), (2, 20), (3, 40), (7, 640), (8, 900), (9, 900), (10_000, 900)])
def test_the_bound_doubles_up_to_a_quarter_of_an_hour(failures: int, longest: float) -> None:
    assert patience.wait_seconds(failures, 0) == 5
    assert patience.wait_seconds(failures, 1) == longest


@given(some.integers(1, 10**6), CHANCES, some.integers(-(10**6), 10**6))
def test_a_wait_is_never_shorter_than_what_the_server_asked_for(failures: int, chance: float, asked: int) -> None:
    waits = patience.wait_seconds(failures, chance, asked)
    assert min(max(asked, 0), 3600) + 5 <= waits <= 3600 + 900


@given(some.integers(1, 20), CHANCES, CHANCES)
def test_laptops_that_failed_together_come_back_apart(failures: int, one: float, other: float) -> None:
    apart = abs(patience.wait_seconds(failures, one, 60) - patience.wait_seconds(failures, other, 60))
    assert apart == pytest.approx(abs(one - other) * (min(900, 5 * 2**failures) - 5))


def test_only_what_may_pass_by_itself_is_tried_again() -> None:
    worth = (errors.Unreachable("x"), errors.ServerBusy(7), errors.ServerFailed("x"))
    not_worth = (errors.SignInRefused("x"), errors.NotTrusted("x"), errors.UpgradeNeeded("x"), errors.DiskFull("x"))
    assert all(patience.is_worth_another_try(problem) for problem in worth)
    assert not any(patience.is_worth_another_try(problem) for problem in not_worth)
    assert [patience.asked_for(problem) for problem in worth] == [0, 7, 0]
