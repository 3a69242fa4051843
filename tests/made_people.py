"""A small invented caseload for tests, written through the desk as a worker would."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from held_clock import HeldClock
from made_desk import KEY, MONDAY, STAFF, arrive_person, assert_rebuild_equals, make_desk

from carebook.actions.add_person import NewPerson, add_person
from carebook.actions.add_task import add_task
from carebook.actions.finish_contact import ContactForm, FollowUp, WrittenPassage, finish_contact
from carebook.actions.open_person import open_person
from carebook.actions.plan_visit import VisitForm, plan_visit
from carebook.actions.record_fact import (
    AddressBody,
    AlertBody,
    InvolvementBody,
    LanguageBody,
    NeedBody,
    NhsNumberBody,
    RelationshipBody,
    record_fact,
)
from carebook.actions.write_plan import AboutMe, PlanBody, PlanNeed, write_plan
from carebook.desk import Desk
from carebook.store.opening import open_store
from carebook.store.place import Place


@dataclass(frozen=True)
class Caseload:
    """Ids of the invented people. margaret, dennis, ines and tomasz are allocated to the desk's worker; priya is not."""

    margaret: str
    dennis: str
    ines: str
    tomasz: str
    priya: str
    visit: str
    contact: str
    plan: str


@contextmanager
def a_caseload(
    folder: Path, clock: HeldClock | None = None, worker: str = "p.osei", *, role: str = ""
) -> Iterator[tuple[Desk, Caseload]]:
    """A desk with the caseload, for the length of the block: a copy of a store that is written once a run, so it is quick.

    clock: a new one at MONDAY, or one that has given out no id yet. worker, role: who sits at the desk instead of Peter Osei.
    At the end the typed tables must equal those rebuilt from the ledger.
    """
    written, people, ids = _written()
    clock = clock or HeldClock(MONDAY)
    clock._face.ids = ids
    shutil.copytree(written, folder / "store")
    store = open_store(Place(folder / "store"), KEY, clock)
    name, usual, _, _ = STAFF[worker]
    store.identity = replace(store.identity, worker=worker, name=name, role=role or usual)
    desk = Desk(store)
    try:
        yield desk, people
        assert_rebuild_equals(desk)
    finally:
        store.lock()


