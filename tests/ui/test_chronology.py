"""The chronology: by year, with chips and filters; what is long is built in parts; each happening opens."""

from __future__ import annotations

import time as stopwatch
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from held_clock import HeldClock
from make import MONDAY, Caseload, Failing, a_caseload, a_contact, make_room
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from writing import faults_in_every_look, in_window

from carebook.actions.finish_contact import finish_contact
from carebook.actions.move_entry import move_entry
from carebook.actions.read_chronology import Happening
from carebook.actions.take_plan_step import take_plan_step
from carebook.desk import Desk
from carebook.errors import StoreLocked
from carebook.ui.chronology.view import ChronologyTab
from carebook.ui.kit.buttons import Button
from carebook.ui.kit.chips import Chip
from carebook.ui.kit.text import Text


@pytest.fixture
def both(tmp_path: Path, dressed: QApplication) -> Iterator[tuple[Desk, Caseload]]:
    with a_caseload(tmp_path, HeldClock(MONDAY)) as made:
        yield made


def shown(qtbot: QtBot, desk: Desk, person_id: str) -> tuple[ChronologyTab, list[object]]:
    room, trail = make_room(desk)
    tab = ChronologyTab(room, person_id)
    in_window(qtbot, tab)
    QApplication.processEvents()
    return tab, trail.went


def words(tab: ChronologyTab) -> list[str]:
    return [text.text() for text in tab.timeline.findChildren(Text)]


def titles(tab: ChronologyTab) -> list[str]:
    return [event.title for event in tab.timeline._events]


def test_happenings_stand_by_year_with_their_sort_and_author(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    desk.do(finish_contact, people.margaret, a_contact(date(2025, 6, 1), channel="call"))
    tab, _ = shown(qtbot, desk, people.margaret)
    told = words(tab)
    assert [year for year in told if year in {"2025", "2026"}] == ["2026", "2025"]
    assert {"Home visit", "Telephone call", "01-Jun-2025", "Sunday 08:30", "Written by Peter Osei"} <= set(told)
    assert {"Contact", "What we discussed", "Care and support plan"} <= {
        chip.words for chip in tab.timeline.findChildren(Chip)
    }


def test_a_filter_keeps_to_one_sort(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    desk.do(take_plan_step, people.margaret, people.plan, "shared")
    tab, _ = shown(qtbot, desk, people.margaret)
    tab.filters.choose("plan")
    assert titles(tab) == ["Plan version 1: shared for comment", "Care and support plan, version 1"]
    tab.filters.choose("decisions")
    assert tab.states.currentWidget().accessibleName().startswith("Nothing of this sort")


def test_reading_opens_the_entry_or_the_plan(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    tab, went = shown(qtbot, desk, people.margaret)
    names = {one.accessibleName(): one for one in tab.timeline.findChildren(Button)}
    names["Read Home visit, 23-Nov-2026"].click()
    assert (went[-1].page, went[-1].row_id) == ("entry", people.contact)
    names["Read Care and support plan, version 1, 23-Nov-2026"].click()
    assert (went[-1].page, went[-1].tab, went[-1].row_id) == ("person", "plan", people.plan)


def test_what_was_written_by_mistake_shows_none_of_its_words(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    desk.do(move_entry, people.contact, people.dennis, "Two records were open")
    tab, _ = shown(qtbot, desk, people.margaret)
    assert any(title.startswith("Written on this record by mistake") for title in titles(tab))
    assert not any("dressed" in told or "living at home" in told for told in words(tab))


def test_a_person_to_whom_nothing_happened_is_offered_a_contact(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    tab, went = shown(qtbot, desk, people.dennis)
    empty = tab.states.currentWidget()
    assert empty.accessibleName().startswith("Nothing has happened yet")
    empty.button.click()
    assert went[-1].page == "contact"


def test_what_cannot_be_read_says_why(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    room, _ = make_room(desk, Failing(StoreLocked()))
    tab = ChronologyTab(room, people.margaret)
    in_window(qtbot, tab)
    assert tab.states.currentWidget().accessibleName().startswith("carebook is locked")


def test_a_thousand_happenings_are_built_in_parts_and_none_is_lost(
    qtbot: QtBot, both: tuple[Desk, Caseload], figure
) -> None:
    desk, people = both
    room, _ = make_room(desk)
    tab = ChronologyTab(room, people.dennis)
    window = in_window(qtbot, tab)
    start = datetime(2026, 11, 22, 9, tzinfo=UTC)
    many = [
        Happening("contacts", start - timedelta(days=number), "Home visit", "He was well. " * 20, "Peter Osei", f"row {number}")
        for number in range(1000)
    ]
    began = stopwatch.thread_time()
    tab.show_happenings(many)
    window.grab()
    took = (stopwatch.thread_time() - began) * 1000
    figure("chronology of 1,000 happenings, built and painted (CPU)", f"{took:.0f} ms", "150 ms")
    assert took <= 150
    assert len({event.title + event.day for event in tab.timeline._events}) == 1000
    built = len(tab.timeline.findChildren(Button))
    bar = tab.area.verticalScrollBar()
    QApplication.processEvents()
    for _ in range(3):
        bar.setValue(bar.maximum())
        qtbot.wait(20)
    assert len(tab.timeline.findChildren(Button)) >= built + 16


def test_two_of_one_title_on_one_day_are_told_apart(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    for _ in range(2):
        desk.do(finish_contact, people.dennis, a_contact(date(2026, 11, 20)))
    tab, _ = shown(qtbot, desk, people.dennis)
    assert len(set(titles(tab))) == len(titles(tab)) == 4


def test_the_tab_can_be_read_and_reached_at_every_text_size(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    room, _ = make_room(desk)
    assert faults_in_every_look(qtbot, lambda: ChronologyTab(room, people.margaret)) == []
