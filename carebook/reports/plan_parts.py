"""The parts of the care and support plan, in the order they are read, each from its own values."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from carebook.policy.plan_copy import (
    OUTCOMES,
    Advice,
    Agreement,
    Budget,
    Contingency,
    DirectPayment,
    Need,
    OtherHelp,
    PersonInvolved,
    PlanCopy,
    Review,
    Risk,
    Sharing,
    Support,
    Topic,
    WellBeing,
    digest,
)
from carebook.reports.page_blocks import beside_bar, bullets, heading, lead_in, paragraph, signing_lines, table
from carebook.reports.page_facts import Fact, facts
from carebook.reports.page_flow import Flow, element
from carebook.reports.page_table import Table
from carebook.reports.plan_cover import status_words

T = TypeVar("T")

_EXTENTS = {
    "in part": "in part", "partly": "in part", "partly eligible": "in part",
    "wholly": "wholly", "wholly eligible": "wholly", "in full": "wholly",
}
"""Words for how far a need is eligible that are said in one sentence with it; any others stand as they were written."""


def draw_parts(flow: Flow, copy: PlanCopy) -> None:
    """Draw every part that this copy has; a part removed by permission leaves no trace."""
    _part(flow, copy.about_me, _about_me)
    _part(flow, copy.needs, _needs)
    _part(flow, copy.council_support, _council_support)
    _part(flow, copy.other_help, _other_help)
    _part(flow, copy.well_being, _well_being)
    _part(flow, copy.budget, _budget)
    _part(flow, copy.advice, _advice)
    _part(flow, copy.contingency, _contingency)
    _part(flow, copy.risks, _risks)
    _part(flow, copy.people, _people)
    _part(flow, copy.sharing, _sharing)
    _part(flow, copy.agreement, _agreement)
    _part(flow, copy.review, _review)
    _part(flow, copy, _about_this_copy)


def _part(flow: Flow, value: T | None, draw: Callable[[Flow, T], None]) -> None:
    if value is not None:
        with element(flow, "Sect"):
            draw(flow, value)


def _about_me(flow: Flow, topics: tuple[Topic, ...]) -> None:
    heading(flow, 2, "About me")
    if not topics:
        paragraph(flow, "Nothing has been written about me yet.", "soft")
    for topic in topics:
        heading(flow, 3, topic.heading)
        paragraph(flow, topic.words, lang=topic.language, decorate=beside_bar(flow))


def _needs(flow: Flow, needs: tuple[Need, ...]) -> None:
    heading(flow, 2, "My needs")
    if not needs:
        paragraph(flow, "The assessment has not recorded any needs.", "soft")
    for need in needs:
        _need(flow, need)


def _need(flow: Flow, need: Need) -> None:
    heading(flow, 3, need.title)
    paragraph(flow, need.words)
    extent = _EXTENTS.get(need.how_far.strip().rstrip(".").lower(), "") if need.is_eligible else ""
    if need.is_eligible:
        paragraph(flow, f"This is an eligible need: {extent}." if extent else "This is an eligible need.", "accent")
    else:
        paragraph(flow, "This is not an eligible need.", "strong")
    if not extent:
        paragraph(flow, need.how_far)
    if need.outcomes:
        lead_in(flow, "Without help I cannot manage these outcomes:")
        bullets(flow, [_capital(OUTCOMES[code]) for code in need.outcomes])


def _council_support(flow: Flow, supports: tuple[Support, ...]) -> None:
    heading(flow, 2, "What the council will do, and how")
    if not supports:
        paragraph(flow, "The council has not arranged any support in this plan.", "soft")
    for support in supports:
        _support(flow, support)


def _support(flow: Flow, support: Support) -> None:
    heading(flow, 3, support.need or support.service)
    facts(
        flow,
        [
            Fact("My goal", support.goal),
            Fact("What will be done", support.service),
            Fact("Who provides it", support.provider),
            Fact("When", support.when),
            Fact("From", support.starts_on),
            Fact("Until", support.ends_on),
            Fact("Who checks it", support.checked_by),
        ],
    )
    if not (support.service or support.provider or support.when):
        paragraph(flow, "No support has been written down yet.", "soft")


def _other_help(flow: Flow, helps: tuple[OtherHelp, ...]) -> None:
    heading(flow, 2, "Needs that are met by others")
    if not helps:
        paragraph(flow, "No needs are met by family, friends, the NHS or the community.", "soft")
    rows = tuple((help_.need, help_.met_by, help_.how) for help_ in helps)
    table(flow, Table(("Need", "Who helps", "How"), (3, 3, 5), rows))


def _well_being(flow: Flow, areas: tuple[WellBeing, ...]) -> None:
    heading(flow, 2, "My well-being and what I want to achieve")
    if not areas:
        paragraph(flow, "No outcomes have been written down yet.", "soft")
    for item in areas:
        heading(flow, 3, item.area)
        paragraph(flow, item.words)


def _budget(flow: Flow, budget: Budget) -> None:
    heading(flow, 2, "My personal budget")
    if not budget.total:
        paragraph(flow, "My personal budget has not been worked out yet.", "soft")
    sums = (
        ("Cost of meeting my needs", budget.total),
        ("What I pay", budget.my_contribution),
        ("What the council pays", budget.council_pays),
    )
    rows = tuple(row for row in sums if row[1])
    table(flow, Table(("Personal budget", "Amount"), (3, 2), rows))
    paragraph(flow, budget.words)
    if budget.total or budget.direct_payment:
        _direct_payment(flow, budget.direct_payment)


def _direct_payment(flow: Flow, payment: DirectPayment | None) -> None:
    heading(flow, 3, "Direct payment")
    if payment is None:
        paragraph(flow, "None of my budget is paid to me as a direct payment.")
        return
    facts(flow, [Fact("Amount", payment.amount), Fact("How often", payment.frequency)])
    covered = [need for need in payment.needs_covered if need.strip()]
    if covered:
        lead_in(flow, "The direct payment is for these needs:")
        bullets(flow, covered)


def _advice(flow: Flow, advice: Advice) -> None:
    heading(flow, 2, "Advice and information")
    told = (
        ("To meet or reduce my needs now", advice.to_meet),
        ("To prevent or delay needs later", advice.to_prevent),
    )
    if not any(items for _, items in told):
        paragraph(flow, "No advice has been recorded.", "soft")
    for title, items in told:
        if items:
            heading(flow, 3, title)
            bullets(flow, items)


def _contingency(flow: Flow, plan: Contingency) -> None:
    heading(flow, 2, "If things go wrong")
    if not (plan.triggers or plan.carer_emergency or plan.out_of_hours):
        paragraph(flow, "Nothing has been agreed yet about what happens if things go wrong.", "soft")
    rows = tuple((trigger.when, trigger.what_to_do, trigger.call) for trigger in plan.triggers)
    table(flow, Table(("If this happens", "What to do", "Who to call"), (3, 5, 3), rows))
    facts(
        flow,
        [Fact("If my carer cannot help", plan.carer_emergency), Fact("Outside office hours", plan.out_of_hours)],
        0.35,
    )


def _risks(flow: Flow, risks: tuple[Risk, ...]) -> None:
    heading(flow, 2, "Risks we have talked about")
    if not risks:
        paragraph(flow, "No risks have been recorded.", "soft")
    for risk in risks:
        heading(flow, 3, risk.what)
        paragraph(flow, risk.agreed)


def _people(flow: Flow, people: tuple[PersonInvolved, ...]) -> None:
    heading(flow, 2, "The people involved")
    if not people:
        paragraph(flow, "No one is recorded as involved in my care.", "soft")
    rows = tuple(
        (
            person.name,
            _joined(person.role, person.organisation) + (" (main contact)" if person.is_main_contact else ""),
            person.phone,
        )
        for person in people
    )
    table(flow, Table(("Name", "Role", "Telephone"), (4, 5, 3), rows))


def _sharing(flow: Flow, sharing: Sharing) -> None:
    heading(flow, 2, "Who gets this plan")
    if not sharing.shared_with:
        paragraph(flow, "No permission to share this plan with anyone has been recorded.", "soft")
    rows = tuple((one.name, one.what, one.permitted_on) for one in sharing.shared_with)
    table(flow, Table(("Who", "What they get", "I agreed on"), (4, 4, 3), rows))
    if sharing.not_shared_with:
        heading(flow, 3, "Who does not get this plan (council's own copy only)")
        bullets(flow, sharing.not_shared_with)


def _agreement(flow: Flow, agreement: Agreement) -> None:
    heading(flow, 2, "Agreement")
    if agreement.outcome:
        paragraph(flow, agreement.outcome, "accent")
    else:
        paragraph(flow, "It has not been recorded yet whether I agree with this plan.", "soft")
    facts(
        flow,
        [
            Fact("My views", agreement.views),
            Fact("Making this decision", agreement.capacity),
            Fact("Who acts for me", agreement.representative),
        ],
    )
    rows = tuple((one.name, one.role, one.signed_on or "Not signed yet") for one in agreement.signatures)
    table(flow, Table(("Name", "Role", "Signed"), (4, 4, 3), rows))
    to_sign = [one for one in agreement.signatures if not one.signed_on]
    signing_lines(flow, [f"{_joined(one.name, one.role)}: signature and date" for one in to_sign])
    if agreement.copies_given_to:
        heading(flow, 3, "Copies given to")
        bullets(flow, agreement.copies_given_to)


def _review(flow: Flow, review: Review) -> None:
    heading(flow, 2, "Review")
    if review.due_on:
        facts(flow, [Fact("Next review by", review.due_on)])
    else:
        paragraph(flow, "No date has been set for the next review.", "soft")
    paragraph(flow, review.words)
    if review.sooner_if:
        lead_in(flow, "The plan is looked at sooner if:")
        bullets(flow, review.sooner_if)


def _about_this_copy(flow: Flow, copy: PlanCopy) -> None:
    told = copy.facts
    heading(flow, 2, "About this copy")
    seal = digest(copy)
    facts(
        flow,
        [
            Fact("Copy number", told.number),
            Fact("For", told.for_whom),
            Fact("Printed by", told.printed_by),
            Fact("Printed", told.printed_at),
            Fact("Last update from the council", told.synced_at),
            Fact("Permissions", told.permissions),
            Fact("Status", status_words(copy.cover.status)),
            Fact("Check code", "-".join(seal[i : i + 4] for i in (0, 4, 8)).upper()),
        ],
    )


def _joined(*words: str) -> str:
    return ", ".join(word for word in words if word)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
