"""Puts lines into a table by a statement made once: building it anew takes longer than running it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

Put = Callable[[Any], Any]


def put_lines(session: Session, table: sa.Table, lines: Sequence[Mapping[str, object]]) -> None:
    """Insert lines, each by the names of its columns; a column that a line does not name stays empty."""
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        connection.execute(sa.insert(table), [dict(line) for line in lines])
        return
    sql, columns = _made(table)
    told = [tuple(put(line.get(name)) if put else line.get(name) for name, put in columns) for line in lines]
    connection.exec_driver_sql(sql, told[0] if len(told) == 1 else told)


@cache
def _made(table: sa.Table) -> tuple[str, tuple[tuple[str, Put | None], ...]]:
    """The statement for SQLite, and for each of its places the column and what turns its value into the engine's."""
    dialect = sqlite.dialect()
    made = sa.insert(table).compile(dialect=dialect)
    columns = table.c
    return str(made), tuple(
        (name, columns[name].type.dialect_impl(dialect).bind_processor(dialect)) for name in made.positiontup or ()
    )
