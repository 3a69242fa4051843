"""One window at a time, and a store that cannot be read is set aside whole."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest
from untouched import prints

from carebook.errors import OutcomeUnknown, StoreInUse, StoreMissing
from carebook.store.place import (
    BALLAST_BYTES,
    Place,
    held,
    release_ballast,
    restore_ballast,
    set_aside,
    set_aside_folders,
)

ROOT = str(Path(__file__).resolve().parents[2])
HOLDING = """
import sys, time
from pathlib import Path
from carebook.errors import StoreInUse
from carebook.store.place import Place, held
try:
    with held(Place(Path(sys.argv[1]))):
        print("held", flush=True)
        sys.stdin.read()
except StoreInUse:
    print("in use", flush=True)
"""


@pytest.fixture
def place(home: Path) -> Place:
    return Place(home / "stores" / "one")


@pytest.fixture
def filled(place: Place) -> Place:
    place.folder.mkdir(parents=True)
    for name in ("store.db", "store.db-wal", "store.db-shm", "slot.json"):
        (place.folder / name).write_bytes(f"what was in {name}".encode())
    return place


def another_window(place: Place) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(place.folder)],
        env={**os.environ, "PYTHONPATH": ROOT},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def heard(window: subprocess.Popen[str]) -> str:
    assert window.stdout is not None
    return window.stdout.readline().strip()


def test_what_lies_where(place: Place) -> None:
    assert (place.store.name, place.slot.name, place.lock.name) == ("store.db", "slot.json", "lock")
    assert place.seals.folder == place.folder / "seals"


def test_a_second_window_finds_the_store_in_use(place: Place) -> None:
    with held(place):
        second = another_window(place)
        assert heard(second) == "in use"
        second.communicate()
        with pytest.raises(StoreInUse), held(place):
            pytest.fail("held twice")
    with held(place):
        assert place.folder.stat().st_mode & 0o077 == 0


def test_a_window_that_was_killed_holds_nothing(place: Place) -> None:
    first = another_window(place)
    assert heard(first) == "held"
    with pytest.raises(StoreInUse), held(place):
        pytest.fail("held twice")
    first.kill()
    first.communicate()
    with held(place):
        pass


def test_a_window_that_starts_itself_anew_holds_nothing_in_between(place: Place) -> None:
    anew = "import os, sys; sys.argv.insert(0, '-')\n" + HOLDING.replace(
        'print("held", flush=True)',
        'os.execv(sys.executable, [sys.executable, "-c", "import sys; print(\\"anew\\", flush=True); sys.stdin.read()"])',
    ).replace("sys.argv[1]", "sys.argv[2]")
    first = subprocess.Popen(
        [sys.executable, "-c", anew, str(place.folder)],
        env={**os.environ, "PYTHONPATH": ROOT},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert heard(first) == "anew"
    with held(place):
        pass
    first.communicate()


def test_a_place_that_cannot_be_made_is_told(home: Path) -> None:
    (home / "stores").write_bytes(b"")
    with pytest.raises(OutcomeUnknown), held(Place(home / "stores" / "one")):
        pytest.fail("held nothing")


def test_an_unreadable_store_is_set_aside_whole_and_its_seals_stay(filled: Place, held_clock) -> None:
    op_id = held_clock.new_id()
    filled.seals.put(op_id, b"sealed")
    before = prints(filled.folder)
    with held(filled):
        aside = set_aside(filled, held_clock)
    assert aside.name == "set-aside-20260310T093000Z-1"
    kept = {name: what for name, what in before.items() if not name.startswith("seals")}
    assert prints(aside) == kept
    assert not filled.store.exists()
    assert not filled.slot.exists()
    assert filled.seals.ids() == (op_id,)
    assert set_aside_folders(filled) == (aside,)


def test_nothing_set_aside_is_ever_overwritten(filled: Place, held_clock) -> None:
    with held(filled):
        first = set_aside(filled, held_clock)
        before = prints(first)
        filled.store.write_bytes(b"another store")
        second = set_aside(filled, held_clock)
    assert first != second
    assert prints(first) == before
    assert (second / "store.db").read_bytes() == b"another store"
    assert set_aside_folders(filled) == (first, second)


def test_there_is_nothing_to_set_aside_twice(filled: Place, held_clock) -> None:
    with held(filled):
        set_aside(filled, held_clock)
        with pytest.raises(StoreMissing):
            set_aside(filled, held_clock)


@pytest.mark.parametrize("moved", range(5))
def test_a_setting_aside_that_was_cut_short_is_finished(filled: Place, held_clock, moved: int) -> None:
    before = prints(filled.folder)
    moving = filled.folder / "set-aside-20260310T093000Z-1.moving"
    moving.mkdir()
    for name in ("store.db", "store.db-wal", "store.db-shm", "slot.json")[:moved]:
        shutil.move(filled.folder / name, moving / name)
    assert set_aside_folders(filled) == ()
    with held(filled):
        (aside,) = set_aside_folders(filled)
    assert prints(aside) == before
    assert {path.name for path in filled.folder.iterdir()} == {"lock", aside.name}


def test_the_ballast_is_released_and_restored(place: Place) -> None:
    with held(place):
        assert restore_ballast(place)
        assert place.ballast.stat().st_size == BALLAST_BYTES
        assert place.ballast.stat().st_blocks * 512 >= BALLAST_BYTES, "it takes up its room on the disk"
        release_ballast(place)
        release_ballast(place)
        assert not place.ballast.exists()
        assert restore_ballast(place)
        inode = place.ballast.stat().st_ino
        assert restore_ballast(place)
        assert place.ballast.stat().st_ino == inode


def test_no_ballast_is_taken_from_a_disk_that_has_little_left(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**9, 10**9, 2 * BALLAST_BYTES - 1))
    with held(place):
        assert not restore_ballast(place)
    assert not place.ballast.exists()
