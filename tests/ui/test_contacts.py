"""The contacts tab: the list beside the reading pane, filters, empty and failing, and the list alone where it is narrow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from held_clock import HeldClock
from make import MONDAY, Caseload, Failing, a_caseload, a_contact, make_room
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from writing import faults_in_every_look, has_focus, in_window, press

from carebook.actions.finish_contact import finish_contact
from carebook.actions.move_entry import move_entry
from carebook.desk import Desk
from carebook.errors import StoreLocked
from carebook.ui.contacts.view import ContactsTab


@pytest.fixture
def both(tmp_path: Path, dressed: QApplication) -> Iterator[tuple[Desk, Caseload]]:
    with a_caseload(tmp_path, HeldClock(MONDAY)) as made:
        yield made


def listed(tab: ContactsTab) -> list[tuple[str, str, str]]:
    return [(one.title, one.on, one.mark) for one in tab.entries._model.rows]


def test_entries_are_listed_newest_first_and_the_first_is_read(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    desk.do(finish_contact, people.margaret, a_contact(date(2026, 11, 20), channel="call"))
    room, _ = make_room(desk)
    tab = ContactsTab(room, people.margaret)
    in_window(qtbot, tab)
    assert listed(tab) == [
        ("Home visit", "23-Nov-2026", ""), ("What we discussed", "23-Nov-2026", ""),
        ("Telephone call", "20-Nov-2026", ""), ("What we discussed", "20-Nov-2026", ""),
    ]
    assert tab.pane.heading is not None
    assert tab.pane.heading.text() == "Home visit"


def test_arrows_read_one_after_the_other_and_enter_goes_into_what_is_read(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    room, _ = make_room(desk)
    tab = ContactsTab(room, people.margaret)
    in_window(qtbot, tab)
    tab.focus_first()
    assert has_focus() == "Entries, newest first"
    press(Qt.Key.Key_Down)
    assert tab.pane.heading is not None
    assert tab.pane.heading.text() == "What we discussed"
    press(Qt.Key.Key_Return)
    assert has_focus() == "What we discussed"


def test_a_filter_keeps_to_one_heading_and_says_when_there_is_nothing(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    room, _ = make_room(desk)
    tab = ContactsTab(room, people.margaret)
    in_window(qtbot, tab)
    tab.filters.choose("discussions")
    assert [title for title, _, _ in listed(tab)] == ["What we discussed"]
    tab.filters.choose("decisions")
    assert tab.states.currentWidget().accessibleName().startswith("Nothing under this heading")
    tab.filters.choose("")
    assert len(listed(tab)) == 2


def test_what_was_written_since_is_there_when_the_tab_is_shown_again(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    room, _ = make_room(desk)
    tab = ContactsTab(room, people.margaret)
    in_window(qtbot, tab)
    desk.do(finish_contact, people.margaret, a_contact(date(2026, 11, 22)))
    tab.hide()
    tab.show()
    assert ("Home visit", "22-Nov-2026", "") in listed(tab)


def test_what_was_written_by_mistake_is_listed_without_its_words(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    desk.do(move_entry, people.contact, people.dennis, "Two records were open")
    room, _ = make_room(desk)
    tab = ContactsTab(room, people.margaret)
    in_window(qtbot, tab)
    assert {(title, mark) for title, _, mark in listed(tab)} == {("Written by mistake", "Moved")}
    assert not any("dressed" in one.spoken() or "living at home" in one.spoken() for one in tab.entries._model.rows)


def test_a_person_without_contacts_is_offered_to_write_the_first(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    room, trail = make_room(desk)
    tab = ContactsTab(room, people.dennis)
    in_window(qtbot, tab)
    empty = tab.states.currentWidget()
    assert empty.accessibleName().startswith("Nothing has been written yet")
    empty.button.click()
    assert (trail.went[-1].page, trail.went[-1].person_id) == ("contact", people.dennis)


def test_what_cannot_be_read_says_why_and_can_be_tried_again(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    lane = Failing(StoreLocked())
    room, _ = make_room(desk, lane)
    tab = ContactsTab(room, people.margaret)
    in_window(qtbot, tab)
    assert tab.states.currentWidget().accessibleName().startswith("carebook is locked")


def test_where_it_is_narrow_the_list_stands_alone_and_enter_opens_a_page(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    room, trail = make_room(desk)
    tab = ContactsTab(room, people.margaret)
    window = in_window(qtbot, tab)
    window.resize(700, 600)
    QApplication.processEvents()
    assert not tab.pane.isVisible()
    tab.focus_first()
    press(Qt.Key.Key_Return)
    assert (trail.went[-1].page, trail.went[-1].row_id) == ("entry", people.contact)


def test_two_hundred_entries_are_listed_at_once(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    for number in range(100):
        desk.do(finish_contact, people.dennis, a_contact(date(2026, 11, 22) - timedelta(days=number)))
    room, _ = make_room(desk)
    tab = ContactsTab(room, people.dennis)
    in_window(qtbot, tab)
    assert len(listed(tab)) == 200
    assert listed(tab)[-1][1] == "15-Aug-2026"


def test_the_tab_can_be_read_and_reached_at_every_text_size(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    room, _ = make_room(desk)
    assert faults_in_every_look(qtbot, lambda: ContactsTab(room, people.margaret)) == []
