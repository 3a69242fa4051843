"""Makes the store file that later versions must open: `PYTHONPATH=.:tests python tests/stores/make_store.py 0.1.0`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from held_clock import HeldClock
from make import MONDAY, STAFF, make_caseload

from carebook import cipher
from carebook.desk import Desk
from carebook.models.access import WorkerBody
from carebook.models.ids import COUNCIL
from carebook.store.keys import LEAST, Owner, make_slot
from carebook.store.opening import create_store
from carebook.store.place import Place
from carebook.store.work import Identity

HERE = Path(__file__).parent
PASSPHRASE = "a store of long ago"
WORKER = "p.osei"


def make(folder: Path) -> None:
    """A worker's store with an invented caseload, closed, behind a slot that PASSPHRASE opens without a keyring."""
    with tempfile.TemporaryDirectory() as name:
        place = Place(Path(name))
        clock, person = HeldClock(MONDAY), STAFF[WORKER][0]
        key = make_slot(place.slot, Owner(WORKER, person, "dev-0001"), PASSPHRASE, None, stretch=LEAST)
        identity = Identity(WORKER, person, "PR", "dev-0001", demonstration=True)
        desk = Desk(create_store(place, key, clock, identity, {}))
        with desk.store.work("enrol") as work:
            work.keep(COUNCIL, WorkerBody(worker=WORKER, name=person, role="PR"))
        make_caseload(desk)
        with desk.store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:  # type: ignore[union-attr]
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("VACUUM")
        desk.store.lock()
        cipher.check_whole(place.store, key)
        folder.mkdir(exist_ok=True)
        for file in (place.store, place.slot):
            shutil.copyfile(file, folder / file.name)


if __name__ == "__main__":
    make(HERE / sys.argv[1])
