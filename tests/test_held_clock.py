"""The held clock keeps the promises of the real one."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest
from held_clock import HeldClock

from carebook.clock import Clock


def test_it_stands_still_until_moved(held_clock: HeldClock) -> None:
    assert isinstance(held_clock, Clock)
    before, ticks = held_clock.now(), held_clock.monotonic()
    assert held_clock.now() == before
    assert held_clock.move(timedelta(minutes=5)) == before + timedelta(minutes=5) == held_clock.now()
    assert held_clock.monotonic() == ticks + 300


def test_the_wall_clock_can_be_set_wrong_and_the_monotonic_one_does_not_notice(held_clock: HeldClock) -> None:
    ticks = held_clock.monotonic()
    held_clock.show(datetime(1999, 1, 1, tzinfo=UTC))
    assert held_clock.now().year == 1999
    assert held_clock.monotonic() == ticks


def test_time_does_not_pass_backward(held_clock: HeldClock) -> None:
    with pytest.raises(ValueError, match="does not go back"):
        held_clock.move(timedelta(seconds=-1))
    with pytest.raises(ValueError, match="aware"):
        held_clock.show(datetime(2026, 1, 1))


def test_ids_are_version_7_in_order_and_the_same_on_every_run(held_clock: HeldClock) -> None:
    ahead = list(islice(held_clock.ids(), 2))
    given = [held_clock.new_id(), held_clock.new_id()]
    held_clock.move(timedelta(milliseconds=1))
    given.append(held_clock.new_id())
    assert given[:2] == ahead
    assert given == sorted(set(given))
    assert {(uuid.UUID(i).version, uuid.UUID(i).variant) for i in given} == {(7, uuid.RFC_4122)}
    assert HeldClock().new_id() == given[0]
    assert int(given[0].replace("-", "")[:12], 16) == HeldClock().now().timestamp() * 1000
