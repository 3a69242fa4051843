"""Fourteen mistakes that programs of this kind make, each planted by itself: a simulation that misses them proves nothing."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any
from uuid import UUID

import msgspec
import pytest
import sqlalchemy as sa

from carebook.models.ledger import ledger
from carebook.models.projection import is_head, replacement
from carebook.server import administration, changes, door, feeding, judging
from carebook.server.tables import SERVER_DEVICE
from carebook.store import holding, outbox, state, work
from carebook.store.tables import held
from carebook.sync import client as sync_client
from carebook.sync import cycle, receiving, sending
from simulation import ends_here

Patch = pytest.MonkeyPatch
Plant = Callable[[Patch], None]


def a_place_before_the_commit(patch: Patch) -> None:
    """Places are drawn outside the transaction: one that is rolled back leaves a gap."""
    real = feeding.enter
    drawn: dict[str, int] = {}

    def enter(session: Any, rows: Any, now: Any) -> dict[str, int]:
        head = feeding.head(session)
        start = max(drawn.get(head.epoch, 0), head.seq)
        drawn[head.epoch] = start + len(rows)
        session.execute(sa.update(feeding.sync_head).values(seq=start))
        return real(session, rows, now)

    patch.setattr(feeding, "enter", enter)


def the_last_writer_wins(patch: Patch) -> None:
    """The server lets a row stand in place of every other head of its fact."""
    real = door.keep

    def keep(session: Any, rows: Any) -> None:
        real(session, rows)
        for row in rows:
            which = (ledger.c.fact_id == row.fact_id, ledger.c.row_id != row.row_id)
            others = session.scalars(sa.select(ledger.c.row_id).where(*which, is_head(ledger))).all()
            if others and row.device_id != SERVER_DEVICE:
                session.execute(sa.insert(replacement), [{"replaced_id": one, "by_id": row.row_id} for one in others])

    patch.setattr(door, "keep", keep)


def no_memory_of_what_was_answered(patch: Patch) -> None:
    """A row that is sent twice is judged twice."""
    patch.setattr(judging, "recall", lambda session, cases: None)


def sent_before_the_answer(patch: Patch) -> None:
    """A row is off the outbox when it is sent, not when the server has answered."""
    real = sync_client.Client.call

    def push(at: Any) -> None:
        def call(self: Any, name: str, message: Any, kind: Any) -> Any:
            if name == "push":
                with at.store.begin() as session:
                    settled = [outbox.Answered(op.op_id, "accepted") for op in message.ops]
                    outbox.answered(session, settled, at.store.clock.now())
            return real(self, name, message, kind)

        with pytest.MonkeyPatch.context() as here:
            here.setattr(sync_client.Client, "call", call)
            sending_push(at)

    sending_push = sending.push
    in_step(patch, "push", push)
    patch.setattr(outbox, "back_from_journal", lambda session, at: 0)
    if hasattr(outbox, "own_again"):
        patch.setattr(outbox, "own_again", lambda session, device_id, at: 0)


def what_waits_is_purged(patch: Patch) -> None:
    """Whoever leaves takes along what was not sent about them."""

    def seal_leaving(at: Any, people: Any) -> None:
        with at.store.read() as session:
            at.covered.update(sending.marks(*sending.leaving(session, people)))

    patch.setattr(sending, "seal_leaving", seal_leaving)


def nothing_is_purged(patch: Patch) -> None:
    """Whoever leaves is no longer listed, and their rows stay."""

    def purge(session: Any, unit: Any, at: Any) -> holding.Purged:
        session.execute(sa.delete(held).where(held.c.person_id == unit[0], held.c.class_ == unit[1]))
        return holding.Purged()

    patch.setattr(holding, "purge", purge)


def the_cursor_before_the_rows(patch: Patch) -> None:
    """The cursor moves when a page is staged; a sync that is cut before it is taken in never asks for it again."""
    real = receiving.pull

    def pull(at: Any) -> None:
        real(at)
        with at.store.begin() as session:
            state.put(session, "cursor", str(state.get_number(session, "staged_next")))
            state.put(session, "staged_epoch", "")

    in_step(patch, "pull", pull)


def no_first_copy(patch: Patch) -> None:
    """Someone who comes into scope is shown at once, with what happens to arrive: half-arrived people too."""
    real = holding.begin

    def begin(session: Any, new: Any) -> list[Any]:
        real(session, new)
        session.execute(sa.update(held).values(complete=True))
        return []

    patch.setattr(holding, "begin", begin)


def out_of_scope_is_refused(patch: Patch) -> None:
    """What is written about someone who has left meanwhile is not taken."""
    real = judging.Case.settle

    def settle(self: Any, outcome: str, code: str = "") -> None:
        real(self, "refused" if outcome == "quarantined" else outcome, code)

    patch.setattr(judging.Case, "settle", settle)


def a_restore_without_a_new_epoch(patch: Patch) -> None:
    """The restored server goes on as if nothing had been."""
    patch.setattr(ends_here.Server, "begin_epoch", lambda self: None)


def op_ids_from_a_counter(patch: Patch) -> None:
    """A laptop counts its op ids, from one at each unlock."""
    numbers = {"next": count(1)}
    real = ends_here.Laptop.start

    def start(self: Any) -> None:
        numbers["next"] = count(1)
        real(self)

    patch.setattr(ends_here.Laptop, "start", start)
    patch.setattr(work, "random_id", lambda: str(UUID(int=next(numbers["next"]) + (4 << 76), version=4)))


def a_tombstone_that_never_lapses(patch: Patch) -> None:
    """What was purged once is never taken in again, even when the person comes back."""
    real = holding.begin

    def begin(session: Any, new: Any) -> Any:
        stones = session.execute(sa.select(holding.tombstone)).mappings().all()
        arriving = real(session, new)
        here = set(session.scalars(sa.select(holding.tombstone.c.row_id)))
        lapsed = [dict(stone) for stone in stones if stone["row_id"] not in here]
        if lapsed:
            session.execute(sa.insert(holding.tombstone), lapsed)
        return arriving

    patch.setattr(holding, "begin", begin)


def the_head_after_the_rows(patch: Patch) -> None:
    """A page says how far the feed has come by now, and not when its rows were read."""
    real = changes._page

    def page(session: Any, site: Any, sender: Any, asked: Any) -> Any:
        told = real(session, site, sender, asked)
        administration.set_setting(site, "motto", f"{told.head}")
        head = site.read(feeding.head).seq
        return msgspec.structs.replace(told, head=head, next=head if not told.more else told.next)

    patch.setattr(changes, "_page", page)


def nothing_is_parked(patch: Patch) -> None:
    """A row that names an unknown row is taken in as if it did not."""
    patch.setattr(judging, "park", lambda session, cases: None)


def in_step(patch: Patch, name: str, step: Callable[[Any], None]) -> None:
    patch.setattr(cycle, "STEPS", tuple((one, step if one == name else does) for one, does in cycle.STEPS))


FOURTEEN: dict[str, Plant] = {
    "sequence allocated before commit": a_place_before_the_commit,
    "last writer wins": the_last_writer_wins,
    "no idempotency": no_memory_of_what_was_answered,
    "acknowledged before the reply": sent_before_the_answer,
    "unsent edits purged on revocation": what_waits_is_purged,
    "no purge": nothing_is_purged,
    "cursor saved before apply": the_cursor_before_the_rows,
    "no backfill on re-grant, half-arrived people shown": no_first_copy,
    "out-of-scope pushes refused": out_of_scope_is_refused,
    "restore without a new epoch": a_restore_without_a_new_epoch,
    "op ids from a counter": op_ids_from_a_counter,
    "tombstone never lapses": a_tombstone_that_never_lapses,
    "head read after rows": the_head_after_the_rows,
    "no parking": nothing_is_parked,
}
