"""The metadata both ends share, its column types, and the shape every typed table has."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.schema import SchemaItem

from carebook.clock import instant, stamp

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

BY_KEY: Final[dict[str, Any]] = {"sqlite_with_rowid": False}
"""A table whose lines lie in the order of its key: one b-tree less to write. Not for lines of more than a few hundred bytes."""

shared = sa.MetaData(naming_convention=NAMES)
"""Tables that stand at both ends: the ledger, what is projected from it, audit and tombstones."""


class Instant(sa.types.TypeDecorator[datetime]):
    """An aware instant, kept as fixed-width UTC text so that it sorts alike on both engines."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """To text; a naive instant is refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive instant")
        return stamp(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Back to an aware instant."""
        return None if value is None else instant(value)


def typed(name: str, *more: SchemaItem) -> sa.Table:
    """A typed table: which ledger row it reads, whose it is, its class, and `more`."""
    return sa.Table(
        name,
        shared,
        sa.Column("row_id", sa.Text, primary_key=True),
        sa.Column("person_id", sa.Text, nullable=False),
        sa.Column("fact_id", sa.Text, nullable=False),
        sa.Column("class_", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("written_at", Instant, nullable=False),
        *more,
        sa.Index(None, "person_id"),
        **BY_KEY,
    )
