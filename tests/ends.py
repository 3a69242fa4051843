"""Both ends of a sync for tests: a council's server in a process of its own, and laptops with real, encrypted stores."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import msgspec
import sqlalchemy as sa

from carebook.clock import Clock, random_id, system_clock
from carebook.desk import Desk
from carebook.models.access import AllocationBody, WorkerBody
from carebook.models.audit import AuditRow
from carebook.models.ids import ORDINARY
from carebook.models.ledger import digest, ledger
from carebook.models.people import Body, NameBody, PersonBody
from carebook.server import administration, home, scope, site
from carebook.server.process import ServerProcess, start_server
from carebook.server.tables import account
from carebook.store import outbox, tables
from carebook.store.device_store import Store
from carebook.store.opening import create_store
from carebook.store.place import Place
from carebook.store.work import Identity
from carebook.sync import wire
from carebook.sync.client import Client
from carebook.sync.cycle import run_cycle
from carebook.sync.enrolling import enrol
from carebook.sync.enrolment import read_enrolment
from carebook.sync.report import Report

PASSWORD = "correct horse battery staple"
LONG_AGO = date(2020, 1, 1)


@dataclass
class Council:
    """A server that runs, and its administrator at hand."""

    folder: Path
    home: home.Home
    site: site.Site
    log: Path
    process: ServerProcess | None = None
    laptops: list[Laptop] = field(default_factory=list)
    hashed: str = ""

    @property
    def address(self) -> str:
        """Where devices find the server."""
        assert self.process
        return self.process.address

    def start(self, port: int = 0) -> None:
        """The server runs."""
        with self.log.open("a") as log:
            self.process = start_server(self.folder, port=port, log=log)

    def stop(self) -> None:
        """The server has stopped, and so has everything that was opened beside it."""
        if self.process and self.process.process.poll() is None:
            assert self.process.stop() == 0
        for laptop in self.laptops:
            laptop.close()
        self.site.keeping.close()

    def add_worker(self, worker: str = "", role: str = "PR") -> str:
        """A new worker with a password; returns what they sign in as."""
        worker = worker or f"w-{random_id()[:8]}"
        administration.keep_worker(self.site, WorkerBody(worker=worker, name=f"Worker {worker}", role=role))
        if not self.hashed:
            administration.set_password(self.site, worker, PASSWORD)
            (line,) = self.rows(sa.select(account.c.hash).where(account.c.worker == worker))
            self.hashed = line["hash"]
        else:  # hashing is slow on purpose; the same password may have the same hash here
            new = {"worker": worker, "hash": self.hashed, "failed": 0, "set_at": self.site.now()}
            self.site.write(lambda session: session.execute(sa.insert(account), [new]))
        return worker

    def code(self, worker: str) -> str:
        """A one-time enrolment code."""
        return administration.enrol_code(self.site, worker, self.home.authority_der)

    def laptop(self, worker: str = "", clock: Clock | None = None, role: str = "PR") -> Laptop:
        """A new laptop, enrolled; by a new worker unless one is named."""
        worker = worker or self.add_worker(role=role)
        clock = clock or system_clock()
        found = enrol(self.address, worker, PASSWORD, self.code(worker))
        identity = Identity(worker=worker, name=found.name, role=found.role, device_id=found.device_id)
        place = Place(self.folder.parent / f"laptop-{found.device_id}")
        place.folder.mkdir(mode=0o700)
        key = os.urandom(32)
        laptop = Laptop(create_store(place, key, clock, identity, found.remembered()), key)
        self.laptops.append(laptop)
        return laptop

    def allocate(self, worker: str, person_id: str, from_on: date = LONG_AGO, to_on: date | None = None) -> None:
        """The worker's laptops may have this person."""
        body = AllocationBody(worker=worker, relation="allocated", from_on=from_on, to_on=to_on)
        administration.allocate(self.site, person_id, body)

    def end_allocation(self, worker: str, person_id: str) -> None:
        """They no longer may."""
        assert administration.end_allocation(self.site, worker, person_id)

    def rows(self, query: sa.Select) -> list[sa.RowMapping]:
        """What a query of the server's tables finds."""
        return self.site.read(lambda session: session.execute(query).mappings().all())

    def ledger_ids(self, person_id: str) -> set[str]:
        """The ids of the rows that the server's ledger holds about a person."""
        return {line["row_id"] for line in self.rows(sa.select(ledger.c.row_id).where(ledger.c.person_id == person_id))}

    @property
    def today(self) -> date:
        """The day by the server's clock."""
        return scope.today(self.site.now())


