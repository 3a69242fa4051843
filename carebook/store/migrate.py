"""Brings an older store up to this version's tables, on a copy set aside first; refuses a newer one unharmed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from carebook import cipher
from carebook.errors import StoreDamaged, StoreNewer
from carebook.store import files
from carebook.store.place import Place

HERE: Final = Path(__file__).parent / "migrations"
NEWEST: Final = (HERE / "newest.txt").read_text("ascii").strip()
"""The number of the newest migration, repeated in one file so that two branches collide in git."""

_MARK: Final = "alembic_version"


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
    """Copy the store aside, run the migrations it lacks in one transaction, check the whole, and only then drop the copy.

    A kill at any moment leaves either the old store or the new one, and the copy besides.
    """
    aside = place.folder / "before-upgrade.db"
    engine = cipher.open_engine(place.store, key)
    try:
        cipher.checkpoint(engine)
        files.replace(aside, place.store.read_bytes())
        with engine.begin() as connection:
            _run(connection)
        cipher.checkpoint(engine)
    finally:
        engine.dispose()
    cipher.check_whole(place.store, key)
    files.remove(aside)


def _run(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    command.upgrade(config, NEWEST)
