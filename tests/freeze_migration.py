"""Writes a first migration from the tables as they stand: `python tests/freeze_migration.py server >.../0001_first.py`.

For use before a first release only; from then on a change of tables is a migration of its own, written by hand.
"""

from __future__ import annotations

import sys
import textwrap

import sqlalchemy as sa
from alembic.autogenerate import render_python_code
from alembic.operations import ops

from carebook.models import audit, ledger, projection
from carebook.models.columns import Instant, shared
from carebook.server.tables import server
from carebook.store.tables import device

STANDS_BY = (audit, ledger, projection)  # their tables are in `shared` once they are imported
ENDS = {"server": (shared, server), "device": (shared, device)}

OPENING = '''"""The first tables of {end}."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

GUARDS = {{
{guards}}}
"""What makes each engine refuse to change the ledger."""


def upgrade() -> None:
    """Make every table, its indexes, and the guards of the ledger."""
{body}
    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(sa.text(statement))
'''


def _render(kind: str, item: object, context: object) -> str | bool:
    if kind == "type" and isinstance(item, Instant):
        return "sa.Text()"
    return False


def steps(*parts: sa.MetaData) -> ops.UpgradeOps:
    """Every table and index of the metadata, in an order in which they can be made."""
    made: list[ops.MigrateOperation] = []
    for part in parts:
        for table in part.sorted_tables:
            made.append(ops.CreateTableOp.from_table(table))
            made.extend(
                ops.CreateIndexOp.from_index(index) for index in sorted(table.indexes, key=lambda found: str(found.name))
            )
    return ops.UpgradeOps(made)


def guards(dialects: tuple[str, ...]) -> str:
    """The guards of each engine, as lines of Python."""
    lines = []
    for dialect in dialects:
        statements = "".join(f"        {statement!r},\n" for statement in ledger.guards(dialect))
        lines.append(f'    "{dialect}": (\n{statements}    ),\n')
    return "".join(lines)


def written(end: str) -> str:
    """The text of the migration."""
    body = render_python_code(steps(*ENDS[end]), render_item=_render)
    lines = [line for line in body.splitlines() if not line.lstrip().startswith("#")]
    dialects = ("sqlite", "postgresql") if end == "server" else ("sqlite",)
    whose = "the server's database" if end == "server" else "a device's store"
    text = textwrap.indent(textwrap.dedent("\n".join(lines)), "    ").rstrip()
    return OPENING.format(end=whose, guards=guards(dialects), body=text)


if __name__ == "__main__":
    sys.stdout.write(written(sys.argv[1]))
