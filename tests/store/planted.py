"""A migration that does not exist yet, for tests of upgrading: it adds a column to one typed table and makes another anew."""

from __future__ import annotations

import shutil
from pathlib import Path

from carebook.store import migrate

SECOND = '''"""A planted second step."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("phone", sa.Column("verified_on", sa.Date(), nullable=True))
    lines = op.get_bind().exec_driver_sql("SELECT sql FROM sqlite_master WHERE tbl_name = 'email' AND sql IS NOT NULL").all()
    op.drop_table("email")
    for line in lines:
        op.execute(line.sql)
    op.create_index(op.f("ix_email_address"), "email", ["address"])
'''


def plant(folder: Path, second: str = SECOND) -> Path:
    """The device's migrations with a second one, in `folder`."""
    planted = folder / "migrations"
    shutil.copytree(migrate.HERE, planted, ignore=shutil.ignore_patterns("__pycache__"))
    (planted / "versions" / "0002_planted.py").write_text(second, "utf-8")
    return planted


def use(planted: Path) -> None:
    """From here on the planted migration is this version's newest."""
    migrate.HERE, migrate.NEWEST = planted, "0002"  # type: ignore[misc]
