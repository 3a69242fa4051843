"""The steps of a sync as a table, and the one function that goes through them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from carebook.clock import stamp
from carebook.models.ids import COUNCIL
from carebook.store import outbox, state
from carebook.sync import receiving, sending
from carebook.sync.client import Client
from carebook.sync.enrolment import read_enrolment
from carebook.sync.report import Refusal, Report
from carebook.sync.round import Progress, Round, Stopped, SyncStore


def sign_in(at: Round) -> None:
    """Begin a session; learn the clocks' difference, the worker's role of today, and whether the server was restored."""
    with at.store.read() as session:
        incarnation, epoch = state.get(session, "incarnation") or "", state.get(session, "epoch") or ""
    told = at.client.sign_in(incarnation)
    with at.store.begin() as session:
        for name, value in {
            "incarnation": told.answer.incarnation, "skew_ms": str(told.skew_ms), "worker_name": told.answer.name,
            "role": told.answer.role, "last_contact": stamp(at.store.clock.now()),
        }.items():
            state.put(session, name, value)
        state.put(session, "last_number", str(max(state.get_number(session, "last_number"), told.answer.highest)))
        at.is_copy = told.answer.is_copy or state.get(session, "is_copy") == "1"
        state.put(session, "is_copy", "1" if at.is_copy else "")
        if epoch not in ("", told.answer.epoch):
            receiving.restart(session, at, told.answer.epoch)
        state.put(session, "epoch", told.answer.epoch)


STEPS: Final[tuple[tuple[str, Callable[[Round], None]], ...]] = (
    ("sign-in", sign_in),
    ("push", sending.push),
    ("trace", sending.send_trace),
    ("pull", receiving.pull),
    ("apply", receiving.apply),
    ("backfill", receiving.backfill),
    ("check", receiving.check),
    ("answer", sending.answer_purges),
)
"""In this order, each able to be repeated; what one has done stands when a later one fails."""


def run_cycle(
    store: SyncStore,
    client: Client | None = None,
    *,
    progress: Progress = lambda step, done, total: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Report:
    """One sync from end to end; no transaction is open while the network is.

    client: an enrolled device's; by default one made from what the store remembers, and closed again.
    progress: told each step as it goes, on the calling thread. is_cancelled: asked between two requests.
    Raises a ServerProblem (Unreachable, NotTrusted, SignInRefused, ServerBusy, UpgradeNeeded, ServerFailed) or a
    StoreProblem; what was done before stands, and nothing is lost.
    """
    with store.read() as session:
        enrolment = read_enrolment(session)
    ours = client or Client(enrolment, store.clock)
    at = Round(
        store=store, client=ours, device_id=enrolment.device_id, seal_key=enrolment.seal_key,
        started_at=store.clock.now(), progress=progress, is_cancelled=is_cancelled,
    )
    try:
        is_whole = _go_through(at)
    finally:
        if client is None:
            ours.close()
    return _report(at, cancelled=not is_whole)


def _go_through(at: Round) -> bool:
    try:
        for at.step, step in STEPS:
            at.go_on()
            step(at)
    except Stopped:
        return False
    return True


def _report(at: Round, *, cancelled: bool) -> Report:
    with at.store.read() as session:
        left = outbox.counts(session)
        refused = outbox.refused(session)
    return Report(
        started_at=at.started_at, finished_at=at.store.clock.now(), sent=at.sent, received=at.received,
        waiting=left.waiting, clashes=at.clashes, held_back=at.held_back,
        refused=tuple(Refusal(found.row.row_id, found.row.kind, found.why) for found in refused),
        people_added=tuple(sorted(at.added - {COUNCIL})), people_removed=tuple(sorted(at.removed)),
        repaired=at.repaired, differing=at.differing, missing=at.missing if not left.waiting and not refused else 0,
        trace_broken=at.trace_broken, is_copy=at.is_copy, server_restored=at.server_restored, cancelled=cancelled,
    )
