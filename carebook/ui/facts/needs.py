"""The sheet that asks how someone can be given information (DAPB1605), and what is written from it; no Qt in it."""

from __future__ import annotations

from datetime import timedelta

from carebook.actions.open_person import PersonRecord
from carebook.actions.record_fact import NeedBody, NeedsAskedBody, record_fact
from carebook.errors import Problem
from carebook.policy.accessible import NEEDS
from carebook.ui.facts.asks import Ask, SheetForm, Values
from carebook.ui.room import Room
from carebook.words import local, say

GROUPS = (
    ("format", "How should written information be?"),
    ("contact", "How should we get in touch?"),
    ("professional", "Who should help with communication?"),
    ("support", "What else helps?"),
)
ANSWERS = (
    ("some", "Yes, and they need something"),
    ("none", "Yes, and nothing is needed"),
    ("not asked", "No, they were not asked"),
)


def ask_needs(room: Room, record: PersonRecord) -> SheetForm:
    """Ask how the person can be given information (DAPB1605): asked or not, what they need, when to ask again."""
    today = local(room.desk.clock.now()).date()
    known = {fact.body.code: fact for fact in record.of("need")}
    asked = record.of("needs_asked")
    groups = tuple(
        Ask(group, title, "checks", choices=tuple((one.code, one.words) for one in NEEDS.values() if one.group == group),
            is_optional=True)
        for group, title in GROUPS
    )  # fmt: skip
    asks = (
        Ask("answer", say("Did you ask what they need to be able to read, hear and talk?"), "radio", choices=ANSWERS),
        Ask("reason", say("If they were not asked: why?"), is_optional=True),
        *groups,
        Ask("review_on", say("Ask again on"), "date", is_optional=True),
    )
    values = {
        "answer": asked[0].body.answer if asked else "",
        "reason": asked[0].body.reason if asked else "",
        "review_on": today + timedelta(days=365),
        **{group: tuple(code for code in known if code in NEEDS and NEEDS[code].group == group) for group, _ in GROUPS},
    }

    def keep(values: Values) -> None:
        _keep_needs(room, record, values)

    return SheetForm(
        say("How to give them information"), asks, keep, values=values, checks=_needs_problems,
        intro=say("Everyone must be asked. What you choose stands on every screen and decides how letters are printed."),
        done=say("Saved how to give them information"),
    )


def _ticked(values: Values) -> set[str]:
    return {code for group, _ in GROUPS for code in values[group]}


def _needs_problems(values: Values) -> tuple[Problem, ...]:
    if not values["answer"]:
        return (Problem("answer", "needs_answer_missing"),)
    if values["answer"] == "not asked" and not values["reason"]:
        return (Problem("reason", "needs_reason_missing"),)
    if values["answer"] == "some" and not _ticked(values):
        return (Problem("format", "needs_which_missing"),)
    return ()


def _keep_needs(room: Room, record: PersonRecord, values: Values) -> None:
    """One row a fact: what is new, what no longer holds, and that they were asked."""
    person_id, today = record.summary.person_id, local(room.desk.clock.now()).date()
    ticked = _ticked(values) if values["answer"] == "some" else set()
    known = {fact.body.code: fact for fact in record.of("need")}
    for code in sorted(ticked - set(known)):
        room.desk.do(record_fact, person_id, NeedBody(code=code, review_on=values["review_on"]))
    if values["answer"] != "not asked":
        for code in sorted(set(known) - ticked):
            old = known[code]
            ended = NeedBody(code=code, detail=old.body.detail, review_on=old.body.review_on, to_on=today - timedelta(days=1))
            room.desk.do(record_fact, person_id, ended, replaces=(old.row_id,))
    asked = NeedsAskedBody(answer=values["answer"], on=today, reason=values["reason"])
    room.desk.do(record_fact, person_id, asked, replaces=tuple(fact.row_id for fact in record.of("needs_asked")))
