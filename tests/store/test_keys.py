"""The key slot opens with the passphrase and the keyring's half, and nothing else opens it or a weaker copy of it."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from untouched import untouched

from carebook.errors import (
    DeviceKeyMissing,
    KeyMalformed,
    PassphraseTooWeak,
    SlotUnreadable,
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


CHANGING = """
import sys
from pathlib import Path
from carebook.store.keys import LEAST, change_passphrase
slot, phrases = Path(sys.argv[1]), sys.argv[2:4]
while True:
    print("begun", flush=True)
    change_passphrase(slot, *phrases, None, stretch=LEAST)
    print("done", flush=True)
    phrases.reverse()
"""


def killed_while_changing(slot: Path, times: int, seed: int) -> int:
    """How many of the kills met a change under way; after each, the slot opens to the same key, old or new."""
    rng, key, met = random.Random(seed), make_slot(slot, OWNER, OLD, None, stretch=LEAST), 0
    now, then = OLD, NEW
    for _ in range(times):
        child = subprocess.Popen(
            [sys.executable, "-c", CHANGING, str(slot), now, then],
            env={**os.environ, "PYTHONPATH": ROOT},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(rng.uniform(0.0, 0.6))
        child.send_signal(signal.SIGKILL)
        heard = ["begun", *child.stdout.read().split()]
        child.stdout.close()
        child.wait()
        met += heard[-1] == "begun"
        acknowledged = (now, then)[heard.count("done") % 2]
        opens = [phrase for phrase in (now, then) if opened(slot, phrase) == key]
        assert len(opens) == 1
        assert heard[-1] == "begun" or opens == [acknowledged]
        now, then = opens[0], NEW if opens[0] == OLD else OLD
    return met


def opened(slot: Path, passphrase: str) -> bytes | None:
    try:
        return open_slot(slot, passphrase, None)
    except WrongPassphrase:
        return None


def test_a_kill_while_the_passphrase_is_changed_leaves_the_old_or_the_new_one(slot: Path, figure) -> None:
    assert killed_while_changing(slot, 15, seed=21) > 0
    figure("kills while changing the passphrase that left a slot that opens", "15 of 15", 15)


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_many_kills_while_the_passphrase_is_changed_leave_the_old_or_the_new_one(slot: Path, figure) -> None:
    assert killed_while_changing(slot, 300, seed=22) > 0
    figure("kills while changing the passphrase that left a slot that opens", "300 of 300", 300)


KILLED_AT = """
import os, signal, sys
from pathlib import Path
from carebook.store.keys import LEAST, change_passphrase
point, calls = int(sys.argv[4]), 0
def counted(real):
    def call(*given):
        global calls
        for _ in range(2):
            if calls == point:
                os.kill(os.getpid(), signal.SIGKILL)
            calls += 1
            answer = real(*given) if calls % 2 else answer
        return answer
    return call
os.fsync, Path.replace = counted(os.fsync), counted(Path.replace)
change_passphrase(Path(sys.argv[1]), sys.argv[2], sys.argv[3], None, stretch=LEAST)
"""


@pytest.mark.parametrize(("point", "opens"), [(0, OLD), (1, OLD), (2, OLD), (3, NEW), (4, NEW), (5, NEW), (6, NEW)])
def test_a_kill_at_any_step_of_the_replacement_leaves_the_old_or_the_new_passphrase(slot: Path, point: int, opens: str) -> None:
    """Before and after the file is synced, renamed and its folder synced; at the sixth it has ended by itself."""
    key = make_slot(slot, OWNER, OLD, None, stretch=LEAST)
    child = subprocess.run(
        [sys.executable, "-c", KILLED_AT, str(slot), OLD, NEW, str(point)],
        env={**os.environ, "PYTHONPATH": ROOT},
        timeout=60,
        check=False,
    )
    assert child.returncode == (0 if point == 6 else -signal.SIGKILL)
    assert open_slot(slot, opens, None) == key
    change_passphrase(slot, opens, "the kettle is back on", None, stretch=LEAST)
    assert open_slot(slot, "the kettle is back on", None) == key


FULL_DISK = """
import resource, sys
from pathlib import Path
from carebook.errors import DiskFull
from carebook.store.keys import LEAST, change_passphrase
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
try:
    change_passphrase(Path(sys.argv[1]), sys.argv[2], sys.argv[3], None, stretch=LEAST)
except DiskFull:
    print("full")
"""


def test_a_full_disk_leaves_the_old_passphrase(slot: Path) -> None:
    key = made(slot, None)
    with untouched(slot.parent):
        answer = subprocess.run(
            [sys.executable, "-B", "-c", FULL_DISK, str(slot), OLD, NEW],
            env={**os.environ, "PYTHONPATH": ROOT},
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
    assert answer.stdout == "full\n"
    assert open_slot(slot, OLD, None) == key


def test_device_keys_are_new_each_time() -> None:
    assert len({new_device_key() for _ in range(10)}) == 10
    assert {len(new_device_key())} == {32}
