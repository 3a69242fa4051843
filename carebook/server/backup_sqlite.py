"""The copy of an SQLite server's database: encrypted under the same key, made while the server runs, checked page by page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from carebook import cipher
from carebook.clock import Clock
from carebook.errors import CarebookError
from carebook.server.backup_stand import Stand, keep_file, keep_folder, stand_of
from carebook.server.home import Home
from carebook.server.keeping import Keeping, open_keeping

FILE: Final = "server.db"
ENDS: Final = ("", "-wal", "-shm")  # in this order: a log must never lie beside another database than its own


def make(home: Home, keeping: Keeping, folder: Path) -> Stand:
    """A copy in the folder, and where it stands."""
    path = folder / FILE
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    with closing(keeping.engine.raw_connection()) as connection:
        connection.cursor().execute("VACUUM INTO ?", (str(path),))
    check(home, folder)
    keep_file(path)
    engine = cipher.open_engine(path, home.secret("store"))
    try:
        with Session(engine) as session, session.begin():
            session.connection(execution_options={"read": True})
            return stand_of(session)
    finally:
        engine.dispose()


def check(home: Home, folder: Path) -> None:
    """Every page opens with the server's key and fits the others; raises as cipher.check_whole does."""
    cipher.check_whole(folder / FILE, home.secret("store"))


def put_back(
    home: Home, folder: Path, clock: Clock, prepare: Callable[[Keeping, Keeping | None], None], aside: str
) -> str:
    """The copy takes the database's place once it has been prepared; returns where the old database lies."""
    path, new = home.path(FILE), home.path(f"{FILE}.restoring")
    for end in ENDS:
        Path(f"{new}{end}").unlink(missing_ok=True)
    shutil.copyfile(folder / FILE, new)
    new.chmod(0o600)
    key = home.secret("store")
    cipher.check_whole(new, key)
    keeping, old = open_keeping("sqlite", new, key, clock), _old(path, key, clock)
    try:
        prepare(keeping, old)
        cipher.checkpoint(keeping.engine)
    finally:
        keeping.close()
        if old is not None:
            old.close()
    keep_file(new)
    place = home.path(aside)
    place.mkdir(mode=0o700, exist_ok=True)
    for end in ENDS:
        if Path(f"{path}{end}").exists():
            Path(f"{path}{end}").rename(place / f"{FILE}{end}")
    keep_folder(place)
    new.rename(path)
    keep_folder(home.folder)
    return str(place)


def _old(path: Path, key: bytes, clock: Clock) -> Keeping | None:
    """The database as it is, if it can still be read."""
    try:
        return open_keeping("sqlite", path, key, clock)
    except CarebookError:
        return None
