"""The server and the laptops of a simulation: real stores in real files, closed, killed, copied and put back as told."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from carebook.clock import Clock, random_id
from carebook.models.ledger import LedgerRow, as_row, ledger
from carebook.server import home, site
from carebook.server.app import make_app
from carebook.server.tables import sync_head
from carebook.store.device_store import Store
from carebook.store.opening import open_store
from carebook.store.place import Place
from simulation.network import Gate, Network

START = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)


@dataclass
class Time:
    """The true time of a history, and clocks that show it more or less."""

    rng: random.Random
    passed: timedelta = timedelta(0)

    def move(self, by: timedelta) -> None:
        """Time passes everywhere."""
        self.passed += by

    def _seconds(self) -> float:
        return self.passed.total_seconds()

    def new_id(self, now: Callable[[], datetime]) -> str:
        """A UUIDv7 of what a clock shows, its random part from the seed."""
        millisecond = int(now().timestamp() * 1000)
        return str(UUID(int=millisecond << 80 | 0x7 << 76 | 0b10 << 62 | self.rng.getrandbits(62)))

    def clock(self, off: Callable[[], timedelta] = lambda: timedelta(0)) -> Clock:
        """A clock that is so much off the true time."""

        def now() -> datetime:
            return START + self.passed + off()

        return Clock(now=now, new_id=lambda: self.new_id(now), monotonic=self._seconds)


@dataclass
class Server:
    """The council's server in this process."""

    folder: Path
    clock: Clock
    network: Network
    gate: Gate = field(default_factory=Gate)
    site: site.Site = field(init=False)

    def start(self) -> None:
        """It runs; what it knew lies in its files."""
        standing = home.open_home(self.folder, {})
        keeping = standing.open(self.clock)
        self.gate.open()
        self.gate.watch(keeping.engine)
        self.site = site.site(standing, keeping)
        self.network.app, self.network.restart = make_app(self.site), self.restart

    def stop(self) -> None:
        """Its files are closed."""
        self.site.keeping.close()

    def restart(self) -> None:
        """As after a kill."""
        self.stop()
        self.start()

    def copy(self, to: Path) -> int:
        """A copy of the database as it stands; returns the place in the feed that it reaches."""
        to.mkdir()
        for file in self.folder.glob("server.db*"):
            if not file.name.endswith("-shm"):
                shutil.copyfile(file, to / file.name)
        return self.head

    def put_back(self, copy: Path) -> None:
        """The database is that copy again, under a new epoch, as restoring makes it."""
        self.stop()
        for file in self.folder.glob("server.db*"):
            file.unlink()
        for file in copy.iterdir():
            shutil.copyfile(file, self.folder / file.name)
        self.start()
        self.begin_epoch()

    def begin_epoch(self) -> None:
        """Devices are to know that this is not the server they last spoke to."""
        self.site.write(lambda session: session.execute(sa.update(sync_head).values(epoch=random_id())))

    @property
    def head(self) -> int:
        """The newest place in the feed."""
        return int(self.rows(sa.select(sync_head.c.seq))[0]["seq"])

    def rows(self, query: sa.Select) -> list[sa.RowMapping]:
        """What a query of its tables finds."""
        return list(self.site.read(lambda session: session.execute(query).mappings().all()))

    def ledger(self) -> dict[str, LedgerRow]:
        """Every row of the record that it holds."""
        return {line["row_id"]: as_row(line) for line in self.rows(sa.select(ledger))}


@dataclass
class Laptop:
    """A worker's laptop in this process. off: how much its clock is wrong."""

    name: str
    folder: Path
    key: bytes
    time: Time
    off: timedelta = timedelta(0)
    gate: Gate = field(default_factory=Gate)
    store: Store = field(init=False)
    rolled_back: bool = False

    def start(self) -> None:
        """Unlocked."""
        self.gate.open()
        self.store = open_store(Place(self.folder), self.key, self.time.clock(lambda: self.off))
        assert self.store.engine is not None
        self.gate.watch(self.store.engine)

    def stop(self) -> None:
        """Its files are closed as a kill closes them: the log is left as it is."""
        if self.store.engine is not None:
            self.store.engine.dispose()
            self.store.engine = None

    def restart(self) -> None:
        """As after a kill."""
        self.stop()
        self.start()

    def copy(self, to: Path) -> None:
        """An image of the disk."""
        shutil.copytree(self.folder, to, ignore=shutil.ignore_patterns("*-shm"))

    def put_back(self, image: Path) -> None:
        """The disk is that image again."""
        self.stop()
        shutil.rmtree(self.folder)
        shutil.copytree(image, self.folder)
        self.start()

    @property
    def worker(self) -> str:
        """Whose it is."""
        return self.store.identity.worker

    @property
    def device_id(self) -> str:
        """Its id."""
        return self.store.identity.device_id

    def rows(self, query: sa.Select) -> list[sa.RowMapping]:
        """What a query of its store finds."""
        with self.store.read() as session:
            return list(session.execute(query).mappings().all())

    def ledger(self) -> dict[str, LedgerRow]:
        """Every row of the record that it holds."""
        return {line["row_id"]: as_row(line) for line in self.rows(sa.select(ledger))}
