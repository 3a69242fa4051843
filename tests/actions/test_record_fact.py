"""Recording one fact: added, changed, ended, clashing and settled; what must be said, and what happened meanwhile."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from make import arrive, audits, row_from, rows_of

from carebook.actions.open_person import open_person
from carebook.actions.read_fact import read_fact
from carebook.actions.record_fact import (
    AddressBody,
    AlertBody,
    BirthBody,
    Body,
    DeathBody,
    EmailBody,
    InvolvementBody,
    LanguageBody,
    NameBody,
    NeedBody,
    NeedsAskedBody,
    NhsNumberBody,
    PhoneBody,
    RecipientBody,
    RelationshipBody,
    record_fact,
)
from carebook.errors import ChangedMeanwhile, InputProblems, NotAllowed, NotHeld

if TYPE_CHECKING:
    from held_clock import HeldClock
    from make import Caseload

    from carebook.desk import Desk


MAY = date(2026, 5, 2)


def facts(desk: Desk, person_id: str, kind: str) -> tuple[Any, ...]:
    return desk.do(open_person, person_id).record.of(kind)


def test_a_second_telephone_number_stands_beside_the_first(desk: Desk, people: Caseload) -> None:
    desk.do(record_fact, people.margaret, PhoneBody(number="07700 900101", use="mobile"))
    assert [fact.body.use for fact in facts(desk, people.margaret, "phone")] == ["home", "mobile"]


def test_a_change_stands_in_place_of_what_it_names_and_both_stay_in_the_history(
    desk: Desk, people: Caseload, clock: HeldClock
) -> None:
    (old,) = facts(desk, people.margaret, "phone")
    clock.move()
    desk.do(record_fact, people.margaret, PhoneBody(number="01632 960199", use="home"), replaces=[old.row_id])
    (new,) = facts(desk, people.margaret, "phone")
    assert (new.body.number, new.fact_id) == ("01632 960199", old.fact_id)
    found = desk.do(read_fact, people.margaret, old.fact_id)
    assert [(one.body.number, one.is_current) for one in found.versions if isinstance(one.body, PhoneBody)] == [
        ("01632 960199", True), ("01632 960101", False),
    ]  # fmt: skip
    assert found.versions[0].replaces == (old.row_id,)
    assert found.staff["p.osei"] == "Peter Osei"


def test_what_has_ended_leaves_the_front_and_is_kept(desk: Desk, people: Caseload) -> None:
    old = next(fact for fact in facts(desk, people.margaret, "alert") if fact.body.short == "Key safe")
    desk.do(
        record_fact, people.margaret,
        AlertBody(short="Key safe", words=old.body.words, tone="info", to_on=date(2026, 11, 22)), replaces=[old.row_id],
    )  # fmt: skip
    record = desk.do(open_person, people.margaret).record
    assert "Key safe" not in [alert.short for alert in record.summary.alerts]
    assert [fact.body.short for fact in record.ended["alert"]] == ["Key safe"]


def test_two_people_who_change_one_fact_from_the_same_row_clash_and_neither_is_lost(desk: Desk, people: Caseload) -> None:
    (old,) = facts(desk, people.margaret, "birth")
    theirs = row_from(desk, people.margaret, BirthBody(year=1934, month=2, day=11), replaces=[old.row_id])
    desk.do(record_fact, people.margaret, BirthBody(year=1943, month=2, day=12), replaces=[old.row_id])
    arrive(desk, theirs)
    record = desk.do(open_person, people.margaret).record
    assert record.clashes == ("birth",)
    assert {(fact.body.year, fact.body.day, fact.is_clash) for fact in record.of("birth")} == {
        (1943, 12, True), (1934, 11, True),
    }  # fmt: skip


def test_first_values_of_a_single_fact_clash_too(desk: Desk, people: Caseload) -> None:
    arrive(desk, row_from(desk, people.dennis, NhsNumberBody(number="9990001081", status="02")))
    assert desk.do(open_person, people.dennis).record.clashes == ("nhs_number",)


def test_settling_a_clash_writes_a_row_that_names_both(desk: Desk, people: Caseload) -> None:
    arrive(desk, row_from(desk, people.dennis, BirthBody(year=1955, month=9, day=13)))
    both = facts(desk, people.dennis, "birth")
    settled = desk.do(record_fact, people.dennis, both[0].body, replaces=[fact.row_id for fact in both])
    record = desk.do(open_person, people.dennis).record
    assert record.clashes == ()
    assert [fact.row_id for fact in record.of("birth")] == [settled]
    line = rows_of(desk, people.dennis, "birth")[-1]
    assert set(line["replaces"]) == {fact.row_id for fact in both}


def test_a_clash_cannot_be_settled_by_naming_only_one_of_its_values(desk: Desk, people: Caseload) -> None:
    arrive(desk, row_from(desk, people.dennis, BirthBody(year=1955, month=9, day=13)))
    both = facts(desk, people.dennis, "birth")
    with pytest.raises(ChangedMeanwhile):
        desk.do(record_fact, people.dennis, both[0].body, replaces=[both[0].row_id])


def test_what_was_replaced_meanwhile_cannot_be_replaced_again(desk: Desk, people: Caseload) -> None:
    (old,) = facts(desk, people.margaret, "phone")
    desk.do(record_fact, people.margaret, PhoneBody(number="01632 960150", use="home"), replaces=[old.row_id])
    before = desk.store.counts()
    with pytest.raises(ChangedMeanwhile):
        desk.do(record_fact, people.margaret, PhoneBody(number="01632 960151", use="home"), replaces=[old.row_id])
    assert desk.store.counts() == before
    assert audits(desk)[-1]["result"] == "failed"


def test_a_second_date_of_birth_cannot_be_written_without_naming_the_first(desk: Desk, people: Caseload) -> None:
    with pytest.raises(ChangedMeanwhile):
        desk.do(record_fact, people.margaret, BirthBody(year=1950))


def test_a_row_this_device_does_not_hold_cannot_be_replaced(desk: Desk, people: Caseload) -> None:
    with pytest.raises(ChangedMeanwhile):
        desk.do(record_fact, people.margaret, PhoneBody(number="1", use="home"), replaces=[desk.clock.new_id()])


@pytest.mark.parametrize(
    ("fact", "told"),
    [
        (AddressBody(use="home", lines=()), ("lines", "lines_missing")),
        (AddressBody(use="home", lines=("a",), from_on=MAY, to_on=date(2026, 5, 1)), ("to_on", "ends_before_start")),
        (PhoneBody(number=" ", use="home"), ("number", "number_missing")),
        (EmailBody(address="maggie.example.org"), ("address", "email_no_at")),
        (LanguageBody(code="", spoken=""), ("spoken", "spoken_missing")),
        (NeedBody(code=""), ("code", "code_missing")),
        (NeedsAskedBody(answer="not asked", on=date(2026, 11, 23)), ("reason", "needs_reason_missing")),
        (NeedsAskedBody(answer="", on=date(2026, 11, 23)), ("answer", "needs_answer_missing")),
        (AlertBody(short="", words="x", tone="info"), ("short", "short_missing")),
        (AlertBody(short="x" * 31, words="x", tone="info"), ("short", "alert_too_long")),
        (NhsNumberBody(number="9990001015", status="02"), ("number", "nhs_check_digit")),
        (NameBody(use="former"), ("family", "name_missing")),
        (BirthBody(year=2027), ("birth", "birth_year_unlikely")),
        (BirthBody(year=1943, month=2, day=30), ("birth", "no_such_day")),
        (DeathBody(died_on=date(2026, 11, 2), source=" "), ("source", "source_missing")),
        (DeathBody(died_on=date(2026, 11, 24), source="told by the family"), ("died_on", "date_in_future")),
        (RelationshipBody(name="Edwin", relation=""), ("relation", "relation_missing")),
        (InvolvementBody(name="", role="GP"), ("name", "name_missing")),
        (RecipientBody(name=""), ("name", "name_missing")),
    ],
    ids=lambda value: value[1] if isinstance(value, tuple) else type(value).__name__,
)
def test_a_fact_that_says_too_little_or_what_cannot_be_is_not_kept(
    desk: Desk, people: Caseload, fact: Body, told: tuple[str, str]
) -> None:
    before = desk.store.counts()
    with pytest.raises(InputProblems) as found:
        desk.do(record_fact, people.margaret, fact)
    assert [(one.field, one.code) for one in found.value.problems] == [told]
    assert desk.store.counts() == before


def test_nothing_is_written_about_someone_of_another_caseload(desk: Desk, people: Caseload) -> None:
    with pytest.raises(NotAllowed):
        desk.do(record_fact, people.priya, PhoneBody(number="01632 960111", use="home"))
    line = audits(desk)[-1]
    assert (line["action"], line["result"], line["person_id"]) == ("record_fact", "refused", people.priya)
    assert rows_of(desk, people.priya, "phone") == []


def test_nothing_is_written_about_someone_this_device_does_not_hold(desk: Desk) -> None:
    with pytest.raises(NotHeld):
        desk.do(record_fact, "nobody", PhoneBody(number="01632 960111", use="home"))
    assert audits(desk)[-1]["result"] == "refused"


def test_reading_the_history_of_a_fact_is_traced(desk: Desk, people: Caseload) -> None:
    fact = facts(desk, people.margaret, "birth")[0]
    desk.do(read_fact, people.margaret, fact.fact_id)
    line = audits(desk)[-1]
    assert (line["action"], line["person_id"], line["what"]) == ("read_fact", people.margaret, [fact.fact_id])
