"""New person: kept as it is typed, compared with who is here, and never added twice by oversight."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from accessible import faults
from make import Failing, make_room
from PySide6.QtTest import QTest
from screens import LOOKS, Shown, button, look, press, settle, shown, words

from carebook.actions.find_people import find_people
from carebook.actions.list_drafts import list_drafts
from carebook.actions.open_person import open_person
from carebook.errors import DiskFull
from carebook.ui.new_person.presenter import Typed
from carebook.ui.new_person.view import LONGEST_MS, PAUSE_MS, NewPersonView
from carebook.ui.room import Go

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

ANN = {"given": "Ann", "family": "Brookes", "birth": "3 May 1950", "needs_answer": "none"}


@pytest.fixture
def at(tmp_path: Path, dressed: QApplication) -> Iterator[Shown]:
    with shown(tmp_path) as at:
        yield at


def fill(page: NewPersonView, **typed: str | bool) -> None:
    for key, value in typed.items():
        field = page.form.fields[key]
        if key == "birth":
            field.edit.setText(value)  # type: ignore[attr-defined]
        else:
            field.set_value(value)  # type: ignore[attr-defined]
    page.keep()
    settle()


def links(page: NewPersonView) -> list[str]:
    return [link.text() for link in page.summary.links()]


# ---------------------------------------------------------------- the draft


def test_what_is_typed_is_a_draft_when_typing_pauses(at: Shown) -> None:
    page = at.show(NewPersonView(at.room))
    QTest.keyClicks(page.form.fields["given"].edit, "Ann")  # type: ignore[attr-defined]
    assert at.desk.do(list_drafts, at.room.session_id) == ()
    QTest.qWait(PAUSE_MS + 200)
    (draft,) = at.desk.do(list_drafts, at.room.session_id)
    assert msgspec.json.decode(draft.body, type=Typed).given == "Ann"
    assert page.state.words == "Draft saved at 09:00"


def test_the_draft_is_kept_within_two_seconds_however_fast_someone_types() -> None:
    assert PAUSE_MS < LONGEST_MS < 2000


def test_a_draft_is_gone_on_with_as_it_was_typed(at: Shown) -> None:
    page = at.show(NewPersonView(at.room))
    fill(page, given="Ann", family="Brookes", birth="3 may", estimated=True, needs_answer="not asked", address="1 A Road\nQ")
    press(page.leave)
    assert at.trail.backs == 1
    (draft,) = at.desk.do(list_drafts, at.room.session_id)
    again = at.show(NewPersonView(at.room, draft.draft_id))
    assert again.typed() == page.typed()
    assert again.typed().birth == "3 may"


def test_adding_the_person_is_in_sight_without_scrolling_wherever_one_is_in_the_form(at: Shown) -> None:
    page = at.show(NewPersonView(at.room))
    bar = page.form_page.area.verticalScrollBar()
    for place in (bar.minimum(), bar.maximum()):
        bar.setValue(place)
        settle()
        for one in (page.save, page.leave):
            assert one.visibleRegion().boundingRect() == one.rect()
    assert bar.maximum() > 0


def test_an_empty_form_leaves_no_draft(at: Shown) -> None:
    page = at.show(NewPersonView(at.room))
    press(page.leave)
    assert at.desk.do(list_drafts, at.room.session_id) == ()


def test_a_draft_that_cannot_be_kept_says_so(at: Shown) -> None:
    room, _ = make_room(at.desk, Failing(DiskFull()))
    page = at.show(NewPersonView(room))
    fill(page, given="Ann")
    assert page.state.words.startswith("There was no room to save")


# ---------------------------------------------------------------- adding


def test_a_person_is_added_and_opened_and_the_draft_ends(at: Shown) -> None:
    page = at.show(NewPersonView(at.room))
    fill(page, **ANN, title="Ms", preferred="Annie", postcode="qx3 1aa", phone="01632 960120", nhs_number="999 000 1103")
    press(page.save)
    (ann,) = at.desk.do(find_people, "brookes").people
    assert at.trail.went == [Go("person", ann.person_id)]
    assert (ann.preferred, ann.postcode, ann.nhs_number) == ("Annie", "QX3 1AA", "9990001103")
    assert at.desk.do(list_drafts, at.room.session_id) == ()
    assert at.trail.said == ["Added to the record"]


def test_problems_are_listed_in_the_order_of_the_form_and_lead_to_their_fields(at: Shown) -> None:
    page = at.show(NewPersonView(at.room))
    fill(page, birth="31 Feb 1950", nhs_number="999123")
    press(page.save)
    assert links(page) == [
        "Enter a family name or a given name",
        "Check the day: that month does not have it",
        "NHS number must be 10 digits: this one has 6",
        "Say whether they were asked what they need",
    ]
    assert page.summary.hasFocus()
    press(page.summary.links()[1])
    assert page.form.fields["birth"].edit.hasFocus()  # type: ignore[attr-defined]
    assert page.form.fields["birth"].edit.selectedText() == "31"  # type: ignore[attr-defined]
    assert "Check the day: that month does not have it" in page.form.fields["birth"].problem


def test_asking_what_they_need_cannot_be_skipped_but_not_asking_can_be_explained(at: Shown) -> None:
    page = at.show(NewPersonView(at.room))
    fill(page, **{**ANN, "needs_answer": "not asked"})
    press(page.save)
    assert links(page) == ["Say why they were not asked"]
    fill(page, needs_reason="She was asleep")
    press(page.save)
    (ann,) = at.desk.do(find_people, "brookes").people
    (asked,) = at.desk.do(open_person, ann.person_id).record.of("needs_asked")
    assert (asked.body.answer, asked.body.reason) == ("not asked", "She was asleep")


@pytest.mark.parametrize(
    ("typed", "kept"), [("Unknown", (None, None, None)), ("1950", (1950, None, None)), ("May 1950", (1950, 5, None))]
)
def test_a_birth_may_be_known_in_part(at: Shown, typed: str, kept: tuple[int | None, ...]) -> None:
    page = at.show(NewPersonView(at.room))
    fill(page, **{**ANN, "birth": typed})
    press(page.save)
    (ann,) = at.desk.do(find_people, "brookes").people
    assert (ann.birth_year, ann.birth_month, ann.birth_day) == kept


def test_what_was_typed_stays_when_it_could_not_be_added(at: Shown) -> None:
    page = at.show(NewPersonView(at.room))
    fill(page, **ANN)
    engine, at.desk.store.engine = at.desk.store.engine, None
    press(page.save)
    at.desk.store.engine = engine
    assert "carebook is locked" in words(page)
    assert page.typed().family == "Brookes"
    press(page.save)
    assert at.desk.do(find_people, "brookes").total == 1


# ---------------------------------------------------------------- someone already here


def test_someone_who_may_be_the_same_is_shown_with_the_reasons_in_words(at: Shown) -> None:
    page = at.show(NewPersonView(at.room))
    fill(page, given="Margret", family="Okafor Hale", birth="11 Feb 1943")
    told = words(page)
    assert "OKAFOR-HALE, Margaret (Mrs)" in told
    assert "They have almost the same name and the same date of birth" in told
    press(button(page, "Open their record: OKAFOR-HALE"))
    assert at.trail.went == [Go("person", at.people.margaret)]


def test_a_likely_duplicate_that_nobody_looked_at_stops_the_saving(at: Shown) -> None:
    page = at.show(NewPersonView(at.room))
    fill(page, **{**ANN, "given": "Denis", "family": "Arkright", "birth": "3 Sep 1955"})
    before = at.desk.do(find_people, "").total
    press(page.save)
    assert page.question is not None
    assert "ARKWRIGHT, Dennis (Mr), 03-Sep-1955 (71y)" in words(page)
    press(button(page, "Go back and look"))
    assert page.question is None
    assert at.desk.do(find_people, "").total == before
    press(page.save)
    press(button(page, "They are different people"))
    assert at.desk.do(find_people, "").total == before + 1


def test_a_duplicate_that_was_looked_at_or_put_aside_stops_nothing(at: Shown) -> None:
    page = at.show(NewPersonView(at.room))
    fill(page, **{**ANN, "given": "Denis", "family": "Arkright", "birth": "3 Sep 1955"})
    press(button(page, "Not the same person: ARKWRIGHT"))
    assert "This may be someone already here" not in words(page)
    press(page.save)
    assert page.question is None
    assert at.desk.do(find_people, "arkright").total == 1


@pytest.mark.parametrize("name", LOOKS)
def test_new_person_has_no_fault_that_a_screen_reader_or_large_print_would_find(at: Shown, name: str) -> None:
    look(name)
    page = at.show(NewPersonView(at.room))
    fill(page, given="Margret", family="Okafor Hale", birth="11 Feb 1943")
    press(page.save)
    assert faults(page) == []
