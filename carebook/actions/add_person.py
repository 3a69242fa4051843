"""Add a person to the record, after the duplicate check has been looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from carebook.errors import InputProblems, Problem
from carebook.models.access import AllocationBody
from carebook.models.people import (
    AddressBody,
    BirthBody,
    NameBody,
    NeedsAskedBody,
    NhsNumberBody,
    PersonBody,
    PhoneBody,
    person,
)
from carebook.policy import births
from carebook.policy.accessible import NEEDS_ANSWERS
from carebook.policy.nhs_number import digits_of, problem
from carebook.store.tables import held
from carebook.store.work import Work


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What was typed about a new person. Birth parts are None where not known; looked_at: the duplicate warning was seen."""

    family: str
    given: str
    title: str = ""
    preferred: str = ""
    life: str = "adult"
    birth_year: int | None = None
    birth_month: int | None = None
    birth_day: int | None = None
    birth_estimated: bool = False
    address_lines: tuple[str, ...] = ()
    postcode: str = ""
    phone: str = ""
    nhs_number: str = ""
    needs_answer: str = "not asked"  # some, none or not asked
    needs_reason: str = ""
    draft_id: str = ""

    def problems(self, today: date, *, demonstration: bool) -> tuple[Problem, ...]:
        """What stands in the way of keeping it, field by field."""
        found = []
        if not (self.family.strip() or self.given.strip()):
            found.append(Problem("family", "name_missing"))
        born = births.problem(self.birth_year, self.birth_month, self.birth_day, today)
        if born:
            found.append(Problem("birth", born))
        if self.nhs_number:
            code = problem(self.nhs_number, demonstration=demonstration)
            if code:
                found.append(Problem("nhs_number", code, str(len(digits_of(self.nhs_number)))))
        if self.needs_answer not in NEEDS_ANSWERS:
            found.append(Problem("needs_answer", "needs_answer_missing"))
        elif self.needs_answer == "not asked" and not self.needs_reason.strip():
            found.append(Problem("needs_reason", "needs_reason_missing"))
        return tuple(found)


def add_person(work: Work, new: NewPerson) -> str:
    """Write the person and what is known of them, and allocate them to the worker; returns the person's id.

    Raises InputProblems.
    """
    found = new.problems(work.today, demonstration=work.identity.demonstration)
    if found:
        raise InputProblems(found)
    person_id = work.clock.new_id()
    work.keep(person_id, PersonBody(life=new.life, council_number=_council_number(work)))
    work.keep(
        person_id, AllocationBody(worker=work.identity.worker, relation="allocated", from_on=work.today, reason="added by")
    )
    work.keep(person_id, NameBody(use="current", family=new.family.strip(), given=new.given.strip(), title=new.title.strip()))
    _keep_known(work, person_id, new)
    work.keep(person_id, NeedsAskedBody(answer=new.needs_answer, on=work.today, reason=new.needs_reason.strip()))
    work.session.execute(sa.insert(held).values(person_id=person_id, class_="ordinary", complete=True, position=""))
    if new.draft_id:
        work.drop_draft(new.draft_id)
    return person_id


def _keep_known(work: Work, person_id: str, new: NewPerson) -> None:
    if new.preferred.strip():
        work.keep(person_id, NameBody(use="preferred", given=new.preferred.strip()))
    work.keep(
        person_id,
        BirthBody(year=new.birth_year, month=new.birth_month, day=new.birth_day, estimated=new.birth_estimated),
    )
    lines = tuple(line.strip() for line in new.address_lines if line.strip())
    if lines or new.postcode.strip():
        work.keep(person_id, AddressBody(use="home", lines=lines, postcode=new.postcode.strip().upper()))
    if new.phone.strip():
        work.keep(person_id, PhoneBody(number=new.phone.strip(), use="home"))
    if new.nhs_number:
        work.keep(person_id, NhsNumberBody(number=digits_of(new.nhs_number), status="02"))


def _council_number(work: Work) -> str:
    """A provisional number, unlike any other device's: "N-" and the device's first characters with a running count."""
    known = work.session.scalar(sa.select(sa.func.count()).select_from(person)) or 0
    return f"N-{work.identity.device_id[-4:].upper()}-{known + 1:04d}"
