"""Turns a plan in the record into the finished values of one copy: only what the decision allows ever gets into them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from carebook.models.plans import AboutMe, PlanBody, PlanNeed
from carebook.policy.decide import Answer, Decision
from carebook.policy.nhs_number import may_be_exchanged
from carebook.policy.plan_copy import (
    Advice,
    Agreement,
    Budget,
    Contingency,
    CopyFacts,
    Cover,
    DirectPayment,
    Need,
    OtherHelp,
    PersonInvolved,
    PlanCopy,
    Review,
    Risk,
    Sharing,
    Signature,
    Status,
    Support,
    Topic,
    Trigger,
    WellBeing,
)
from carebook.reads.people import Summary
from carebook.reads.plans import PlanVersion
from carebook.reads.record import PersonRecord
from carebook.words import nhs_number, on_date, part_date

CATEGORIES = ("details", "people", "plan", "services", "finances", "nhs_number", "decisions")
"""What a whole plan tells, in the categories that consent speaks of."""

_STATUS = {
    "draft": Status.DRAFT, "shared": Status.SHARED, "agreed": Status.AGREED, "not_agreed": Status.SHARED,
    "signed_off": Status.SIGNED_OFF, "superseded": Status.SUPERSEDED,
}
_MET_BY = {"carer": "My carer", "nhs": "The NHS", "community": "My community", "self": "Me"}
_ABOUT = (
    ("matters", "What matters most to me"), ("people", "People who are important to me"),
    ("communicate", "How I communicate and how to communicate with me"), ("support", "How and when to support me"),
    ("please_do", "Please do"), ("please_do_not", "Please do not"), ("worth_knowing", "Also worth knowing about me"),
)


@dataclass(frozen=True, slots=True)
class CopyOf:
    """What a copy is made from: the record, the version, the council's settings, and the facts of its footer."""

    record: PersonRecord
    version: PlanVersion
    settings: Mapping[str, str]
    facts: CopyFacts
    format_code: str


def plan_copy(of: CopyOf, decision: Decision) -> PlanCopy:
    """The values of one copy. A category that the decision does not allow is None: not there, and leaving no trace."""
    may = {name: decision.answer(name) is Answer.YES for name in CATEGORIES}
    body, summary = of.version.body, of.record.summary
    return PlanCopy(
        cover=_cover(of, show_number=may["nhs_number"]),
        facts=of.facts,
        format=of.format_code,
        about_me=_about(body.about_me) if may["plan"] else None,
        needs=tuple(_need(need) for need in body.needs) if may["plan"] else None,
        council_support=_support(body) if may["services"] else None,
        other_help=_other_help(body) if may["services"] else None,
        well_being=tuple(WellBeing(one.area, one.words) for one in body.well_being) if may["plan"] else None,
        budget=_budget(body) if may["finances"] else None,
        advice=Advice(body.advice_meet, body.advice_prevent) if may["plan"] else None,
        contingency=_contingency(body, of.settings) if may["plan"] else None,
        risks=tuple(Risk(one.what, one.agreed) for one in body.risks) if may["plan"] else None,
        people=_people(of.record) if may["people"] else None,
        sharing=Sharing() if may["plan"] else None,
        agreement=_agreement(of, summary) if may["decisions"] else None,
        review=Review(_day(body.review_on), body.review_words, body.review_early) if may["plan"] else None,
    )


def _cover(of: CopyOf, *, show_number: bool) -> Cover:
    summary, body = of.record.summary, of.version.body
    is_shown = show_number and may_be_exchanged(summary.nhs_status)
    return Cover(
        council=of.settings["council_name"],
        name=" ".join(part for part in (summary.title, summary.given, summary.family) if part),
        plan_type="Plan for an adult" if body.life == "adult" else "Support plan for a carer",
        status=_STATUS[of.version.state],
        version=str(body.number),
        preferred_name=summary.preferred,
        date_of_birth=part_date(summary.birth_year, summary.birth_month, summary.birth_day) if summary.birth_year else "",
        council_id=summary.council_number,
        nhs_number=nhs_number(summary.nhs_number) if is_shown else "",
        starts_on=_day(body.start_on),
        review_due_on=_day(body.review_on),
    )


