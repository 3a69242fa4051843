"""A sync that failed is tried again by itself, later and later; who asks is never made to wait for that."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from ui.test_sync_screen import Cycles, syncing

from carebook import errors


def test_after_a_failure_the_next_try_comes_by_itself_later_and_later(dressed: QApplication) -> None:
    cycles = Cycles()
    made, _, _ = syncing(cycles)
    cycles.error = errors.Unreachable("x")
    longest = []
    for bound in (10, 20, 40, 80):
        made.now()
        longest.append(made.waits_ms() <= bound * 1000)
        assert made.waits_ms() >= 4_900
    assert all(longest)
    cycles.error = None
    made.now()
    assert made.waits_ms() == -1
    made.end()


def test_the_server_is_given_the_time_that_it_asks_for(dressed: QApplication) -> None:
    cycles = Cycles()
    made, _, _ = syncing(cycles)
    cycles.error = errors.ServerBusy(120)
    made.now()
    assert made.waits_ms() > 120_000
    made._soon.timeout.emit()
    made._every.timeout.emit()
    assert cycles.runs == 1  # what was written meanwhile goes with the next try
    made.now()
    assert cycles.runs == 2
    made.end()
    assert made.waits_ms() == -1


@pytest.mark.parametrize("problem", [errors.SignInRefused("x"), errors.UpgradeNeeded("x")])
def test_what_needs_someone_is_not_tried_again_by_itself(dressed: QApplication, problem: errors.ServerProblem) -> None:
    cycles = Cycles()
    made, _, _ = syncing(cycles)
    cycles.error = problem
    made.now()
    assert made.waits_ms() == -1
    made.end()
