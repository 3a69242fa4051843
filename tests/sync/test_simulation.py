"""Histories of three laptops and a server with every fault there is; a seed that fails replays alone."""

from __future__ import annotations

from pathlib import Path

import conftest
import ends
import pytest
import sqlalchemy as sa
from simulation import checks, history, made, truth
from simulation.fixtures import folder, live, template

from carebook.actions.add_person import NewPerson, add_person
from carebook.desk import Desk
from carebook.server.tables import quarantine
from carebook.sync.cycle import run_cycle

__all__ = ["folder", "template"]

DAILY, CAMPAIGN, STEPS = 24, 2000, 24


def survey(seeds: range, template: made.Template, folder: Path, steps: int = STEPS) -> int:
    """Live through these histories; fails with the first seed after which something is wrong; how many rows were written."""
    rows = 0
    for seed in seeds:
        found, lived = live(seed, template, folder, steps)
        assert not found, f"seed {seed} with {steps} steps: " + "; ".join(found[:5])
        rows += len(lived.truth.saved)
    return rows


def test_no_history_loses_doubles_hides_or_leaks_anything(
    template: made.Template, folder: Path, figure: conftest.Figure
) -> None:
    rows = survey(range(DAILY), template, folder)
    figure("histories of three laptops and a server", DAILY)
    figure("rows written in them, none lost, doubled, hidden or left behind", rows)


@pytest.mark.parametrize("seed", range(2))
def test_clocks_years_off_change_no_outcome(template: made.Template, folder: Path, seed: int) -> None:
    told = [outcomes(seed, template, folder / f"{seed}-{wrong}", wrong_clocks=wrong) for wrong in (False, True)]
    assert len(told[0]) > 20
    assert told[0] == told[1]


def outcomes(seed: int, template: made.Template, place: Path, *, wrong_clocks: bool) -> dict[tuple[str, int, str], object]:
    """What became of each row at the server: whether it stands in the record, as a head, or is held back, and why."""
    place.mkdir()
    lived = history.run(seed, template, place, 40, calm=True, wrong_clocks=wrong_clocks)
    assert checks.violations(lived) == []
    rows = lived.server.ledger()
    shown = {row_id for ids in truth.heads(rows).values() for row_id in ids}
    apart = {line["row_id"]: line["code"] for line in lived.server.rows(sa.select(quarantine))}
    history.close(lived)
    return {
        (row.device_id, row.number, row.kind): (row_id in rows, row_id in shown, apart.get(row_id))
        for row_id, row in lived.truth.saved.items()
    }


@pytest.mark.full
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("start", range(1000, 1000 + CAMPAIGN, 100))
def test_no_history_of_a_campaign_does_either(
    template: made.Template, folder: Path, start: int, figure: conftest.Figure
) -> None:
    rows = survey(range(start, start + 100), template, folder, steps=40)
    figure(f"rows written in 100 histories from seed {start}", rows)


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