@cache
def _written() -> tuple[Path, Caseload, int]:
    """The store that others are copied from: its folder, who is in it, and how many ids it took."""
    folder = Path(tempfile.mkdtemp(prefix="c"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    clock = HeldClock(MONDAY)
    desk = make_desk(folder, clock)
    people = make_caseload(desk)
    desk.store.lock()
    return folder / "store", people, clock._face.ids


def make_caseload(desk: Desk) -> Caseload:
    """Four people of the worker's own and one of a colleague's, with facts, a contact, a plan, tasks and visits."""
    margaret = desk.do(add_person, MARGARET)
    _know_margaret(desk, margaret)
    dennis = desk.do(
        add_person,
        NewPerson(family="Arkwright", given="Dennis", title="Mr", birth_year=1955, birth_month=9, birth_day=3,
                  nhs_number="9990001022", needs_answer="none", address_lines=("11 Mill Lane", "Quenby"), postcode="QX1 4DD"),
    )
    ines = desk.do(
        add_person,
        NewPerson(family="Valadares", given="Ines", title="Ms", birth_year=1968, birth_month=7, birth_day=17,
                  nhs_number="9990001049", needs_answer="some"),
    )
    desk.do(record_fact, ines, LanguageBody(code="pt", spoken="Portuguese", interpreter=True))
    desk.do(record_fact, ines, NeedBody(code="P07", detail="Portuguese"))
    tomasz = desk.do(
        add_person,
        NewPerson(family="Wójcik-O'Neill", given="Tomasz", birth_year=1932, birth_estimated=True,
                  needs_answer="not asked", needs_reason="He was asleep", address_lines=("No fixed abode",),
                  postcode="ZZ99 3VZ"),
    )
    priya = arrive_person(desk, "Priya", "Raman", born=(1992, 2, 29))
    today = desk.clock.now().date()
    desk.do(add_task, margaret, "Ring the ward about the discharge date", today - timedelta(days=1), "Ward 7, Sister Ng")
    desk.do(add_task, dennis, "Send the minutes of the meeting", today)
    desk.do(add_task, ines, "Book an interpreter for the review", today + timedelta(days=3))
    visit = desk.do(plan_visit, margaret, VisitForm(today, time(15, 40), "See Edwin about the care calls", "4 Lark Rise"))
    desk.do(plan_visit, dennis, VisitForm(today + timedelta(days=1), time(11, 0), "First visit", "11 Mill Lane"))
    return Caseload(margaret, dennis, ines, tomasz, priya, visit, _contact(desk, margaret), _plan(desk, margaret, today))


MARGARET = NewPerson(
    family="Okafor-Hale", given="Margaret", title="Mrs", preferred="Maggie", birth_year=1943, birth_month=2, birth_day=11,
    address_lines=("4 Lark Rise", "Quenby"), postcode="QX1 2AB", phone="01632 960101", nhs_number="9990001014",
    needs_answer="some",
)


def _know_margaret(desk: Desk, margaret: str) -> None:
    record = desk.do(open_person, margaret).record
    number, home = record.of("nhs_number")[0].row_id, record.of("address")[0].row_id
    desk.do(record_fact, margaret, NhsNumberBody(number="9990001014", status="01"), replaces=[number])
    desk.do(
        record_fact, margaret,
        AddressBody(use="home", lines=("4 Lark Rise", "Quenby"), postcode="QX1 2AB", access="Key safe by the side door"),
        replaces=[home],
    )
    for fact in (
        NeedBody(code="F04"),
        NeedBody(code="C03"),
        NeedBody(code="S01"),
        LanguageBody(code="en", spoken="English"),
        AlertBody(short="Falls: keep the hall clear", words="Has fallen twice in the hall since October.", tone="danger"),
        AlertBody(short="Key safe", words="Knock and wait before using the key safe.", tone="info"),
        RelationshipBody(name="Edwin Okafor-Hale", relation="Husband", lives_with=True, carer=True, next_of_kin=True,
                         phone="01632 960102"),
        RelationshipBody(name="Ngozi Hale", relation="Daughter", emergency=True, phone="01632 960103"),
        InvolvementBody(name="Dr A Lam", role="GP", organisation="Beechwood Surgery", phone="01632 960104"),
        InvolvementBody(name="Rosa Bell", role="Care coordinator", organisation="Brightway Care", phone="01632 960105",
                        main_contact=True, from_on=date(2026, 3, 2)),
    ):
        desk.do(record_fact, margaret, fact)


def a_contact(on: date, /, **changed: Any) -> ContactForm:
    """A finished visit at half past eight on a day, with words under two headings and something to do."""
    given: dict[str, Any] = {
        "channel": "visit", "on": on, "at": time(8, 30), "place": "4 Lark Rise", "present": "Margaret, Edwin",
        "why": "Planned review", "outcome": "Care calls to go on",
        "passages": (
            WrittenPassage(heading="contacts", words="She was up and dressed. The hall was clear."),
            WrittenPassage(heading="discussions", words="She wants to go on living at home.", own_words=True),
        ),
        "follow_ups": (FollowUp(title="Order a second rail", due_on=on + timedelta(days=5)),),
    }
    return ContactForm(**{**given, **changed})


def _contact(desk: Desk, margaret: str) -> str:
    return desk.do(finish_contact, margaret, a_contact(desk.clock.now().date()))


def a_plan(start_on: date, /, **changed: Any) -> PlanBody:
    """A plan with one need, and a review after six weeks."""
    need = PlanNeed(need_id="", title="Eating well", words="Cannot stand to cook.", outcomes=("A",), eligible=True,
                    goal="A hot meal each day", support="A care call at midday", provider="Brightway Care", when="Daily, 12:00")
    about = AboutMe(matters="I want to stay in my own house with Edwin. Thursday is chapel.", please_do="Knock and wait.")
    given: dict[str, Any] = {"number": 0, "start_on": start_on, "review_on": start_on + timedelta(days=20), "about_me": about,
                             "needs": (need,)}
    return PlanBody(**{**given, **changed})


def _plan(desk: Desk, margaret: str, today: date) -> str:
    return desk.do(write_plan, margaret, a_plan(today))
