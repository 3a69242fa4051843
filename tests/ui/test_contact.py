"""Writing a contact: by keys alone, with its marks, checked and finished; on a real encrypted store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from held_clock import HeldClock
from make import MONDAY, Caseload, Trail, a_desk, make_caseload, make_room
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from writing import alt, faults_in_every_look, has_focus, in_window, keys, press

from carebook.actions.list_drafts import DraftFound, list_drafts
from carebook.actions.open_person import open_person
from carebook.actions.read_contacts import Entry, read_contacts
from carebook.actions.read_today import read_today
from carebook.desk import Desk
from carebook.ui.contact.view import ContactView
from carebook.ui.kit.banner import PersonBanner
from carebook.ui.kit.chips import Chip
from carebook.ui.kit.text import Text
from carebook.ui.person.view import PersonView

TODAY = date(2026, 11, 23)
DRAFT = "01a207a2-0000-7000-8000-00000000d001"


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock(MONDAY)


@pytest.fixture
def desk(tmp_path: Path, clock: HeldClock, dressed: QApplication) -> Iterator[Desk]:
    with a_desk(tmp_path, clock) as made:
        yield made


@pytest.fixture
def people(desk: Desk) -> Caseload:
    return make_caseload(desk)


def opened(qtbot: QtBot, desk: Desk, person_id: str, **more: str) -> tuple[ContactView, Trail]:
    room, trail = make_room(desk)
    view = ContactView(room, person_id, **more)
    in_window(qtbot, view)
    return view, trail


def drafts(desk: Desk) -> tuple[DraftFound, ...]:
    return desk.do(list_drafts, desk.store.session_id)


def contacts(desk: Desk, person_id: str) -> tuple[Entry, ...]:
    return desk.do(read_contacts, person_id)


def told_in(banner: PersonBanner) -> list[str]:
    """What a banner says, its ways on and back aside."""
    return [one.text() for one in banner.findChildren(Text)] + [one.words for one in banner.findChildren(Chip)]


# ------------------------------------------------------------ writing


def test_a_visit_is_written_and_finished_with_keys_alone(qtbot: QtBot, desk: Desk, people: Caseload) -> None:
    _, trail = opened(qtbot, desk, people.dennis)
    assert has_focus() == "How was it made?"
    keys("Home")
    press(Qt.Key.Key_Tab)
    keys("today")
    press(Qt.Key.Key_Tab, 2)
    keys("830")
    press(Qt.Key.Key_Tab)
    keys("11 Mill Lane")
    press(Qt.Key.Key_Tab)
    keys("Dennis, his sister")
    press(Qt.Key.Key_Tab)
    keys("First visit")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)  # identity: yes
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Right)  # alone: no
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Tab)
    assert has_focus() == "What happened"
    keys("He met me at the door.")
    alt("Y")
    alt("H")
    press(Qt.Key.Key_Return, held=Qt.KeyboardModifier.ControlModifier)
    entry = contacts(desk, people.dennis)[0]
    assert (entry.title, entry.body.why, entry.body.place) == ("Home visit", "First visit", "11 Mill Lane")
    assert (entry.body.present, entry.body.identity_checked, entry.body.seen_alone) == (("Dennis", "his sister"), True, False)
    assert [(one.words, one.known, one.health) for one in entry.passages] == [("He met me at the door.", "yes", True)]
    assert trail.said[-1].startswith("Finished. Waiting to be sent.")
    assert has_focus() == "Read it"
    assert drafts(desk) == ()
    press(Qt.Key.Key_Space)
    assert (trail.went[-1].page, trail.went[-1].row_id) == ("entry", entry.row_id)


def test_the_banner_stays_above_with_alerts_and_how_to_give_information(qtbot: QtBot, desk: Desk, people: Caseload) -> None:
    view, _ = opened(qtbot, desk, people.margaret)
    bar = view.form_area.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert view.banner.isVisible()
    assert view.banner.mapTo(view, view.banner.rect().topLeft()).y() == 0
    assert view.banner.heading.text().startswith("OKAFOR-HALE, Margaret (Mrs)")
    assert view.banner._needs.text() == "Large print, 18 point · Contact: telephone · Hearing loop"


def test_the_banner_of_the_form_says_the_same_as_that_of_the_record(qtbot: QtBot, desk: Desk, people: Caseload) -> None:
    form, _ = opened(qtbot, desk, people.margaret)
    page = PersonView(make_room(desk)[0], people.margaret)
    in_window(qtbot, page)
    record = page.findChildren(PersonBanner)[0]
    assert told_in(form.banner) == told_in(record)


def test_nothing_is_ticked_that_the_worker_must_decide(qtbot: QtBot, desk: Desk, people: Caseload) -> None:
    view, _ = opened(qtbot, desk, people.dennis)
    form = view.read()
    assert (form.channel, form.identity_checked, form.seen_alone) == ("", None, None)
    assert {one.known for one in form.passages} == {""}
    view.headings[0].editors[0].words.set_value("Words")
    view.presenter.finish()
    assert "Say whether the person knows that this is written here" in view.summary.accessibleDescription()
    assert contacts(desk, people.dennis) == ()


def test_each_mark_is_one_key_stroke_from_the_words(qtbot: QtBot, desk: Desk, people: Caseload) -> None:
    view, _ = opened(qtbot, desk, people.margaret)
    card = view.headings[2]
    card.editors[0].words.take_focus()
    keys("She asked who has her keys.")
    for letter, then in (("N", ""), ("O", ""), ("H", ""), ("P", "Edwin, Ngozi"), ("C", "Ngozi Hale"), ("T", "22 Nov 2026")):
        card.editors[0].words.take_focus()
        alt(letter)
        if then:
            keys(then)
    marked = card.editors[0].marks.value()
    assert (marked.known, marked.told_on, marked.own_words, marked.health) == ("told", date(2026, 11, 22), True, True)
    assert (marked.third_parties, marked.confidence) == ("Edwin, Ngozi", "Ngozi Hale")
    assert view.headings[0].editors[0].marks.value().known == ""


def test_another_passage_under_the_same_heading_is_kept_apart(qtbot: QtBot, desk: Desk, people: Caseload) -> None:
    view, _ = opened(qtbot, desk, people.margaret, row_id=people.visit)
    card = view.headings[0]
    card.editors[0].words.take_focus()
    keys("The hall was clear.")
    alt("Y")
    card.more.setFocus()
    press(Qt.Key.Key_Space)
    assert has_focus() == "What happened, passage 2"
    keys("Edwin is tired.")
    alt("N")
    view.occasion.at.set_value("08:40")
    view.presenter.finish()
    assert [(one.words, one.known) for one in contacts(desk, people.margaret)[0].passages] == [
        ("The hall was clear.", "yes"), ("Edwin is tired.", "no"),
    ]


def test_a_planned_visit_is_filled_in_from_the_plan_and_done_when_finished(qtbot: QtBot, desk: Desk, people: Caseload) -> None:
    view, _ = opened(qtbot, desk, people.margaret, row_id=people.visit)
    form = view.read()
    assert (form.channel, form.on, form.place, form.why) == ("visit", TODAY, "4 Lark Rise", "See Edwin about the care calls")
    view.occasion.at.set_value("08:40")
    view.headings[0].editors[0].words.take_focus()
    keys("Edwin let me in.")
    alt("Y")
    view.follow_ups.more.setFocus()
    press(Qt.Key.Key_Space)
    keys("Ring the agency")
    press(Qt.Key.Key_Tab)
    keys("+2w")
    view.presenter.finish()
    today = desk.do(read_today)
    assert [one.row_id for one in today.visits] == []
    assert ("Ring the agency", TODAY + timedelta(days=14)) in [(one.title, one.due_on) for one in today.tasks]
    assert desk.do(open_person, people.margaret).record.of("visit")[0].body.state == "done"


# ------------------------------------------------------------ problems


def test_what_is_missing_is_listed_at_the_top_and_each_line_leads_to_its_field(
    qtbot: QtBot, desk: Desk, people: Caseload
) -> None:
    view, _ = opened(qtbot, desk, people.dennis)
    view.occasion.on.take_focus()
    keys("27 3 26")
    press(Qt.Key.Key_Return, held=Qt.KeyboardModifier.ControlModifier)
    told = [link.text() for link in view.summary.links()]
    assert told == [
        "Choose how the contact was made", "Enter the year with 4 figures, like 1945", "Enter the time",
        "Say why the contact was made", "Write what happened, under at least one heading",
    ]
    assert view.summary.hasFocus()
    assert view.occasion.on.problem
    view.summary.links()[1].click()
    assert view.occasion.on.edit.hasFocus()
    assert view.occasion.on.edit.selectedText() == "26"
    view.summary.links()[-1].click()
    assert has_focus() == "What happened"
    assert view.occasion.on.typed() == "27 3 26"


def test_a_told_passage_needs_the_day_and_its_line_leads_there(qtbot: QtBot, desk: Desk, people: Caseload) -> None:
    view, _ = opened(qtbot, desk, people.margaret, row_id=people.visit)
    view.headings[1].editors[0].words.take_focus()
    keys("Edwin is her husband.")
    alt("T")
    view.presenter.finish()
    line = next(link for link in view.summary.links() if link.text() == "Enter the day the person was told")
    line.click()
    assert has_focus() == "You and your family: day they were told"


def test_a_problem_of_a_follow_up_names_it_at_the_top_so_that_it_is_not_taken_for_the_day_of_the_contact(
    qtbot: QtBot, desk: Desk, people: Caseload
) -> None:
    view, _ = opened(qtbot, desk, people.margaret, row_id=people.visit)
    for _ in range(2):
        view.follow_ups.more.click()
    second = view.follow_ups.editors[1]
    second.title.set_value("Ring the surgery")
    second.due_on.edit.setText("31 2 2027")
    view.presenter.finish()
    words = "Check the day: that month does not have it"
    line = next(link for link in view.summary.links() if link.text() == f"Follow-up 2, by when: {words}")
    assert second.due_on.problem == words
    line.click()
    assert has_focus() == "Follow-up 2: by when"


def test_the_screen_can_be_read_and_reached_at_every_text_size(qtbot: QtBot, desk: Desk, people: Caseload) -> None:
    room, _ = make_room(desk)

    def make() -> ContactView:
        view = ContactView(room, people.margaret, row_id=people.visit)
        view.presenter.start()
        for card in view.headings:
            card.editors[0].words.set_value("Words")
        marks = view.headings[0].editors[0].marks
        for toggle in (marks.known["told"], marks.others, marks.in_confidence):
            toggle.setChecked(True)
        view.follow_ups.more.click()
        view.presenter.keeper.end()
        return view

    assert faults_in_every_look(qtbot, make) == []


def test_a_person_who_is_not_on_this_laptop_cannot_be_written_about(qtbot: QtBot, desk: Desk) -> None:
    view, _ = opened(qtbot, desk, "nobody")
    shown = view.stack.currentWidget()
    assert shown.accessibleName().startswith("This record is not on this laptop")
    QTest.keyClick(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert drafts(desk) == ()
