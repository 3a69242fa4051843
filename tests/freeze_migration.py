"""Writes a first migration from the tables as they stand: `PYTHONPATH=. python tests/freeze_migration.py device >FILE`.

For use before a first release only; from then on a change of tables is a migration of its own, written by hand.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable

import sqlalchemy as sa

from carebook.models import audit, ledger, projection
from carebook.models.columns import Instant, shared
from carebook.server.tables import server
from carebook.store.tables import device

STANDS_BY = (audit, ledger, projection)  # their tables are in `shared` once they are imported
ENDS = {"server": (shared, server), "device": (shared, device)}
WIDTH = 120

# The most special first: an Instant is text, a SmallInteger is an integer too.
WORDS: tuple[tuple[type, str], ...] = (
    (Instant, "text"), (sa.JSON, "json"), (sa.Boolean, "bool"), (sa.Date, "date"), (sa.LargeBinary, "bytes"),
    (sa.BigInteger, "big"), (sa.SmallInteger, "small"), (sa.Integer, "whole"), (sa.Text, "text"),
)

OPENING = '''"""The first tables of {end}.

A line that stands at the margin names a table, the indented ones its columns: name:type, with ! where a value must be
given, and * for the key (+ where the engine counts it up itself). After `unique` and `index`, each word is one of
them: its columns, joined by +. A table marked `by-key` lies in the order of its key in SQLite.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TABLES = """
{tables}
"""

GUARDS = {{
{guards}}}
"""What makes each engine refuse to change the ledger."""

TYPES = {{
    "text": sa.Text, "whole": sa.Integer, "big": sa.BigInteger, "small": sa.SmallInteger, "bool": sa.Boolean,
    "date": sa.Date, "json": sa.JSON, "bytes": sa.LargeBinary,
}}


def upgrade() -> None:
    """Make every table, its indexes, and the guards of the ledger."""
    for block in re.split(r"\\n(?=\\S)", TABLES.strip()):
        make(*block.split("\\n"))
    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(sa.text(statement))


def make(first: str, *lines: str) -> None:
    """One table and its indexes."""
    name, *by_key = first.split()
    words = [line.split() for line in lines]
    columns = [word for line in words if line[0] not in {{"unique", "index"}} for word in line]
    keys = [word.split(":")[0] for word in columns if word[-1] in "*+"]
    named = [(kind, word.split("+")) for kind, *each in words if kind in {{"unique", "index"}} for word in each]
    uniques = [sa.UniqueConstraint(*of, name="_".join(["uq", name, *of])) for kind, of in named if kind == "unique"]
    op.create_table(
        name, *(column(word) for word in columns), sa.PrimaryKeyConstraint(*keys, name=f"pk_{{name}}"), *uniques,
        sqlite_with_rowid=not by_key,
    )
    for kind, of in named:
        if kind == "index":
            op.create_index("_".join(["ix", name, *of]), name, of)


def column(word: str) -> sa.Column[object]:
    """One column, as `name:type` says."""
    name, kind = word.rstrip("!*+").split(":")
    return sa.Column(name, TYPES[kind], nullable=word[-1] not in "!*+", autoincrement=word[-1] == "+")
'''


def table_lines(table: sa.Table) -> list[str]:
    """A table as the migration writes it."""
    words = " ".join(_column(column) for column in table.columns)
    uniques = [found for found in table.constraints if isinstance(found, sa.UniqueConstraint)]
    more = [f"  {kind} {' '.join(_joined(found))}" for kind, found in (("unique", uniques), ("index", table.indexes)) if found]
    first = table.name + " by-key" * (not table.dialect_options["sqlite"]["with_rowid"])
    return [first, *textwrap.wrap(words, WIDTH, initial_indent="  ", subsequent_indent="  "), *more]


def _joined(found: Iterable[sa.UniqueConstraint | sa.Index]) -> list[str]:
    return sorted("+".join(column.name for column in each.columns) for each in found)


def _column(column: sa.Column) -> str:
    kind = next(word for known, word in WORDS if isinstance(column.type, known))
    if column.primary_key:
        mark = "+" if column.autoincrement is True else "*"
    else:
        mark = "" if column.nullable else "!"
    return f"{column.name}:{kind}{mark}"


def guards(dialects: tuple[str, ...]) -> str:
    """The guards of each engine, as lines of Python."""
    lines = []
    for dialect in dialects:
        lines.append(f'    "{dialect}": (')
        for statement in ledger.guards(dialect):
            parts = textwrap.wrap(statement, WIDTH - 16, drop_whitespace=False, break_long_words=False)
            lines += [f"        {_quoted(part)}" for part in parts]
            lines[-1] += ","
        lines.append("    ),")
    return "\n".join(lines) + "\n"


def _quoted(words: str) -> str:
    return '"' + words + '"' if '"' not in words else repr(words)


def written(end: str) -> str:
    """The text of the migration."""
    tables = "\n".join("\n".join(table_lines(table)) for part in ENDS[end] for table in part.sorted_tables)
    dialects = ("sqlite", "postgresql") if end == "server" else ("sqlite",)
    whose = "the server's database" if end == "server" else "a device's store"
    return OPENING.format(end=whose, guards=guards(dialects), tables=tables)


if __name__ == "__main__":
    sys.stdout.write(written(sys.argv[1]))
