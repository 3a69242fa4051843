"""A plan in the words its reader sees: where it stands, its steps, and each section as facts; no Qt in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from carebook.actions.read_plan import PlanVersion
from carebook.actions.write_plan import PlanBody, PlanNeed
from carebook.policy.plan_copy import OUTCOMES
from carebook.policy.plan_steps import STEPS
from carebook.ui.plan.draft import ABOUT, pounds
from carebook.ui.plan.sections_words import MET_BY
from carebook.words import at, on_date

STATES = {
    "draft": ("Draft", "neutral", "pencil"),
    "shared": ("Shared for comment", "info", "message-circle"),
    "agreed": ("Agreed", "ok", "handshake"),
    "not_agreed": ("Not agreed", "warn", "hand"),
    "signed_off": ("Signed off", "ok", "badge-check"),
    "superseded": ("Superseded", "neutral", "history"),
}
"""Each state as a chip: words, tone, icon."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage on the line a plan goes along. how: done, now or ahead."""

    words: str
    on: str
    how: str
    tone: str
    icon: str


def stages(version: PlanVersion) -> tuple[Stage, ...]:
    """Draft, shared, agreed or not, signed off, and superseded where it is; with the day of each that is done."""
    days = {step.step: on_date(step.on) for step in version.steps}
    outcome = version.state if version.state in {"agreed", "not_agreed"} else _outcome(days)
    line = ["draft", "shared", outcome, "signed_off"] + (["superseded"] if version.state == "superseded" else [])
    days["draft"] = at(version.written_at).split(" ")[0]
    found = []
    for state in line:
        words, tone, icon = STATES[state]
        if state == outcome and outcome not in days:
            words, icon = "Agreed or not", "handshake"
        how = "now" if state == version.state else "done" if state in days else "ahead"
        found.append(Stage(words, days.get(state, ""), how, tone if how == "now" else "neutral", icon))
    return tuple(found)


def _outcome(days: dict[str, str]) -> str:
    return "not_agreed" if "not_agreed" in days else "agreed"


def version_line(version: PlanVersion) -> str:
    """A version in a list: Version 2, signed off, written 23-Nov-2026 by Peter Osei."""
    day = at(version.written_at).split(" ")[0]
    return f"Version {version.body.number}, {STATES[version.state][0].lower()}, written {day} by {version.author_name}"


def views(version: PlanVersion) -> tuple[tuple[str, str], ...]:
    """What the person, or whoever speaks for them, said at each step."""
    return tuple(
        (f"{STEPS[step.step]}, {on_date(step.on)}", _view(step.view, step.supported_by, step.by)) for step in version.steps
    )


def _view(view: str, supported_by: str, by: str) -> str:
    helped = f"With the help of {supported_by}." if supported_by else ""
    return " ".join(part for part in (f"“{view}”" if view else "", helped, f"Recorded by {by}.") if part)


# ------------------------------------------------------------ sections


@dataclass(frozen=True, slots=True)
class Section:
    """One section to read: a title, a chip's words and tone where there is one, and facts by name."""

    title: str
    facts: tuple[tuple[str, str], ...]
    chip: tuple[str, str] = ("", "")


def sections(body: PlanBody) -> tuple[Section, ...]:
    """The plan by section in the order it is printed; a section that says nothing is not among them."""
    return tuple(one for one in _sections(body) if one.facts)


def _sections(body: PlanBody) -> Iterator[Section]:
    about = tuple((words, getattr(body.about_me, key)) for key, words in ABOUT)
    yield Section("About me", _only((*about, ("Written with", body.about_me.written_with))))
    for need in body.needs:
        yield Section(f"Need: {need.title}", _need(need), ("Eligible", "ok") if need.eligible else ("Not eligible", "neutral"))
    yield Section("Well-being this supports", _only((one.area, one.words or "Yes") for one in body.well_being))
    yield Section("Personal budget", _budget(body))
    advice = (("To meet or lessen needs now", body.advice_meet), ("To prevent or delay needs later", body.advice_prevent))
    yield Section("Advice given", _only((name, "\n".join(words)) for name, words in advice))
    yield Section("If things do not go as planned", _contingency(body))
    yield Section("Risks talked through", _only((one.what, one.agreed or "Nothing agreed yet") for one in body.risks))
    review = (("Due", _day(body.review_on)), ("How", body.review_words), ("Sooner if", "\n".join(body.review_early)))
    yield Section("Review", _only(review))


def _only(facts: Iterator[tuple[str, str]] | tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((name, words) for name, words in facts if words.strip())


def _day(day: date | None) -> str:
    return on_date(day) if day else ""


def _need(need: PlanNeed) -> tuple[tuple[str, str], ...]:
    outcomes = "\n".join(f"{OUTCOMES[code][0].upper()}{OUTCOMES[code][1:]}" for code in need.outcomes if code in OUTCOMES)
    days = " to ".join(part for part in (_day(need.from_on), _day(need.to_on)) if part)
    return _only(
        (
            ("What it is", need.words), ("Outcomes it affects", outcomes), ("How far", need.how_far),
            ("To be reached", need.goal), ("Who meets it", dict(MET_BY).get(need.met_by, "")), ("How", need.support),
            ("By whom", need.provider), ("When", need.when), ("From", days), ("Who checks", need.checked_by),
        )
    )


def _budget(body: PlanBody) -> tuple[tuple[str, str], ...]:
    budget = body.budget
    direct = f"{_money(budget.direct_payment)} {budget.direct_payment_frequency}".strip()
    return _only(
        (
            ("Total", _money(budget.total, " a week")), ("The person pays", _money(budget.contribution, " a week")),
            ("The council pays", _money(budget.council, " a week")), ("In words", body.budget_words),
            ("Direct payment", direct), ("It covers", budget.direct_payment_needs),
        )
    )


def _money(amount: int | None, after: str = "") -> str:
    return "" if amount is None else f"£{pounds(amount)}{after}"


def _contingency(body: PlanBody) -> tuple[tuple[str, str], ...]:
    cases = tuple(
        (one.when, f"{one.what_to_do} {f'Call {one.call}.' if one.call else ''}".strip() or "Not said yet")
        for one in body.triggers
    )
    return _only((*cases, ("If the carer cannot care", body.carer_emergency), ("Out of hours", body.out_of_hours)))
