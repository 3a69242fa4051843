"""Two laptops and a server: what is written on one is on the other, who leaves is gone, and nothing is lost on the way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import ends
import msgspec
import pytest
import sqlalchemy as sa

from carebook.clock import clock_starting_at, random_id
from carebook.errors import Unreachable
from carebook.models.audit import audit, first_broken
from carebook.models.kinds import KINDS
from carebook.models.ledger import ledger, tombstone
from carebook.models.people import PhoneBody
from carebook.models.projection import PROJECTED, rebuild
from carebook.server.tables import purge_order, sealed_upload, sync_head
from carebook.store import drafts, outbox, state
from carebook.store.drafts import Draft
from carebook.store.tables import held, journal
from carebook.sync import wire
from carebook.sync.client import Client
from carebook.sync.cycle import STEPS, run_cycle
from carebook.sync.enrolment import read_enrolment

PHONE = PhoneBody(number="01632 960011", use="home")
Pair = tuple[ends.Laptop, ends.Laptop]


@pytest.fixture(scope="module")
def laptops(council: ends.Council) -> Pair:
    """Two workers' laptops, used by one test after the other."""
    return council.laptop(), council.laptop()


@pytest.fixture
def pair(laptops: Pair) -> Pair:
    """Two laptops with nothing to send."""
    return laptops[0].forget_unsent(), laptops[1].forget_unsent()


class Deaf(Client):
    """A client that sends, and does not hear the answers to requests of one name, so many times."""

    def __init__(self, laptop: ends.Laptop, name: str, times: int = 1) -> None:
        with laptop.store.read() as session:
            super().__init__(read_enrolment(session), laptop.store.clock)
        self.name, self.times = name, times

    def call_packed(self, name: str, message: msgspec.Struct) -> bytes:
        answer = super().call_packed(name, message)
        if name == self.name and self.times:
            self.times -= 1
            raise Unreachable("lost")
        return answer


def share(council: ends.Council, pair: Pair) -> str:
    """Someone whom both laptops hold."""
    person = pair[0].add_person()
    pair[0].sync()
    council.allocate(pair[1].worker, person)
    pair[1].sync()
    return person


def typed_rows(laptop: ends.Laptop, person: str) -> int:
    """How many typed rows of a person the laptop holds, over all kinds."""
    with laptop.store.read() as session:
        tables = {kind.table for kind in KINDS.values()}
        counted = (sa.select(sa.func.count()).select_from(table).where(table.c.person_id == person) for table in tables)
        return sum(session.scalar(query) or 0 for query in counted)


def test_what_is_written_offline_reaches_the_server_and_a_colleagues_laptop(council: ends.Council, pair: Pair) -> None:
    mine, theirs = pair
    person = mine.add_person()
    report = mine.sync()
    assert (report.sent, report.waiting, report.refused, report.people_added) == (2, 0, (), ())
    council.allocate(theirs.worker, person)
    report = theirs.sync()
    assert report.people_added == (person,)
    assert report.is_clean
    assert theirs.ledger_ids(person) == council.ledger_ids(person)
    mine.sync()
    assert mine.ledger_ids(person) == council.ledger_ids(person)


def test_a_sync_with_nothing_to_do_moves_nothing(pair: Pair) -> None:
    pair[0].sync()
    report = pair[0].sync()
    assert (report.sent, report.received, report.repaired, report.is_clean) == (0, 0, 0, True)


def test_what_is_received_is_projected_as_if_it_had_been_written_here(council: ends.Council, pair: Pair) -> None:
    share(council, pair)
    store = pair[1].store
    with store.begin() as session:
        before = [session.execute(sa.select(table).order_by(*table.primary_key)).all() for table in PROJECTED]
        assert rebuild(session) > 2
        after = [session.execute(sa.select(table).order_by(*table.primary_key)).all() for table in PROJECTED]
    assert after == before


def test_a_person_is_purged_by_the_sync_that_learns_of_it(council: ends.Council, pair: Pair) -> None:
    mine, theirs = pair
    person = share(council, pair)
    held_before = len(theirs.ledger_ids(person))
    council.end_allocation(theirs.worker, person)
    assert theirs.sync().people_removed == (person,)
    assert theirs.ledger_ids(person) == set()
    assert typed_rows(theirs, person) == 0
    stones = sa.select(sa.func.count()).select_from(tombstone).where(tombstone.c.person_id == person)
    assert theirs.scalar(stones) == held_before
    (order,) = council.rows(sa.select(purge_order).where(purge_order.c.person_id == person))
    assert (order["worker"], order["rows"], order["answered_at"] is not None) == (theirs.worker, held_before, True)
    assert mine.ledger_ids(person)


