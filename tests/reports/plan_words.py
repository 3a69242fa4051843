"""What the pages of a plan must say, in order, worked out from the values without the code that draws them."""

from __future__ import annotations

from collections.abc import Iterator

from carebook.policy.plan_copy import OUTCOMES, PlanCopy, digest
from carebook.reports.page_text import normalise

FIXED = {
    "Care and support plan", "I like to be called", "Date of birth", "Kind of plan", "Version", "Starts", "Review due",
    "Council reference", "NHS number", "About me", "My needs", "This is an eligible need.",
    "This is not an eligible need.", "Without help I cannot manage these outcomes:", "•",
    "What the council will do, and how", "My goal", "What will be done", "Who provides it", "When", "From", "Until",
    "Who checks it", "Needs that are met by others", "Need", "Who helps", "How",
    "My well-being and what I want to achieve", "My personal budget", "Personal budget", "Amount",
    "Cost of meeting my needs", "What I pay", "What the council pays", "Direct payment", "How often",
    "The direct payment is for these needs:", "None of my budget is paid to me as a direct payment.",
    "Advice and information", "To meet or reduce my needs now", "To prevent or delay needs later", "If things go wrong",
    "If this happens", "What to do", "Who to call", "If my carer cannot help", "Outside office hours",
    "Risks we have talked about", "The people involved", "Name", "Role", "Telephone", "Who gets this plan", "Who",
    "What they get", "I agreed on", "Who does not get this plan (council's own copy only)", "Agreement", "My views",
    "Making this decision", "Who acts for me", "Signed", "Not signed yet", "Copies given to", "Review",
    "Next review by", "The plan is looked at sooner if:", "About this copy", "Copy number", "For", "Printed by",
    "Printed", "Last update from the council", "Permissions", "Status", "Check code",
}  # fmt: skip
"""Headings, labels and set sentences."""


MAIN_HEADINGS = [
    "About me",
    "My needs",
    "What the council will do, and how",
    "Needs that are met by others",
    "My well-being and what I want to achieve",
    "My personal budget",
    "Advice and information",
    "If things go wrong",
    "Risks we have talked about",
    "The people involved",
    "Who gets this plan",
    "Agreement",
    "Review",
    "About this copy",
]
"""The main headings of a copy that has all its parts."""

EMPTY_SENTENCES = (
    "Nothing has been written about me yet.",
    "The assessment has not recorded any needs.",
    "The council has not arranged any support in this plan.",
    "No needs are met by family, friends, the NHS or the community.",
    "No outcomes have been written down yet.",
    "My personal budget has not been worked out yet.",
    "No advice has been recorded.",
    "Nothing has been agreed yet about what happens if things go wrong.",
    "No risks have been recorded.",
    "No one is recorded as involved in my care.",
    "No permission to share this plan with anyone has been recorded.",
    "It has not been recorded yet whether I agree with this plan.",
    "No date has been set for the next review.",
)
"""What a part with nothing in it says."""


def said(texts: list[str]) -> list[str]:
    """What is left of the pages' text without set words: the values, in the order they are read."""
    plain = [text.removesuffix(":") if text.removesuffix(":") in FIXED else text for text in texts]
    return [text for text in plain if text not in FIXED and text not in EMPTY_SENTENCES]


def values(copy: PlanCopy) -> list[str]:
    """Every value of the copy, in the order it must be read."""
    return [text for text in _values(copy) if text]


def _cell(text: str) -> str:
    return " ".join(normalise(text))


def _values(copy: PlanCopy) -> Iterator[str]:
    status = {
        "draft": "Draft – not agreed yet",
        "shared for comment": "Shared for comment – not agreed yet",
        "agreed": "Agreed",
        "signed off": "Agreed and signed off",
        "superseded": "No longer in use – a newer plan has taken its place",
    }[copy.cover.status]
    cover = copy.cover
    yield from (cover.council, cover.name, status, cover.preferred_name, cover.date_of_birth, cover.plan_type)
    yield from (cover.version, cover.starts_on, cover.review_due_on, cover.council_id, cover.nhs_number)
    yield from _person(copy)
    yield from _support(copy)
    yield from _money(copy)
    yield from _safety(copy)
    yield from _agreed(copy)
    facts = copy.facts
    yield from (facts.number, facts.for_whom, facts.printed_by, facts.printed_at, facts.synced_at)
    yield _cell(facts.permissions)
    yield status
    yield "-".join(digest(copy).upper()[i : i + 4] for i in (0, 4, 8))


def _person(copy: PlanCopy) -> Iterator[str]:
    for topic in copy.about_me or ():
        yield topic.heading
        yield from normalise(topic.words)
    for need in copy.needs or ():
        yield need.title
        yield from normalise(need.words)
        yield from normalise(need.how_far)
        yield from (OUTCOMES[code][0].upper() + OUTCOMES[code][1:] for code in need.outcomes)


def _support(copy: PlanCopy) -> Iterator[str]:
    for one in copy.council_support or ():
        yield one.need or one.service
        for value in (one.goal, one.service, one.provider, one.when, one.starts_on, one.ends_on, one.checked_by):
            yield _cell(value)
    for other in copy.other_help or ():
        yield from (_cell(other.need), _cell(other.met_by), _cell(other.how))
    for area in copy.well_being or ():
        yield area.area
        yield from normalise(area.words)


def _money(copy: PlanCopy) -> Iterator[str]:
    if copy.budget:
        yield from (copy.budget.total, copy.budget.my_contribution, copy.budget.council_pays)
        yield from normalise(copy.budget.words)
        if copy.budget.direct_payment:
            yield from (copy.budget.direct_payment.amount, copy.budget.direct_payment.frequency)
            yield from copy.budget.direct_payment.needs_covered
    if copy.advice:
        yield from (*copy.advice.to_meet, *copy.advice.to_prevent)


def _safety(copy: PlanCopy) -> Iterator[str]:
    if copy.contingency:
        for trigger in copy.contingency.triggers:
            yield from (trigger.when, trigger.what_to_do, trigger.call)
        yield from (_cell(copy.contingency.carer_emergency), _cell(copy.contingency.out_of_hours))
    for risk in copy.risks or ():
        yield risk.what
        yield from normalise(risk.agreed)
    for person in copy.people or ():
        role = ", ".join(part for part in (person.role, person.organisation) if part)
        yield from (person.name, role + (" (main contact)" if person.is_main_contact else ""), person.phone)


def _agreed(copy: PlanCopy) -> Iterator[str]:
    if copy.sharing:
        for one in copy.sharing.shared_with:
            yield from (one.name, one.what, one.permitted_on)
        yield from copy.sharing.not_shared_with or ()
    if copy.agreement:
        agreed = copy.agreement
        yield from (agreed.outcome, _cell(agreed.views), _cell(agreed.capacity), _cell(agreed.representative))
        for signature in agreed.signatures:
            yield from (signature.name, signature.role, signature.signed_on)
        for one_to_sign in agreed.signatures:
            who = ", ".join(part for part in (one_to_sign.name, one_to_sign.role) if part)
            yield "" if one_to_sign.signed_on else f"{who}: signature and date"
        yield from agreed.copies_given_to
    if copy.review:
        yield copy.review.due_on
        yield from normalise(copy.review.words)
        yield from copy.review.sooner_if
