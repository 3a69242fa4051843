"""Record one fact about a person: a name, an address, a phone number, an alert. One row a fact."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from carebook.errors import InputProblems, Problem
from carebook.models.access import RecipientBody as RecipientBody
from carebook.models.kinds import fixed_fact
from carebook.models.ledger import ledger
from carebook.models.people import AddressBody as AddressBody
from carebook.models.people import AlertBody as AlertBody
from carebook.models.people import BirthBody as BirthBody
from carebook.models.people import Body as Body
from carebook.models.people import DeathBody as DeathBody
from carebook.models.people import EmailBody as EmailBody
from carebook.models.people import InvolvementBody as InvolvementBody
from carebook.models.people import LanguageBody as LanguageBody
from carebook.models.people import NameBody as NameBody
from carebook.models.people import NeedBody as NeedBody
from carebook.models.people import NeedsAskedBody as NeedsAskedBody
from carebook.models.people import NhsNumberBody as NhsNumberBody
from carebook.models.people import PhoneBody as PhoneBody
from carebook.models.people import RelationshipBody as RelationshipBody
from carebook.policy import births
from carebook.policy.accessible import NEEDS_ANSWERS
from carebook.policy.nhs_number import digits_of, problem
from carebook.store.work import Work

_MUST: dict[type[Body], tuple[str, ...]] = {
    AddressBody: ("lines",),
    PhoneBody: ("number",),
    EmailBody: ("address",),
    LanguageBody: ("spoken",),
    NeedBody: ("code",),
    AlertBody: ("short", "words"),
    RelationshipBody: ("name", "relation"),
    InvolvementBody: ("name", "role"),
    RecipientBody: ("name",),
    DeathBody: ("source",),
}


def record_fact(work: Work, person_id: str, fact: Body, *, replaces: Sequence[str] = ()) -> str:
    """Write the fact as a new row; `replaces` names the row or rows it stands in place of. Returns the new row's id.

    Raises InputProblems, ChangedMeanwhile if what it replaces has been replaced already, NotHeld, NotAllowed.
    """
    found = (*_problems(fact, demonstration=work.identity.demonstration), *_problems_in_sense(fact, work.today))
    if found:
        raise InputProblems(found)
    work.about(person_id)
    fact_id = fixed_fact(person_id, fact) or (_fact_of(work, replaces[0]) if replaces else None)
    return work.keep(person_id, fact, fact_id=fact_id, replaces=replaces)


def _fact_of(work: Work, row_id: str) -> str | None:
    found: str | None = work.session.scalar(sa.select(ledger.c.fact_id).where(ledger.c.row_id == row_id))
    return found


def _problems(fact: Body, *, demonstration: bool) -> tuple[Problem, ...]:
    found = [Problem(name, f"{name}_missing") for name in _MUST.get(type(fact), ()) if not _told(getattr(fact, name))]
    if isinstance(fact, NameBody) and not (fact.family.strip() or fact.given.strip()):
        found.append(Problem("family", "name_missing"))
    if isinstance(fact, AlertBody) and len(fact.short) > 30:
        found.append(Problem("short", "alert_too_long", "30"))
    if isinstance(fact, EmailBody) and "@" not in fact.address:
        found.append(Problem("address", "email_no_at"))
    if isinstance(fact, NhsNumberBody):
        code = problem(fact.number, demonstration=demonstration)
        if code:
            found.append(Problem("number", code, str(len(digits_of(fact.number)))))
    if isinstance(fact, NeedsAskedBody) and fact.answer not in NEEDS_ANSWERS:
        found.append(Problem("answer", "needs_answer_missing"))
    return tuple(found)


def _problems_in_sense(fact: Body, today: date) -> tuple[Problem, ...]:
    from_on, to_on = getattr(fact, "from_on", None), getattr(fact, "to_on", None)
    if from_on and to_on and to_on < from_on:
        return (Problem("to_on", "ends_before_start"),)
    if isinstance(fact, BirthBody):
        code = births.problem(fact.year, fact.month, fact.day, today)
        return (Problem("birth", code),) if code else ()
    if isinstance(fact, DeathBody) and fact.died_on > today:
        return (Problem("died_on", "date_in_future"),)
    if isinstance(fact, NeedsAskedBody) and fact.answer == "not asked" and not fact.reason.strip():
        return (Problem("reason", "needs_reason_missing"),)
    return ()


def _told(value: object) -> bool:
    return bool(value.strip()) if isinstance(value, str) else bool(value)
