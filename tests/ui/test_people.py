"""People: found while one types, filtered, opened with Enter; nobody found says why someone may be missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from accessible import faults
from make import Later, a_desk, audits, make_room
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from screens import LOOKS, Shown, button, look, press, settle, shown, words

from carebook.actions.find_people import Summary, find_people
from carebook.errors import StoreLocked
from carebook.ui.people.presenter import PeoplePresenter
from carebook.ui.people.view import PeopleView
from carebook.ui.room import Go

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QApplication


@pytest.fixture
def at(tmp_path: Path, dressed: QApplication) -> Iterator[Shown]:
    with shown(tmp_path) as at:
        yield at


class Told:
    """A screen that only remembers what it was told."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.names: list[str] = []

    def show_people(self, people: Sequence[Summary], words: str) -> None:
        self.names = [one.family for one in people]
        self.said.append(words)

    def show_nobody(self, title: str, words: str) -> None:
        self.said.append(f"{title}. {words}")

    def show_problem(self, title: str, words: str) -> None:
        self.said.append(title)


def type_words(page: PeopleView, typed: str) -> None:
    """Type into the search and wait until it answers."""
    page.search.setFocus()
    page.search.selectAll()
    QTest.keyClicks(page.search, typed)
    QTest.keyClick(page.search, Qt.Key.Key_Enter)
    settle()


def names(page: PeopleView) -> list[str]:
    return [one.family for one in page.model.rows]


# ---------------------------------------------------------------- presenter


def test_an_answer_to_an_earlier_question_is_not_shown(at: Shown) -> None:
    told, lane = Told(), Later()
    room, _ = make_room(at.desk, lane)
    presenter = PeoplePresenter(told, room)
    presenter.search("okafor")
    presenter.search("arkwright")
    lane.do_all()
    assert told.names == ["Arkwright"]
    assert told.said == ["1 person"]


def test_the_same_words_are_not_asked_twice(at: Shown) -> None:
    told = Told()
    presenter = PeoplePresenter(told, at.room)
    presenter.search("okafor")
    presenter.search(" okafor ")
    assert told.said == ["1 person"]


def test_nobody_found_says_that_some_people_are_not_listed(at: Shown) -> None:
    told = Told()
    PeoplePresenter(told, at.room).search("zzz")
    assert told.said == [
        "No one matches that search. Check the spelling, or try the date of birth or NHS number. People outside what this "
        "laptop holds, and people who are restricted, are not listed."
    ]


def test_only_opening_someone_settles_a_search(at: Shown) -> None:
    told = Told()
    presenter = PeoplePresenter(told, at.room)
    before = len(audits(at.desk))
    presenter.search("oka")
    presenter.search("okafor")
    assert len(audits(at.desk)) == before
    presenter.open(at.desk.do(find_people, "okafor").people[0])
    assert [line["action"] for line in audits(at.desk)[before:]] == ["find_people"]
    assert at.trail.went == [Go("person", at.people.margaret)]


# ---------------------------------------------------------------- by keyboard


def test_typing_and_enter_twice_open_the_record(at: Shown) -> None:
    page = at.show(PeopleView(at.room))
    assert page.search.hasFocus()
    type_words(page, "mar hale")
    assert names(page) == ["Okafor-Hale"]
    assert page.table.hasFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert at.trail.went == [Go("person", at.people.margaret)]


def test_arrows_choose_among_those_who_were_found(at: Shown) -> None:
    page = at.show(PeopleView(at.room))
    type_words(page, "")
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert at.trail.went == [Go("person", at.people.margaret)]


def test_my_people_leaves_out_a_colleagues(at: Shown) -> None:
    page = at.show(PeopleView(at.room))
    assert "Raman" in names(page)
    press(button(page, "Show: My people"))
    assert "Raman" not in names(page)
    assert page.count.text() == "4 people"


def test_the_columns_say_age_number_and_what_it_means(at: Shown) -> None:
    page = at.show(PeopleView(at.room))
    row = next(at for at, one in enumerate(page.model.rows) if one.family == "Okafor-Hale")
    told = [page.model.data(page.model.index(row, at), Qt.ItemDataRole.AccessibleTextRole) for at in range(6)]
    assert told == [
        'OKAFOR-HALE, Margaret, N-0001-0001 · "Maggie"', "11-Feb-1943 (83y)", "999 000 1014, verified",
        "4 Lark Rise, Quenby, QX1 2AB", "13-Dec-2026, Peter Osei", "Falls: keep the hall clear, Key safe",
    ]  # fmt: skip


def test_all_columns_have_room_in_the_usual_window(at: Shown) -> None:
    page = at.show(PeopleView(at.room))
    assert page.table.hidden_columns() == ()


def test_the_model_keeps_qts_rules(at: Shown) -> None:
    page = PeopleView(at.room)
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    at.show(page)
    type_words(page, "mar")
    type_words(page, "zzz")
    assert page.model.rows == []


def test_no_match_offers_to_add_the_person(at: Shown) -> None:
    page = at.show(PeopleView(at.room))
    type_words(page, "zzz")
    assert "are not listed" in words(page)
    press(button(page, "Add a new person"))
    press(page.add)
    assert at.trail.went == [Go("new_person"), Go("new_person")]


def test_a_search_that_failed_says_why_and_can_be_tried_again(at: Shown) -> None:
    page = at.show(PeopleView(at.room))
    engine, at.desk.store.engine = at.desk.store.engine, None
    type_words(page, "mar")
    assert StoreLocked.__name__ not in words(page)
    assert "carebook is locked" in words(page)
    at.desk.store.engine = engine
    press(button(page, "Try again"))
    assert names(page) == ["Okafor-Hale"]


def test_a_laptop_with_nobody_on_it_says_so(tmp_path: Path, dressed: QApplication) -> None:
    with a_desk(tmp_path) as desk:
        told = Told()
        PeoplePresenter(told, make_room(desk)[0]).refresh()
        assert told.said[0].startswith("Nobody is here yet. Sync to fetch your people")


@pytest.mark.parametrize("name", LOOKS)
def test_people_has_no_fault_that_a_screen_reader_or_large_print_would_find(at: Shown, name: str) -> None:
    look(name)
    page = at.show(PeopleView(at.room))
    assert faults(page) == []
