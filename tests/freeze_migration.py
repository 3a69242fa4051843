"""Writes the first migration of an end from its tables as they stand: `python tests/freeze_migration.py device`, or `server`.

For use before a first release only; from then on a change of tables is a migration of its own, written by hand.
"""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import sqlalchemy as sa

from carebook.models import audit, ledger, projection
from carebook.models.columns import Instant, shared
from carebook.server.tables import server
from carebook.store.tables import device

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
STANDS_BY = (audit, ledger, projection)  # their tables are in `shared` once they are imported
ENDS = {"server": (shared, server), "device": (shared, device)}
PLACES = {
    "server": ROOT / "carebook/server/migrations/versions/0001_first.py",
    "device": ROOT / "carebook/store/migrations/versions/0001_first.py",
}
KINDS = {
    "text": sa.Text, "integer": sa.Integer, "big": sa.BigInteger, "small": sa.SmallInteger, "yesno": sa.Boolean,
    "date": sa.Date, "json": sa.JSON, "bytes": sa.LargeBinary,
}
FRAME = "row_id text, person_id text, fact_id text, class_ text, author text, written_at text"
WIDTH = 124

TEMPLATE = '''"""The first tables of {whose}."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

KINDS = {{
{kinds}}}
"""What a column's word stands for. After it: "?" may be null, "+" counts up by itself."""

FRAME = "{frame}"
"""What every typed table begins with."""

TABLES = (
    # name, primary key, unique together, indexes, columns
{tables})

GUARDS = {{
{guards}}}
"""What makes each engine refuse to change the ledger."""


def upgrade() -> None:
    """Make every table, its indexes, and the guards of the ledger."""
    for name, key, uniques, indexes, columns in TABLES:
        op.create_table(
            name,
            *(_column(spec) for spec in columns.split(", ")),
            sa.PrimaryKeyConstraint(*key.split(), name=op.f(f"pk_{{name}}")),
            *(sa.UniqueConstraint(*one.split(), name=op.f(f"uq_{{name}}_{{one.replace(' ', '_')}}")) for one in uniques),
        )
        for one in indexes:
            op.create_index(op.f(f"ix_{{name}}_{{one.replace(' ', '_')}}"), name, one.split())
    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(sa.text(statement))


def _column(spec: str) -> sa.Column[object]:
    name, kind = spec.split()
    return sa.Column(name, KINDS[kind.rstrip("?+")](), nullable="?" in kind, autoincrement="+" in kind)
'''


def kind_of(column: sa.Column[object]) -> str:
    """A column's word, with its marks. A type that has no word stops the freezing."""
    found = sa.Text if isinstance(column.type, Instant) else type(column.type)
    word = next(word for word, kind in KINDS.items() if kind is found)
    return word + "?" * bool(column.nullable) + "+" * (column.autoincrement is True)


def steps(*parts: sa.MetaData) -> Iterator[str]:
    """A line for each table."""
    for part in parts:
        for table in part.sorted_tables:
            columns = ", ".join(f"{column.name} {kind_of(column)}" for column in table.columns)
            uniques = [" ".join(one.columns.keys()) for one in table.constraints if isinstance(one, sa.UniqueConstraint)]
            indexes = [" ".join(one.columns.keys()) for one in table.indexes]
            yield line(table.name, columns, " ".join(table.primary_key.columns.keys()), sorted(uniques), sorted(indexes))


def line(name: str, columns: str, key: str, uniques: list[str], indexes: list[str]) -> str:
    """One table, over as many lines as it needs."""
    told, frame = (columns.removeprefix(FRAME), "FRAME + ") if columns.startswith(FRAME) else (columns, "")
    pieces = textwrap.wrap(told, WIDTH - 16, break_on_hyphens=False, drop_whitespace=False)
    words = "\n".join(f'     {frame if number == 0 else ""}"{piece}"' for number, piece in enumerate(pieces))
    return f'    ("{name}", "{key}", {tuple_of(uniques)}, {tuple_of(indexes)},\n{words}),\n'


def tuple_of(words: list[str]) -> str:
    """As Python would have it."""
    return "(" + ", ".join(f'"{word}"' for word in words) + ("," if len(words) == 1 else "") + ")"


def guards(dialects: tuple[str, ...]) -> str:
    """The guards of each engine, as lines of Python."""
    lines = []
    for dialect in dialects:
        lines.append(f'    "{dialect}": (\n')
        for statement in ledger.guards(dialect):
            pieces = textwrap.wrap(statement, WIDTH - 16, break_on_hyphens=False, drop_whitespace=False)
            lines.extend(f'        "{piece}"\n' for piece in pieces[:-1])
            lines.append(f'        "{pieces[-1]}",\n')
        lines.append("    ),\n")
    return "".join(lines)


def written(end: str) -> str:
    """The text of the migration."""
    found = {kind_of(column).rstrip("?+") for part in ENDS[end] for table in part.sorted_tables for column in table.columns}
    kinds = "".join(f'    "{word}": sa.{kind.__name__},\n' for word, kind in KINDS.items() if word in found)
    dialects = ("sqlite", "postgresql") if end == "server" else ("sqlite",)
    whose = "the server's database" if end == "server" else "a device's store"
    return TEMPLATE.format(whose=whose, kinds=kinds, frame=FRAME, tables="".join(steps(*ENDS[end])), guards=guards(dialects))


if __name__ == "__main__":
    PLACES[sys.argv[1]].write_text(written(sys.argv[1]), "utf-8")
