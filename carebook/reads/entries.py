"""Entries: contacts and what was written with them, as they stand and as they stood."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from carebook.errors import NotHeld
from carebook.models.kinds import apart, read_body
from carebook.models.ledger import ledger
from carebook.models.projection import is_head
from carebook.models.record import ApartBody, EntryBody, MisplacedBody, Passage
from carebook.reads.workers import names


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of an entry.

    fact_id: the entry's own id, the same over all versions. is_current: nothing replaces it. is_clash: another
    current version stands beside it. is_misplaced: it was written on the wrong record, and only says so.
    """

    row_id: str
    fact_id: str
    person_id: str
    heading: str
    happened_at: datetime
    title: str
    passages: tuple[Passage, ...]
    body: EntryBody | None
    author: str
    author_name: str
    role: str
    written_at: datetime
    skew_ms: int | None
    replaces: tuple[str, ...]
    reason: str
    is_current: bool
    is_clash: bool = False
    is_misplaced: bool = False


def entries_of(session: Session, person_id: str) -> tuple[Entry, ...]:
    """The current version of every entry about the person, the newest happening first."""
    found = _load(session, ledger.c.person_id == person_id, is_head(ledger))
    return tuple(sorted(found, key=lambda one: (one.happened_at, one.row_id), reverse=True))


def entry(session: Session, row_id: str) -> Entry:
    """One version of one entry; NotHeld if this store has no such row."""
    found = _load(session, ledger.c.row_id == row_id)
    if not found:
        raise NotHeld(row_id)
    return found[0]


def history(session: Session, fact_id: str) -> tuple[Entry, ...]:
    """All versions of an entry, the oldest first; what replaced what stands in `replaces`."""
    return tuple(sorted(_load(session, ledger.c.fact_id == fact_id), key=lambda one: (one.written_at, one.row_id)))


def _load(session: Session, *where: sa.ColumnElement[bool]) -> list[Entry]:
    lines = session.execute(
        sa.select(ledger, is_head(ledger).label("current")).where(ledger.c.kind.in_(("entry", "misplaced")), *where)
    ).mappings().all()
    others = _apart(session, [line["row_id"] for line in lines])
    staff = names(session)
    often: dict[str, int] = defaultdict(int)
    for line in lines:
        often[line["fact_id"]] += bool(line["current"])
    return [_entry(line, others.get(line["row_id"], ()), staff, clash=often[line["fact_id"]] > 1) for line in lines]


def _entry(line: sa.RowMapping, others: Iterable[tuple[int, Passage]], staff: Mapping[str, str], *, clash: bool) -> Entry:
    body = read_body(line["kind"], line["version"], line["body"])
    written = body if isinstance(body, EntryBody) else None
    assert isinstance(body, EntryBody | MisplacedBody)
    return Entry(
        row_id=line["row_id"], fact_id=line["fact_id"], person_id=line["person_id"], heading=body.heading,
        happened_at=body.happened_at, title=written.title if written else "",
        passages=_in_order(written.passages, others) if written else (), body=written, author=line["author"],
        author_name=staff.get(line["author"], line["author"]), role=line["role"], written_at=line["written_at"],
        skew_ms=line["skew_ms"], replaces=tuple(line["replaces"]), reason=body.reason, is_current=bool(line["current"]),
        is_clash=clash and bool(line["current"]), is_misplaced=written is None,
    )


def _in_order(own: Sequence[Passage], others: Iterable[tuple[int, Passage]]) -> tuple[Passage, ...]:
    passages = list(own)
    for position, passage in sorted(others, key=lambda one: one[0]):
        passages.insert(position, passage)
    return tuple(passages)


def _apart(session: Session, row_ids: Sequence[str]) -> Mapping[str, list[tuple[int, Passage]]]:
    found: dict[str, list[tuple[int, Passage]]] = defaultdict(list)
    lines = session.execute(
        sa.select(ledger.c.version, ledger.c.body)
        .join(apart, apart.c.row_id == ledger.c.row_id)
        .where(apart.c.entry_row_id.in_(row_ids))
    )
    for line in lines:
        body = read_body("apart", line.version, line.body)
        assert isinstance(body, ApartBody)
        found[body.entry_row_id].append((body.position, body.passage))
    return found