def test_a_person_who_comes_back_comes_back_whole(council: ends.Council, pair: Pair) -> None:
    person = share(council, pair)
    council.end_allocation(pair[1].worker, person)
    pair[1].sync()
    council.allocate(pair[1].worker, person)
    assert pair[1].sync().people_added == (person,)
    assert pair[1].ledger_ids(person) == council.ledger_ids(person)
    stones = sa.select(sa.func.count()).select_from(tombstone).where(tombstone.c.person_id == person)
    assert pair[1].scalar(stones) == 0


def test_unsent_work_about_someone_who_leaves_is_kept_by_the_server(council: ends.Council, pair: Pair) -> None:
    theirs = pair[1]
    person, draft_id = share(council, pair), random_id()
    theirs.keep(person, PHONE)
    refused = theirs.keep(person, PHONE)
    now = theirs.store.clock.now()
    with theirs.store.begin() as session:
        line = outbox.about(session, [person])[-1]
        outbox.answered(session, [outbox.Answered(line.op_id, "refused", code="unkeepable")], now)
        drafts.save(session, Draft(draft_id, person, "contact", '{"words":"half a sentence"}', now, now, "s"))
    council.end_allocation(theirs.worker, person)
    report = theirs.sync()
    assert (report.people_removed, report.held_back, report.refused) == ((person,), 2, ())
    kept = council.rows(sa.select(sealed_upload).where(sealed_upload.c.person_id == person))
    assert sorted(line["kind"] for line in kept) == ["draft", "row"]
    assert {line["item_id"] for line in kept} == {refused, draft_id}
    with theirs.store.read() as session:
        assert not outbox.about(session, [person])
        assert not drafts.find(session, draft_id)


@pytest.mark.parametrize("name", ["push", "audit", "pull", "backfill", "check", "purged", "seals"])
def test_a_lost_answer_costs_nothing_but_another_sync(council: ends.Council, pair: Pair, name: str) -> None:
    mine, theirs = pair
    gone = share(council, pair)
    new = mine.add_person()
    mine.sync()
    council.allocate(theirs.worker, new)
    council.end_allocation(theirs.worker, gone)
    kept = theirs.add_person()
    with theirs.store.begin() as session:
        now = theirs.store.clock.now()
        drafts.save(session, Draft(random_id(), gone, "contact", "{}", now, now, "s"))
    with Deaf(theirs, name) as deaf, pytest.raises(Unreachable):
        run_cycle(theirs.store, deaf)
    report = theirs.sync()
    assert report.is_clean
    assert theirs.ledger_ids(kept) == council.ledger_ids(kept)
    assert theirs.ledger_ids(new) == council.ledger_ids(new)
    assert theirs.ledger_ids(gone) == set()
    seqs = council.rows(sa.select(sa.func.count().label("n")).select_from(ledger).where(ledger.c.person_id == kept))
    assert seqs[0]["n"] == 3


def test_without_a_network_everything_waits(council: ends.Council, pair: Pair) -> None:
    person = pair[0].add_person()
    with pair[0].store.begin() as session:
        there = state.get(session, "address") or ""
        state.put(session, "address", "https://127.0.0.1:9")
    with pytest.raises(Unreachable):
        pair[0].sync()
    with pair[0].store.begin() as session:
        assert outbox.counts(session).waiting == 2
        state.put(session, "address", there)
    assert pair[0].sync().sent == 2
    assert pair[0].ledger_ids(person) == council.ledger_ids(person)


@pytest.mark.parametrize("years", [-10, 10])
def test_a_clock_ten_years_off_changes_nothing(council: ends.Council, years: int) -> None:
    wrong = clock_starting_at(datetime.now(UTC) + timedelta(days=365 * years))
    mine, theirs = council.laptop(clock=wrong), council.laptop()
    person = mine.add_person()
    report = mine.sync()
    assert (report.sent, report.is_clean) == (2, True)
    council.allocate(theirs.worker, person)
    theirs.sync()
    assert theirs.ledger_ids(person) == council.ledger_ids(person)
    with mine.store.read() as session:
        skew = int(state.get(session, "skew_ms") or 0)
    assert abs(skew - years * 365 * 86_400_000) < 60_000
    row_id = mine.keep(person, PHONE)
    assert mine.scalar(sa.select(ledger.c.skew_ms).where(ledger.c.row_id == row_id)) == skew


