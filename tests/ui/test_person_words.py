"""How a person is put into words: name, age, needs, how old the copy is, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication
from screens import Shown, shown

from carebook.actions.open_person import open_person
from carebook.actions.record_fact import (
    LanguageBody,
    NeedsAskedBody,
    record_fact,
)
from carebook.ui.person.overview import copy_words, overview
from carebook.ui.person_words import born, listed_name, needs
from carebook.words import local

if TYPE_CHECKING:
    from carebook.actions.open_person import OpenedPerson


@pytest.fixture
def at(tmp_path: Path, dressed: QApplication) -> Iterator[Shown]:
    with shown(tmp_path) as at:
        yield at


def opened(at: Shown, person_id: str) -> OpenedPerson:
    return at.desk.do(open_person, person_id)


def test_a_name_stands_as_the_nhs_writes_it(at: Shown) -> None:
    assert listed_name(opened(at, at.people.margaret).record.summary) == "OKAFOR-HALE, Margaret (Mrs)"
    assert listed_name(opened(at, at.people.tomasz).record.summary) == "WÓJCIK-O'NEILL, Tomasz"


def test_a_birth_stands_with_the_age_and_an_estimate_says_about(at: Shown) -> None:
    today = local(at.desk.clock.now()).date()
    assert born(opened(at, at.people.margaret).record.summary, today) == "11-Feb-1943 (83y)"
    assert born(opened(at, at.people.tomasz).record.summary, today) == "about 1932 (94y)"


def test_how_to_give_information_says_needs_interpreter_none_or_not_asked(at: Shown) -> None:
    assert needs(opened(at, at.people.margaret).record) == ("Large print, 18 point", "Contact: telephone", "Hearing loop")
    assert needs(opened(at, at.people.ines).record) == ("Interpreter: Portuguese",)
    assert needs(opened(at, at.people.dennis).record) == ("Asked on 23-Nov-2026: no special format or support needed",)
    assert needs(opened(at, at.people.tomasz).record) == ("Not asked yet how they need information: He was asleep",)
    at.desk.do(record_fact, at.people.dennis, LanguageBody(code="ta", spoken="Tamil", interpreter=True))
    assert needs(opened(at, at.people.dennis).record) == ("Tamil interpreter",)


def test_a_person_who_needs_something_that_is_not_recorded_yet_says_so(at: Shown) -> None:
    (asked,) = opened(at, at.people.dennis).record.of("needs_asked")
    today = local(at.desk.clock.now()).date()
    at.desk.do(record_fact, at.people.dennis, NeedsAskedBody(answer="some", on=today), replaces=[asked.row_id])
    assert needs(opened(at, at.people.dennis).record)[0].startswith("They need something in a special form")


def test_the_age_of_the_copy_is_told(at: Shown) -> None:
    now = at.desk.clock.now()
    seen = replace(opened(at, at.people.margaret), waiting=frozenset())
    assert copy_words(seen, now) == "This record was begun on this laptop and has not met the server yet."
    fresh = copy_words(replace(seen, synced_at=now - timedelta(minutes=5)), now)
    assert fresh == "This copy is from 08:55 today (5 minutes ago)."
    old = copy_words(replace(seen, synced_at=now - timedelta(days=3)), now)
    assert old == "This copy is from 20-Nov-2026 (3 days ago)."
    assert "waits to be sent" in copy_words(opened(at, at.people.margaret), now)


def test_next_steps_stand_by_day_and_say_what_is_late(at: Shown) -> None:
    at.desk.clock.move(timedelta(days=1))  # type: ignore[attr-defined]
    steps = overview(opened(at, at.people.margaret), at.desk.clock.now()).steps
    assert [(step.sort, step.second, step.tone) for step in steps] == [
        ("task", "Overdue: 22-Nov-2026", "danger"),
        ("visit", "Not written up: yesterday 15:40", "danger"),
        ("task", "By 28-Nov-2026", "info"),
    ]
