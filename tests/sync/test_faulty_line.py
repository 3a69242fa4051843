"""Laptops in processes of their own behind a line that cuts, slows, doubles, delays and refuses."""

from __future__ import annotations

from contextlib import ExitStack

import conftest
import ends
import pytest
from faulty_line import FAULTS, faulty_line
from laptop_process import check, lives, settle

pytestmark = pytest.mark.timeout(600)


def sync_through(council: ends.Council, laptops: int, rounds: int, seed: int) -> tuple[dict[str, int], int]:
    """So many laptops write and sync over a bad line; returns the faults by name, and how many rows are at both ends."""
    port = int(council.address.rpartition(":")[2])
    with faulty_line(port, seed) as line, ExitStack() as stack:
        here = [stack.enter_context(lives(council.laptop())) for _ in range(laptops)]
        for process in here:
            process.use(line.port)
            process.start(rounds)
        for process in here:
            process.hear_all()
            assert process.said["done"] == 1
            process.end()
        settled = [(process, settle(process, port)) for process in here]
        rows = sum(check(council, process, laptop) for process, laptop in settled)
    assert rows == laptops * rounds * 3
    return line.counted, rows


def test_nothing_is_lost_or_doubled_over_a_faulty_line(council: ends.Council, figure: conftest.Figure) -> None:
    counted, rows = sync_through(council, laptops=2, rounds=32, seed=1)
    figure("faults on the line between two laptops and a server", sum(counted.values()), "at least 30 on each engine")
    figure("rows sent over it, none lost or doubled", rows)
    assert sum(counted.values()) >= 30
    assert len(set(counted) & set(FAULTS)) >= 5


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_five_hundred_faults_lose_nothing(council: ends.Council, figure: conftest.Figure) -> None:
    counted, rows = sync_through(council, laptops=4, rounds=250, seed=2)
    figure("faults on the line between four laptops and a server", sum(counted.values()), "at least 500")
    figure("rows sent over it, none lost or doubled", rows)
    assert sum(counted.values()) >= 500
