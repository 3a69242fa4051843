"""A record at a glance, the chronology, the day, and what this device knows of its own copy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from make import a_contact, arrive, row_from, staff_row

from carebook.actions.find_people import find_people
from carebook.actions.finish_contact import finish_contact
from carebook.actions.open_person import open_person
from carebook.actions.read_chronology import read_chronology
from carebook.actions.read_sync_status import read_sync_status
from carebook.actions.read_today import read_today
from carebook.actions.read_workers import read_workers
from carebook.actions.record_fact import AlertBody, BirthBody, InvolvementBody, RelationshipBody, record_fact
from carebook.actions.take_plan_step import take_plan_step
from carebook.models.access import AllocationBody, SettingBody, WorkerBody
from carebook.models.ids import COUNCIL
from carebook.models.ledger import as_columns, ledger
from carebook.models.projection import project
from carebook.models.record import VisitBody
from carebook.reads.facts import in_force
from carebook.reads.workers import DEFAULTS

if TYPE_CHECKING:
    from held_clock import HeldClock
    from make import Caseload

    from carebook.desk import Desk

MONDAY = date(2026, 11, 23)


# ---------------------------------------------------------------- the record at a glance


def test_what_is_current_and_what_has_ended_are_told_apart_by_todays_date(
    desk: Desk, people: Caseload, clock: HeldClock
) -> None:
    carer = RelationshipBody(name="Joan Barker", relation="Neighbour", from_on=MONDAY, to_on=MONDAY)
    desk.do(record_fact, people.margaret, carer)
    gone = InvolvementBody(name="Dr Old", role="GP", to_on=MONDAY - timedelta(days=1))
    desk.do(record_fact, people.margaret, gone)
    record = desk.do(open_person, people.margaret).record
    assert "Joan Barker" in [fact.body.name for fact in record.of("relationship")]
    assert [fact.body.name for fact in record.ended["involvement"]] == ["Dr Old"]
    clock.move(timedelta(days=1))
    record = desk.do(open_person, people.margaret).record
    assert [fact.body.name for fact in record.ended["relationship"]] == ["Joan Barker"]


def test_the_gravest_alert_stands_first_in_whatever_order_they_were_written(desk: Desk, people: Caseload) -> None:
    for tone in ("info", "warn", "danger"):
        desk.do(record_fact, people.dennis, AlertBody(short=f"Of {tone}", words="Words.", tone=tone))
    (found,) = (one for one in desk.do(find_people, "").people if one.person_id == people.dennis)
    tones = [alert.tone for alert in found.alerts]
    assert tones == sorted(tones, key=["danger", "warn", "info"].index)
    assert {"danger", "warn", "info"} <= set(tones)


def test_who_works_with_them_is_who_is_allocated_today(desk: Desk, people: Caseload, clock: HeldClock) -> None:
    arrive(desk, row_from(desk, people.margaret, AllocationBody(worker="t.ferris", relation="duty", from_on=MONDAY)))
    yesterday = MONDAY - timedelta(days=1)
    past = AllocationBody(worker="k.teles", relation="allocated", from_on=date(2026, 3, 2), to_on=yesterday)
    arrive(desk, row_from(desk, people.margaret, past))
    working = desk.do(open_person, people.margaret).record.working
    assert [(one.name, relation) for one, relation in working] == [("Peter Osei", "allocated"), ("Tam Ferris", "duty")]


def test_a_record_says_which_of_its_rows_wait_and_since_when_its_copy_is_sure(
    desk: Desk, people: Caseload, clock: HeldClock
) -> None:
    opened = desk.do(open_person, people.margaret)
    assert people.plan in opened.waiting
    assert opened.synced_at is None
    assert opened.staff["m.lund"] == "Marit Lund"


def test_a_row_of_a_later_carebook_is_kept_counted_and_never_guessed_at(desk: Desk, people: Caseload) -> None:
    known = row_from(desk, people.margaret, BirthBody(year=1900))
    strange = replace(known, kind="hologram", version=9, fact_id=known.row_id)
    with desk.store.begin() as session:
        session.execute(sa.insert(ledger), [as_columns(strange)])
        project(session, [strange])
    record = desk.do(open_person, people.margaret).record
    assert record.unread == 1
    assert record.clashes == ()


@pytest.mark.parametrize(
    ("from_on", "to_on", "expected"),
    [
        (None, None, True),
        (MONDAY, None, True),
        (MONDAY, MONDAY, True),
        (MONDAY + timedelta(days=1), None, False),
        (None, MONDAY - timedelta(days=1), False),
    ],
)
def test_an_open_end_is_no_end(from_on: date | None, to_on: date | None, expected: bool) -> None:
    assert in_force(from_on, to_on, MONDAY) is expected


# ---------------------------------------------------------------- the chronology


def test_the_chronology_runs_from_the_newest_to_the_oldest_over_all_kinds(desk: Desk, people: Caseload) -> None:
    desk.do(finish_contact, people.margaret, a_contact(MONDAY - timedelta(days=40), channel="call"))
    happened = desk.do(read_chronology, people.margaret)
    assert [one.at for one in happened] == sorted((one.at for one in happened), reverse=True)
    assert {one.sort for one in happened} == {"contacts", "discussions", "plan"}
    assert happened[-1].at.date() == MONDAY - timedelta(days=40)
    assert {one.who for one in happened} == {"Peter Osei"}


def test_each_step_of_a_plan_is_a_happening(desk: Desk, people: Caseload) -> None:
    desk.do(take_plan_step, people.margaret, people.plan, "shared")
    titles = [one.title for one in desk.do(read_chronology, people.margaret) if one.sort == "plan"]
    assert titles == ["Plan version 1: shared for comment", "Care and support plan, version 1"]


# ---------------------------------------------------------------- the day


def test_a_review_is_due_within_thirty_days_and_overdue_after_its_day(desk: Desk, people: Caseload, clock: HeldClock) -> None:
    (review,) = desk.do(read_today).reviews
    assert (review.person.person_id, review.review_on, review.is_overdue) == (people.margaret, date(2026, 12, 13), False)
    clock.move(timedelta(days=21))
    assert [one.is_overdue for one in desk.do(read_today).reviews] == [True]


def test_what_belongs_to_a_colleague_is_not_on_my_day(desk: Desk, people: Caseload, clock: HeldClock) -> None:
    visit = VisitBody(planned_at=clock.now() + timedelta(hours=1), for_worker="m.lund", purpose="Theirs")
    arrive(desk, row_from(desk, people.margaret, visit))
    today = desk.do(read_today)
    assert [one.purpose for one in today.visits] == ["See Edwin about the care calls"]
    assert today.caseload == 4


# ---------------------------------------------------------------- the council and the copy


def test_the_council_is_what_this_device_last_heard(desk: Desk) -> None:
    council = desk.do(read_workers)
    assert council.settings == DEFAULTS
    assert council.colleagues["p.osei"].job == "Social worker"
    arrive(desk, row_from(desk, COUNCIL, SettingBody(setting="council_name", value="Quenby Council"), author="j.kaur"))
    assert desk.do(read_workers).settings["council_name"] == "Quenby Council"


def test_a_colleague_who_was_renamed_is_listed_once(desk: Desk) -> None:
    old = staff_row(desk, "t.ferris")
    with desk.store.read() as session:
        row_id = session.scalar(sa.select(ledger.c.row_id).where(ledger.c.fact_id == old.fact_id))
    new = WorkerBody(worker="t.ferris", name="Tam Okoro", role="SP")
    arrive(desk, row_from(desk, COUNCIL, new, author="j.kaur", replaces=[str(row_id)]))
    assert desk.do(read_workers).colleagues["t.ferris"].name == "Tam Okoro"


def test_everything_written_waits_to_be_sent_and_everyone_held_is_listed(desk: Desk, people: Caseload) -> None:
    status = desk.do(read_sync_status)
    assert status.last_contact_at is None
    assert len(status.waiting) == desk.store.counts()[0]
    assert {one.person.person_id for one in status.held} == {
        people.margaret, people.dennis, people.ines, people.tomasz, people.priya,
    }  # fmt: skip
    assert status.outcomes == ()
