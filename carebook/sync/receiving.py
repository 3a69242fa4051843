"""The steps that receive: pages staged, then scope, purge, rows and cursor in one transaction; first copies; the check."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from carebook.cipher import checkpoint
from carebook.clock import stamp
from carebook.errors import ServerFailed, StoreInUse
from carebook.models.ledger import LedgerRow, digest
from carebook.store import holding, inbox, outbox, state
from carebook.store.inbox import Unit
from carebook.store.tables import held, purge_answer
from carebook.sync import sending, wire
from carebook.sync.client import unpack_answer
from carebook.sync.round import Round
from carebook.sync.tally import unit_digest

MAKE_WAY_TRIES: Final = 5
CHECK_TRIES: Final = 3


def pull(at: Round) -> None:
    """Fetch what is new, page by page, and stage each; goes on where an earlier sync was cut off."""
    with at.store.begin() as session:
        epoch = state.get(session, "epoch") or ""
        scope = "" if holding.has_untold(session) else state.get(session, "scope_token") or ""
        cursor = state.get_number(session, "cursor")
        if inbox.pages(session) and state.get(session, "staged_epoch") == epoch:
            cursor = state.get_number(session, "staged_next")
        else:
            inbox.clear(session)
    while True:
        asked = wire.Pull(epoch=epoch, cursor=cursor, scope=scope)
        packed = at.client.call_packed("pull", asked)
        page = unpack_answer(packed, wire.Pulled)
        with at.store.begin() as session:
            inbox.stage(session, packed)
            state.put(session, "staged_next", str(page.next))
            state.put(session, "staged_epoch", epoch)
        at.go_on(page.next, page.head)
        cursor = page.next
        if not page.more:
            return


def apply(at: Round) -> None:
    """Take the staged pages in, in one transaction, after what is unsent about people who leave has gone, sealed."""
    with at.store.read() as session:
        pages = [unpack_answer(packed, wire.Pulled) for packed in inbox.pages(session)]
    if not pages:
        return
    for _ in range(MAKE_WAY_TRIES):
        with at.store.read() as session:
            lost = _lost(holding.units(session), pages)
        sending.seal_leaving(at, {person for person, _ in lost})
        with at.store.begin() as session:
            names = _apply(session, at, pages)
        if names is not None:
            break
    else:
        return  # someone is still writing about a person who leaves; the pages stay staged for the next sync
    at.store.unseal(*names)
    _empty_log(at, must=bool(at.removed))


def backfill(at: Round) -> None:
    """Fetch the first copy of units that are new here; each is shown once it is whole."""
    with at.store.read() as session:
        waiting = holding.positions(session)
    total = sum(len(units) for units in waiting.values())
    done = 0
    for position, units in waiting.items():
        for start in range(0, len(units), wire.CHECK_UNITS):
            some = units[start : start + wire.CHECK_UNITS]
            at.go_on(done, total)
            _first_copy(at, some, position)
            done += len(some)
    if at.begun_here:
        _first_copy(at, sorted(at.begun_here), "")


def check(at: Round) -> None:
    """Compare count and digest of what this sync touched (once a day, of all); a unit that differs is fetched again."""
    with at.store.read() as session:
        units = holding.units(session)
        today = stamp(at.store.clock.now())[:10]
        is_due = state.get(session, "checked_on") != today
    wanted = sorted(unit for unit, whole in units.items() if whole and (is_due or unit in at.touched))
    differing: list[Unit] = []
    for start in range(0, len(wanted), wire.CHECK_UNITS):
        at.go_on(start, len(wanted))
        differing += _compare(at, wanted[start : start + wire.CHECK_UNITS])
    at.repaired = sum(1 for unit in differing if _repair(at, unit))
    at.differing = len(differing) - at.repaired
    if is_due:
        with at.store.begin() as session:
            state.put(session, "checked_on", today)


def restart(session: Session, at: Round, epoch: str) -> None:
    """The server was restored: cursor anew, what was acknowledged since waits again, and everything is compared."""
    for name, value in {"epoch": epoch, "cursor": "0", "scope_token": "", "checked_on": "", "audit_sent": "0"}.items():
        state.put(session, name, value)
    inbox.clear(session)
    outbox.back_from_journal(session, at.store.clock.now())
    outbox.own_again(session, at.device_id, at.store.clock.now())
    at.server_restored = True


def _lost(here: Iterable[Unit], pages: Sequence[wire.Pulled]) -> set[Unit]:
    """The units that this device holds and no longer may."""
    present = set(here)
    scope = next((page.units for page in reversed(pages) if page.units is not None), None)
    ordered = {(order.person_id, order.class_) for order in pages[-1].purges}
    allowed = None if scope is None else {(unit.person_id, unit.class_) for unit in scope}
    return {unit for unit in present if unit in ordered or (allowed is not None and unit not in allowed)}


def _apply(session: Session, at: Round, pages: Sequence[wire.Pulled]) -> list[str] | None:
    """Names of seals that may go now; None when something unsent about a leaving person was written meanwhile."""
    last = pages[-1]
    here = holding.units(session)
    lost = _lost(here, pages)
    rows, written = sending.leaving(session, {person for person, _ in lost})
    if sending.marks(rows, written) - at.covered:
        return None
    names = _purge(session, at, sorted(lost), last.purges)
    scope = next((page.units for page in reversed(pages) if page.units is not None), None)
    if scope is not None:
        new = {(unit.person_id, unit.class_) for unit in scope} - set(here)
        arriving = holding.begin(session, new)
        at.added.update(person for person, _ in arriving)
        at.touched.update(new)
        if state.get_number(session, "cursor") == 0:
            at.begun_here.update(new.difference(arriving))
    _take_in(session, at, [row for page in pages for row in page.rows])
    now = at.store.clock.now()
    session.execute(sa.update(held).where(held.c.complete.is_(True)).values(synced_at=now))
    told = {"cursor": str(last.next), "scope_token": last.scope, "last_contact": stamp(now)}
    if last.lease is not None:
        told["lease"] = msgspec.json.encode(last.lease).decode()
    for name, value in told.items():
        state.put(session, name, value)
    outbox.covered(session, last.safe)
    inbox.clear(session)
    return names


def _purge(session: Session, at: Round, lost: Sequence[Unit], orders: Sequence[wire.PurgeOrder]) -> list[str]:
    gone = {unit: holding.purge(session, unit, at.store.clock.now()) for unit in lost}
    for order in orders:
        counted = gone.get((order.person_id, order.class_), holding.Purged())
        line = {
            "order_id": order.order_id, "rows": counted.rows, "unsent": counted.unsent, "drafts": counted.drafts
        }
        session.execute(insert(purge_answer).on_conflict_do_nothing(), [line])
    at.removed.update(person for person, _ in lost)
    at.touched.difference_update(lost)
    return [name for purged in gone.values() for name in purged.sealed_names]


def _take_in(session: Session, at: Round, arrived: Sequence[wire.Arrived]) -> None:
    rows: dict[str, LedgerRow] = {}
    for sent in arrived:
        row = wire.as_ledger(sent)
        if digest(row) != sent.digest:
            raise ServerFailed("digest")
        rows[row.row_id] = row
    taken = inbox.take_in(session, rows, set(holding.units(session)))
    at.received += len(taken.new)
    at.touched.update((row.person_id, row.class_) for row in taken.new)


def _first_copy(at: Round, units: Sequence[Unit], position: str) -> set[str]:
    """Fetch units from a position to their end; the ids of the rows that came."""
    came: set[str] = set()
    asked = tuple(wire.Unit(person_id=person, class_=class_) for person, class_ in units)
    reached: str | None = position
    while reached is not None:
        page = at.client.call("backfill", wire.Backfill(units=asked, position=reached), wire.Backfilled)
        with at.store.begin() as session:
            _take_in(session, at, page.rows)
            gone = {(unit.person_id, unit.class_) for unit in page.gone}
            for unit in gone:
                holding.purge(session, unit, at.store.clock.now())
            here = [unit for unit in units if unit not in gone]
            if page.position is None:
                holding.complete(session, here, at.store.clock.now())
            else:
                holding.reached(session, here, page.position)
        at.go_on()
        came.update(row.row_id for row in page.rows)
        reached = page.position
    at.touched.update(units)
    return came


def _compare(at: Round, units: Sequence[Unit]) -> list[Unit]:
    asked = wire.Check(units=tuple(wire.Unit(person_id=person, class_=class_) for person, class_ in units))
    told = at.client.call("check", asked, wire.Checked)
    with at.store.read() as session:
        return [
            (tally.person_id, tally.class_)
            for tally in told.tallies
            if (tally.count, tally.digest) != unit_digest(holding.digests(session, (tally.person_id, tally.class_)))
        ]


def _repair(at: Round, unit: Unit) -> bool:
    """Fetch the unit again until both ends agree; False when they still do not after three times.

    What the server lacks of it, restored from a backup that is older than the row, is given back.
    """
    for _ in range(CHECK_TRIES):
        there = _first_copy(at, [unit], "")
        if not _compare(at, [unit]):
            return True
        with at.store.begin() as session:
            outbox.wait_again(session, holding.lacking(session, unit, there), at.store.clock.now())
        sending.push(at)
    return False


def _empty_log(at: Round, *, must: bool) -> None:
    """What was purged is gone from the log too; a reader in the way only puts it off to the next sync."""
    with at.store.begin() as session:
        is_due = must or state.get(session, "log_to_empty") == "1"
        if is_due:
            state.put(session, "log_to_empty", "1")
    if not is_due or at.store.engine is None:
        return
    with at.store.begin() as session:
        state.put(session, "log_to_empty", "")
    try:
        checkpoint(at.store.engine)
    except StoreInUse:
        with at.store.begin() as session:
            state.put(session, "log_to_empty", "1")
