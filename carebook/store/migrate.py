"""Brings an older store up to this version's tables, on a copy that takes its place; refuses a newer one unharmed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from carebook import cipher
from carebook.errors import StoreDamaged, StoreNewer
from carebook.models.projection import rebuild
from carebook.store import files
from carebook.store.place import Place

HERE: Final = Path(__file__).parent / "migrations"
NEWEST: Final = (HERE / "newest.txt").read_text("ascii").strip()
"""The number of the newest migration, repeated in one file so that two branches collide in git."""

_MARK: Final = "alembic_version"
_COPY: Final = "upgrade.db"


def number(connection: Connection) -> str | None:
    """The number of the migration a store stands at, or None if it carries no mark."""
    if not sa.inspect(connection).has_table(_MARK):
        return None
    found: str | None = connection.scalar(sa.text(f"SELECT version_num FROM {_MARK}"))  # noqa: S608  a constant
    return found


def is_newest(engine: Engine) -> bool:
    """Whether the store is at this version's tables.

    Raises StoreNewer if it is past them, StoreDamaged if it carries no mark at all.
    """
    with engine.connect().execution_options(read=True) as connection:
        found = number(connection)
    if found is None:
        raise StoreDamaged("no mark")
    if found > NEWEST:
        raise StoreNewer(found)
    return found == NEWEST


def mark_newest(connection: Connection) -> None:
    """Say of a store just made that it stands at the newest migration."""
    connection.execute(sa.text(f"CREATE TABLE {_MARK} (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(sa.text(f"INSERT INTO {_MARK} VALUES (:number)"), {"number": NEWEST})  # noqa: S608


def upgrade(place: Place, key: bytes) -> None:
    """Copy the store, run the migrations it lacks on the copy in one transaction, write the typed tables anew from the
    ledger, check the whole, and only then let the copy take the store's place.

    A kill at any moment, or a disk that is full, leaves the store old or new; what else it leaves, `sweep` takes away.
    No engine may be open on the store. Raises DiskFull, OutcomeUnknown, StoreInUse, StoreDamaged.
    """
    copy = place.folder / _COPY
    _write_out(place.store, key)
    try:
        shutil.copyfile(place.store, copy)
        copy.chmod(0o600)
        _upgrade(copy, key)
        cipher.check_whole(copy, key)
        _sync_file(copy)
        copy.replace(place.store)
        files.sync_folder(place.folder)
    except OSError as error:
        raise files.problem(error) from None
    except DBAPIError as error:
        raise (cipher.as_circumstance(error) or error) from None
    finally:
        sweep(place)


def sweep(place: Place) -> None:
    """What an upgrade that was cut short left behind is gone: the copy, never the store."""
    for end in ("", "-wal", "-shm", "-journal"):
        (place.folder / f"{_COPY}{end}").unlink(missing_ok=True)


def _sync_file(path: Path) -> None:
    """What was written to the file is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _write_out(path: Path, key: bytes) -> None:
    """Everything is in the file, and there is no log that a file taking its place could be mistaken to belong to."""
    engine = cipher.open_engine(path, key)
    try:
        cipher.checkpoint(engine)
    finally:
        engine.dispose()


def _upgrade(copy: Path, key: bytes) -> None:
    engine = cipher.open_engine(copy, key)
    try:
        with engine.begin() as connection:
            _run(connection)
            with Session(connection) as session:
                rebuild(session)
        cipher.checkpoint(engine)
    finally:
        engine.dispose()


def _run(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    command.upgrade(config, NEWEST)
