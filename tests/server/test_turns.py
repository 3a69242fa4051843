"""A device that asks too often is told when to come back, and the others are served meanwhile."""

from __future__ import annotations

import ends
import pytest

from carebook.errors import ServerBusy
from carebook.server.refusal import Refusal
from carebook.server.turns import AT_ONCE, PER_SECOND, REMEMBERED, Turns
from carebook.sync import wire
from carebook.sync.client import Client


class Seconds:
    """A clock that stands until it is moved."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def spent(turns: Turns, device: str) -> None:
    for _ in range(AT_ONCE):
        turns.take(device)


def ask_without_end(client: Client) -> None:
    for _ in range(AT_ONCE * 3):
        client.call("check", wire.Check(units=()), wire.Checked)


def test_a_device_that_has_asked_too_often_waits_and_then_has_its_turn() -> None:
    seconds = Seconds()
    turns = Turns(seconds)
    spent(turns, "one")
    for _ in range(3):  # asking on makes it no worse
        with pytest.raises(Refusal) as told:
            turns.take("one")
        assert (told.value.status, told.value.code, told.value.seconds) == (429, "busy", 1)
    turns.take("another")
    seconds.now += 1
    for _ in range(round(PER_SECOND)):
        turns.take("one")
    with pytest.raises(Refusal):
        turns.take("one")


def test_rest_gives_back_no_more_than_there_was() -> None:
    seconds = Seconds()
    turns = Turns(seconds)
    turns.take("one")
    seconds.now += 1_000_000
    spent(turns, "one")
    with pytest.raises(Refusal):
        turns.take("one")


def test_the_memory_of_devices_is_bounded() -> None:
    turns = Turns(Seconds())
    for number in range(REMEMBERED + 5):
        turns.take(str(number))
    assert len(turns._left) == REMEMBERED


def test_a_laptop_hears_that_it_asked_too_often_and_a_colleague_is_served(small_council: ends.Council) -> None:
    greedy, other = small_council.laptop(), small_council.laptop()
    with greedy.client() as client, pytest.raises(ServerBusy) as told:
        ask_without_end(client)
    assert told.value.seconds >= 1
    assert other.sync().is_clean
