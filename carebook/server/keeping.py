"""Where the server keeps what it knows: an encrypted SQLite file by default, PostgreSQL by one setting."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Final, TypeVar

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from carebook.cipher import as_circumstance, open_engine
from carebook.clock import Clock, random_id
from carebook.errors import StoreNewer
from carebook.server import migrations
from carebook.server.tables import sync_head

TRIES: Final = 4
R = TypeVar("R")


class Keeping:
    """The server's open database, the clock it goes by, and the three ways to work in it."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self.engine = engine
        self.clock = clock
        # SQLite has one writer at a time and lets the quickest in; a lock of our own lets the first in.
        self._turn = threading.Lock() if engine.dialect.name == "sqlite" else nullcontext()

    def write(self, work: Callable[[Session], R]) -> R:
        """What `work` returns, its writing committed; done anew when another transaction came in its way."""
        for left in reversed(range(TRIES)):
            try:
                with self._turn, Session(self.engine, autoflush=False, expire_on_commit=False) as session, session.begin():
                    return work(session)
            except (IntegrityError, OperationalError) as error:
                if left == 0 or not _came_between(error):
                    raise as_circumstance(error) or error from None
        raise AssertionError  # the last try returns or raises

    def read(self, work: Callable[[Session], R]) -> R:
        """What `work` returns, all of it read from one snapshot."""
        with self._snapshot() as session:
            return work(session)

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    @contextmanager
    def _snapshot(self) -> Iterator[Session]:
        with Session(self.engine, autoflush=False, expire_on_commit=False) as session, session.begin():
            session.connection(execution_options=self._reading())
            yield session

    def _reading(self) -> dict[str, object]:
        if self.engine.dialect.name == "sqlite":
            return {"read": True}
        return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def open_keeping(database: str, file: Path, key: bytes | None, clock: Clock, *, create: bool = False) -> Keeping:
    """The server's database, brought up to this version's tables.

    database: "sqlite" (then `file` and its 32-byte `key` say which), or the address of a PostgreSQL database.
    create: make the SQLite file; without it nothing new is ever made. Raises StoreNewer and whatever the gate raises.
    """
    if database == "sqlite":
        assert key is not None
        engine = open_engine(file, key, create=create, pool_size=6)
    else:
        address = sa.make_url(database).set(drivername="postgresql+psycopg")
        engine = sa.create_engine(address, pool_size=8, max_overflow=0, hide_parameters=True, pool_pre_ping=True)
    try:
        _bring_up(engine)
    except BaseException:
        engine.dispose()
        raise
    return Keeping(engine, clock)


def _bring_up(engine: Engine) -> None:
    with engine.begin() as connection:
        found = migrations.number(connection)
        if found is not None and found > migrations.NEWEST:
            raise StoreNewer(found)
        if found != migrations.NEWEST:
            migrations.upgrade(connection)
        if connection.scalar(sa.select(sync_head.c.one)) is None:
            connection.execute(sa.insert(sync_head), [{"one": 1, "seq": 0, "epoch": random_id(), "safe_seq": 0}])


def _came_between(error: DBAPIError) -> bool:
    """Two transactions in each other's way: a deadlock, a row that the other wrote first, or a snapshot grown old."""
    if isinstance(error, IntegrityError):
        return True
    return getattr(error.orig, "sqlstate", "") in {"40001", "40P01"}
