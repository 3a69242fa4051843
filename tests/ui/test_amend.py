"""Amending an entry: with a reason, kept as it is typed, beside the words as they stand, settling two versions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from held_clock import HeldClock
from make import MONDAY, Caseload, Trail, a_caseload, arrive, make_room, row_from
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from writing import alt, faults_in_every_look, has_focus, in_window, keys, press

from carebook.actions.amend_entry import Amendment, amend_entry
from carebook.actions.list_drafts import list_drafts
from carebook.actions.read_entry import read_entry
from carebook.actions.save_draft import save_draft
from carebook.desk import Desk
from carebook.ui.amend.draft import begun, decode, encode
from carebook.ui.amend.view import AmendView
from carebook.ui.kit.cards import Card
from carebook.ui.kit.text import Text

DRAFT = "01a207a2-0000-7000-8000-00000000d002"


@pytest.fixture
def both(tmp_path: Path, dressed: QApplication) -> Iterator[tuple[Desk, Caseload]]:
    with a_caseload(tmp_path, HeldClock(MONDAY)) as made:
        yield made


def opened(qtbot: QtBot, desk: Desk, row_id: str, draft_id: str = "") -> tuple[AmendView, Trail]:
    room, trail = make_room(desk)
    view = AmendView(room, row_id, draft_id)
    in_window(qtbot, view)
    return view, trail


def beside(view: AmendView) -> list[list[str]]:
    """The words of each card that says how the entry stands."""
    cards = [card for card in view.findChildren(Card) if card.accessibleName() == "As it stands now"]
    return [[text.text() for text in card.findChildren(Text)] for card in cards]


def test_an_entry_is_amended_with_keys_alone_and_passages_keep_their_ids(
    qtbot: QtBot, both: tuple[Desk, Caseload]
) -> None:
    desk, people = both
    before = desk.do(read_entry, people.contact).entry
    view, trail = opened(qtbot, desk, people.contact)
    assert has_focus() == "Why is it amended?"
    keys("A rug lay in the hall")
    view.words.editors[0].words.take_focus()
    keys(" A rug lay there.")
    alt("H")
    press(Qt.Key.Key_Return, held=Qt.KeyboardModifier.ControlModifier)
    assert trail.said[-1].startswith("Amended. Waiting to be sent.")
    after = desk.do(read_entry, view.presenter.row_id).entry
    assert after.reason == "A rug lay in the hall"
    assert after.replaces == (people.contact,)
    assert after.passages[0].words == "She was up and dressed. The hall was clear. A rug lay there."
    assert after.passages[0].health
    assert [one.passage_id for one in after.passages] == [one.passage_id for one in before.passages]
    assert desk.do(list_drafts, "") == ()


def test_the_words_as_they_stand_are_beside_and_do_not_change_while_one_types(
    qtbot: QtBot, both: tuple[Desk, Caseload]
) -> None:
    desk, people = both
    view, _ = opened(qtbot, desk, people.contact)
    view.words.editors[0].words.set_value("Other words")
    (stands,) = beside(view)
    assert "She was up and dressed. The hall was clear." in stands
    assert "Care calls to go on" in stands


def test_a_reason_is_asked_for_and_the_line_leads_to_it(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    view, _ = opened(qtbot, desk, people.contact)
    view.presenter.finish()
    assert [link.text() for link in view.summary.links()] == ["Say why, in a few words: it stays with the record"]
    view.summary.links()[0].click()
    assert has_focus() == "Why is it amended?"
    assert len(desk.do(read_entry, people.contact).versions) == 1


def test_an_amendment_is_kept_as_typed_and_gone_on_with(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    view, _ = opened(qtbot, desk, people.contact)
    keys("Half a rea")
    qtbot.waitUntil(lambda: view.state.words == "Draft saved at 09:00", timeout=2000)
    view.words.editors[0].words.set_value("Half the wor")
    view.hide()
    (kept,) = desk.do(list_drafts, desk.store.session_id)
    assert (kept.kind, kept.person_id) == ("amendment", people.margaret)
    again, _ = opened(qtbot, desk, people.contact)
    assert (again.reason.value(), again.words.editors[0].words.value()) == ("Half a rea", "Half the wor")
    by_id, _ = opened(qtbot, desk, "", kept.draft_id)
    assert by_id.reason.value() == "Half a rea"


def test_a_draft_of_an_earlier_unlock_is_announced_as_recovered(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    draft = begun(desk.do(read_entry, people.contact).entry)
    desk.do(save_draft, DRAFT, people.margaret, "amendment", encode(draft), "an earlier unlock")
    _, trail = opened(qtbot, desk, people.contact, DRAFT)
    assert "Recovered. You last wrote at 09:00." in trail.said


def test_one_amendment_stands_in_place_of_two_versions(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    before = desk.do(read_entry, people.contact).entry
    assert before.body is not None
    mine = desk.do(amend_entry, people.contact, Amendment(reason="My own view", passages=before.passages))
    theirs = row_from(
        desk, people.margaret, msgspec.structs.replace(before.body, reason="Theirs", outcome="Calls stop"),
        replaces=(people.contact,), fact_id=before.fact_id,
    )
    arrive(desk, theirs)
    view, _ = opened(qtbot, desk, theirs.row_id)
    assert len(beside(view)) == 2
    assert view.outcome.value() == "Calls stop"
    view.reason.set_value("Both were half right")
    view.presenter.finish()
    found = desk.do(read_entry, view.presenter.row_id)
    assert set(found.entry.replaces) == {mine, theirs.row_id}
    assert [one.row_id for one in found.versions if one.is_current] == [view.presenter.row_id]


def test_an_entry_amended_by_someone_else_meanwhile_is_shown_and_replaced_knowingly(
    qtbot: QtBot, both: tuple[Desk, Caseload]
) -> None:
    desk, people = both
    view, trail = opened(qtbot, desk, people.contact)
    view.reason.set_value("I was there as well")
    before = desk.do(read_entry, people.contact).entry
    theirs = desk.do(amend_entry, people.contact, Amendment(reason="Earlier", passages=before.passages, outcome="Calls stop"))
    view.presenter.finish()
    assert trail.said[-1].startswith("Someone else changed this first")
    view.presenter.leave()
    again, _ = opened(qtbot, desk, people.contact)
    assert again.notices.itemAt(0).widget().accessibleName().startswith("Someone amended this meanwhile")
    assert "Calls stop" in beside(again)[0]
    again.presenter.finish()
    assert desk.do(read_entry, again.presenter.row_id).entry.replaces == (theirs,)


def test_discarding_leaves_the_entry_as_it_was(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    view, trail = opened(qtbot, desk, people.contact)
    view.reason.set_value("Not needed after all")
    view.presenter.leave()
    view.discard_confirmed.emit()
    assert desk.do(list_drafts, "") == ()
    assert len(desk.do(read_entry, people.contact).versions) == 1
    assert trail.backs == 1


def test_a_draft_reads_back_as_it_was_written(both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    draft = begun(desk.do(read_entry, people.contact).entry)
    assert decode(encode(draft)) == draft
    assert draft.passages[0].words == "She was up and dressed. The hall was clear."


def test_the_screen_can_be_read_and_reached_at_every_text_size(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    room, _ = make_room(desk)
    assert faults_in_every_look(qtbot, lambda: AmendView(room, people.contact)) == []
