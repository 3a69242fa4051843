"""The copy of a PostgreSQL server's database: pg_dump's own format, sealed to the server's key before it reaches the disk."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from carebook.clock import Clock
from carebook.errors import CarebookError, GateUnsure, StoreDamaged, StoreInUse
from carebook.server import postgres_tools
from carebook.server.backup_stand import Stand, keep_file, stand_of
from carebook.server.home import Home
from carebook.server.keeping import Keeping, open_keeping
from carebook.server.sealed_stream import read_sealed, write_sealed

FILE: Final = "server.dump.sealed"
MAINTENANCE: Final = "postgres"
_IN_USE: Final = "55006"  # object_in_use


def make(home: Home, keeping: Keeping, folder: Path) -> Stand:
    """A dump in the folder and where it stands, both from one snapshot."""

    def work(session: Session) -> Stand:
        snapshot = session.scalar(sa.text("SELECT pg_export_snapshot()")) or ""
        with os.fdopen(os.open(folder / FILE, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            write_sealed(file, home.seal_key, postgres_tools.dump(home.database, snapshot))
        return stand_of(session)

    stand = keeping.read(work)
    keep_file(folder / FILE)
    if postgres_tools.count_lines(_parts(home, folder)) != stand.counts:
        raise StoreDamaged("counts")
    return stand


def check(home: Home, folder: Path) -> None:
    """The dump opens with the server's key and is read to its end."""
    postgres_tools.count_lines(_parts(home, folder))


def put_back(
    home: Home, folder: Path, clock: Clock, prepare: Callable[[Keeping, Keeping | None], None], aside: str
) -> str:
    """The dump is filled into a new database, which takes the other's name; returns the name that the old one has now.

    The server's account at PostgreSQL must be allowed to make databases. StoreInUse while anybody is connected.
    """
    url = sa.make_url(home.database)
    name, new = url.database or "", f"{url.database}_restoring"
    kept_as = f"{name}_{aside}".replace("-", "_").lower()
    beside = sa.create_engine(_at(url, MAINTENANCE), isolation_level="AUTOCOMMIT", hide_parameters=True)
    try:
        _must_be_free(beside, name)
        _do(beside, "DROP DATABASE IF EXISTS {}", new)
        _do(beside, "CREATE DATABASE {}", new)
        try:
            postgres_tools.fill(_plain(url, new), _parts(home, folder))
            _prepare(home, _plain(url, new), clock, prepare)
            _do(beside, "ALTER DATABASE {} RENAME TO {}", name, kept_as)
        except BaseException:
            _do(beside, "DROP DATABASE IF EXISTS {}", new)
            raise
        _do(beside, "ALTER DATABASE {} RENAME TO {}", new, name)
    finally:
        beside.dispose()
    return kept_as


def _prepare(home: Home, address: str, clock: Clock, prepare: Callable[[Keeping, Keeping | None], None]) -> None:
    keeping, old = _open(home, address, clock), _old(home, clock)
    try:
        prepare(keeping, old)
    finally:
        keeping.close()
        if old is not None:
            old.close()


def _old(home: Home, clock: Clock) -> Keeping | None:
    try:
        return _open(home, home.database, clock)
    except (CarebookError, DBAPIError):
        return None


def _open(home: Home, address: str, clock: Clock) -> Keeping:
    return open_keeping(address, home.path("none"), None, clock)


def _parts(home: Home, folder: Path) -> Iterator[bytes]:
    with (folder / FILE).open("rb") as file:
        yield from read_sealed(file, home.secret("seal"))


def _must_be_free(beside: sa.Engine, name: str) -> None:
    query = sa.text("SELECT count(*) FROM pg_stat_activity WHERE datname = :name")
    with beside.connect() as connection:
        if connection.scalar(query, {"name": name}):
            raise StoreInUse("database")


def _do(beside: sa.Engine, statement: str, *names: str) -> None:
    quoted = [beside.dialect.identifier_preparer.quote_identifier(name) for name in names]
    try:
        with beside.connect() as connection:
            connection.exec_driver_sql(statement.format(*quoted))
    except DBAPIError as error:
        code: Any = getattr(error.orig, "sqlstate", "")
        raise StoreInUse("database") if code == _IN_USE else GateUnsure(f"postgresql:{code}") from None


def _at(url: sa.URL, database: str) -> sa.URL:
    return url.set(drivername="postgresql+psycopg", database=database)


def _plain(url: sa.URL, database: str) -> str:
    return url.set(database=database).render_as_string(hide_password=False)
