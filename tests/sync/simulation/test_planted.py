"""Every mistake that is planted is found: what proves that the simulation looks."""

from __future__ import annotations

import shutil
from pathlib import Path

import conftest
import pytest

from simulation import made
from simulation.fixtures import folder, live, template
from simulation.history import a_child_before_its_parent
from simulation.planted import FOURTEEN, Plant, nothing_is_parked
from simulation.planted_rules import OF_NEW_RULES

__all__ = ["folder", "template"]

PLANTED = {**FOURTEEN, **OF_NEW_RULES}
STEPS, MOST, CAMPAIGN = 24, 40, 100
LIKELY: dict[str, int] = {
    "sequence allocated before commit": 28, "no idempotency": 1, "cursor saved before apply": 3,
    "no backfill on re-grant, half-arrived people shown": 5, "out-of-scope pushes refused": 1,
    "restore without a new epoch": 1, "tombstone never lapses": 1, "denial not in force while quarantined": 5,
    "drafts purged unsealed": 2, "no journal": 1, "a refusal blocks the rest": 11, "a clock that is ahead is refused": 9,
    "a twin's number swallows a row": 8,
}
"""The first seed after which each was found when this was written, so that it is looked for there first."""


def is_found(plant: Plant, seed: int, template: made.Template, folder: Path) -> bool:
    """Whether the mistake shows after this history: by what is wrong in the end, or by an end that fell over it."""
    try:
        if plant is nothing_is_parked:  # takes three things in a row, and so is told for certain
            return bool(live(seed, template, folder, 0, plant=plant, script=a_child_before_its_parent)[0])
        return bool(live(seed, template, folder, STEPS, plant=plant)[0])
    except Exception:  # noqa: BLE001  a mistake that makes an end fall over has been found
        shutil.rmtree(folder / f"h{seed}", ignore_errors=True)
        return True


def test_an_amendment_that_comes_before_what_it_amends_waits_for_it(template: made.Template, folder: Path) -> None:
    assert live(0, template, folder, 0, script=a_child_before_its_parent)[0] == []


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_mistake_is_found(name: str, template: made.Template, folder: Path) -> None:
    seeds = [LIKELY.get(name, 0), *range(MOST)]
    assert any(is_found(PLANTED[name], seed, template, folder) for seed in seeds), f"not in {MOST} histories"


@pytest.mark.full
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name", PLANTED)
def test_how_often_a_planted_mistake_is_found(
    name: str, template: made.Template, folder: Path, figure: conftest.Figure
) -> None:
    found = sum(is_found(PLANTED[name], seed, template, folder) for seed in range(CAMPAIGN))
    figure(f"planted: {name}, found in histories", f"{found} of {CAMPAIGN}")
    assert found