def _about(about: AboutMe) -> tuple[Topic, ...]:
    return tuple(Topic(heading, getattr(about, name)) for name, heading in _ABOUT if getattr(about, name).strip())


def _need(need: PlanNeed) -> Need:
    return Need(need.title, need.words, need.eligible, need.outcomes, need.how_far)


def _support(body: PlanBody) -> tuple[Support, ...]:
    return tuple(
        Support(
            need=need.title, goal=need.goal, service=need.support, provider=need.provider, when=need.when,
            starts_on=_day(need.from_on), ends_on=_day(need.to_on), checked_by=need.checked_by,
        )
        for need in body.needs
        if need.met_by == "council"
    )


def _other_help(body: PlanBody) -> tuple[OtherHelp, ...]:
    return tuple(
        OtherHelp(need.title, need.provider or _MET_BY.get(need.met_by, need.met_by), need.support)
        for need in body.needs
        if need.met_by != "council"
    )


def _budget(body: PlanBody) -> Budget:
    money = body.budget
    payment = None
    if money.direct_payment is not None:
        payment = DirectPayment((money.direct_payment_needs,), _pounds(money.direct_payment), money.direct_payment_frequency)
    return Budget(
        _weekly(money.total), _weekly(money.contribution), _weekly(money.council), body.budget_words, direct_payment=payment
    )


def _weekly(pence: int | None) -> str:
    return "" if pence is None else f"{_pounds(pence)} a week"


def _pounds(pence: int) -> str:
    return f"£{pence // 100:,}.{pence % 100:02d}"


def _contingency(body: PlanBody, settings: Mapping[str, str]) -> Contingency:
    return Contingency(
        tuple(Trigger(one.when, one.what_to_do, one.call) for one in body.triggers), body.carer_emergency,
        body.out_of_hours or settings["out_of_hours"],
    )


def _people(record: PersonRecord) -> tuple[PersonInvolved, ...]:
    around = tuple(
        PersonInvolved(one.body.name, one.body.relation, phone=one.body.phone)
        for one in record.of("relationship")
        if one.body.carer or one.body.emergency
    )
    workers = tuple(
        PersonInvolved(colleague.name, colleague.job or "Social worker", colleague.team, colleague.phone)
        for colleague, relation in record.working
        if relation == "allocated"
    )
    involved = tuple(
        PersonInvolved(one.body.name, one.body.role, one.body.organisation, one.body.phone, one.body.main_contact)
        for one in record.of("involvement")
    )
    return (*workers, *around, *involved)


def _agreement(of: CopyOf, summary: Summary) -> Agreement:
    called = summary.preferred or summary.given or summary.full_name
    steps = of.version.steps
    said = [step for step in steps if step.step in ("agreed", "not_agreed")]
    last = said[-1] if said else None
    outcome = {
        "agreed": f"{called} agrees with this plan.", "not_agreed": f"{called} does not agree with this plan.",
    }.get(last.step if last else "", "")
    signed = next((step for step in steps if step.step == "signed_off"), None)
    worker = next((colleague for colleague, relation in of.record.working if relation == "allocated"), None)
    signatures = [Signature(summary.full_name, "", "")]
    if worker is not None:
        signatures.append(Signature(worker.name, worker.job or "Social worker", ""))
    if signed is not None:
        signatures.append(Signature(signed.by, "Signed off for the council", on_date(signed.on)))
    return Agreement(
        outcome=outcome,
        views="\n".join(step.view for step in steps if step.view),
        representative=last.supported_by if last else "",
        signatures=tuple(signatures),
        copies_given_to=tuple(
            f"{fact.body.for_whom}, copy {fact.body.copy_number}, {on_date(fact.body.issued_at.date())}"
            for fact in of.record.of("issued")
            if fact.body.of_row_id == of.version.row_id
        ),
    )


def _day(day: date | None) -> str:
    return "" if day is None else on_date(day)
