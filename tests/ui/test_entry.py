"""Reading an entry: its marks, author, versions and clashes; and moving it when it was written on the wrong person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import msgspec
import pytest
from held_clock import HeldClock
from make import MONDAY, Caseload, Trail, a_caseload, a_contact, arrive, make_room, row_from
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from writing import faults_in_every_look, has_focus, in_window, keys, press

from carebook.actions.amend_entry import Amendment, Passage, amend_entry
from carebook.actions.finish_contact import WrittenPassage, finish_contact
from carebook.actions.read_contacts import Entry, read_contacts
from carebook.actions.read_entry import read_entry
from carebook.desk import Desk
from carebook.ui.entry.move import MovePart
from carebook.ui.entry.parts import ClashPart, VersionPart, quoted
from carebook.ui.entry.view import EntryView
from carebook.ui.entry.words import changes, clock_words, marks_of, version_words, written_by
from carebook.ui.kit.buttons import Button
from carebook.ui.kit.chips import Chip
from carebook.ui.kit.text import Text


@pytest.fixture
def both(tmp_path: Path, dressed: QApplication) -> Iterator[tuple[Desk, Caseload]]:
    with a_caseload(tmp_path, HeldClock(MONDAY)) as made:
        yield made


def opened(qtbot: QtBot, desk: Desk, row_id: str) -> tuple[EntryView, Trail]:
    room, trail = make_room(desk)
    view = EntryView(room, row_id)
    in_window(qtbot, view)
    return view, trail


def words_of(widget: QWidget) -> list[str]:
    return [text.text() for text in widget.findChildren(Text) if text.isVisible()]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("I stay", "“I stay”"), ("“I stay”", "“I stay”"), ('"I stay"', '"I stay"'), ("", "“”"), ("“", "““”"),
        ("“I stay” and “I go”", "““I stay” and “I go””"),
    ],
)  # fmt: skip
def test_own_words_are_quoted_once(written: str, shown: str) -> None:
    assert quoted(written) == shown


def chips_of(widget: QWidget) -> list[str]:
    return [chip.words for chip in widget.findChildren(Chip) if chip.isVisible()]


def button(widget: QWidget, words: str) -> Button:
    return next(one for one in widget.findChildren(Button) if one.text() == words and one.isVisible())


def amended(desk: Desk, row_id: str, words: str, reason: str = "I had the wrong day in mind") -> str:
    first = desk.do(read_entry, row_id).entry.passages[0]
    return desk.do(amend_entry, row_id, Amendment(reason=reason, passages=(msgspec.structs.replace(first, words=words),)))


def clash(desk: Desk, people: Caseload) -> tuple[str, str]:
    """Two versions of one contact, written on two laptops that did not know of each other."""
    before = desk.do(read_entry, people.contact).entry
    mine = amended(desk, people.contact, "She was in bed.")
    assert before.body is not None
    theirs = row_from(
        desk, people.margaret, msgspec.structs.replace(before.body, reason="Marit saw it otherwise", outcome="Calls stop"),
        replaces=(people.contact,), fact_id=before.fact_id,
    )
    arrive(desk, theirs)
    return mine, theirs.row_id


# ------------------------------------------------------------ reading


def test_an_entry_shows_when_why_who_its_words_under_headings_and_who_wrote_it(
    qtbot: QtBot, both: tuple[Desk, Caseload]
) -> None:
    desk, people = both
    view, _ = opened(qtbot, desk, people.contact)
    told = words_of(view.pane)
    for words in (
        "Home visit", "Monday 23-Nov-2026 08:30 · 4 Lark Rise", "Planned review", "Margaret, Edwin", "What happened",
        "She was up and dressed. The hall was clear.", "What we discussed", "“She wants to go on living at home.”",
        "Care calls to go on", "Written by Peter Osei, Social worker, 23-Nov-2026 09:00",
    ):
        assert words in told
    assert {"Contact", "Waiting to be sent", "Known to them", "Own words"} <= set(chips_of(view.pane))
    assert view.banner.heading.text().startswith("OKAFOR-HALE, Margaret")
    assert view.pane.heading is not None
    assert view.pane.heading.hasFocus()


def test_every_mark_of_a_passage_is_a_chip_in_words() -> None:
    passage = Passage(
        passage_id="p", category="contacts", words="w", known="told", told_on=date(2026, 11, 22), health=True,
        third_parties=("Edwin", "Ngozi"), confidence="Ngozi Hale", own_words=True,
    )
    assert [mark.words for mark in marks_of(passage)] == [
        "Told on 22-Nov-2026", "Own words", "Names Edwin, Ngozi", "Health", "In confidence from Ngozi Hale",
    ]
    assert marks_of(msgspec.structs.replace(passage, known="no"))[0].words == "Not known to them"


def test_a_laptop_whose_clock_was_wrong_is_told_with_both_times(both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    entry = desk.do(read_entry, people.contact).entry
    wrong = Entry(**{name: getattr(entry, name) for name in Entry.__dataclass_fields__} | {"skew_ms": 7_200_000})
    assert written_by(wrong).endswith("23-Nov-2026 09:00")
    assert clock_words(wrong) == "The laptop's clock was wrong: by the server's it was 23-Nov-2026 07:00."
    assert clock_words(entry) == ""


def test_an_amended_entry_keeps_its_earlier_version_readable_with_what_changed(
    qtbot: QtBot, both: tuple[Desk, Caseload]
) -> None:
    desk, people = both
    later = amended(desk, people.contact, "She was up and dressed. A rug lay in the hall.")
    view, _ = opened(qtbot, desk, later)
    assert "Amended 23-Nov-2026 09:00 by Peter Osei because “I had the wrong day in mind”" in words_of(view.pane)
    versions = [one for one in view.findChildren(VersionPart) if one.isVisible()]
    assert [one.button.text() for one in versions] == ["Show what changed", "Show this version"]
    versions[0].button.setFocus()
    press(Qt.Key.Key_Space)
    QApplication.processEvents()
    told = words_of(versions[0])
    assert told[1:] == [
        "Passage 1", "Before", "She was up and dressed. The hall was clear.", "After",
        "She was up and dressed. A rug lay in the hall.",
    ]
    assert versions[0].button.text() == "Hide"


def test_an_earlier_version_leads_to_the_later_one(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    amended(desk, people.contact, "Words of later")
    view, _ = opened(qtbot, desk, people.contact)
    button(view.pane, "Read the later version").click()
    assert "Words of later" in words_of(view.pane)


def test_what_was_taken_out_and_put_in_is_told_passage_by_passage(both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    before = desk.do(read_entry, people.contact).entry
    new = Passage(passage_id="", category="contacts", words="Something new", known="no")
    row_id = desk.do(amend_entry, people.contact, Amendment(reason="Written anew", passages=(new,), outcome="Calls stop"))
    found = {one.what: (one.before, one.after) for one in changes(before, desk.do(read_entry, row_id).entry)}
    assert found == {
        "Passage 1": ("", "Something new"), "Marks of passage 1": ("", "Not known to them"),
        "Passage taken out": ("She was up and dressed. The hall was clear.", ""),
        "Outcome": ("Care calls to go on", "Calls stop"),
    }


# ------------------------------------------------------------ two versions


def test_two_versions_stand_side_by_side_with_authors_and_reasons(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    mine, theirs = clash(desk, people)
    view, trail = opened(qtbot, desk, mine)
    part = view.findChild(ClashPart)
    told = words_of(part)
    for words in ("She was in bed.", "She was up and dressed. The hall was clear.", "Calls stop"):
        assert words in told
    assert any("by Marit Lund because “Marit saw it otherwise”" in words for words in told)
    assert any("by Peter Osei because “I had the wrong day in mind”" in words for words in told)
    heads = desk.do(read_entry, mine).versions[1:]
    part.buttons[1].setFocus()
    press(Qt.Key.Key_Space)
    assert (trail.went[-1].page, trail.went[-1].row_id) == ("amend", heads[1].row_id)
    assert {one.row_id for one in heads} == {mine, theirs}


# ------------------------------------------------------------ written on the wrong person


def test_an_entry_moves_to_the_right_person_with_keys_alone_and_both_records_say_so(
    qtbot: QtBot, both: tuple[Desk, Caseload]
) -> None:
    desk, people = both
    view, trail = opened(qtbot, desk, people.contact)
    button(view.pane, "Written on the wrong person").setFocus()
    press(Qt.Key.Key_Space)
    QApplication.processEvents()
    part = view.pane.currentWidget()
    assert isinstance(part, MovePart)
    assert has_focus() == "Search for the right person"
    keys("arkw")
    press(Qt.Key.Key_Return)
    assert has_focus().startswith("Arkwright, Dennis")
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Tab)
    keys("Two records were open")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    QApplication.processEvents()
    assert "Move this to Dennis Arkwright?" in words_of(view.pane)
    assert "What else was written on that occasion goes with it." in words_of(view.pane)
    button(view.pane, "Move it").click()
    assert (trail.went[-1].page, trail.went[-1].person_id) == ("entry", people.dennis)
    there, _ = opened(qtbot, desk, trail.went[-1].row_id)
    assert {"Moved here", "She was up and dressed. The hall was clear."} <= set(words_of(there.pane))
    stub = next(one for one in desk.do(read_contacts, people.margaret, "contacts") if one.is_misplaced)
    here, _ = opened(qtbot, desk, stub.row_id)
    told = words_of(here.pane)
    assert "Written on the wrong person, and moved" in told
    assert not any("She was up and dressed" in words or "Dennis" in words for words in told)
    assert version_words(stub) == "Taken off this record 23-Nov-2026 09:00 by Peter Osei because “Two records were open”"


def test_moving_needs_a_person_and_a_reason(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    view, _ = opened(qtbot, desk, people.contact)
    view.presenter.begin_move()
    part = view.pane.currentWidget()
    part.move_.click()
    assert [link.text() for link in part.summary.links()] == [
        "Choose the person it should have been written on", "Say why, in a few words: it stays with the record",
    ]
    part.stop.click()
    assert "Home visit" in words_of(view.pane)


def test_no_one_is_found_is_said_with_who_is_not_listed(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    view, _ = opened(qtbot, desk, people.contact)
    view.presenter.begin_move()
    part = view.pane.currentWidget()
    part.search.setFocus()
    keys("zzz")
    press(Qt.Key.Key_Return)
    assert any("People whose records you may not see are not listed" in words for words in words_of(part))


def test_the_pane_can_be_read_and_reached_at_every_text_size(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    mine, _ = clash(desk, people)
    room, _ = make_room(desk)
    told = "Worried that her mother is not eating. " * 9
    long = desk.do(
        finish_contact, people.margaret,
        a_contact(date(2026, 11, 20), at=time(7, 5), passages=(
            WrittenPassage(heading="contacts", words=told, known="no", health=True, third_parties="Ngozi Hale, Edwin Hale"),
            WrittenPassage(heading="decisions", words=told, confidence="Ngozi Hale"),
        )),
    )  # fmt: skip
    for row_id in (mine, long, amended(desk, long, "Shorter", "It said too much of her daughter")):
        assert faults_in_every_look(qtbot, lambda row_id=row_id: EntryView(room, row_id)) == []


def test_an_entry_that_is_not_here_says_what_to_do(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, _ = both
    view, _ = opened(qtbot, desk, "nothing")
    assert view.pane.currentWidget().accessibleName().startswith("This record is not on this laptop")
