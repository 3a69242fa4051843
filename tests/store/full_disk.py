"""Lives through a full disk in a small file system of its own, which ends with this process: run under `unshare -rm`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from held_clock import HeldClock
from make import KEY, MONDAY, a_contact, audits, make_caseload, make_desk, rows_of

from carebook import cipher
from carebook.actions.finish_contact import finish_contact
from carebook.actions.open_person import open_person
from carebook.actions.save_draft import save_draft
from carebook.clock import random_id
from carebook.desk import Desk
from carebook.errors import CarebookError
from carebook.store.opening import open_store
from carebook.store.place import restore_ballast


def fill(folder: Path, leave: int) -> None:
    """Nearly all the room is taken: `leave` bytes stay."""
    usage = os.statvfs(folder)
    with (folder / "filler").open("wb") as file:
        file.write(b"\1" * max(0, usage.f_bavail * usage.f_frsize - leave))


def tried(job: object) -> str:
    """"done", or what was raised."""
    try:
        job()  # type: ignore[operator]
    except CarebookError as error:
        return type(error).__name__
    return "done"


def main(folder: Path, *, keeps_back: bool) -> dict[str, object]:
    """What a worker meets as the disk fills and is emptied again."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "none", str(folder)], check=True)
    clock = HeldClock(MONDAY)
    desk = make_desk(folder, clock)
    people = make_caseload(desk)
    clock.move(timedelta(days=1))
    if keeps_back:
        assert restore_ballast(desk.store.place)
    fill(folder, 300_000)
    saved, told = 0, "done"
    form = a_contact(MONDAY.date(), why="x" * 2000)
    while told == "done" and saved < 200:
        told = tried(lambda: desk.do(finish_contact, people.margaret, form))
        saved += told == "done"
    found: dict[str, object] = {"saved": saved, "told": told}
    found["looked"] = [tried(lambda: desk.do(open_person, people.margaret)) for _ in range(30)]
    found["again"] = tried(lambda: desk.do(finish_contact, people.margaret, form))
    found["draft"] = tried(lambda: desk.do(save_draft, random_id(), people.margaret, "contact", "{}", desk.store.session_id))
    found["contacts"] = len(rows_of(desk, people.margaret, "entry"))
    found["failed"] = [row["action"] for row in audits(desk) if row["result"] == "failed"]
    found["looks"] = sum(1 for row in audits(desk) if row["action"] == "open_person" and row["result"] == "done")
    (folder / "filler").unlink()
    found["after"] = tried(lambda: desk.do(finish_contact, people.margaret, form))
    found["ballast"] = desk.store.place.ballast.exists()
    desk.store.lock()
    cipher.check_whole(desk.store.place.store, KEY)
    desk = Desk(open_store(desk.store.place, KEY, clock))
    found["reopened"] = tried(lambda: desk.do(open_person, people.margaret))
    found["numbers"] = _gaps(desk)
    found["seals"] = len(desk.store.place.seals.ids()) - desk.store.counts()[0]
    desk.store.lock()
    return found


def _gaps(desk: Desk) -> int:
    numbers = [row["number"] for row in audits(desk)]
    return len(set(range(1, len(numbers) + 1)) ^ set(numbers))


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), keeps_back=sys.argv[2] == "ballast")))
