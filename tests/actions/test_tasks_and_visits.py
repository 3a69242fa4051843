"""Tasks and visits: added, closed, and what is said of them on the day."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

import pytest
from make import audits, rows_of

from carebook.actions.add_task import add_task
from carebook.actions.finish_task import finish_task
from carebook.actions.plan_visit import VisitForm, plan_visit
from carebook.actions.read_today import read_today
from carebook.errors import ChangedMeanwhile, InputProblems, NotAllowed, NotHeld
from carebook.words import at_time

if TYPE_CHECKING:
    from held_clock import HeldClock
    from make import Caseload

    from carebook.desk import Desk

MONDAY = date(2026, 11, 23)


def test_a_task_stands_on_the_day_until_it_is_closed(desk: Desk, people: Caseload) -> None:
    row_id = desk.do(add_task, people.dennis, " Ring the GP ", MONDAY)
    assert "Ring the GP" in [task.title for task in desk.do(read_today).tasks]
    desk.do(finish_task, row_id, "They will ring back")
    assert "Ring the GP" not in [task.title for task in desk.do(read_today).tasks]
    last = rows_of(desk, people.dennis, "task")[-1]
    assert '"state":"done"' in last["body"]
    assert "They will ring back" in last["body"]


def test_a_task_that_is_no_longer_needed_is_dropped_not_done(desk: Desk, people: Caseload) -> None:
    row_id = desk.do(add_task, people.dennis, "Ring the GP", MONDAY)
    desk.do(finish_task, row_id, is_dropped=True)
    assert '"state":"dropped"' in rows_of(desk, people.dennis, "task")[-1]["body"]


def test_a_task_cannot_be_closed_twice(desk: Desk, people: Caseload) -> None:
    row_id = desk.do(add_task, people.dennis, "Ring the GP", MONDAY)
    desk.do(finish_task, row_id)
    with pytest.raises(ChangedMeanwhile):
        desk.do(finish_task, row_id)


def test_a_task_needs_words_and_a_day(desk: Desk, people: Caseload) -> None:
    with pytest.raises(InputProblems) as told:
        desk.do(add_task, people.dennis, " ", None)
    assert [(one.field, one.code) for one in told.value.problems] == [("title", "task_missing"), ("due_on", "due_on_missing")]


def test_a_task_of_nobody_and_one_of_another_caseload_are_refused(desk: Desk, people: Caseload) -> None:
    with pytest.raises(NotHeld):
        desk.do(finish_task, "nothing")
    with pytest.raises(NotAllowed):
        desk.do(add_task, people.priya, "Ring the GP", MONDAY)
    assert [line["result"] for line in audits(desk)[-2:]] == ["refused", "refused"]


def test_a_contact_is_not_a_task(desk: Desk, people: Caseload) -> None:
    with pytest.raises(NotHeld):
        desk.do(finish_task, people.contact)


def test_due_days_are_told_by_what_is_nearest(desk: Desk, people: Caseload) -> None:
    for days in (-30, 7, 8):
        desk.do(add_task, people.tomasz, f"in {days}", MONDAY + timedelta(days=days))
    when = {task.title: task.when for task in desk.do(read_today).tasks}
    assert (when["in -30"], when["in 7"], when["in 8"]) == ("overdue", "week", "later")
    assert when["Send the minutes of the meeting"] == "today"


def test_a_visit_stands_on_its_day_at_its_local_time(desk: Desk, people: Caseload, clock: HeldClock) -> None:
    june = date(2027, 6, 1)
    desk.do(plan_visit, people.dennis, VisitForm(june, time(10, 0), "Review"))
    assert [at_time(one.planned_at) for one in desk.do(read_today).coming if one.person.person_id == people.dennis] == [
        "11:00", "10:00",
    ]  # fmt: skip
    clock.move(timedelta(days=190))
    assert [at_time(one.planned_at) for one in desk.do(read_today).visits] == ["10:00"]


@pytest.mark.parametrize(
    ("form", "told"),
    [
        (VisitForm(None, time(9), "Review"), "date_missing"),
        (VisitForm(date(2026, 11, 22), time(9), "Review"), "date_in_past"),
        (VisitForm(date(2026, 11, 23), None, "Review"), "time_missing"),
        (VisitForm(date(2026, 11, 23), time(9), " "), "purpose_missing"),
    ],
)
def test_a_visit_needs_a_day_a_time_and_a_purpose(desk: Desk, people: Caseload, form: VisitForm, told: str) -> None:
    with pytest.raises(InputProblems) as found:
        desk.do(plan_visit, people.dennis, form)
    assert [one.code for one in found.value.problems] == [told]


def test_a_visit_just_after_midnight_belongs_to_the_new_day_in_england(desk: Desk, people: Caseload, clock: HeldClock) -> None:
    clock.move(timedelta(days=190))  # British summer time: 23:30 UTC is half past midnight
    june = date(2027, 6, 1)
    desk.do(plan_visit, people.dennis, VisitForm(june, time(23, 30), "Late"))
    desk.do(plan_visit, people.dennis, VisitForm(june + timedelta(days=1), time(0, 30), "Early"))
    today = desk.do(read_today)
    assert [one.purpose for one in today.visits] == ["Late"]
    assert "Early" in [one.purpose for one in today.coming]
