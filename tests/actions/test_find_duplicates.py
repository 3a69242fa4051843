"""The duplicate check while a new person is typed: who, why, and never more than five."""

from __future__ import annotations

from typing import TYPE_CHECKING

from make import arrive_person, audits

from carebook.actions.find_duplicates import MOST, find_duplicates

if TYPE_CHECKING:
    from make import Caseload

    from carebook.desk import Desk


def test_the_same_nhs_number_alone_is_enough(desk: Desk, people: Caseload) -> None:
    (one,) = desk.do(find_duplicates, "Denis", "Arkright", nhs_number="999 000 1022")
    assert (one.person.person_id, one.score, one.reasons) == (people.dennis, 1.0, ("nhs_number",))


def test_a_misspelt_name_with_the_same_birth_is_found(desk: Desk, people: Caseload) -> None:
    (one,) = desk.do(find_duplicates, "Denis", "Arkright", (1955, 9, 3))
    assert one.person.person_id == people.dennis
    assert "birth" in one.reasons


def test_names_the_wrong_way_round_are_found(desk: Desk, people: Caseload) -> None:
    (one,) = desk.do(find_duplicates, "Arkwright", "Dennis", (1955, 9, 3))
    assert one.person.person_id == people.dennis


def test_a_year_with_its_figures_swapped_is_nearly_the_same_birth(desk: Desk, people: Caseload) -> None:
    (one,) = desk.do(find_duplicates, "Margaret", "Okafor-Hale", (1934, 2, 11))
    assert one.person.person_id == people.margaret
    assert "birth_near" in one.reasons


def test_a_name_alone_is_not_enough_when_the_births_are_far_apart(desk: Desk, people: Caseload) -> None:
    assert desk.do(find_duplicates, "Dennis", "Arkwright", (2001, 1, 1)) == ()


def test_a_name_with_no_birth_known_is_shown(desk: Desk, people: Caseload) -> None:
    (one,) = desk.do(find_duplicates, "Tomasz", "Wojcik-ONeill")
    assert one.person.person_id == people.tomasz


def test_someone_of_a_colleagues_caseload_is_shown_too(desk: Desk, people: Caseload) -> None:
    (one,) = desk.do(find_duplicates, "Priya", "Raman", (1992, 2, 29))
    assert one.person.person_id == people.priya


def test_at_most_five_are_shown_the_likest_first(desk: Desk) -> None:
    for day in range(1, 9):
        arrive_person(desk, "Ann", "Brookes", born=(1950, 5, day))
    found = desk.do(find_duplicates, "Ann", "Brookes", (1950, 5, 3))
    assert len(found) == MOST
    assert found[0].reasons == ("name", "birth")
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_nothing_typed_finds_nobody_and_leaves_no_trace(desk: Desk, people: Caseload) -> None:
    before = len(audits(desk))
    assert desk.do(find_duplicates, "", "") == ()
    assert len(audits(desk)) == before
