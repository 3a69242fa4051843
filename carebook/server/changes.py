"""What a device is given: pages of the feed, the first copy of units new to it, and their tallies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from carebook.models.ledger import ledger
from carebook.server import feeding, leases, purges, scope
from carebook.server.refusal import Refusal
from carebook.server.site import Sender, Site
from carebook.server.tables import feed
from carebook.sync import wire
from carebook.sync.tally import unit_digest
from carebook.sync.wire import Arrived, Unit

PAGE_CHARS: Final = 8 * 1024 * 1024
"""Beyond this many characters of bodies a page is not filled further."""

_ROWS: Final = sa.select(ledger, feed.c.seq, feed.c.received_at, feed.c.rank).join(feed, feed.c.row_id == ledger.c.row_id)


def pull(site: Site, sender: Sender, asked: wire.Pull) -> wire.Pulled:
    """A page of the feed, with head, scope and orders, all from one snapshot."""
    page = site.read(lambda session: _page(session, site, sender, asked))
    if page.units is None:
        return page
    units = page.units
    site.write(lambda session: purges.tell(session, site, sender, units, page.scope))
    return site.read(lambda session: _page(session, site, sender, asked))


def backfill(session: Session, site: Site, sender: Sender, asked: wire.Backfill) -> wire.Backfilled:
    """A page of everything about these units, in the order of a first copy."""
    within = set(scope.units_of(session, sender.worker, scope.today(site.now())))
    wanted = sorted(set(asked.units) & within)
    lines, place = _walk(session, wanted, _place(asked.position), asked.limit)
    return wire.Backfilled(
        epoch=feeding.head(session).epoch, rows=tuple(_arrived(line) for line in lines),
        position=str(place) if place else None, gone=tuple(sorted(set(asked.units) - within)),
    )


def check(session: Session, site: Site, sender: Sender, asked: wire.Check) -> wire.Checked:
    """How many rows each unit in scope has, and their digest."""
    within = set(scope.units_of(session, sender.worker, scope.today(site.now())))
    head = feeding.head(session)
    return wire.Checked(
        epoch=head.epoch, head=head.seq, tallies=tuple(_tally(session, unit) for unit in asked.units if unit in within)
    )


def _page(session: Session, site: Site, sender: Sender, asked: wire.Pull) -> wire.Pulled:
    head = feeding.head(session)
    if asked.epoch not in ("", head.epoch) or asked.cursor > head.seq:
        raise Refusal(409, "epoch")
    units = scope.units_of(session, sender.worker, scope.today(site.now()))
    token = scope.token(units)
    lines: Sequence[sa.RowMapping] = []
    following = head.seq
    if 0 < asked.cursor < head.seq:
        lines = _after(session, units, asked)
        if len(lines) == asked.limit or _chars(lines) >= PAGE_CHARS:
            following = lines[-1]["seq"]
    return wire.Pulled(
        epoch=head.epoch, next=following, head=head.seq, more=following < head.seq, safe=head.safe, scope=token,
        units=units if token != asked.scope else None, purges=purges.due(session, sender),
        rows=tuple(_arrived(line) for line in lines), lease=leases.lease(session, site, sender),
    )


def _after(session: Session, units: Sequence[Unit], asked: wire.Pull) -> list[sa.RowMapping]:
    people = {unit.person_id for unit in units}
    query = _ROWS.where(
        feed.c.person_id.in_(people), feed.c.class_.in_(scope.DELIVERED), feed.c.seq > asked.cursor
    )
    return _bounded(session.execute(query.order_by(feed.c.seq).limit(asked.limit)).mappings().all())


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a first copy has come to: the last row given. The newest come first in the last rank, the oldest in others."""

    rank: int
    unit: Unit
    seq: int

    def __str__(self) -> str:
        return f"{self.rank}:{self.seq}:{self.unit.class_}:{self.unit.person_id}"


def _place(position: str) -> _Place | None:
    if not position:
        return None
    try:
        rank, seq, class_, person_id = position.split(":", 3)
        return _Place(int(rank), Unit(person_id=person_id, class_=class_), int(seq))
    except ValueError:
        raise Refusal(400, "position") from None


def _walk(
    session: Session, units: Sequence[Unit], after: _Place | None, limit: int
) -> tuple[list[sa.RowMapping], _Place | None]:
    """Up to `limit` rows from a place on, rank by rank and unit by unit; and the new place, None at the end."""
    found: list[sa.RowMapping] = []
    for rank in range(after.rank if after else feeding.FIRST_RANK, feeding.LAST_RANK + 1):
        for unit in units:
            is_within = after is not None and rank == after.rank
            if is_within and after is not None and unit < after.unit:
                continue
            start = after.seq if is_within and after is not None and unit == after.unit else None
            found += _of_unit(session, unit, rank, start, limit - len(found))
            if len(found) >= limit or _chars(found) >= PAGE_CHARS:
                return found, _Place(rank, unit, found[-1]["seq"])
    return found, None


def _of_unit(session: Session, unit: Unit, rank: int, after: int | None, limit: int) -> list[sa.RowMapping]:
    is_newest_first = rank == feeding.LAST_RANK
    query = _ROWS.where(feed.c.person_id == unit.person_id, feed.c.class_ == unit.class_, feed.c.rank == rank)
    if after is not None:
        query = query.where(feed.c.seq < after if is_newest_first else feed.c.seq > after)
    order = feed.c.seq.desc() if is_newest_first else feed.c.seq
    return _bounded(session.execute(query.order_by(order).limit(limit)).mappings().all())


def _bounded(lines: Sequence[sa.RowMapping]) -> list[sa.RowMapping]:
    """As many of the rows as a page may carry, and at least one."""
    chars = 0
    for at, line in enumerate(lines, start=1):
        chars += len(line["body"])
        if chars >= PAGE_CHARS:
            return list(lines[:at])
    return list(lines)


def _chars(lines: Sequence[sa.RowMapping]) -> int:
    return sum(len(line["body"]) for line in lines)


def _tally(session: Session, unit: Unit) -> wire.Tally:
    digests = session.scalars(
        sa.select(ledger.c.digest)
        .join(feed, feed.c.row_id == ledger.c.row_id)
        .where(feed.c.person_id == unit.person_id, feed.c.class_ == unit.class_)
    )
    count, digest = unit_digest(digests)
    return wire.Tally(person_id=unit.person_id, class_=unit.class_, count=count, digest=digest)


def _arrived(line: Any) -> Arrived:
    return Arrived(
        row_id=line["row_id"], kind=line["kind"], version=line["version"], person_id=line["person_id"],
        class_=line["class_"], fact_id=line["fact_id"], body=line["body"], author=line["author"], role=line["role"],
        device_id=line["device_id"], number=line["number"], written_at=line["written_at"], skew_ms=line["skew_ms"],
        replaces=tuple(line["replaces"]), denies=line["denies"], digest=line["digest"], seq=line["seq"],
        received_at=line["received_at"],
    )
