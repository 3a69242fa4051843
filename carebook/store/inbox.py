"""What arrives: pages as the server sent them, staged until all are here, and rows taken into the record."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from carebook.models.ledger import LedgerRow, as_columns, ledger, tombstone
from carebook.models.lines import put_lines
from carebook.models.projection import project
from carebook.store.tables import inbox, journal

Unit = tuple[str, str]
"""(person_id, class): what a device holds or does not."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of rows that arrived: new ones, and how many did not agree with a row of the same id held here."""

    new: tuple[LedgerRow, ...]
    differing: int


def stage(session: Session, page: bytes) -> None:
    """Keep a page, as it came, until the whole is here."""
    session.execute(sa.insert(inbox), [{"page": page}])


def pages(session: Session) -> list[bytes]:
    """The staged pages, in the order they came."""
    return list(session.scalars(sa.select(inbox.c.page).order_by(inbox.c.number)))


def clear(session: Session) -> None:
    """No page is staged any more: all were taken in, or they belong to a pull that is begun anew."""
    session.execute(sa.delete(inbox))


def take_in(session: Session, rows: Mapping[str, LedgerRow], units: Collection[Unit]) -> Taken:
    """Write the rows (by id) that are new here: ledger and typed tables, as `work.keep` does but without an outbox item.

    Left out: rows of units that this device does not hold, rows that were purged or disposed of, rows it has already.
    """
    wanted = [row for row in rows.values() if (row.person_id, row.class_) in units]
    lines = [as_columns(row) for row in wanted]
    here = _digests(session, [row.row_id for row in wanted])
    gone = _tombstoned(session, [row.row_id for row in wanted])
    differing = sum(1 for line in lines if here.get(str(line["row_id"]), line["digest"]) != line["digest"])
    fresh = [
        (row, line)
        for row, line in zip(wanted, lines, strict=True)
        if row.row_id not in here and row.row_id not in gone
    ]
    if fresh:
        put_lines(session, ledger, [line for _, line in fresh])
        project(session, [row for row, _ in fresh])
    _admit(session, list(here))
    return Taken(tuple(row for row, _ in fresh), differing)


def _admit(session: Session, row_ids: Sequence[str]) -> None:
    """A row of ours that was quarantined or parked and now comes from the server has been let in."""
    held_back = journal.c.outcome.in_(("quarantined", "parked"))
    for page in _paged(row_ids):
        session.execute(sa.update(journal).where(journal.c.row_id.in_(page), held_back).values(outcome="accepted"))


def _digests(session: Session, row_ids: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for page in _paged(row_ids):
        lines = session.execute(sa.select(ledger.c.row_id, ledger.c.digest).where(ledger.c.row_id.in_(page)))
        found.update((line.row_id, line.digest) for line in lines)
    return found


def _tombstoned(session: Session, row_ids: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for page in _paged(row_ids):
        found.update(session.scalars(sa.select(tombstone.c.row_id).where(tombstone.c.row_id.in_(page))))
    return found


def _paged(ids: Sequence[T], size: int = 1000) -> Iterator[list[T]]:
    walk = iter(ids)
    while page := list(islice(walk, size)):
        yield page
