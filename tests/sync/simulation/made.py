"""A council set up once and copied for every history: four laptops of three workers, enrolled at its server."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import uuid_utils

from carebook.models import kinds
from carebook.models.access import AllocationBody, WorkerBody
from carebook.server import administration, app, home
from carebook.store import work
from carebook.store.opening import create_store
from carebook.store.place import Place
from carebook.store.work import Identity
from carebook.sync import client, enrolling
from carebook.sync.cycle import run_cycle
from simulation.ends_here import Laptop, Server, Time
from simulation.kinds_later import with_later_kinds
from simulation.network import Network, OnThisThread, line_over
from simulation.writing import Pen

LONG_AGO = date(2020, 1, 1)
PASSWORD = "correct horse battery staple"
WORKERS = ("ann", "ben", "cat")
OWNERS = {"a": "ann", "b": "ben", "c": "cat", "d": "ben"}


@dataclass(frozen=True)
class Template:
    """What every history begins with: a folder to copy, the laptops' keys, and who is known already."""

    folder: Path
    keys: dict[str, bytes]
    people: tuple[str, ...]


@contextmanager
def in_memory(network: Network, rng: random.Random) -> Iterator[pytest.MonkeyPatch]:
    """Devices reach the server without a network, and every id that must be random comes from the seed."""
    with pytest.MonkeyPatch.context() as patch:
        line = line_over(network)
        for module in (client, enrolling):
            patch.setattr(module, "Line", line)
            patch.setattr(module, "pinned", lambda authority: None)
        patch.setattr(app, "to_thread", OnThisThread)
        patch.setattr(app, "CapacityLimiter", int)
        patch.setattr(uuid_utils, "uuid4", lambda: uuid_utils.UUID(int=rng.getrandbits(128), version=4))
        yield patch


def make(folder: Path) -> Template:
    """Set the council up."""
    rng = random.Random(0)
    network, time = Network(), Time(rng)
    with in_memory(network, rng) as patch:
        made = home.set_up(folder / "server", ["localhost"])
        clock = time.clock()
        made.open(clock, create=True).close()
        server = Server(made.folder, clock, network)
        server.start()
        for module in (work, kinds):
            patch.setattr(module, "KIND_OF", with_later_kinds())
        for worker in WORKERS:
            body = WorkerBody(worker=worker, name=worker.title(), role="PR")
            administration.keep_worker(server.site, body)
            administration.set_password(server.site, worker, PASSWORD)
        keys = {name: _enrol(server, made, folder / name, OWNERS[name]) for name in OWNERS}
        people = _know_people(server, [Laptop(name, folder / name, keys[name], time) for name in OWNERS])
        server.stop()
    return Template(folder, keys, people)


def _know_people(server: Server, laptops: list[Laptop]) -> tuple[str, ...]:
    """Two people whom every worker works with and every laptop holds."""
    for laptop in laptops:
        laptop.start()
    people = []
    for laptop in laptops[:2]:
        pen = Pen(laptop, random.Random(laptop.name))
        people.append(pen.add_person()[0])
        for _ in range(4):
            pen.write()
        run_cycle(laptop.store)
    for person in people:
        for worker in WORKERS:
            administration.allocate(server.site, person, AllocationBody(worker=worker, relation="duty", from_on=LONG_AGO))
    for laptop in laptops:
        run_cycle(laptop.store)
        laptop.store.lock()
    return tuple(people)


def _enrol(server: Server, made: home.Home, folder: Path, worker: str) -> bytes:
    code = administration.enrol_code(server.site, worker, made.authority_der)
    found = enrolling.enrol("https://localhost:8443", worker, PASSWORD, code)
    folder.mkdir(mode=0o700)
    identity = Identity(worker=worker, name=found.name, role=found.role, device_id=found.device_id)
    key = random.Random(found.device_id).randbytes(32)
    create_store(Place(folder), key, server.clock, identity, found.remembered()).lock()
    return key


def copied(
    template: Template, folder: Path, names: tuple[str, ...], network: Network, time: Time
) -> tuple[Server, list[Laptop]]:
    """The council's server and these laptops, running, in a folder of their own."""
    for name in ("server", *names):
        shutil.copytree(template.folder / name, folder / name)
    server = Server(folder / "server", time.clock(), network)
    server.start()
    laptops = [Laptop(name, folder / name, template.keys[name], time) for name in names]
    for laptop in laptops:
        laptop.start()
    return server, laptops
