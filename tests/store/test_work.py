"""A work stands whole or not at all: numbers without gaps, heads that must be named, a trace of each end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from make import MONDAY, Caseload, a_contact, a_desk, arrive, audits, make_caseload, row_from, rows_of

from carebook.actions.add_person import NewPerson, add_person
from carebook.actions.finish_contact import finish_contact
from carebook.actions.open_person import open_person
from carebook.actions.record_fact import PhoneBody, record_fact
from carebook.actions.save_draft import save_draft
from carebook.clock import random_id
from carebook.desk import Desk
from carebook.errors import ChangedMeanwhile, InputProblems, NotAllowed, NotHeld, StoreLocked
from carebook.models.audit import AuditRow, audit, first_broken
from carebook.models.ledger import ledger
from carebook.models.people import BirthBody
from carebook.store import trace
from carebook.store.work import Work


@pytest.fixture
def desk(home: Path) -> Iterator[Desk]:
    with a_desk(home) as one:
        yield one


@pytest.fixture
def people(desk: Desk) -> Caseload:
    return make_caseload(desk)


def numbers(desk: Desk) -> list[int]:
    with desk.store.read() as session:
        mine = sa.select(ledger.c.number).where(ledger.c.device_id == "dev-0001").order_by(ledger.c.number)
        return list(session.scalars(mine))


def chain(desk: Desk) -> list[tuple[AuditRow, str]]:
    return [
        (AuditRow(**{**{k: v for k, v in row.items() if k != "hash"}, "what": tuple(row["what"])}), row["hash"])
        for row in audits(desk)
    ]


def breaks(work: Work, person_id: str) -> None:
    """An action that has written a good deal when it fails."""
    work.about(person_id)
    work.keep(person_id, PhoneBody(number="01632 960199", use="mobile"))
    raise ZeroDivisionError


# ---------------------------------------------------------------- numbers and the chain


def test_numbers_have_no_gap_after_works_that_were_rolled_back(desk: Desk, people: Caseload, monkeypatch) -> None:
    monkeypatch.setattr(breaks, "__name__", "record_fact")
    before = numbers(desk)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            desk.do(breaks, people.margaret)
        desk.do(record_fact, people.margaret, PhoneBody(number="01632 960111", use="mobile"))
    after = numbers(desk)
    assert after == list(range(1, len(before) + 4))
    assert not [row for row in rows_of(desk, people.margaret, "phone") if "960199" in row["body"]]


def test_the_chain_is_whole_after_works_done_refused_and_failed(desk: Desk, people: Caseload) -> None:
    row_id = desk.do(record_fact, people.margaret, PhoneBody(number="01632 960111", use="mobile"))
    desk.do(record_fact, people.margaret, PhoneBody(number="01632 960112", use="mobile"), replaces=[row_id])
    with pytest.raises(ChangedMeanwhile):
        desk.do(record_fact, people.margaret, PhoneBody(number="01632 960113", use="mobile"), replaces=[row_id])
    with pytest.raises(NotHeld):
        desk.do(open_person, "nobody")
    with pytest.raises(InputProblems):
        desk.do(record_fact, people.margaret, PhoneBody(number="", use="mobile"))
    desk.do(open_person, people.margaret)
    results = [row["result"] for row in audits(desk)]
    assert results[-4:] == ["done", "failed", "refused", "done"]
    assert first_broken(chain(desk)) is None
    assert [row.number for row, _ in chain(desk)] == list(range(1, len(results) + 1))


def test_a_chain_that_was_tampered_with_is_found_out(desk: Desk, people: Caseload) -> None:
    with desk.store.begin() as session:
        session.execute(sa.update(audit).where(audit.c.number == 5).values(worker="someone"))
    assert first_broken(chain(desk)) == 5


def test_a_refusal_is_traced_in_a_transaction_of_its_own(desk: Desk, people: Caseload) -> None:
    desk.store.identity = type(desk.identity)("x.new", "New", "NOBODY", "dev-0001")
    before = numbers(desk)
    with pytest.raises(NotAllowed):
        desk.do(finish_contact, people.margaret, a_contact(MONDAY.date()))
    last = audits(desk)[-1]
    assert (last["action"], last["result"], last["worker"]) == ("finish_contact", "refused", "x.new")
    assert numbers(desk) == before


def test_the_words_of_a_trace_stand_apart_from_the_chain(desk: Desk) -> None:
    event = trace.Event("dev-0001", MONDAY, "p.osei", "PR", "print_plan", "done", words="because Canary Jones asked")
    with desk.store.begin() as session:
        trace.write(session, event)
    assert "Canary" not in str(chain(desk))
    with desk.store.begin() as session:
        session.execute(sa.text("DELETE FROM audit_words"))
    assert first_broken(chain(desk)) is None


# ---------------------------------------------------------------- heads


def test_what_was_replaced_already_cannot_be_replaced_again(desk: Desk, people: Caseload) -> None:
    first = desk.do(record_fact, people.dennis, PhoneBody(number="01632 960120", use="home"))
    desk.do(record_fact, people.dennis, PhoneBody(number="01632 960121", use="home"), replaces=[first])
    with pytest.raises(ChangedMeanwhile):
        desk.do(record_fact, people.dennis, PhoneBody(number="01632 960122", use="home"), replaces=[first])


def test_a_row_that_is_not_here_cannot_be_replaced(desk: Desk, people: Caseload) -> None:
    with pytest.raises(ChangedMeanwhile):
        desk.do(record_fact, people.dennis, PhoneBody(number="01632 960122", use="home"), replaces=[random_id()])


def test_a_second_value_of_a_single_valued_fact_must_name_the_first(desk: Desk, people: Caseload) -> None:
    with pytest.raises(ChangedMeanwhile):
        desk.do(record_fact, people.dennis, BirthBody(year=1950, month=1, day=2))
    known = desk.do(open_person, people.dennis).record.of("birth")[0].row_id
    desk.do(record_fact, people.dennis, BirthBody(year=1950, month=1, day=2), replaces=[known])


def test_both_heads_of_a_clash_must_be_named(desk: Desk, people: Caseload) -> None:
    arrive(desk, row_from(desk, people.dennis, BirthBody(year=1956, month=9, day=3)))
    record = desk.do(open_person, people.dennis).record
    heads = [fact.row_id for fact in record.of("birth")]
    assert len(heads) == 2
    assert record.clashes == ("birth",)
    for one in heads:
        with pytest.raises(ChangedMeanwhile):
            desk.do(record_fact, people.dennis, BirthBody(year=1955, month=9, day=3), replaces=[one])
    desk.do(record_fact, people.dennis, BirthBody(year=1955, month=9, day=3), replaces=heads)
    assert desk.do(open_person, people.dennis).record.clashes == ()


# ---------------------------------------------------------------- seals


def test_what_waits_is_sealed_once_the_work_has_ended(desk: Desk, people: Caseload) -> None:
    before = set(desk.store.place.seals.ids())
    desk.do(record_fact, people.dennis, PhoneBody(number="01632 960120", use="home"))
    assert len(set(desk.store.place.seals.ids()) - before) == 1
    assert len(desk.store.place.seals.ids()) == desk.store.counts()[0]


def test_a_work_that_failed_is_not_sealed(desk: Desk, people: Caseload, monkeypatch) -> None:
    monkeypatch.setattr(breaks, "__name__", "record_fact")
    before = desk.store.place.seals.ids()
    with pytest.raises(ZeroDivisionError):
        desk.do(breaks, people.margaret)
    assert desk.store.place.seals.ids() == before


def test_a_missing_seal_is_made_and_a_needless_one_goes(desk: Desk, people: Caseload) -> None:
    draft_id = random_id()
    desk.do(save_draft, draft_id, people.dennis, "contact", "{}", desk.store.session_id)
    seals = desk.store.place.seals
    all_of_them = set(seals.ids())
    for name in (sorted(all_of_them - {draft_id})[0], draft_id):
        seals.remove(name)
    seals.put(random_id(), b"of a row that has arrived")
    assert desk.store.seal_missing() == 1
    assert set(seals.ids()) == all_of_them


def test_a_draft_keeps_when_it_was_begun(desk: Desk, people: Caseload) -> None:
    draft_id, session_id = random_id(), desk.store.session_id
    for words in ("{}", '{"why":"a"}'):
        desk.do(save_draft, draft_id, people.dennis, "contact", words, session_id)
        desk.clock.move(timedelta(minutes=1))  # type: ignore[attr-defined]
    with desk.store.read() as session:
        kept = session.execute(sa.text("SELECT body, started_at < saved_at FROM draft")).one()
    assert tuple(kept) == ('{"why":"a"}', 1)


def test_a_locked_store_does_no_work(home: Path) -> None:
    with a_desk(home / "one") as desk:
        engine, desk.store.engine = desk.store.engine, None
        with pytest.raises(StoreLocked):
            desk.do(add_person, NewPerson(family="Wren", given="Ann", needs_answer="none"))
        desk.store.engine = engine
