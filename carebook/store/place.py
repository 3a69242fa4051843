"""The folder of one worker's store on one device: what lies where, who may open it, and setting an unreadable store aside."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

from carebook.clock import Clock
from carebook.errors import DiskFull, StoreInUse, StoreMissing
from carebook.store import files
from carebook.store.seals import Seals

BALLAST_BYTES: Final = 4 * 1024 * 1024
ASIDE: Final = "set-aside-"
MOVING: Final = ".moving"
STORE_FILES: Final = ("store.db", "store.db-wal", "store.db-shm", "slot.json")

if sys.platform == "win32":
    import msvcrt

    def _lock(number: int) -> None:
        msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(number: int) -> None:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)


@dataclass(frozen=True, slots=True)
class Place:
    """A store's folder and the names in it."""

    folder: Path

    @property
    def store(self) -> Path:
        """The encrypted store; its log lies beside it."""
        return self.folder / "store.db"

    @property
    def slot(self) -> Path:
        """The store's key, wrapped."""
        return self.folder / "slot.json"

    @property
    def seals(self) -> Seals:
        """Sealed copies of what has not reached the server."""
        return Seals(self.folder / "seals")

    @property
    def lock(self) -> Path:
        """Held by the window that has the store open."""
        return self.folder / "lock"

    @property
    def ballast(self) -> Path:
        """Room kept back for audit rows and purges when the disk is full."""
        return self.folder / "ballast"


@contextmanager
def held(place: Place) -> Iterator[None]:
    """This process alone works in the place until the block ends or the process does, however it ends; else StoreInUse.

    Finishes a setting aside that was cut short.
    """
    number = _take(place)
    try:
        _finish_setting_aside(place)
        yield
    finally:
        os.close(number)


def set_aside(place: Place, clock: Clock) -> Path:
    """The store with its log and its slot lie, unaltered, in a new folder beside; returns the folder. Seals stay.

    Never overwrites; cut short, it is finished by the next `held`. Call it within `held`, with no engine open.
    Raises StoreMissing when there is nothing to set aside.
    """
    if not any((place.folder / name).exists() for name in STORE_FILES):
        raise StoreMissing("set-aside")
    moving = _free_name(place, clock)
    try:
        moving.mkdir(mode=0o700)
        return _move_into(place, moving)
    except OSError as error:
        raise files.problem(error) from None


def set_aside_folders(place: Place) -> tuple[Path, ...]:
    """The folders of stores that were set aside, oldest first."""
    return tuple(sorted(path for path in place.folder.glob(f"{ASIDE}*") if path.is_dir() and path.suffix != MOVING))


def release_ballast(place: Place) -> None:
    """The room kept back is free."""
    files.remove(place.ballast)


def restore_ballast(place: Place) -> bool:
    """Room is kept back again; False while the disk has less than twice that free."""
    if place.ballast.exists() and place.ballast.stat().st_size == BALLAST_BYTES:
        return True
    if shutil.disk_usage(place.folder).free < 2 * BALLAST_BYTES:
        return False
    try:
        files.replace(place.ballast, os.urandom(BALLAST_BYTES))  # a disk that compresses would keep nothing back for zeros
    except DiskFull:
        return False
    return True


def _take(place: Place) -> int:
    try:
        place.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        number = os.open(place.lock, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise files.problem(error) from None
    try:
        _lock(number)
    except OSError:
        os.close(number)
        raise StoreInUse from None
    return number


def _finish_setting_aside(place: Place) -> None:
    try:
        for moving in sorted(place.folder.glob(f"{ASIDE}*{MOVING}")):
            _move_into(place, moving)
    except OSError as error:
        raise files.problem(error) from None


def _free_name(place: Place, clock: Clock) -> Path:
    stamp = clock.now().strftime("%Y%m%dT%H%M%SZ")
    folders = (place.folder / f"{ASIDE}{stamp}-{number}" for number in count(1))
    return Path(f"{next(folder for folder in folders if not folder.exists())}{MOVING}")


def _move_into(place: Place, moving: Path) -> Path:
    """Each file goes by a rename of its own, the folder takes its name last."""
    for name in STORE_FILES:
        old, new = place.folder / name, moving / name
        if old.exists() and not new.exists():
            old.rename(new)
    files.sync_folder(moving)
    done = moving.with_suffix("")
    moving.rename(done)
    files.sync_folder(place.folder)
    return done
