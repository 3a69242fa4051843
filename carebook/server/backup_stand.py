"""What a backup holds, in figures: where the feed stood and how many lines each table had; and files that stay on the disk."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy.orm import Session

from carebook.errors import StoreDamaged
from carebook.models.ledger import ledger, tombstone
from carebook.server.tables import feed, sync_head


class Stand(Struct, frozen=True):
    """Where a database stands. counts: lines by table."""

    seq: int
    epoch: str
    counts: dict[str, int]


def stand_of(session: Session) -> Stand:
    """Where this snapshot stands; StoreDamaged when its feed has gaps, or speaks of rows that are not there."""
    line = session.execute(sa.select(sync_head)).one()
    places = session.execute(sa.select(sa.func.count(), sa.func.coalesce(sa.func.max(feed.c.seq), 0)).select_from(feed)).one()
    if tuple(places) != (line.seq, line.seq):
        raise StoreDamaged("feed")
    lost = sa.select(sa.func.count()).select_from(feed).where(
        ~sa.exists().where(ledger.c.row_id == feed.c.row_id), ~sa.exists().where(tombstone.c.row_id == feed.c.row_id)
    )
    if session.scalar(lost):
        raise StoreDamaged("rows")
    names = sa.inspect(session.connection()).get_table_names()
    counted = {name: sa.select(sa.func.count()).select_from(sa.table(name)) for name in names}
    return Stand(line.seq, line.epoch, {name: session.scalar(query) or 0 for name, query in sorted(counted.items())})


def keep_file(path: Path) -> None:
    """What was written to the file is on the disk."""
    number = os.open(path, os.O_RDWR)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def keep_folder(path: Path) -> None:
    """The names in the folder are on the disk."""
    if sys.platform != "win32":  # Windows has no way to sync a folder, and needs none
        number = os.open(path, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
