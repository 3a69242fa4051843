"""Each outcome of a push, its repeats, and what a device may not do."""

from __future__ import annotations

from itertools import count

import ends
import msgspec
import pytest
import sqlalchemy as sa

from carebook.clock import random_id
from carebook.models.access import AllocationBody, SettingBody, WorkerBody, allocation, setting
from carebook.models.ids import COUNCIL
from carebook.models.kinds import denial
from carebook.models.ledger import ledger
from carebook.models.people import BirthBody, PersonBody, PhoneBody
from carebook.models.projection import is_head
from carebook.server import administration
from carebook.server.tables import feed, op, parked, quarantine
from carebook.sync import wire

LATER_NUMBERS = count(10_000)
Shared = tuple[ends.Laptop, ends.Laptop, str]


def outcomes(found: list[wire.Outcome]) -> list[tuple[str, str]]:
    return [(outcome.outcome, outcome.code) for outcome in found]


@pytest.fixture(scope="module")
def laptops(council: ends.Council) -> tuple[ends.Laptop, ends.Laptop]:
    """Two workers' laptops, used by one test after the other."""
    return council.laptop(), council.laptop()


@pytest.fixture
def laptop(laptops: tuple[ends.Laptop, ends.Laptop]) -> ends.Laptop:
    """A laptop with nothing to send."""
    return laptops[0].forget_unsent()


@pytest.fixture
def shared(council: ends.Council, laptops: tuple[ends.Laptop, ends.Laptop]) -> Shared:
    """Two laptops that both hold one person, and the person."""
    first, second = (laptop.forget_unsent() for laptop in laptops)
    person = first.add_person()
    first.sync()
    council.allocate(second.worker, person)
    second.sync()
    return first, second, person


def denying(laptop: ends.Laptop, person: str, kind: str = "objection", replaces: tuple[str, ...] = ()) -> wire.Op:
    """A row that denies, of a kind that only a later version can read; written by that version, so not in the store."""
    laptop.keep(person, PhoneBody(number="01632 960001", use="home"))
    row_id = laptop.store.clock.new_id()
    new = {"row_id": row_id, "kind": kind, "version": 7, "body": "{}", "fact_id": row_id, "denies": True}
    return ends.changed(laptop.ops()[-1], **new, replaces=replaces, number=next(LATER_NUMBERS))


def test_a_row_within_scope_is_accepted_and_has_the_next_place(laptop: ends.Laptop) -> None:
    laptop.add_person()
    found = laptop.push(laptop.ops())
    assert outcomes(found) == [("accepted", "")] * 2
    assert found[1].seq == found[0].seq + 1
    assert all(len(outcome.heads) == 1 for outcome in found)


def test_a_repeated_push_has_the_same_outcomes_and_no_second_effect(council: ends.Council, laptop: ends.Laptop) -> None:
    person = laptop.add_person()
    first = laptop.push(laptop.ops())
    before = council.ledger_ids(person)
    again = laptop.push(laptop.ops())
    assert [(o.op_id, o.outcome, o.seq) for o in again] == [(o.op_id, o.outcome, o.seq) for o in first]
    assert council.ledger_ids(person) == before


def test_the_same_op_with_other_content_is_refused(laptop: ends.Laptop) -> None:
    laptop.add_person()
    one = laptop.ops()[0]
    laptop.push((one,))
    other = ends.changed(one, body='{"life":"child","council_number":"x"}')
    assert outcomes(laptop.push((other,))) == [("refused", "op-reuse")]
    under_a_new_op = wire.Op(op_id=random_id(), row=other.row)
    assert outcomes(laptop.push((under_a_new_op,))) == [("refused", "row-reuse")]


def test_the_same_row_under_another_op_is_the_row_that_is_there(laptop: ends.Laptop) -> None:
    laptop.add_person()
    one = laptop.ops()[0]
    (first,) = laptop.push((one,))
    (again,) = laptop.push((wire.Op(op_id=random_id(), row=one.row),))
    assert (again.outcome, again.seq) == ("accepted", first.seq)


def test_a_malformed_row_is_refused_and_blocks_no_other(laptop: ends.Laptop) -> None:
    laptop.add_person()
    good = laptop.ops()
    bad = (
        wire.Op(op_id=random_id(), row=msgspec.Raw(b'{"row_id": 5}')),
        ends.changed(good[0], right_digest=False, digest="0" * 64),
        ends.changed(good[0], author="someone-else"),
        ends.changed(good[0], device_id="another-device"),
        ends.changed(good[0], kind="objection", denies=False),
        ends.changed(good[0], body='{"life":"\\u0000"}'),
    )
    bad = tuple(wire.Op(op_id=random_id(), row=found.row) for found in bad)
    found = outcomes(laptop.push((*bad, *good)))
    codes = ["malformed", "digest", "author", "device", "denies", "character"]
    assert found == [*(("refused", code) for code in codes), ("accepted", ""), ("accepted", "")]


