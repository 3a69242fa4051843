"""Real processes killed while they write, sync and serve: nothing lost, nothing doubled, nothing left in plain."""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import conftest
import ends
import pytest
from laptop_process import LaptopProcess, check, lives, settle

ROUNDS = 10_000


@pytest.fixture
def mortal(new_database: Callable[[], str]) -> Iterator[ends.Council]:
    """A council of this test's own, whose server may be killed."""
    folder = Path(tempfile.mkdtemp(prefix="c"))
    try:
        with ends.council(folder, new_database()) as found:
            yield found
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def port_of(council: ends.Council) -> int:
    """Where the server listens."""
    return int(council.address.rpartition(":")[2])


def kill_laptop(council: ends.Council, process: LaptopProcess, rng: random.Random) -> None:
    """It lives for a while, and is killed at any moment."""
    process.start(ROUNDS)
    assert process.hear() == "saved"
    time.sleep(rng.uniform(0.02, 0.5))
    process.kill()


def kill_server(council: ends.Council, process: LaptopProcess, rng: random.Random) -> None:
    """The server is killed under a laptop that goes on, comes back on the same port, and the laptop reaches it again."""
    process.start(ROUNDS)
    assert process.hear() == "saved"
    time.sleep(rng.uniform(0.05, 0.6))
    assert council.process
    port = port_of(council)
    council.process.kill()
    council.start(port)
    process.kill()


def live_and_die(council: ends.Council, laptop_kills: int, server_kills: int, seed: int) -> tuple[int, int]:
    """A laptop and its server, killed so often; returns how many rows there are, all of them at both ends."""
    rng = random.Random(seed)
    with lives(council.laptop()) as process:
        deaths = [kill_laptop] * laptop_kills + [kill_server] * server_kills
        for death in rng.sample(deaths, len(deaths)):
            death(council, process, rng)
        laptop = settle(process, port_of(council))
        return check(council, process, laptop), len(process.saved)


def test_nothing_is_lost_or_doubled_when_laptop_and_server_are_killed(
    mortal: ends.Council, figure: conftest.Figure
) -> None:
    rows, saved = live_and_die(mortal, laptop_kills=3, server_kills=1, seed=1)
    assert rows >= saved >= 8
    figure("rows after 4 kills of a laptop and 1 of its server, the same at both ends", rows)


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_a_campaign_of_kills_loses_nothing(mortal: ends.Council, figure: conftest.Figure) -> None:
    rows, saved = live_and_die(mortal, laptop_kills=80, server_kills=35, seed=2)
    assert rows >= saved > 200
    figure("rows after 115 kills of a laptop and 35 of its server, the same at both ends", rows)
