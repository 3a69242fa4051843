"""A home with an encrypted store in it, behind a passphrase, for the screens before and after the unlock."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from made_desk import MONDAY, STAFF, arrive, staff_row
from made_people import Caseload, make_caseload

from carebook.clock import Clock, clock_starting_at
from carebook.desk import Desk
from carebook.settings import Settings
from carebook.store.keys import LEAST, Owner, make_slot
from carebook.store.opening import create_store
from carebook.store.place import Place, held
from carebook.store.work import Identity

PASSPHRASE = "four words that differ"
DEVICE = "dev-0001"


@dataclass(frozen=True)
class MadeHome:
    """Where it is, whose it is, and the store's key."""

    settings: Settings
    clock: Clock
    place: Place
    key: bytes
    people: Caseload | None

    def desk(self) -> Desk:
        """The store, opened beside carebook: lock it when done."""
        from carebook.store.opening import open_store

        return Desk(open_store(self.place, self.key, self.clock))


def make_home(
    folder: Path, clock: Clock | None = None, *, worker: str = "p.osei", device: str = DEVICE, is_peopled: bool = False
) -> MadeHome:
    """A store of a worker of STAFF below `folder`, with the invented caseload if it is peopled, closed again.

    Without a clock of the test's own, one that is written once is copied.
    """
    if clock is not None:
        return _make(folder, clock, worker, device, is_peopled)
    first = _first(worker, device, is_peopled)
    shutil.copytree(first.settings.home, folder, dirs_exist_ok=True)
    settings = replace(first.settings, home=folder)
    return replace(first, settings=settings, clock=clock_starting_at(MONDAY), place=Place(settings.stores / device))


@cache
def _first(worker: str, device: str, is_peopled: bool) -> MadeHome:
    folder = Path(tempfile.mkdtemp(prefix="home"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return _make(folder, clock_starting_at(MONDAY), worker, device, is_peopled)


def _make(folder: Path, clock: Clock, worker: str, device: str, is_peopled: bool) -> MadeHome:
    settings = Settings(home=folder, keyring="none")
    place = Place(settings.stores / device)
    name, role, _, _ = STAFF[worker]
    with held(place):
        key = make_slot(place.slot, Owner(worker, name, device), PASSPHRASE, None, stretch=LEAST)
        store = create_store(place, key, clock, Identity(worker, name, role, device, demonstration=True), {})
        try:
            desk = Desk(store)
            arrive(desk, *(staff_row(desk, one) for one in STAFF))
            people = make_caseload(desk) if is_peopled else None
        finally:
            store.lock()
    return MadeHome(settings, clock, place, key, people)
