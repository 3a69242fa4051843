"""Delivers what a store that was set aside had not sent: its sealed copies, which the server alone can open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from carebook.errors import SlotUnreadable
from carebook.store.keys import read_header
from carebook.store.place import Place, set_aside_folders
from carebook.store.seals import Seals

if TYPE_CHECKING:
    from carebook.store.device_store import Store
    from carebook.sync import wire

UNKNOWN: Final = "unknown"
"""Stands for what only the seal itself says: which row it is, and about whom."""


def deliver_left_behind(store: Store) -> int:
    """The server has what lies sealed beside this worker's other stores here; how many seals were taken away.

    Only of folders whose store was set aside: an open store sends its own. Raises what a sync raises.
    """
    if not any(seals.ids() for seals in _seals(store)):
        return 0
    from carebook.sync import wire
    from carebook.sync.client import Client
    from carebook.sync.enrolment import read_enrolment

    with store.read() as session:
        enrolment = read_enrolment(session)
    gone = 0
    with Client(enrolment, store.clock) as client:
        for seals in _seals(store):
            for some in _pages(seals.ids(), wire.SEALS):
                had = client.call("seals", wire.Seals(seals=tuple(_seal(seals, name) for name in some)), wire.SealsHad)
                not_ours = {told.op_id for told in had.outcomes if told.code == "device"}
                for name in set(had.kept) - not_ours:
                    seals.remove(name)
                    gone += 1
    return gone


def _seal(seals: Seals, name: str) -> wire.Seal:
    from carebook.sync import wire

    return wire.Seal(seal_id=name, kind="row", item_id=UNKNOWN, person_id=UNKNOWN, sealed=seals.read(name))


def _seals(store: Store) -> Iterator[Seals]:
    """Those of folders beside this store's in which no store can be opened any more, and this worker's was set aside."""
    for folder in sorted(store.place.folder.parent.iterdir()):
        place = Place(folder)
        aside = set_aside_folders(place)
        if folder == store.place.folder or place.store.exists() or not aside:
            continue
        if all(_may_be_of(store.identity.worker, one) for one in aside):
            yield place.seals


def _may_be_of(worker: str, aside: Path) -> bool:
    try:
        return read_header(Place(aside).slot).owner.worker == worker
    except SlotUnreadable:
        return True  # nobody can tell; the server knows whose the device was


def _pages(names: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(names), size):
        yield names[start : start + size]