def test_a_row_that_the_database_will_not_have_is_refused_alone(laptop: ends.Laptop) -> None:
    person = laptop.add_person()
    laptop.keep(person, BirthBody(year=1940))
    laptop.keep(person, PhoneBody(number="01632 960002", use="home"))
    one, two, three, four = laptop.ops()
    found = outcomes(laptop.push((one, two, ends.changed(three, body=f'{{"year":{10**30}}}'), four)))
    assert found == [("accepted", ""), ("accepted", ""), ("refused", "unkeepable"), ("accepted", "")]


def test_two_first_values_of_one_fixed_fact_are_two_heads_and_a_clash(shared: Shared) -> None:
    first, second, person = shared
    one = first.keep(person, BirthBody(year=1941))
    other = second.keep(person, BirthBody(year=1944))
    assert outcomes(first.push(first.ops())) == [("accepted", "")]
    (clash,) = second.push(second.ops())
    assert (clash.outcome, set(clash.heads)) == ("clash", {one, other})
    assert first.sync().differing == second.sync().differing == 0
    first.sync()
    heads = sa.select(sa.func.count()).select_from(ledger).where(ledger.c.fact_id == f"{person}/birth", is_head(ledger))
    assert first.scalar(heads) == second.scalar(heads) == 2


def test_a_row_that_names_both_heads_settles_the_clash(shared: Shared) -> None:
    first, second, person = shared
    one = first.keep(person, BirthBody(year=1941))
    other = second.keep(person, BirthBody(year=1944))
    first.sync()
    second.sync()
    settled = second.keep(person, BirthBody(year=1944), replaces=(one, other))
    (outcome,) = second.push(second.ops())
    assert (outcome.outcome, outcome.heads) == ("accepted", (settled,))


def test_a_row_about_someone_out_of_scope_is_quarantined_for_a_supervisor(council: ends.Council, shared: Shared) -> None:
    first, second, person = shared
    council.end_allocation(second.worker, person)
    row_id = second.keep(person, PhoneBody(number="01632 960003", use="home"))
    assert outcomes(second.push(second.ops())) == [("quarantined", "scope")]
    assert row_id not in council.ledger_ids(person)
    (line,) = council.rows(sa.select(quarantine).where(quarantine.c.row_id == row_id))
    assert (line["worker"], line["in_force"], line["decided_at"]) == (second.worker, False, None)
    first.sync()
    assert row_id not in first.ledger_ids(person)


def test_a_row_that_denies_takes_effect_though_it_is_quarantined(council: ends.Council, shared: Shared) -> None:
    first, second, person = shared
    council.end_allocation(second.worker, person)
    no = denying(second, person)
    (outcome,) = second.push((no,))
    assert (outcome.outcome, outcome.code) == ("quarantined", "scope")
    assert outcome.seq > 0
    first.sync()
    assert first.scalar(sa.select(sa.func.count()).select_from(denial).where(denial.c.person_id == person)) == 1


def test_a_row_whose_parent_is_unknown_is_parked_until_the_parent_comes(council: ends.Council, shared: Shared) -> None:
    first, second, person = shared
    parent = first.keep(person, PhoneBody(number="01632 960004", use="home"))
    child = first.keep(person, PhoneBody(number="01632 960005", use="home"), fact_id=parent, replaces=(parent,))
    grandchild = first.keep(person, PhoneBody(number="01632 960006", use="home"), fact_id=parent, replaces=(child,))
    one, two, three = first.ops()
    assert outcomes(first.push((three,))) == [("parked", "parent")]
    assert outcomes(first.push((two,))) == [("parked", "parent")]
    assert {child, grandchild}.isdisjoint(council.ledger_ids(person))
    assert outcomes(first.push((one,))) == [("accepted", "")]
    assert {parent, child, grandchild} <= council.ledger_ids(person)
    assert outcomes(first.push((two, three))) == [("accepted", "")] * 2
    assert not council.rows(sa.select(parked).where(parked.c.person_id == person))
    second.sync()
    heads = sa.select(ledger.c.row_id).where(ledger.c.fact_id == parent, is_head(ledger))
    assert second.scalar(heads) == grandchild


def test_a_row_that_denies_takes_effect_though_it_is_parked(shared: Shared) -> None:
    first, second, person = shared
    no = denying(first, person, replaces=(random_id(),))
    (outcome,) = first.push((no,))
    assert (outcome.outcome, outcome.code) == ("parked", "parent")
    second.sync()
    assert second.scalar(sa.select(sa.func.count()).select_from(denial).where(denial.c.person_id == person)) == 1


