"""Encrypted stores to damage: one that is closed, and one as the power left it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from carebook.cipher import checkpoint, open_engine

KEY = bytes(range(32))


def filled(path: Path, rows: int = 200) -> Path:
    """A closed store with some tens of pages."""
    path.parent.mkdir(exist_ok=True)
    engine = open_engine(path, KEY, create=True)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE note (id INTEGER PRIMARY KEY, words TEXT)")
        connection.exec_driver_sql("CREATE INDEX note_words ON note (words)")
        many = [{"words": f"note {number} {'word ' * 40}"} for number in range(rows)]
        connection.execute(text("INSERT INTO note (words) VALUES (:words)"), many)
    engine.dispose()
    return path


@pytest.fixture
def store(home: Path) -> Path:
    return filled(home / "stores" / "store.db")


@pytest.fixture
def store_with_log(home: Path) -> Path:
    """As the power left it: half of the rows and a new table only in the log."""
    engine = open_engine(filled(home / "first" / "store.db"), KEY)
    checkpoint(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE visit (id INTEGER PRIMARY KEY)")
        connection.exec_driver_sql("INSERT INTO note (words) SELECT words FROM note")
    (home / "stores").mkdir()
    for name in ("store.db", "store.db-wal"):
        shutil.copy(home / "first" / name, home / "stores" / name)
    engine.dispose()
    return home / "stores" / "store.db"
