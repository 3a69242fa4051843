"""Sheets: every kind of fact can be asked, kept, read back and changed; what is missing is told in words of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from accessible import faults
from screens import LOOKS, Shown, look, press, settle, shown

from carebook.actions.open_person import open_person
from carebook.actions.record_fact import record_fact
from carebook.policy.accessible import NEEDS
from carebook.ui.facts import problems as said
from carebook.ui.facts.kinds import KINDS, key_of
from carebook.ui.facts.needs import ask_needs
from carebook.ui.facts.sheets import add_fact, change_fact, end_fact
from carebook.ui.facts.view import Sheet
from carebook.ui.fields_typed import PartDate
from carebook.ui.person.details import body_words
from carebook.ui.problems import FIELD_PROBLEMS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from carebook.ui.facts.asks import SheetForm

MAY = date(2026, 5, 1)

TYPED: dict[str, dict[str, Any]] = {
    "name": {"title": "Ms", "given": "Anna", "family": "Brook"},
    "preferred": {"given": "Annie"},
    "other_name": {"use": "former", "given": "Ann", "family": "Brookes", "title": "", "from_on": MAY, "to_on": None},
    "birth": {"birth": PartDate(1950, 5, None), "estimated": True},
    "death": {"died_on": date(2026, 11, 2), "source": "Told by Ruth"},
    "address": {"use": "temporary", "lines": "2 Hill View\nQuenby", "postcode": "QX2 2ZZ", "access": "Side door",
                "from_on": MAY, "to_on": None},
    "phone": {"number": "07700 900101", "use": "mobile", "note": "Let it ring", "to_on": None},
    "email": {"address": "ann@example.org", "note": "", "to_on": None},
    "language": {"code": "ta", "spoken": "", "interpreter": True, "reads": "no", "note": ""},
    "need": {"code": "F14", "detail": "yellow", "review_on": MAY, "to_on": None},
    "alert": {"short": "Dog", "words": "Ring before you come.", "tone": "warn", "review_on": None, "to_on": None},
    "nhs_number": {"number": "9990001103"},
    "relationship": {"name": "Joan", "relation": "Aunt", "phone": "", "ties": ("carer",), "note": "", "from_on": None,
                     "to_on": None},
    "involvement": {"name": "Dr Lam", "role": "GP", "organisation": "", "phone": "", "email": "", "main_contact": True,
                    "from_on": MAY, "to_on": None},
}  # fmt: skip
SINGLE = {"name", "birth", "nhs_number"}


@pytest.fixture
def at(tmp_path: Path, dressed: QApplication) -> Iterator[Shown]:
    with shown(tmp_path) as at:
        yield at


def opened(at: Shown, form: SheetForm) -> Sheet:
    sheet = Sheet(at.room, form, at.shell)
    sheet.open()
    settle()
    return sheet


def fill(sheet: Sheet, values: dict[str, Any]) -> None:
    for key, value in values.items():
        sheet.form.fields[key].set_value(value)  # type: ignore[attr-defined]


def links(sheet: Sheet) -> list[str]:
    return [link.text() for link in sheet.summary.links()]


def facts(at: Shown, kind: str) -> tuple[Any, ...]:
    return at.desk.do(open_person, at.people.tomasz).record.of(kind)


def test_every_kind_of_fact_has_an_example_here() -> None:
    assert set(TYPED) == set(KINDS)


@pytest.mark.parametrize("key", sorted(set(TYPED) - SINGLE))
def test_a_fact_is_added_and_stands_in_the_sheet_as_it_was_typed_when_it_is_changed(at: Shown, key: str) -> None:
    sheet = opened(at, add_fact(at.room, at.people.tomasz, key))
    fill(sheet, TYPED[key])
    assert sheet.values() == TYPED[key]
    press(sheet.save)
    kind = "name" if key in ("preferred", "other_name") else key
    fact = facts(at, kind)[-1]
    assert key_of(kind, fact.body) == key
    again = opened(at, change_fact(at.room, at.people.tomasz, kind, fact))
    assert again.values() == TYPED[key]
    press(again.save)
    assert facts(at, kind)[-1].body == fact.body
    assert facts(at, kind)[-1].row_id != fact.row_id


@pytest.mark.parametrize("key", ["name", "birth"])
def test_a_fact_that_can_only_be_one_is_changed(at: Shown, key: str) -> None:
    (fact,) = facts(at, key)
    sheet = opened(at, change_fact(at.room, at.people.tomasz, key, fact))
    fill(sheet, TYPED[key])
    press(sheet.save)
    (changed,) = facts(at, key)
    assert KINDS[key].read(changed.body) == TYPED[key]


def test_a_number_that_is_typed_is_not_yet_verified(at: Shown) -> None:
    sheet = opened(at, add_fact(at.room, at.people.tomasz, "nhs_number"))
    fill(sheet, TYPED["nhs_number"])
    press(sheet.save)
    assert facts(at, "nhs_number")[0].body.status == "02"


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("preferred", ["Enter the name they like to be called"]),
        ("other_name", ["Choose what it is used for"]),
        ("birth", ["Enter a date"]),
        ("death", ["Enter the date of death"]),
        ("phone", ["Choose what it is used for"]),
        ("email", ["Enter an email address"]),
        ("language", ["Choose or enter a language"]),
        ("need", ["Choose what they need"]),
        ("alert", ["Choose how serious it is"]),
        ("nhs_number", ["NHS number must be 10 digits: this one has 0"]),
        ("relationship", ["Enter their name", "Say what they are to the person"]),
        ("involvement", ["Enter their name", "Say what their part is"]),
    ],
)
def test_an_empty_sheet_says_what_is_missing_and_takes_the_focus_there(at: Shown, key: str, told: list[str]) -> None:
    sheet = opened(at, add_fact(at.room, at.people.tomasz, key))
    press(sheet.save)
    assert links(sheet) == told
    assert sheet.summary.hasFocus()
    assert sheet.isVisible()


def test_an_alert_without_its_words_says_so_in_its_own_words(at: Shown) -> None:
    sheet = opened(at, add_fact(at.room, at.people.tomasz, "alert"))
    fill(sheet, {"short": "Dog", "tone": "warn"})
    press(sheet.save)
    assert links(sheet) == ["Say what a visitor must know"]


def test_every_code_that_a_sheet_can_meet_has_a_sentence_without_begging() -> None:
    assert set(said.SAID) <= set(FIELD_PROBLEMS)
    for words in said.SAID.values():
        assert not {"invalid", "please", "sorry"} & set(words.lower().split())


def test_a_fact_that_someone_else_changed_meanwhile_is_not_overwritten_and_what_was_typed_stays(at: Shown) -> None:
    (fact,) = facts(at, "birth")
    sheet = opened(at, change_fact(at.room, at.people.tomasz, "birth", fact))
    at.desk.do(record_fact, at.people.tomasz, KINDS["birth"].write(TYPED["birth"], None), replaces=[fact.row_id])
    fill(sheet, {"birth": PartDate(1931)})
    press(sheet.save)
    assert "Someone else changed this first" in sheet.notice.accessibleName()
    assert sheet.values()["birth"] == PartDate(1931)
    assert sheet.save.isEnabled()


def test_an_end_is_yesterday_unless_it_is_said_otherwise(at: Shown) -> None:
    add = opened(at, add_fact(at.room, at.people.tomasz, "phone"))
    fill(add, TYPED["phone"])
    press(add.save)
    (fact,) = facts(at, "phone")
    sheet = opened(at, end_fact(at.room, at.people.tomasz, "07700 900101", fact))
    assert sheet.values()["to_on"] == date(2026, 11, 22)
    fill(sheet, {"to_on": None})
    press(sheet.save)
    assert links(sheet) == ["Enter the last day"]
    fill(sheet, {"to_on": date(2026, 11, 20)})
    press(sheet.save)
    assert facts(at, "phone") == ()


# ---------------------------------------------------------------- how to give them information


def needs_sheet(at: Shown) -> Sheet:
    return opened(at, ask_needs(at.room, at.desk.do(open_person, at.people.tomasz).record))


def test_needs_are_ticked_and_each_is_a_fact_of_its_own(at: Shown) -> None:
    sheet = needs_sheet(at)
    fill(sheet, {"answer": "some", "format": ("F04",), "support": ("S01", "S07")})
    press(sheet.save)
    assert [fact.body.code for fact in facts(at, "need")] == ["F04", "S01", "S07"]
    assert {fact.body.review_on for fact in facts(at, "need")} == {date(2026, 11, 23) + timedelta(days=365)}
    (asked,) = facts(at, "needs_asked")
    assert (asked.body.answer, asked.body.on) == ("some", date(2026, 11, 23))


def test_unticking_ends_a_need_and_leaves_the_others(at: Shown) -> None:
    first = needs_sheet(at)
    fill(first, {"answer": "some", "format": ("F04",), "support": ("S01",)})
    press(first.save)
    kept = facts(at, "need")[1].row_id
    second = needs_sheet(at)
    assert second.values()["format"] == ("F04",)
    fill(second, {"format": ()})
    press(second.save)
    assert [fact.row_id for fact in facts(at, "need")] == [kept]


def test_none_needed_ends_all_and_says_that_they_were_asked(at: Shown) -> None:
    first = needs_sheet(at)
    fill(first, {"answer": "some", "contact": ("C03",)})
    press(first.save)
    second = needs_sheet(at)
    fill(second, {"answer": "none"})
    press(second.save)
    assert facts(at, "need") == ()
    assert facts(at, "needs_asked")[0].body.answer == "none"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"answer": ""}, "Say whether they were asked what they need"),
        ({"answer": "not asked", "reason": ""}, "Say why they were not asked"),
        ({"answer": "some"}, "Choose what they need, or say that nothing is needed"),
    ],
)
def test_the_question_cannot_be_left_open(at: Shown, typed: dict[str, str], told: str) -> None:
    sheet = needs_sheet(at)
    fill(sheet, typed)
    press(sheet.save)
    assert links(sheet) == [told]


def test_every_need_can_be_chosen() -> None:
    ask = next(ask for ask in KINDS["need"].asks if ask.key == "code")
    assert {code for code, _ in ask.choices} == set(NEEDS)


# ---------------------------------------------------------------- words and looks


@pytest.mark.parametrize("key", sorted(TYPED))
def test_every_kind_of_fact_is_read_in_words(key: str) -> None:
    body = KINDS[key].write(TYPED[key], None)
    kind = "name" if key in ("preferred", "other_name") else key
    label, words, _ = body_words(kind, body)
    assert label
    assert label != kind
    assert words


@pytest.mark.parametrize("name", LOOKS)
@pytest.mark.parametrize("key", ["alert", "address", "needs"])
def test_a_sheet_has_no_fault_that_a_screen_reader_or_large_print_would_find(at: Shown, name: str, key: str) -> None:
    look(name)
    sheet = needs_sheet(at) if key == "needs" else opened(at, add_fact(at.room, at.people.tomasz, key))
    if key == "needs":
        fill(sheet, {"answer": ""})
    press(sheet.save)
    assert links(sheet)
    assert faults(sheet) == []