def test_parents_and_children_of_one_push_may_come_in_any_order(laptop: ends.Laptop) -> None:
    person = laptop.add_person()
    parent = laptop.keep(person, PhoneBody(number="01632 960007", use="home"))
    laptop.keep(person, PhoneBody(number="01632 960008", use="home"), fact_id=parent, replaces=(parent,))
    assert outcomes(laptop.push(laptop.ops()[::-1])) == [("accepted", "")] * 4


def test_a_row_cannot_stand_in_place_of_one_about_someone_else(council: ends.Council, shared: Shared) -> None:
    first, _, person = shared
    stranger = council.laptop()
    other = stranger.add_person()
    stranger.sync()
    (victim,) = council.rows(sa.select(ledger.c.row_id).where(ledger.c.person_id == other, ledger.c.kind == "name"))
    first.keep(person, PhoneBody(number="01632 960009", use="home"))
    aimed = ends.changed(first.ops()[0], replaces=(victim["row_id"],))
    assert outcomes(first.push((aimed,))) == [("refused", "replaces")]


def test_someone_new_stays_with_the_worker_who_added_them(council: ends.Council, laptop: ends.Laptop) -> None:
    person = laptop.add_person()
    report = laptop.sync()
    assert report.people_removed == ()
    (line,) = council.rows(sa.select(allocation).where(allocation.c.person_id == person))
    assert (line["worker"], line["reason"], line["author"]) == (laptop.worker, "new-person", "server")
    assert line["row_id"] in laptop.ledger_ids(person)


def test_a_laptops_own_allocation_of_someone_new_is_enough(council: ends.Council, laptop: ends.Laptop) -> None:
    person = laptop.add_person()
    mine = laptop.keep(person, AllocationBody(worker=laptop.worker, relation="allocated", from_on=council.today))
    laptop.sync()
    assert [line["row_id"] for line in council.rows(sa.select(allocation).where(allocation.c.person_id == person))] == [mine]


def test_a_laptop_cannot_allocate_someone_to_its_worker_or_to_another(council: ends.Council, shared: Shared) -> None:
    first, second, person = shared
    council.end_allocation(second.worker, person)
    second.keep(person, AllocationBody(worker=second.worker, relation="allocated", from_on=council.today))
    assert outcomes(second.push(second.ops())) == [("quarantined", "scope")]
    first.keep(person, AllocationBody(worker=second.worker, relation="allocated", from_on=council.today))
    assert outcomes(first.push(first.ops())) == [("quarantined", "allocation")]
    assert person in second.sync().people_removed


def test_a_laptop_cannot_write_for_the_council(council: ends.Council, laptop: ends.Laptop) -> None:
    laptop.keep(COUNCIL, SettingBody(setting="lease_working_days", value="7"))
    assert outcomes(laptop.push(laptop.ops())) == [("quarantined", "council")]
    assert not council.rows(sa.select(setting).where(setting.c.author == laptop.worker))


def test_a_role_that_may_not_add_people_adds_nobody(council: ends.Council) -> None:
    auditor = council.laptop()
    person = random_id()
    auditor.keep(person, PersonBody(life="adult", council_number="9"))
    role = WorkerBody(worker=auditor.worker, name="Worker", role="AU")
    administration.keep_worker(council.site, role)
    assert outcomes(auditor.push(auditor.ops())) == [("quarantined", "role")]
    assert not council.ledger_ids(person)


def test_numbers_that_the_server_never_had_are_counted(council: ends.Council) -> None:
    laptop = council.laptop()
    laptop.add_person()
    one, two = laptop.ops()
    with laptop.client() as client:
        assert client.call("push", wire.Push(epoch="", ops=(two,)), wire.Pushed).missing == 1
        assert client.call("push", wire.Push(epoch="", ops=(one,)), wire.Pushed).missing == 0


def test_a_number_used_twice_holds_nothing_back(council: ends.Council, laptop: ends.Laptop) -> None:
    person = laptop.add_person()
    laptop.sync()
    row_id = laptop.keep(person, PhoneBody(number="01632 960010", use="home"))
    twin = ends.changed(laptop.ops()[0], number=1)
    assert outcomes(laptop.push((twin, ends.changed(denying(laptop, person), number=1)))) == [("accepted", "")] * 2
    assert row_id in council.ledger_ids(person)


def test_every_outcome_but_a_refusal_is_written_down_with_its_op(council: ends.Council, laptop: ends.Laptop) -> None:
    laptop.add_person()
    found = laptop.push(laptop.ops())
    written = council.rows(sa.select(op).where(op.c.op_id.in_([outcome.op_id for outcome in found])))
    assert sorted(line["seq"] for line in written) == sorted(outcome.seq for outcome in found)
    assert {line["device_id"] for line in council.rows(sa.select(feed).where(feed.c.worker == laptop.worker))} == {
        laptop.store.identity.device_id
    }
