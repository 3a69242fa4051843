"""Mistakes against rules of this program's own, each planted by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from carebook.clock import instant
from carebook.models.ledger import ledger
from carebook.server import judging
from carebook.store import inbox, outbox
from carebook.sync import receiving, sending
from simulation.planted import Patch, Plant, in_step


def drafts_are_purged_unsealed(patch: Patch) -> None:
    """Rows about who leaves are sent, drafts are forgotten."""
    real = sending.leaving
    patch.setattr(sending, "leaving", lambda session, people: (real(session, people)[0], []))


def a_denial_waits_in_quarantine(patch: Patch) -> None:
    """Who must not be told is told until a supervisor has looked."""
    patch.setattr(judging.Case, "is_in_force", property(lambda self: False))


def no_journal(patch: Patch) -> None:
    """What the server has once accepted is never sent again, whatever backup it is restored from."""
    patch.setattr(outbox, "back_from_journal", lambda session, at: 0)
    if hasattr(outbox, "own_again"):
        patch.setattr(outbox, "own_again", lambda session, device_id, at: 0)
    if hasattr(outbox, "wait_again"):
        patch.setattr(outbox, "wait_again", lambda session, which, at: 0)


def a_refusal_blocks_the_rest(patch: Patch) -> None:
    """One row that the server will not take, and nothing more is sent."""
    real = sending.push

    def push(at: Any) -> None:
        with at.store.read() as session:
            blocked = outbox.counts(session).refused
        if not blocked:
            real(at)

    in_step(patch, "push", push)


def the_log_keeps_what_was_purged(patch: Patch) -> None:
    """The file is clean, and the log beside it is not."""
    patch.setattr(receiving, "_empty_log", lambda at, must: None)


def a_late_clock_is_refused(patch: Patch) -> None:
    """The server will not take what it thinks was written tomorrow."""
    real = judging.judge

    def judge(session: Any, cases: Any, sender: Any, day: Any) -> Any:
        for case, row in judging.open_cases(cases):
            if row.written_at.date() > day:
                case.settle("refused", "clock")
        return real(session, cases, sender, day)

    patch.setattr(judging, "judge", judge)


def a_row_in_place_of_its_twin(patch: Patch) -> None:
    """Two rows under one number of a laptop that was set back: the later takes the place of the first and hides it."""
    real = inbox.take_in

    def take_in(session: Any, rows: Any, units: Any) -> Any:
        found = session.execute(sa.select(ledger.c.device_id, ledger.c.number, ledger.c.row_id))
        here = {(line.device_id, line.number): line.row_id for line in found}
        fresh = {
            row_id: row for row_id, row in rows.items() if here.get((row.device_id, row.number), row_id) == row_id
        }
        return real(session, fresh, units)

    patch.setattr(inbox, "take_in", take_in)


def purge_orders_go_unanswered(patch: Patch) -> None:
    """Nobody knows whether a laptop has let go of what it had to."""
    in_step(patch, "answer", lambda at: None)


def a_lost_row_of_the_trace(patch: Patch) -> None:
    """A line of the audit chain is passed over."""
    real = sending._lines
    patch.setattr(sending, "_lines", lambda session, device_id, after: real(session, device_id, after)[1:])


def a_row_is_dated_anew(patch: Patch) -> None:
    """The server writes its own time into a row, and so another row than was written."""
    real = judging.read

    def read(ops: Any, sender: Any) -> Any:
        cases = real(ops, sender)
        for case, row in judging.open_cases(cases):
            case.row = replace(row, written_at=instant("2026-03-10T00:00:00.000000Z"))
        return cases

    patch.setattr(judging, "read", read)


OF_NEW_RULES: dict[str, Plant] = {
    "denial not in force while quarantined": a_denial_waits_in_quarantine,
    "drafts purged unsealed": drafts_are_purged_unsealed,
    "no journal": no_journal,
    "a refusal blocks the rest": a_refusal_blocks_the_rest,
    "log not emptied after a purge": the_log_keeps_what_was_purged,
    "a clock that is ahead is refused": a_late_clock_is_refused,
    "a twin's number swallows a row": a_row_in_place_of_its_twin,
    "purge orders unanswered": purge_orders_go_unanswered,
    "a line of the trace lost": a_lost_row_of_the_trace,
    "rows dated anew by the server": a_row_is_dated_anew,
}
