"""Adding a person: what is kept, what stands in the way, and that the draft ends with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from make import MARGARET, a_desk, audits, make_desk, rows_of

from carebook.actions.add_person import NewPerson, add_person
from carebook.actions.find_people import find_people
from carebook.actions.list_drafts import list_drafts
from carebook.actions.open_person import open_person
from carebook.actions.save_draft import save_draft
from carebook.errors import InputProblems, NotAllowed

if TYPE_CHECKING:
    from pathlib import Path

    from carebook.desk import Desk

ANN = NewPerson(family="Brookes", given="Ann", birth_year=1950, birth_month=5, birth_day=3, needs_answer="none")


def problems(desk: Desk, new: NewPerson) -> dict[str, str]:
    with pytest.raises(InputProblems) as told:
        desk.do(add_person, new)
    return {one.field: one.code for one in told.value.problems}


def test_what_was_typed_is_kept_one_row_a_fact_and_allocated_to_the_worker(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk:
        margaret = desk.do(add_person, MARGARET)
        kinds = [line["kind"] for line in rows_of(desk, margaret)]
        assert kinds == ["person", "allocation", "name", "name", "birth", "address", "phone", "nhs_number", "needs_asked"]
        record = desk.do(open_person, margaret).record
        assert record.summary.full_name == "Margaret Okafor-Hale"
        assert record.summary.nhs_status == "02"  # typed, not traced
        assert [(one.name, relation) for one, relation in record.working] == [("Peter Osei", "allocated")]


def test_the_next_person_has_the_next_council_number_of_this_device(desk: Desk) -> None:
    known = desk.do(find_people, "").total
    ann = desk.do(add_person, ANN)
    assert desk.do(open_person, ann).record.summary.council_number == f"N-0001-{known + 1:04d}"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"family": " ", "given": ""}, {"family": "name_missing"}),
        ({"birth_year": 1850}, {"birth": "birth_year_unlikely"}),
        ({"birth_year": 2027}, {"birth": "birth_year_unlikely"}),
        ({"birth_year": 2026, "birth_month": 11, "birth_day": 24}, {"birth": "date_in_future"}),
        ({"birth_month": 2, "birth_day": 30}, {"birth": "no_such_day"}),
        ({"nhs_number": "999 000 1015"}, {"nhs_number": "nhs_check_digit"}),
        ({"nhs_number": "99900010140"}, {"nhs_number": "nhs_not_ten_digits"}),
        ({"needs_answer": "not asked"}, {"needs_reason": "needs_reason_missing"}),
        ({"needs_answer": "perhaps"}, {"needs_answer": "needs_answer_missing"}),
    ],
)
def test_what_cannot_be_is_said_field_by_field(desk: Desk, changed: dict[str, object], told: dict[str, str]) -> None:
    assert problems(desk, replace(ANN, **changed)) == told


@pytest.mark.parametrize(
    "changed",
    [
        {"birth_year": None, "birth_month": None, "birth_day": None},
        {"birth_month": None, "birth_day": None},
        {"birth_day": None},
        {"birth_year": 2024, "birth_month": 2, "birth_day": 29},
        {"birth_year": 2026, "birth_month": 11, "birth_day": 23},
        {"family": "", "given": "Unknown woman"},
        {"nhs_number": "999-000-1081"},
        {"nhs_number": " 9990001081 "},
        {"life": "child"},
        {"needs_answer": "not asked", "needs_reason": "Very ill"},
    ],
)
def test_what_is_unusual_but_can_be_is_kept(desk: Desk, changed: dict[str, object]) -> None:
    assert desk.do(add_person, replace(ANN, **changed))


def test_nothing_is_kept_of_someone_who_cannot_be_kept(desk: Desk) -> None:
    before = desk.store.counts()
    problems(desk, replace(ANN, needs_answer="not asked"))
    assert desk.store.counts() == before
    assert desk.do(find_people, "brookes").total == 0


def test_the_draft_ends_with_the_person(desk: Desk) -> None:
    draft = desk.clock.new_id()
    desk.do(save_draft, draft, "", "person", "{}", desk.store.session_id)
    desk.do(add_person, replace(ANN, draft_id=draft))
    assert desk.do(list_drafts, desk.store.session_id) == ()
    assert draft not in desk.store.place.seals.ids()


def test_a_number_of_the_training_range_is_refused_outside_a_demonstration(tmp_path: Path, desk: Desk) -> None:
    found = replace(ANN, nhs_number="9990001014").problems(date(2026, 11, 23), demonstration=False)
    assert [(one.field, one.code) for one in found] == [("nhs_number", "nhs_test_number")]


def test_a_record_access_officer_may_not_add_people(tmp_path: Path, desk: Desk) -> None:
    theirs = make_desk(tmp_path / "theirs", desk.clock, role="RA")
    with pytest.raises(NotAllowed):
        theirs.do(add_person, ANN)
    assert [(line["action"], line["result"]) for line in audits(theirs)] == [("add_person", "refused")]
    theirs.store.lock()


def test_adding_is_traced_with_the_ids_of_its_rows_and_no_word(desk: Desk) -> None:
    ann = desk.do(add_person, ANN)
    line = audits(desk)[-1]
    assert (line["action"], line["result"], line["person_id"]) == ("add_person", "done", ann)
    assert set(line["what"]) == {row["row_id"] for row in rows_of(desk, ann)}
    assert "Brookes" not in str(dict(line))
