"""A laptop in a process of its own, which writes and syncs until it has done so often enough or is killed."""

from __future__ import annotations

import itertools
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

import ends
import sqlalchemy as sa

from carebook.clock import system_clock
from carebook.desk import Desk
from carebook.errors import CarebookError
from carebook.models.audit import audit, first_broken
from carebook.models.ledger import ledger
from carebook.models.people import NameBody, PersonBody, PhoneBody
from carebook.server.tables import feed
from carebook.store import state
from carebook.store.opening import open_store
from carebook.store.place import Place
from carebook.sync.cycle import run_cycle

CANARY = "Zebedee Quillfeather"
_forking = multiprocessing.get_context("forkserver")
_forking.set_forkserver_preload(["laptop_process"])


def live(pipe: Connection, folder: Path, key: bytes, rounds: int) -> None:
    """Write a few rows and sync, again and again; say each row once it is shown as saved, and how each sync went."""
    store = open_store(Place(folder), key, system_clock())
    for turn in range(rounds):
        person = store.clock.new_id()
        with Desk(store).work("add_person") as work:
            ids = [work.keep(person, PersonBody(life="adult", council_number=person[-12:]))]
            ids.append(work.keep(person, NameBody(use="current", family=CANARY, given=str(turn))))
        pipe.send(("saved", ids))
        with Desk(store).work("record_fact") as work:
            ids = [work.keep(person, PhoneBody(number=f"{CANARY} {turn}", use="home"))]
        pipe.send(("saved", ids))
        try:
            report = run_cycle(store)
        except CarebookError as error:
            pipe.send(("failed", type(error).__name__))
        else:
            pipe.send(("synced", report.waiting))
    store.lock()
    pipe.send(("done", rounds))


@dataclass
class LaptopProcess:
    """A laptop whose process comes and goes; `saved` is every row it has shown as saved, over all its lives."""

    laptop: ends.Laptop
    saved: set[str] = field(default_factory=set)
    said: dict[str, int] = field(default_factory=dict)
    process: multiprocessing.process.BaseProcess | None = None
    pipe: Connection | None = None

    def start(self, rounds: int) -> None:
        """Its process runs; nobody else has the store open."""
        self.laptop.close()
        here, there = _forking.Pipe(duplex=False)
        folder = self.laptop.store.place.folder
        self.process = _forking.Process(target=live, args=(there, folder, self.laptop.key, rounds), daemon=True)
        self.process.start()
        there.close()
        self.pipe = here

    def hear(self, seconds: float = 60) -> str:
        """The next thing it says, "" when it has ended."""
        assert self.pipe
        if not self.pipe.poll(seconds):
            return ""
        try:
            what, told = self.pipe.recv()
        except EOFError:
            return ""
        self.said[what] = self.said.get(what, 0) + 1
        if what == "saved":
            self.saved.update(told)
        return what

    def hear_all(self) -> None:
        """Everything until it ends."""
        for _ in itertools.takewhile(bool, iter(self.hear, None)):
            pass

    def kill(self) -> None:
        """As a power cut does; what it had said before counts."""
        assert self.process
        self.process.kill()
        self.hear_all()
        self.end()

    def end(self) -> None:
        """It has ended by itself, or was killed."""
        assert self.process
        assert self.pipe
        self.process.join(60)
        self.process.close()
        self.pipe.close()
        self.process = None

    def unlock(self) -> ends.Laptop:
        """Its store, opened here."""
        self.laptop.store = open_store(self.laptop.store.place, self.laptop.key, system_clock())
        return self.laptop

    def use(self, port: int) -> None:
        """It reaches its server through this port from now on."""
        with self.laptop.store.begin() as session:
            state.put(session, "address", f"https://127.0.0.1:{port}")


@contextmanager
def lives(laptop: ends.Laptop) -> Iterator[LaptopProcess]:
    """A laptop that may be started; ended with the block."""
    found = LaptopProcess(laptop)
    try:
        yield found
    finally:
        if found.process is not None:
            found.kill()


def settle(process: LaptopProcess, port: int) -> ends.Laptop:
    """Unlocked here, and synced over a line without faults until there is nothing to do."""
    laptop = process.unlock()
    process.use(port)
    for _ in range(4):
        report = laptop.sync()
        if not (report.sent or report.received or report.waiting):
            break
    assert report.is_clean, report.sentences()
    return laptop


def check(council: ends.Council, process: LaptopProcess, laptop: ends.Laptop) -> int:
    """Nothing lost, nothing doubled, both ends equal, chains whole, no word in plain; returns the number of rows."""
    with laptop.store.read() as session:
        here = set(session.scalars(sa.select(ledger.c.row_id).where(ledger.c.device_id == laptop.store.identity.device_id)))
        trace = session.execute(sa.select(audit).order_by(audit.c.number)).mappings().all()
    mine = ledger.c.device_id == laptop.store.identity.device_id
    there = [line["row_id"] for line in council.rows(sa.select(ledger.c.row_id).where(mine))]
    assert not process.saved - here
    assert set(there) == here
    places = [line["seq"] for line in council.rows(sa.select(feed.c.seq).order_by(feed.c.seq))]
    assert places == list(range(1, len(places) + 1))
    query = sa.select(audit).where(audit.c.device_id == laptop.store.identity.device_id).order_by(audit.c.number)
    kept = council.rows(query)
    assert [line["hash"] for line in kept] == [line["hash"] for line in trace]
    assert first_broken([(ends.as_audit_row(line), line["hash"]) for line in kept]) is None
    laptop.close()
    assert in_plain(laptop.store.place.folder) == []
    assert in_plain(council.folder) == []
    assert CANARY not in council.log.read_text()
    return len(there)


def in_plain(folder: Path) -> list[str]:
    """The files below a folder in which the words stand as they are."""
    words = (CANARY.encode(), CANARY.encode("utf-16-le"))
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path.name for path in files if any(word in path.read_bytes() for word in words)]
