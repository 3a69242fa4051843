"""Histories of three laptops and a server with every fault there is; a seed that fails replays alone."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import conftest
import ends
import pytest
from simulation import checks, history, made

from carebook.actions.add_person import NewPerson, add_person
from carebook.desk import Desk
from carebook.sync.cycle import run_cycle

DAILY, CAMPAIGN, STEPS = 40, 2000, 24
MEMORY = Path("/dev/shm")


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """In memory where there is such a place: a history is about commits, not about the disk."""
    made_in = Path(tempfile.mkdtemp(prefix="s", dir=MEMORY if MEMORY.is_dir() else None))
    yield made_in
    shutil.rmtree(made_in, ignore_errors=True)


@pytest.fixture(scope="module")
def template(folder: Path) -> made.Template:
    """A council that every history begins with."""
    return made.make(folder / "template")


def survey(seeds: range, template: made.Template, folder: Path, steps: int = STEPS) -> dict[str, int]:
    """Live through these histories; fails with the first seed after which something is not as it should be."""
    lived: dict[str, int] = {}
    for seed in seeds:
        found, lived_here = one(seed, template, folder / f"h{seed}", steps)
        assert not found, f"seed {seed} with {steps} steps: " + "; ".join(found[:5])
        for name, number in lived_here.items():
            lived[name] = lived.get(name, 0) + number
    return lived


def one(seed: int, template: made.Template, folder: Path, steps: int) -> tuple[list[str], dict[str, int]]:
    """What is wrong after one history, and how much happened in it."""
    folder.mkdir()
    lived = history.run(seed, template, folder, steps)
    try:
        return checks.violations(lived), {"rows": len(lived.truth.saved), "restores": lived.restores}
    finally:
        history.close(lived)
        shutil.rmtree(folder)


def test_no_history_loses_doubles_hides_or_leaks_anything(
    template: made.Template, folder: Path, figure: conftest.Figure
) -> None:
    lived = survey(range(DAILY), template, folder)
    figure("histories of three laptops and a server", DAILY)
    figure("rows written in them, none lost, doubled, hidden or left behind", lived["rows"])


@pytest.mark.full
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("start", range(1000, 1000 + CAMPAIGN, 100))
def test_no_history_of_a_campaign_does_either(
    template: made.Template, folder: Path, start: int, figure: conftest.Figure
) -> None:
    lived = survey(range(start, start + 100), template, folder, steps=40)
    figure(f"histories from seed {start}", 100)
    figure("rows written in them", lived["rows"])


def test_someone_added_here_who_left_before_the_server_was_heard_is_gone(small_council: ends.Council) -> None:
    laptop = small_council.laptop()
    laptop.sync()
    with Desk(laptop.store).work("add_person") as work:
        person = add_person(work, NewPerson(family="Sample", given="Sam", needs_answer="not asked", needs_reason="rush"))
    seen: list[str] = []
    run_cycle(laptop.store, progress=lambda step, done, total: seen.append(step), is_cancelled=lambda: "trace" in seen)
    small_council.end_allocation(laptop.worker, person)
    assert laptop.sync().people_removed == (person,)
    assert laptop.ledger_ids(person) == set()