@dataclass
class Laptop:
    """A worker's laptop, its store open."""

    store: Store
    key: bytes

    @property
    def worker(self) -> str:
        """Whose it is."""
        return self.store.identity.worker

    def keep(self, person_id: str, body: Body, *, fact_id: str | None = None, replaces: tuple[str, ...] = ()) -> str:
        """Write one row, as an action does; returns its id."""
        with Desk(self.store).work("record_fact") as work:
            return work.keep(person_id, body, fact_id=fact_id, replaces=replaces)

    def add_person(self, family: str = "Sample") -> str:
        """Someone new, written on this laptop; returns their id."""
        person_id = self.store.clock.new_id()
        with Desk(self.store).work("add_person") as work:
            work.keep(person_id, PersonBody(life="adult", council_number=random_id()[:8]))
            work.keep(person_id, NameBody(use="current", family=family, given="Sam"))
        return person_id

    def sync(self) -> Report:
        """One round with the server."""
        return run_cycle(self.store)

    def ledger_ids(self, person_id: str, class_: str = ORDINARY) -> set[str]:
        """The ids of the rows held here about a person."""
        where = (ledger.c.person_id == person_id, ledger.c.class_ == class_)
        with self.store.read() as session:
            return set(session.scalars(sa.select(ledger.c.row_id).where(*where)))

    def scalar(self, query: sa.Select) -> object:
        """The first value that a query of the store finds."""
        with self.store.read() as session:
            return session.scalar(query)

    def client(self) -> Client:
        """A way to the server for messages one by one; to be closed."""
        with self.store.read() as session:
            return Client(read_enrolment(session), self.store.clock)

    def forget_unsent(self) -> Laptop:
        """Nothing waits to be sent: what an earlier test left is not this one's."""
        with self.store.begin() as session:
            session.execute(sa.delete(tables.outbox))
        return self

    def ops(self) -> tuple[wire.Op, ...]:
        """What waits, as it would be pushed."""
        with self.store.read() as session:
            return tuple(as_op(wire.as_wire(line.row, line.digest), line.op_id) for line in outbox.waiting(session))

    def push(self, ops: tuple[wire.Op, ...]) -> list[wire.Outcome]:
        """Push just these; the outcomes."""
        with self.client() as client:
            return list(client.call("push", wire.Push(epoch="", ops=ops), wire.Pushed).outcomes)

    def close(self) -> None:
        """Locked."""
        if self.store.engine is not None:
            self.store.lock()


def as_audit_row(line: sa.RowMapping) -> AuditRow:
    """A line of the audit table as a row of its chain."""
    return AuditRow(**{name: line[name] for name in line if name not in ("hash", "what")}, what=tuple(line["what"]))


def as_op(row: wire.Row, op_id: str = "") -> wire.Op:
    """A row to be pushed."""
    return wire.Op(op_id=op_id or random_id(), row=msgspec.Raw(msgspec.json.encode(row)))


def changed(op: wire.Op, *, right_digest: bool = True, **new: object) -> wire.Op:
    """The same op with other content; its digest made right again unless told otherwise."""
    row = msgspec.structs.replace(msgspec.json.decode(bytes(op.row), type=wire.Row), **new)
    if right_digest:
        row = msgspec.structs.replace(row, digest=digest(wire.as_ledger(row)))
    return as_op(row, op.op_id)


@contextmanager
def council(folder: Path, database: str = "sqlite") -> Iterator[Council]:
    """A council whose server runs until the block ends; everything lies below `folder`."""
    made = home.set_up(folder / "server", ["127.0.0.1", "localhost"], database=database)
    keeping = made.open(system_clock(), create=database == "sqlite")
    found = Council(made.folder, made, site.site(made, keeping), folder / "server.log")
    try:
        found.start()
        yield found
    finally:
        found.stop()
