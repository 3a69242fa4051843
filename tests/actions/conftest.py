"""A desk at a real encrypted store with the caseload in it, and the clock held still."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from held_clock import HeldClock
from make import MONDAY, Caseload, a_caseload

if TYPE_CHECKING:
    from collections.abc import Iterator

    from carebook.desk import Desk


@pytest.fixture
def clock() -> HeldClock:
    """The clock of the desk: Monday 23-Nov-2026, nine o'clock."""
    return HeldClock(MONDAY)


@pytest.fixture
def _both(tmp_path: Path, clock: HeldClock) -> Iterator[tuple[Desk, Caseload]]:
    with a_caseload(tmp_path, clock) as both:
        yield both


@pytest.fixture
def desk(_both: tuple[Desk, Caseload]) -> Desk:
    """Peter Osei's desk; at the end the typed tables must equal those rebuilt from the ledger."""
    return _both[0]


@pytest.fixture
def people(_both: tuple[Desk, Caseload]) -> Caseload:
    """Who is in the store of that desk."""
    return _both[1]
