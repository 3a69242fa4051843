"""Nobody weakens a key slot, or gets another key out of it, by altering the file."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import random
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from untouched import untouched

from carebook.errors import (
    DeviceKeyMissing,
    SlotUnreadable,
    WrongPassphrase,
)
from carebook.store.keys import (
    LEAST,
    Owner,
    make_slot,
    open_slot,
    read_header,
)

ROOT = str(Path(__file__).resolve().parents[2])
OWNER = Owner(worker="0192f3c4-0000-7000-8000-000000000001", worker_name="Ama Boateng", device="laptop-7")
DEVICE_KEY = bytes(range(32))
OLD, NEW = "a kettle on the hob", "two herons by the lock"


@pytest.fixture
def slot(home: Path) -> Path:
    return home / "slot.json"


def made(slot: Path, device_key: bytes | None = DEVICE_KEY) -> bytes:
    return make_slot(slot, OWNER, OLD, device_key, stretch=LEAST)


def resealed(slot: Path, change: Callable[[dict], None]) -> None:
    """The slot as an attacker writes it: the header changed and the digest made to fit."""
    first, second, *_ = slot.read_bytes().split(b"\n")
    told = json.loads(first)
    change(told)
    write_lines(slot, json.dumps(told, sort_keys=True, separators=(",", ":")).encode(), second)


def write_lines(slot: Path, first: bytes, second: bytes) -> None:
    digest = hashlib.sha256(first + b"\n" + second).hexdigest().encode()
    slot.write_bytes(b"\n".join((first, second, digest, b"")))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("memory_kib", LEAST.memory_kib - 1),
        ("memory_kib", 8),
        ("memory_kib", 2 * 1024 * 1024 + 1),
        ("memory_kib", float(LEAST.memory_kib)),
        ("memory_kib", "65536"),
        ("passes", 2),
        ("passes", 11),
        ("passes", True),
        ("lanes", 0),
        ("lanes", 17),
        ("other", 1),
    ],
)
def test_a_weaker_or_absurd_stretch_is_not_even_tried(slot: Path, name: str, value: object) -> None:
    made(slot)
    resealed(slot, lambda told: told["stretch"].update({name: value}))
    begun = time.process_time()
    with untouched(slot.parent), pytest.raises(SlotUnreadable):
        open_slot(slot, OLD, DEVICE_KEY)
    assert time.process_time() - begun < 0.05


def test_a_slot_made_weaker_for_a_test_is_refused_by_the_reader(slot: Path) -> None:
    make_slot(slot, OWNER, OLD, None, stretch=dataclasses.replace(LEAST, memory_kib=1024))
    with pytest.raises(SlotUnreadable, match="stretch"):
        open_slot(slot, OLD, None)


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told["owner"].update(worker="another"),
        lambda told: told["owner"].update(worker_name="Another Name"),
        lambda told: told["owner"].update(device="another"),
        lambda told: told.update(generation=2),
        lambda told: told.update(device_key=False),
        lambda told: told["stretch"].update(passes=4),
        lambda told: told.update(salt="00" * 16),
        lambda told: told.update(more="words"),
    ],
)
def test_the_key_is_bound_to_every_word_of_the_header(slot: Path, change: Callable[[dict], None]) -> None:
    made(slot)
    resealed(slot, change)
    with pytest.raises(WrongPassphrase):
        open_slot(slot, OLD, DEVICE_KEY)


@pytest.mark.parametrize(
    "content",
    [b"", b"\n\n\n", b"{}", b"\0" * 400, b"[1]\n00\n", b"x" * 70000, b"\xff\xfe\n\xff\n\xff\n"],
)
def test_a_file_that_is_no_slot_is_unreadable(slot: Path, content: bytes) -> None:
    slot.write_bytes(content)
    for use in (lambda: read_header(slot), lambda: open_slot(slot, OLD, DEVICE_KEY)):
        with untouched(slot.parent), pytest.raises(SlotUnreadable):
            use()


@pytest.mark.parametrize("first", [b"{}", b"[]", b"1", b"{", b'{"version":1}', b'{"version":2}', b'{"version":1,"owner":3}'])
def test_a_header_that_says_something_else_is_unreadable(slot: Path, first: bytes) -> None:
    write_lines(slot, first, b"00" * 60)
    with pytest.raises(SlotUnreadable):
        read_header(slot)


@pytest.mark.parametrize(
    "change",
    [
        lambda line: b"zz" + line[2:],
        lambda line: b"\xff\xff" + line[2:],
        lambda line: b"",
        lambda line: line[:40],
        lambda line: line + b"00",
        lambda line: line.upper(),
        lambda line: line[:60] + b" " + line[60:],
    ],
)
def test_a_sealed_key_is_written_in_one_way_only(slot: Path, change: Callable[[bytes], bytes]) -> None:
    made(slot)
    first, second, *_ = slot.read_bytes().split(b"\n")
    write_lines(slot, first, change(second))
    with pytest.raises(SlotUnreadable, match="damaged"):
        open_slot(slot, OLD, DEVICE_KEY)


def test_a_slot_that_is_not_there_or_a_folder_is_unreadable(slot: Path) -> None:
    with pytest.raises(SlotUnreadable, match="missing"):
        open_slot(slot, OLD, None)
    slot.mkdir()
    with pytest.raises(SlotUnreadable, match="read"):
        open_slot(slot, OLD, None)


def keys_out_of_tampered_slots(slot: Path, times: int, seed: int, *, refit_digest: bool) -> list[bytes]:
    """What single flipped bits opened to; with the digest made to fit, only the wrapping itself stands in the way."""
    rng, whole, opened = random.Random(seed), slot.read_bytes(), []
    length = len(whole) - (66 if refit_digest else 0)
    for _ in range(times):
        place = rng.randrange(length)
        altered = whole[:place] + bytes([whole[place] ^ 1 << rng.randrange(8)]) + whole[place + 1 :]
        slot.write_bytes(altered)
        lines = altered.split(b"\n")
        if refit_digest and len(lines) == 4:
            write_lines(slot, lines[0], lines[1])
        with suppress(SlotUnreadable, WrongPassphrase, DeviceKeyMissing):
            opened.append(open_slot(slot, OLD, DEVICE_KEY))
    slot.write_bytes(whole)
    return opened


def test_no_flipped_bit_opens_the_slot(slot: Path, figure) -> None:
    made(slot)
    assert keys_out_of_tampered_slots(slot, 500, 11, refit_digest=False) == []
    figure("flipped bits in the key slot that opened it", "0 of 500", 0)


def test_no_flipped_bit_gives_a_wrong_key_even_when_the_digest_fits(slot: Path, figure) -> None:
    key = made(slot)
    assert set(keys_out_of_tampered_slots(slot, 30, 12, refit_digest=True)) <= {key}
    figure("flipped bits in the key slot, digest refitted, that gave a wrong key", "0 of 30", 0)


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_no_flipped_bit_of_the_campaign_gives_a_wrong_key(slot: Path, figure) -> None:
    key = made(slot)
    assert set(keys_out_of_tampered_slots(slot, 1000, 13, refit_digest=True)) <= {key}
    figure("flipped bits in the key slot, digest refitted, that gave a wrong key", "0 of 1000", 0)
