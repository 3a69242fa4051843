"""Finding people: any order of words, any name, number, birth or postcode; only a settled search is traced."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from make import a_desk, arrive, audits, row_from

from carebook.actions.find_people import find_people
from carebook.actions.open_person import open_person
from carebook.actions.record_fact import AddressBody, NameBody, record_fact
from carebook.errors import NotAllowed

if TYPE_CHECKING:
    from pathlib import Path

    from make import Caseload

    from carebook.desk import Desk


def found(desk: Desk, words: str, *, mine: bool = False) -> list[str]:
    return [one.list_name for one in desk.do(find_people, words, mine=mine).people]


@pytest.mark.parametrize(
    "words",
    ["margaret", "mar oka", "oka mar", "OKAFOR", "hale", "1943", "999 000 1014", "9990001014", "9990", "QX1 2AB", "qx12ab",
     "maggie", "Okafor-Hale, Margaret", "11 02 1943", "N-0001-0001", "okafor QX1 2AB", "QX1 2AB maggie"],
)  # fmt: skip
def test_one_person_is_found_by_name_in_any_order_number_birth_or_postcode(desk: Desk, people: Caseload, words: str) -> None:
    assert "Okafor-Hale, Margaret" in found(desk, words)


@pytest.mark.parametrize("words", ["wojcik", "oneill", "o'neill", "WÓJCIK tomasz", "zz99"])
def test_accents_and_apostrophes_do_not_stand_in_the_way(desk: Desk, people: Caseload, words: str) -> None:
    assert found(desk, words) == ["Wójcik-O'Neill, Tomasz"]


def test_words_that_fit_nobody_find_nobody(desk: Desk, people: Caseload) -> None:
    assert found(desk, "margaret arkwright") == []
    assert found(desk, "%") == []
    assert found(desk, "_") == []


def test_no_words_find_everyone_held_in_the_order_of_their_names(desk: Desk, people: Caseload) -> None:
    names = found(desk, "")
    assert names == ["Arkwright, Dennis", "Okafor-Hale, Margaret", "Raman, Priya", "Valadares, Ines", "Wójcik-O'Neill, Tomasz"]


def test_my_people_are_those_allocated_to_me_today(desk: Desk, people: Caseload) -> None:
    assert "Raman, Priya" not in found(desk, "", mine=True)
    assert len(found(desk, "", mine=True)) == 4


def test_a_former_name_finds_the_person_who_bore_it(desk: Desk, people: Caseload) -> None:
    desk.do(record_fact, people.dennis, NameBody(use="former", family="Thackray", given="Dennis"))
    assert found(desk, "thackray") == ["Arkwright, Dennis"]


def test_an_address_that_was_replaced_no_longer_finds_anyone(desk: Desk, people: Caseload) -> None:
    assert found(desk, "QX1 4DD") == ["Arkwright, Dennis"]
    old = desk.do(open_person, people.dennis).record.of("address")[0].row_id
    desk.do(record_fact, people.dennis, AddressBody(use="home", lines=("2 Hill View",), postcode="QX2 2ZZ"), replaces=[old])
    assert found(desk, "QX1 4DD") == []
    assert found(desk, "QX2 2ZZ") == ["Arkwright, Dennis"]


def test_keystrokes_leave_no_trace_and_a_settled_search_leaves_one(desk: Desk, people: Caseload) -> None:
    before = len(audits(desk))
    for words in ("m", "ma", "mar"):
        desk.do(find_people, words)
    assert len(audits(desk)) == before
    desk.do(find_people, "mar", is_settled=True)
    (new,) = audits(desk)[before:]
    assert (new["action"], new["result"], new["what"]) == ("find_people", "done", ["found=1"])


def test_no_word_that_was_typed_stands_in_the_audit(desk: Desk, people: Caseload) -> None:
    desk.do(find_people, "okafor", is_settled=True)
    assert "okafor" not in str([dict(line) for line in audits(desk)]).lower()


def test_what_a_list_says_of_someone_is_complete(desk: Desk, people: Caseload) -> None:
    (one,) = desk.do(find_people, "okafor").people
    assert (one.full_name, one.title, one.preferred) == ("Margaret Okafor-Hale", "Mrs", "Maggie")
    assert (one.nhs_number, one.nhs_status) == ("9990001014", "01")
    assert [alert.tone for alert in one.alerts] == ["danger", "info"]
    assert one.needs == ("F04", "C03", "S01")
    assert one.workers == ("Peter Osei",)
    assert one.review_on is not None


def test_an_auditor_may_not_search_and_the_refusal_is_traced(tmp_path: Path) -> None:
    with a_desk(tmp_path, role="AU") as desk:
        with pytest.raises(NotAllowed):
            desk.do(find_people, "okafor")
        (line,) = audits(desk)
        assert (line["action"], line["result"], line["role"]) == ("find_people", "refused", "AU")


def test_an_alias_that_a_colleague_wrote_finds_the_person(desk: Desk, people: Caseload) -> None:
    arrive(desk, row_from(desk, people.priya, NameBody(use="alias", given="Pippa")))
    assert found(desk, "pip") == ["Raman, Priya"]
