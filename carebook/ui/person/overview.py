"""The overview of a record in words: alerts, what matters, details, steps, people, plan, how old the copy is; no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from carebook.actions.open_person import OpenedPerson, PersonRecord, PlanVersion
from carebook.ui.person.details import DetailLine, detail_lines, line_of
from carebook.ui.person_words import due_words
from carebook.words import at_time, how_long_ago, local, on_date, say

STATES = {
    "draft": ("Draft", "neutral"), "shared": ("Shared for comment", "info"), "agreed": ("Agreed", "ok"),
    "not_agreed": ("Not agreed", "warn"), "signed_off": ("Signed off", "ok"), "superseded": ("Superseded", "neutral"),
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """A task or visit to come. sort: task or visit; tone: danger when overdue, warn when today."""

    sort: str
    row_id: str
    title: str
    second: str
    tone: str


@dataclass(frozen=True)
class PlanWords:
    """The plan in a line: its state with a tone, and what else is known."""

    state: str
    tone: str
    words: str


@dataclass(frozen=True)
class Overview:
    """All that the overview shows. alerts: (tone, title, words, its line). copy: how old this copy is."""

    alerts: tuple[tuple[str, DetailLine], ...]
    matters: str
    matters_from: str
    details: tuple[DetailLine, ...]
    steps: tuple[Step, ...]
    close: tuple[DetailLine, ...]
    involved: tuple[DetailLine, ...]
    working: tuple[tuple[str, str], ...]
    plan: PlanWords | None
    copy: str
    unread: int


def overview(opened: OpenedPerson, now: datetime) -> Overview:
    """The record at a glance, in words."""
    record, today = opened.record, local(now).date()
    return Overview(
        alerts=tuple((fact.body.tone, line_of("alert", fact)) for fact in _by_tone(record)),
        matters=record.plan.body.about_me.matters if record.plan else "",
        matters_from=_from_plan(record.plan),
        details=detail_lines(record),
        steps=steps(record, today),
        close=tuple(line_of("relationship", fact) for fact in record.of("relationship")),
        involved=tuple(line_of("involvement", fact) for fact in record.of("involvement")),
        working=tuple((one.name, _part(one.job, one.team, relation, one.phone)) for one, relation in record.working),
        plan=_plan(record.plan),
        copy=copy_words(opened, now),
        unread=record.unread,
    )


def _by_tone(record: PersonRecord) -> list[Any]:
    return sorted(record.of("alert"), key=lambda fact: ("danger", "warn", "info").index(fact.body.tone))


def _part(*words: str) -> str:
    return " · ".join(part for part in words if part)


def _from_plan(plan: PlanVersion | None) -> str:
    if plan is None:
        return ""
    written = on_date(local(plan.written_at).date())
    return say("From version {} of the care and support plan, {}").format(plan.body.number, written)


def steps(record: PersonRecord, today: date) -> tuple[Step, ...]:
    """Open tasks and planned visits, by day."""
    found: list[tuple[datetime | date, Step]] = []
    for fact in record.of("task"):
        if fact.body.state == "open":
            due = fact.body.due_on
            second = say("Overdue: {}") if due < today else say("By {}")
            tone = "danger" if due < today else "warn" if due == today else "info"
            step = Step("task", fact.row_id, fact.body.title, second.format(due_words(due, today, in_sentence=True)), tone)
            found.append((due, step))
    for fact in record.of("visit"):
        if fact.body.state == "planned":
            day = local(fact.body.planned_at).date()
            late = say("Not written up: {} {}") if day < today else say("Visit: {} {}")
            second = late.format(due_words(day, today, in_sentence=True), at_time(fact.body.planned_at))
            tone = "danger" if day < today else "warn" if day == today else "info"
            found.append((day, Step("visit", fact.row_id, fact.body.purpose, second, tone)))
    return tuple(step for _, step in sorted(found, key=lambda one: (str(one[0]), one[1].row_id)))


def _plan(plan: PlanVersion | None) -> PlanWords | None:
    if plan is None:
        return None
    state, tone = STATES[plan.state]
    review = say("review on {}").format(on_date(plan.body.review_on)) if plan.body.review_on else say("no review date")
    words = say("Version {} · {}").format(plan.body.number, review)
    return PlanWords(say(state), tone, words)


def copy_words(opened: OpenedPerson, now: datetime) -> str:
    """How old this copy of the record is, and whether something of it waits to be sent."""
    mine = {fact.row_id for facts in opened.record.facts.values() for fact in facts} & opened.waiting
    waits = say(" Something of it waits to be sent.") if mine else ""
    if opened.synced_at is None:
        return say("This record was begun on this laptop and has not met the server yet.") + waits
    then = local(opened.synced_at)
    when = say("{} today").format(at_time(opened.synced_at)) if then.date() == local(now).date() else on_date(then.date())
    return say("This copy is from {} ({}).").format(when, how_long_ago(opened.synced_at, now)) + waits
