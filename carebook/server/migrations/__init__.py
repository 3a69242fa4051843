"""The numbered migrations of the server's database, the same for both engines."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

HERE: Final = Path(__file__).parent
NEWEST: Final = (HERE / "newest.txt").read_text("ascii").strip()
"""The number of the newest migration, repeated in one file so that two branches collide in git."""


def number(connection: Connection) -> str | None:
    """The number of the migration a database stands at, or None for one that is new."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return found


def upgrade(connection: Connection) -> None:
    """Run the migrations that are lacking, within the transaction that is open."""
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    command.upgrade(config, NEWEST)
