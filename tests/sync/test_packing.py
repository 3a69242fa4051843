"""What may be too large or torn on the way."""

from __future__ import annotations

import msgspec
import pytest
import zstandard

from carebook.sync import packing, wire
from carebook.sync.tally import unit_digest


def test_a_message_comes_back_as_it_went() -> None:
    asked = wire.Ask(question="find-person", words={"name": "Zoë Ćwik"}, reason="ring back")
    assert packing.unpack(packing.pack(asked), wire.Ask) == asked


def test_a_small_message_that_unpacks_to_a_huge_one_is_refused_before_it_is_unpacked() -> None:
    bomb = zstandard.ZstdCompressor(level=3).compress(b" " * (packing.PLAIN_BYTES + 1))
    assert len(bomb) < 10_000
    with pytest.raises(packing.Unreadable, match="too-large"):
        packing.unpack(bomb, wire.Hello)


def test_more_bytes_than_may_travel_are_refused() -> None:
    with pytest.raises(packing.Unreadable, match="too-large"):
        packing.inflate(b"\0" * (packing.PACKED_BYTES + 1))


@pytest.mark.parametrize("cut", [0, 1, 5, 20])
def test_a_torn_message_is_malformed(cut: int) -> None:
    packed = packing.pack(wire.Pull(epoch="e", cursor=1, scope="t"))
    with pytest.raises(packing.Unreadable, match="malformed"):
        packing.unpack(packed[:cut], wire.Pull)


@pytest.mark.parametrize("plain", [b"", b"null", b"[]", b'{"v":1}', b'{"epoch":1,"cursor":0,"scope":""}', b"[" * 5000, b"\xff"])
def test_json_that_is_another_thing_is_malformed(plain: bytes) -> None:
    with pytest.raises(packing.Unreadable, match="malformed"):
        packing.decode(plain, wire.Pull)


def test_a_push_has_two_hundred_rows_at_most() -> None:
    op = wire.Op(op_id="o", row=msgspec.Raw(b"{}"))
    with pytest.raises(packing.Unreadable):
        packing.unpack(packing.pack(wire.Push(epoch="", ops=(op,) * 201)), wire.Push)


def test_the_digest_of_a_unit_is_the_same_in_any_order_and_tells_doubles() -> None:
    one, two = "1" * 64, "f" * 64
    assert unit_digest([one, two]) == unit_digest([two, one])
    assert unit_digest([one]) != unit_digest([one, one])
    assert unit_digest([]) == (0, "0" * 32)
