"""The key slot opens with the passphrase and the keyring's half, and nothing else opens it or a weaker copy of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from untouched import untouched

from carebook.errors import (
    DeviceKeyMissing,
    KeyMalformed,
    PassphraseTooWeak,
    StoreExists,
    WrongPassphrase,
)
from carebook.store.keys import (
    LEAST,
    USUAL,
    Owner,
    change_passphrase,
    check_passphrase,
    make_slot,
    new_device_key,
    open_slot,
    read_header,
)

ROOT = str(Path(__file__).resolve().parents[2])
OWNER = Owner(worker="0192f3c4-0000-7000-8000-000000000001", worker_name="Ama Boateng", device="laptop-7")
DEVICE_KEY = bytes(range(32))
OLD, NEW = "a kettle on the hob", "two herons by the lock"

# Written by version 1; a later version still opens it.
FIRST_RELEASE = (
    b'{"device_key":true,"format":"carebook slot","generation":1,"owner":{"device":"laptop-7","worker":"01'
    b'92f3c4-0000-7000-8000-000000000001","worker_name":"Ama Boateng"},"salt":"772050e726bbd38d6a9f427104a'
    b'd90de","stretch":{"lanes":1,"memory_kib":65536,"passes":3},"version":1}\n'
    b"64722aa3e3e45397e4f2a9ccb1d5444b7d950eece30f9fa16dc76d38419f49c71326c4cf96e4af68034b98da84412e187cc7"
    b"b24d964b980c67099ae7\n"
    b"7b9439dc866c3bb9e577ecb74dfcc959ffc8c87549e6b29185ed9dd7de3aa989\n"
)


@pytest.fixture
def slot(home: Path) -> Path:
    return home / "slot.json"


def made(slot: Path, device_key: bytes | None = DEVICE_KEY) -> bytes:
    return make_slot(slot, OWNER, OLD, device_key, stretch=LEAST)


def test_the_slot_opens_with_passphrase_and_device_key(slot: Path) -> None:
    key = made(slot)
    assert len(key) == 32
    assert open_slot(slot, OLD, DEVICE_KEY) == key
    assert slot.stat().st_mode & 0o077 == 0


def test_a_slot_made_as_usual_is_stretched_as_the_rule_says(slot: Path) -> None:
    assert (USUAL.memory_kib, USUAL.passes, USUAL.lanes) == (128 * 1024, 3, 1)
    key = make_slot(slot, OWNER, OLD, None)
    assert read_header(slot).stretch == USUAL
    assert open_slot(slot, OLD, None) == key


@pytest.mark.parametrize(("passphrase", "device_key"), [(OLD + " ", DEVICE_KEY), (OLD.title(), DEVICE_KEY), (OLD, bytes(32))])
def test_neither_half_alone_opens_the_slot(slot: Path, passphrase: str, device_key: bytes) -> None:
    made(slot)
    with untouched(slot.parent), pytest.raises(WrongPassphrase):
        open_slot(slot, passphrase, device_key)


def test_a_slot_that_needs_the_keyring_says_so(slot: Path) -> None:
    made(slot)
    assert read_header(slot).device_key
    with pytest.raises(DeviceKeyMissing):
        open_slot(slot, OLD, None)
    with pytest.raises(KeyMalformed):
        open_slot(slot, OLD, DEVICE_KEY[:16])


def test_a_slot_without_a_keyring_says_so_and_opens_with_the_passphrase_alone(slot: Path) -> None:
    key = made(slot, None)
    assert not read_header(slot).device_key
    assert open_slot(slot, OLD, None) == key
    assert open_slot(slot, OLD, DEVICE_KEY) == key


def test_whose_slot_it_is_can_be_read_without_a_secret(slot: Path) -> None:
    key = made(slot)
    header = read_header(slot)
    assert (header.owner, header.generation) == (OWNER, 1)
    text = slot.read_bytes()
    assert not any(secret in text for secret in (key, key.hex().encode(), OLD.encode(), DEVICE_KEY.hex().encode()))


def test_a_passphrase_typed_on_another_keyboard_is_the_same(slot: Path) -> None:
    key = make_slot(slot, OWNER, "caf\u00e9 at the \ufb01sh quay", None, stretch=LEAST)
    assert open_slot(slot, "cafe\u0301 at the fish quay", None) == key


def test_a_new_passphrase_wraps_the_same_key(slot: Path) -> None:
    key = made(slot)
    change_passphrase(slot, OLD, NEW, DEVICE_KEY, stretch=LEAST)
    assert open_slot(slot, NEW, DEVICE_KEY) == key
    assert read_header(slot).generation == 2
    assert read_header(slot).owner == OWNER
    with pytest.raises(WrongPassphrase):
        open_slot(slot, OLD, DEVICE_KEY)


@pytest.mark.parametrize(
    ("old", "new", "refusal"),
    [(NEW, NEW, WrongPassphrase), (OLD, "short", PassphraseTooWeak), (OLD, "password1234", PassphraseTooWeak)],
)
def test_a_change_that_is_refused_leaves_the_slot_as_it_was(slot: Path, old: str, new: str, refusal: type[Exception]) -> None:
    made(slot)
    with untouched(slot.parent), pytest.raises(refusal):
        change_passphrase(slot, old, new, DEVICE_KEY, stretch=LEAST)


def test_a_slot_is_never_made_over_another(slot: Path) -> None:
    made(slot)
    with untouched(slot.parent), pytest.raises(StoreExists):
        made(slot)


@pytest.mark.parametrize("passphrase", ["", "elevenchars", "cafe\u0301 at sea"])
def test_a_short_passphrase_is_refused(passphrase: str) -> None:
    with pytest.raises(PassphraseTooWeak, match="short"):
        check_passphrase(passphrase)


@pytest.mark.parametrize("passphrase", ["Password1234", "qwerty 123456", "aaaaaaaaaaaaaaa", "121212121212", "SocialWorker1"])
def test_a_common_passphrase_is_refused(passphrase: str) -> None:
    with pytest.raises(PassphraseTooWeak, match="common"):
        check_passphrase(passphrase)


@pytest.mark.parametrize("passphrase", [OLD, NEW, "twelve chars", "ynyshir a'r môr", "水曜日のやかんはとても熱いです"])
def test_a_long_passphrase_of_any_kind_is_taken(passphrase: str) -> None:
    check_passphrase(passphrase)


def test_a_slot_of_the_first_release_still_opens(slot: Path) -> None:
    slot.write_bytes(FIRST_RELEASE)
    assert open_slot(slot, OLD, DEVICE_KEY) == bytes(range(100, 132))


def test_device_keys_are_new_each_time() -> None:
    assert len({new_device_key() for _ in range(10)}) == 10
    assert {len(new_device_key())} == {32}