def test_the_audit_chain_of_a_laptop_stands_on_the_server(council: ends.Council, pair: Pair) -> None:
    device = pair[0].store.identity.device_id
    pair[0].add_person()
    pair[0].sync()
    here = pair[0].scalar(sa.select(sa.func.max(audit.c.number)).where(audit.c.device_id == device))
    there = council.rows(sa.select(sa.func.max(audit.c.number).label("n")).where(audit.c.device_id == device))
    assert there[0]["n"] == here
    assert here
    lines = council.rows(sa.select(audit).where(audit.c.device_id == device).order_by(audit.c.number))
    assert first_broken([(ends.as_audit_row(line), line["hash"]) for line in lines]) is None


def test_a_laptop_that_lost_a_row_is_told_apart_and_mended(council: ends.Council, pair: Pair) -> None:
    person = share(council, pair)
    with pair[1].store.begin() as session:
        (row_id, *_) = sorted(pair[1].ledger_ids(person))
        stone = {"row_id": row_id, "person_id": person, "class_": "ordinary", "why": "purge", "at": pair[1].store.clock.now()}
        session.execute(sa.insert(tombstone), [stone])
        session.execute(sa.delete(ledger).where(ledger.c.row_id == row_id))
        for table in {kind.table for kind in KINDS.values()}:
            session.execute(sa.delete(table).where(table.c.row_id == row_id))
        session.execute(sa.delete(tombstone).where(tombstone.c.row_id == row_id))
        state.put(session, "checked_on", "")
    report = pair[1].sync()
    assert (report.repaired, report.differing) == (1, 0)
    assert pair[1].ledger_ids(person) == council.ledger_ids(person)


def test_a_server_with_a_new_epoch_is_sent_again_what_it_may_lack(council: ends.Council, pair: Pair) -> None:
    person = share(council, pair)
    journalled = pair[0].scalar(sa.select(sa.func.count()).select_from(journal))
    council.site.write(lambda session: session.execute(sa.update(sync_head).values(epoch="restored")))
    report = pair[0].sync()
    assert report.server_restored
    assert (report.sent, report.is_clean) == (journalled, True)
    pair[1].sync()
    assert pair[0].ledger_ids(person) == pair[1].ledger_ids(person) == council.ledger_ids(person)


def test_a_stopped_sync_goes_on_where_it_was(council: ends.Council, pair: Pair) -> None:
    share(council, pair)
    pair[0].add_person()
    seen: list[str] = []
    report = run_cycle(
        pair[0].store, progress=lambda step, done, total: seen.append(step), is_cancelled=lambda: "trace" in seen
    )
    assert report.cancelled
    assert seen[-1] == "trace"
    assert pair[0].sync().is_clean
    assert [name for name, _ in STEPS][:2] == ["sign-in", "push"]


def test_a_person_is_not_complete_before_the_whole_is_here(council: ends.Council, pair: Pair) -> None:
    mine, theirs = pair
    person = mine.add_person()
    mine.sync()
    council.allocate(theirs.worker, person)
    with Deaf(theirs, "backfill") as deaf, pytest.raises(Unreachable):
        run_cycle(theirs.store, deaf)
    whole = sa.select(held.c.complete).where(held.c.person_id == person)
    assert theirs.scalar(whole) is False
    theirs.sync()
    assert theirs.scalar(whole) is True


def test_a_first_copy_comes_in_pages_with_what_people_need_first(council: ends.Council, pair: Pair) -> None:
    mine, _ = pair
    person = mine.add_person()
    for _ in range(5):
        mine.keep(person, PHONE)
    mine.sync()
    unit = wire.Unit(person_id=person, class_="ordinary")
    rows, position = [], ""
    with mine.client() as client:
        while position is not None:
            page = client.call("backfill", wire.Backfill(units=(unit,), position=position, limit=3), wire.Backfilled)
            rows += page.rows
            position = page.position
    assert {row.row_id for row in rows} == council.ledger_ids(person)
    assert len(rows) == 8
