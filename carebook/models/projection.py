"""Writes the typed tables from ledger rows: a pure function of the rows present, whatever order they came in.

Each typed row stands for one ledger row and is never changed. Which rows are heads is not stored on them: `replacement`
says which row names which as replaced, and a head is a row that nothing present replaces.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session

from carebook.errors import BodyUnreadable
from carebook.models.columns import BY_KEY, shared
from carebook.models.kinds import KINDS, denial, read_body, readable, unread
from carebook.models.ledger import LedgerRow, as_row, ledger
from carebook.models.lines import put_lines
from carebook.models.people import Body
from carebook.models.record import ApartBody, EntryBody, Passage, passage

replacement = sa.Table(
    "replacement",
    shared,
    sa.Column("replaced_id", sa.Text, primary_key=True),
    sa.Column("by_id", sa.Text, primary_key=True),
    sa.Index(None, "by_id"),
    **BY_KEY,
)

PROJECTED = (*(kind.table for kind in KINDS.values()), passage, replacement, denial, unread)
"""All tables that can be dropped and written anew from the ledger."""

_PAGE = 2000
Lines = dict[sa.Table, list[dict[str, object]]]


def is_head(table: sa.Table) -> sa.ColumnElement[bool]:
    """A condition: this row of `table` (with a row_id) is named as replaced by no row that is present."""
    return ~sa.exists().where(replacement.c.replaced_id == table.c.row_id)


def project(session: Session, rows: Sequence[LedgerRow]) -> None:
    """Write the typed rows of ledger rows that are new to this store. One statement a table, whatever the number of rows."""
    lines: Lines = defaultdict(list)
    for row in rows:
        _collect(lines, row)
    for table, values in lines.items():
        put_lines(session, table, values)


def withdraw(session: Session, row_ids: Sequence[str]) -> None:
    """Remove what was projected from these rows; used by purge and disposal, after their tombstones."""
    for table in PROJECTED:
        column = table.c.by_id if table is replacement else table.c.row_id
        for page in _pages(row_ids, 500):
            session.execute(sa.delete(table).where(column.in_(page)))


def rebuild(session: Session) -> int:
    """Empty all typed tables and write them anew from the ledger; returns how many ledger rows were read."""
    for table in PROJECTED:
        session.execute(sa.delete(table))
    ids = session.scalars(sa.select(ledger.c.row_id).order_by(ledger.c.row_id)).all()
    for page in _pages(ids, _PAGE):
        found = session.execute(sa.select(ledger).where(ledger.c.row_id.in_(page)))
        project(session, [as_row(line) for line in found.mappings()])
    return len(ids)


def _collect(lines: Lines, row: LedgerRow) -> None:
    frame = {
        "row_id": row.row_id, "person_id": row.person_id, "fact_id": row.fact_id, "class_": row.class_,
        "author": row.author, "written_at": row.written_at,
    }
    for replaced in set(row.replaces):
        lines[replacement].append({"replaced_id": replaced, "by_id": row.row_id})
    if row.denies:
        lines[denial].append({**frame, "kind": row.kind})
    body = _body(row)
    if body is None:
        lines[unread].append({**frame, "kind": row.kind, "version": row.version})
        return
    kind = KINDS[row.kind]
    lines[kind.table].append({**frame, **kind.columns(body)})
    for position, words in _passages(body):
        lines[passage].append(
            {"row_id": row.row_id, "position": position, "person_id": row.person_id, **msgspec.structs.asdict(words)}
        )


def _body(row: LedgerRow) -> Body | None:
    if not readable(row.kind, row.version):
        return None
    try:
        return read_body(row.kind, row.version, row.body)
    except BodyUnreadable:
        return None


def _passages(body: Body) -> Iterable[tuple[int, Passage]]:
    if isinstance(body, EntryBody):
        return enumerate(body.passages)
    if isinstance(body, ApartBody):
        return ((body.position, body.passage),)
    return ()


def _pages(ids: Sequence[str], size: int) -> Iterator[list[str]]:
    walk = iter(ids)
    while page := list(islice(walk, size)):
        yield page
