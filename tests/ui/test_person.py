"""The record: who this is on every tab, what a visitor must see first, clashes for a person to settle, people around them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from accessible import faults
from make import Later, arrive, make_room, row_from, rows_of
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from screens import LOOKS, Shown, button, look, press, settle, sheet, shown, words

from carebook.actions.find_people import find_people
from carebook.actions.open_person import open_person
from carebook.actions.record_fact import (
    BirthBody,
    NeedBody,
    RelationshipBody,
    record_fact,
)
from carebook.models.record import TaskBody
from carebook.ui.person.clashes import clashes
from carebook.ui.person.lines import HistorySheet
from carebook.ui.person.view import PersonView
from carebook.ui.room import Go
from carebook.words import local

if TYPE_CHECKING:
    from carebook.actions.open_person import OpenedPerson


@pytest.fixture
def at(tmp_path: Path, dressed: QApplication) -> Iterator[Shown]:
    with shown(tmp_path) as at:
        yield at


def opened(at: Shown, person_id: str) -> OpenedPerson:
    return at.desk.do(open_person, person_id)


# ---------------------------------------------------------------- the banner and the tabs


def test_who_this_is_stands_on_every_tab(at: Shown) -> None:
    page = at.show(PersonView(at.room, at.people.margaret))
    for key in ("overview", "people"):
        page.tabs.show_tab(key)
        settle()
        told = words(page.banner)
        for words_ in ('OKAFOR-HALE, Margaret (Mrs) "Maggie"', "11-Feb-1943 (83y)", "999 000 1014", "(verified)",
                       "Falls: keep the hall clear", "Large print, 18 point · Contact: telephone · Hearing loop"):  # fmt: skip
            assert words_ in told


def test_a_tab_is_built_when_it_is_first_shown(at: Shown) -> None:
    page = at.show(PersonView(at.room, at.people.margaret))
    assert page.tabs.stack.count() == 1
    page.tabs.bar.setFocus(Qt.FocusReason.TabFocusReason)
    page.show_tab("people")
    settle()
    assert page.tabs.stack.count() == 2


def test_every_part_of_the_record_can_be_reached_by_the_arrow_keys(at: Shown) -> None:
    page = at.show(PersonView(at.room, at.people.margaret))
    page.tabs.bar.setFocus(Qt.FocusReason.TabFocusReason)
    reached = [page.tabs.key]
    for _ in range(4):
        QTest.keyClick(page.tabs.bar, Qt.Key.Key_Right)
        settle()
        reached.append(page.tabs.key)
    assert reached == ["overview", "chronology", "contacts", "people", "plan"]
    assert page.tabs.stack.count() == 5


def test_a_record_can_open_on_another_part(at: Shown) -> None:
    page = at.show(PersonView(at.room, at.people.margaret, "people"))
    assert page.tabs.key == "people"
    assert "Ngozi Hale" in words(page)


def test_the_buttons_of_the_banner_lead_on(at: Shown) -> None:
    page = at.show(PersonView(at.room, at.people.margaret))
    press(page.contact)
    press(button(page, "Start contact See Edwin"))
    press(page.banner.back)
    assert at.trail.went == [
        Go("contact", at.people.margaret), Go("contact", at.people.margaret, row_id=at.people.visit),
    ]  # fmt: skip
    assert at.trail.backs == 1


def test_someone_of_another_caseload_stays_closed_with_what_to_do(at: Shown) -> None:
    page = at.show(PersonView(at.room, at.people.priya))
    assert "You do not work with this person" in words(page)
    assert "Raman" not in words(page)
    assert page.closed.button.hasFocus()


def test_someone_this_laptop_does_not_hold_says_so(at: Shown) -> None:
    page = at.show(PersonView(at.room, "nobody"))
    assert "This person is not among those this laptop holds" in words(page)


def test_while_it_opens_nothing_of_another_person_shows(at: Shown) -> None:
    lane = Later()
    room, _ = make_room(at.desk, lane)
    page = at.show(PersonView(room, at.people.margaret))
    assert "OKAFOR" not in words(page)
    lane.do_all()
    settle()
    assert "OKAFOR-HALE" in words(page)


# ---------------------------------------------------------------- the overview


def test_alerts_stand_first_the_gravest_at_the_top(at: Shown) -> None:
    told = words(at.show(PersonView(at.room, at.people.margaret)).tabs.stack.currentWidget())
    order = [told.index(one) for one in ("Has fallen twice", "Knock and wait before", "I want to stay in my own house")]
    assert order == sorted(order)


def test_what_is_not_known_is_offered_to_be_added(at: Shown) -> None:
    page = at.show(PersonView(at.room, at.people.dennis))
    press(button(page, "Add Telephone"))
    form = sheet(page)
    form.form.fields["number"].set_value("01632 960133")  # type: ignore[attr-defined]
    form.form.fields["use"].set_value("home")  # type: ignore[attr-defined]
    press(form.save)
    assert "01632 960133" in words(page)
    assert at.trail.said == ["Added to the record"]


def test_a_change_is_kept_and_its_history_says_before_after_and_who(at: Shown) -> None:
    page = at.show(PersonView(at.room, at.people.margaret))
    at.desk.clock.move()  # type: ignore[attr-defined]
    press(button(page, "Change Telephone: 01632 960101"))
    sheet(page).form.fields["number"].set_value("01632 960177")  # type: ignore[attr-defined]
    press(sheet(page).save)
    press(button(page, "History of Telephone: 01632 960177"))
    (history,) = page.findChildren(HistorySheet)
    told = words(history)
    assert told.index("01632 960177") < told.index("01632 960101")
    assert told.count("Peter Osei on 23-Nov-2026") == 2
    assert faults(history) == []
    press(history.close_button)


def test_a_clash_is_told_plainly_and_settled_by_a_row_that_names_both(at: Shown) -> None:
    arrive(at.desk, row_from(at.desk, at.people.dennis, BirthBody(year=1955, month=9, day=13)))
    page = at.show(PersonView(at.room, at.people.dennis))
    told = words(page)
    assert "Two dates of birth are recorded. Choose which is right." in told
    assert "Marit Lund on 23-Nov-2026 09:00" in told
    assert "Peter Osei on 23-Nov-2026 09:00" in told
    assert not [one for one in page.findChildren(type(page.contact)) if one.accessibleName().startswith("Change Date of birth")]
    press(button(page, "This is right: 13-Sep-1955"))
    assert "Choose which is right" not in words(page)
    row = rows_of(at.desk, at.people.dennis, "birth")[-1]
    assert len(row["replaces"]) == 2
    assert at.desk.do(find_people, "arkwright").people[0].birth_day == 13


def test_every_kind_of_clash_has_words(at: Shown) -> None:
    task = opened(at, at.people.dennis).record.of("task")[0]
    for title in ("Theirs", "Mine"):
        body = TaskBody(title=title, due_on=task.body.due_on, for_worker="p.osei")
        arrive(at.desk, row_from(at.desk, at.people.dennis, body, replaces=[task.row_id], fact_id=task.fact_id))
    (clash,) = clashes(opened(at, at.people.dennis), local(at.desk.clock.now()).date())
    assert clash.title == "Two versions of something to do are recorded. Choose which is right."
    assert {version.words for version in clash.versions} == {"Theirs, by 23-Nov-2026", "Mine, by 23-Nov-2026"}


# ---------------------------------------------------------------- people


def test_someone_close_is_added_changed_and_ended_by_keyboard(at: Shown) -> None:
    page = at.show(PersonView(at.room, at.people.dennis, "people"))
    press(button(page, "Add: People close to them"))
    fields = sheet(page).form.fields
    for key, value in (("name", "Joan Barker"), ("relation", "Neighbour"), ("ties", ("emergency",))):
        fields[key].set_value(value)  # type: ignore[attr-defined]
    press(sheet(page).save)
    assert "Neighbour · emergency contact" in words(page)
    press(button(page, "Change Close to them: Joan Barker"))
    sheet(page).form.fields["relation"].set_value("Friend")  # type: ignore[attr-defined]
    press(sheet(page).save)
    assert "Friend · emergency contact" in words(page)
    press(button(page, "End Close to them: Joan Barker"))
    press(sheet(page).save)
    assert "until 22-Nov-2026" in words(page)
    (ended,) = opened(at, at.people.dennis).record.ended["relationship"]
    assert (ended.body.name, ended.body.emergency) == ("Joan Barker", True)


def test_a_relation_who_has_a_record_is_opened_from_here(at: Shown) -> None:
    body = RelationshipBody(name="Ines Valadares", relation="Friend", other_person_id=at.people.ines)
    at.desk.do(record_fact, at.people.dennis, body)
    page = at.show(PersonView(at.room, at.people.dennis, "people"))
    press(button(page, "Open their record: Ines"))
    assert at.trail.went == [Go("person", at.people.ines)]


# ---------------------------------------------------------------- looks and speed


@pytest.mark.parametrize("name", LOOKS)
@pytest.mark.parametrize("tab", ["overview", "people"])
def test_the_record_has_no_fault_that_a_screen_reader_or_large_print_would_find(at: Shown, name: str, tab: str) -> None:
    arrive(at.desk, row_from(at.desk, at.people.margaret, NeedBody(code="F14", detail="yellow")))
    arrive(at.desk, row_from(at.desk, at.people.margaret, BirthBody(year=1934, month=2, day=11)))
    look(name)
    page = at.show(PersonView(at.room, at.people.margaret, tab))
    assert faults(page) == []


def test_opening_a_record_builds_one_tab_and_tells_how_long_it_holds_the_screen(
    at: Shown, figure: Callable[..., None]
) -> None:
    longest = []
    for _ in range(5):
        room, _ = make_room(at.desk, Later())
        told = opened(at, at.people.margaret)
        marks = [time.perf_counter()]
        page = PersonView(room, at.people.margaret)
        at.shell.open_page(page)
        marks.append(time.perf_counter())
        page._presenter._show(told)
        marks.append(time.perf_counter())
        for _ in range(3):
            QApplication.processEvents()
            marks.append(time.perf_counter())
        longest.append(max(after - before for before, after in pairwise(marks)))
        assert page.tabs.stack.count() == 1  # the others are built when they are turned to
        at.shell.back()
        settle()
    middle = sorted(longest)[len(longest) // 2]
    figure("opening a record holds the screen's thread", f"{middle * 1000:.0f} ms", "150 ms")
