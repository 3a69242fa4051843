"""Today: what is due in words, visits with what to know first, drafts to go on with; all of it by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from accessible import faults
from make import Failing, a_desk, make_room, rows_of
from screens import LOOKS, Shown, button, look, press, settle, sheet, shown, words

from carebook.actions.add_task import add_task
from carebook.actions.list_drafts import list_drafts
from carebook.actions.save_draft import save_draft
from carebook.errors import StoreLocked
from carebook.ui.room import Go
from carebook.ui.today.presenter import TodayPresenter, TodayWords, greeting
from carebook.ui.today.view import TodayView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from carebook.ui.facts.asks import SheetForm


@pytest.fixture
def at(tmp_path: Path, dressed: QApplication) -> Iterator[Shown]:
    with shown(tmp_path) as at:
        yield at


class Told:
    """A screen that only remembers what it was told."""

    def __init__(self) -> None:
        self.words: TodayWords | None = None
        self.problem = ""
        self.sheet: SheetForm | None = None

    def show_today(self, words: TodayWords) -> None:
        self.words = words

    def show_problem(self, title: str, words: str) -> None:
        self.problem = title

    def open_sheet(self, form: SheetForm) -> None:
        self.sheet = form


# ---------------------------------------------------------------- what is said


def test_the_greeting_follows_the_hour_in_england() -> None:
    assert greeting("Peter Osei", datetime(2026, 11, 23, 11, 59, tzinfo=UTC)) == "Good morning, Peter"
    assert greeting("Peter Osei", datetime(2026, 6, 23, 11, 0, tzinfo=UTC)) == "Good afternoon, Peter"
    assert greeting("", datetime(2026, 11, 23, 18, 0, tzinfo=UTC)) == "Good evening"


def test_the_day_is_told_in_words(at: Shown) -> None:
    told = Told()
    TodayPresenter(told, at.room).refresh()
    assert told.words is not None
    assert [(task.chip, task.due) for task in told.words.tasks] == [
        ("Overdue", "Yesterday"), ("Today", "Today"), ("This week", "26-Nov-2026"), ("This week", "28-Nov-2026"),
    ]  # fmt: skip
    (visit,) = told.words.visits
    assert (visit.when, visit.name) == ("15:40", "OKAFOR-HALE, Margaret (Mrs)")
    assert visit.alerts == (("Falls: keep the hall clear", "danger"), ("Key safe", "info"))
    assert visit.hints == "Hearing loop"
    assert (told.words.caseload, told.words.overdue, told.words.reviews_overdue) == (4, 1, 0)
    assert [review.due for review in told.words.reviews] == ["13-Dec-2026"]


def test_a_store_that_was_locked_is_told_with_what_to_do(at: Shown) -> None:
    told = Told()
    room, _ = make_room(at.desk, Failing(StoreLocked()))
    TodayPresenter(told, room).refresh()
    assert told.problem == "carebook is locked"


# ---------------------------------------------------------------- by keyboard


def test_a_visit_begins_its_contact_and_opens_its_record(at: Shown) -> None:
    page = at.show(TodayView(at.room))
    press(button(page, "Start contact 15:40"))
    press(button(page, "Open record 15:40"))
    assert at.trail.went == [
        Go("contact", at.people.margaret, row_id=at.people.visit), Go("person", at.people.margaret),
    ]  # fmt: skip


def test_a_task_is_closed_with_what_came_of_it_and_leaves_the_list(at: Shown) -> None:
    page = at.show(TodayView(at.room))
    press(button(page, "Done: Send the minutes"))
    form = sheet(page)
    form.form.fields["outcome"].set_value("Sent by e-mail")  # type: ignore[attr-defined]
    press(form.save)
    assert "Send the minutes" not in words(page)
    assert "Sent by e-mail" in rows_of(at.desk, at.people.dennis, "task")[-1]["body"]
    assert at.trail.said == ["Closed"]
    assert at.trail.refreshes == 1


def test_something_to_do_is_added_for_one_of_my_people_alone(at: Shown) -> None:
    page = at.show(TodayView(at.room))
    press(page.add_task)
    form = sheet(page)
    choices = form.form.fields["person_id"].box  # type: ignore[attr-defined]
    assert "RAMAN, Priya" not in [choices.itemText(at) for at in range(choices.count())]
    press(form.save)
    assert [link.text() for link in form.summary.links()] == ["Choose a person"]
    form.form.fields["person_id"].set_value(at.people.ines)  # type: ignore[attr-defined]
    press(form.save)
    assert [link.text() for link in form.summary.links()] == ["Say what is to be done", "Enter a date to do it by"]
    form.form.fields["title"].set_value("Ring the school")  # type: ignore[attr-defined]
    form.form.fields["due_on"].edit.setText("+2d")  # type: ignore[attr-defined]
    press(form.save)
    assert "Ring the school" in words(page)


def test_a_visit_is_planned(at: Shown) -> None:
    page = at.show(TodayView(at.room))
    press(page.plan_visit)
    form = sheet(page)
    for key, value in (("person_id", at.people.tomasz), ("purpose", "First visit"), ("at", "25:00")):
        form.form.fields[key].set_value(value)  # type: ignore[attr-defined]
    form.form.fields["on"].edit.setText("today")  # type: ignore[attr-defined]
    press(form.save)
    assert [link.text() for link in form.summary.links()] == ["Enter a time like 15:40"]
    form.form.fields["at"].set_value("17:00")  # type: ignore[attr-defined]
    press(form.save)
    assert "17:00  WÓJCIK-O'NEILL, Tomasz" in words(page)


def test_drafts_are_gone_on_with_and_a_recovered_one_says_so(at: Shown) -> None:
    mine, old = at.desk.clock.new_id(), at.desk.clock.new_id()
    at.desk.do(save_draft, mine, "", "person", "{}", at.room.session_id)
    at.desk.do(save_draft, old, at.people.dennis, "contact", "{}", "an earlier unlock")
    page = at.show(TodayView(at.room))
    assert "Recovered" in words(page)
    press(button(page, "Go on Contact: ARKWRIGHT"))
    press(button(page, "Go on New person"))
    assert at.trail.went == [Go("contact", at.people.dennis, draft_id=old), Go("new_person", draft_id=mine)]


def test_a_draft_is_thrown_away_only_when_it_is_said_twice(at: Shown) -> None:
    draft = at.desk.clock.new_id()
    at.desk.do(save_draft, draft, "", "person", "{}", at.room.session_id)
    page = at.show(TodayView(at.room))
    press(button(page, "Throw away"))
    assert len(at.desk.do(list_drafts, at.room.session_id)) == 1
    press(button(page, "Yes, throw it away"))
    assert at.desk.do(list_drafts, at.room.session_id) == ()
    assert "New person" not in words(page)


def test_more_than_six_things_to_do_are_shown_on_request(at: Shown) -> None:
    for number in range(5):
        at.desk.do(add_task, at.people.dennis, f"Number {number}", at.desk.clock.now().date())
    page = at.show(TodayView(at.room))
    assert "Order a second rail" not in words(page)
    press(button(page, "See all 9"))
    assert "Order a second rail" in words(page)


# ---------------------------------------------------------------- states and looks


def test_a_laptop_with_nobody_on_it_says_what_to_do(tmp_path: Path, dressed: QApplication) -> None:
    with a_desk(tmp_path) as desk:
        room, trail = make_room(desk)
        page = TodayView(room)
        page.show()
        page.opened()
        settle()
        assert "People who are restricted are not listed" in words(page)
        press(button(page, "Sync now"))
        assert trail.syncs == 1
        page.deleteLater()
        settle()


@pytest.mark.parametrize("name", LOOKS)
def test_today_has_no_fault_that_a_screen_reader_or_large_print_would_find(at: Shown, name: str) -> None:
    at.desk.do(save_draft, at.desk.clock.new_id(), at.people.dennis, "contact", "{}", "an earlier unlock")
    look(name)
    page = at.show(TodayView(at.room))
    assert faults(page) == []


def test_the_sheet_has_no_fault_and_asks_before_what_was_typed_is_lost(at: Shown) -> None:
    page = at.show(TodayView(at.room))
    press(page.add_task)
    form = sheet(page)
    assert faults(form) == []
    assert form.form.fields["person_id"].box.hasFocus()  # type: ignore[attr-defined]
    form.form.fields["title"].set_value("Half a thought")  # type: ignore[attr-defined]
    press(form.cancel)
    assert form.isVisible()
    assert form.cancel.text() == "Leave without saving"
    press(form.cancel)
    assert not page.findChildren(type(form))
