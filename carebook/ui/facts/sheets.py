"""Makes the sheets that screens open: one fact, a task, a visit, an end; no Qt in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import msgspec

from carebook.actions.add_task import add_task
from carebook.actions.finish_task import finish_task
from carebook.actions.open_person import Fact
from carebook.actions.plan_visit import VisitForm, plan_visit
from carebook.actions.record_fact import record_fact
from carebook.errors import Problem
from carebook.ui.facts.asks import Ask, SheetForm, Values
from carebook.ui.facts.kinds import KINDS, key_of
from carebook.ui.room import Room
from carebook.words import local, say

People = Sequence[tuple[str, str]]
"""People to choose from: (id, name)."""


def add_fact(room: Room, person_id: str, key: str) -> SheetForm:
    """Add a fact of a kind of KINDS."""
    kind = KINDS[key]

    def keep(values: Values) -> object:
        return room.desk.do(record_fact, person_id, kind.write(values, None))

    return SheetForm(
        say("Add {} {}").format(kind.article, kind.noun), kind.asks, keep, intro=kind.intro, checks=kind.checks, says=kind.says,
        save=say("Add to the record"), done=say("Added to the record"),
    )


def change_fact(room: Room, person_id: str, kind_name: str, fact: Fact[Any]) -> SheetForm:
    """Change a fact; what it said before stays in its history."""
    kind = KINDS[key_of(kind_name, fact.body)]

    def keep(values: Values) -> object:
        return room.desk.do(record_fact, person_id, kind.write(values, fact.body), replaces=(fact.row_id,))

    return SheetForm(
        say("Change {} {}").format("the", kind.noun), kind.asks, keep, intro=kind.intro, values=kind.read(fact.body),
        checks=kind.checks, says=kind.says, save=say("Save the change"), done=say("Changed in the record"),
    )


def end_fact(room: Room, person_id: str, words: str, fact: Fact[Any]) -> SheetForm:
    """Say the last day on which a fact held; it stays in the history."""
    today = local(room.desk.clock.now()).date()
    begun = getattr(fact.body, "from_on", None)
    yesterday = today - timedelta(days=1)

    def keep(values: Values) -> object:
        ended = msgspec.structs.replace(fact.body, to_on=values["to_on"])
        return room.desk.do(record_fact, person_id, ended, replaces=(fact.row_id,))

    return SheetForm(
        say("This no longer holds"), (Ask("to_on", say("Last day"), "date"),), keep, intro=words,
        values={"to_on": max(begun, yesterday) if begun else yesterday},
        checks=lambda values: () if values["to_on"] else (Problem("to_on", "to_on_missing"),),
        save=say("End it"), done=say("Ended"),
    )


def _who(person_id: str, people: People) -> tuple[Ask, ...]:
    return () if person_id else (Ask("person_id", say("Who is it about?"), "choice", choices=tuple(people)),)


def _whose(values: Values, person_id: str) -> str:
    return person_id or str(values["person_id"])


def _person_problem(values: Values) -> tuple[Problem, ...]:
    return (Problem("person_id", "person_missing"),) if values.get("person_id") == "" else ()


def new_task(room: Room, person_id: str = "", people: People = ()) -> SheetForm:
    """Something to do for a person: the one named, or one of `people`."""

    def keep(values: Values) -> object:
        return room.desk.do(add_task, _whose(values, person_id), values["title"], values["due_on"], values["detail"])

    asks = (
        *_who(person_id, people),
        Ask("title", say("What is to be done?")),
        Ask("due_on", say("By when?"), "date"),
        Ask("detail", say("Details"), "lines", is_optional=True),
    )
    return SheetForm(say("Add something to do"), asks, keep, checks=_person_problem, save=say("Add it"),
                     done=say("Added to what you have to do"))  # fmt: skip


def new_visit(room: Room, person_id: str = "", people: People = ()) -> SheetForm:
    """A visit to plan: to the person named, or to one of `people`."""

    def keep(values: Values) -> object:
        form = VisitForm(values["on"], values["at"], values["purpose"], values["place"])
        return room.desk.do(plan_visit, _whose(values, person_id), form)

    asks = (
        *_who(person_id, people),
        Ask("on", say("Date"), "date"),
        Ask("at", say("Time"), "time"),
        Ask("purpose", say("What is the visit for?")),
        Ask("place", say("Where?"), hint=say("Leave empty for their home"), is_optional=True),
    )
    return SheetForm(say("Plan a visit"), asks, keep, checks=_person_problem, save=say("Plan it"),
                     done=say("The visit is planned"))  # fmt: skip


def close_task(room: Room, row_id: str, title: str) -> SheetForm:
    """Say what came of a task, or that it is no longer needed."""

    def keep(values: Values) -> object:
        return room.desk.do(finish_task, row_id, values["outcome"], is_dropped=values["how"] == "dropped")

    hows = (("done", say("It is done")), ("dropped", say("It is no longer needed")))
    asks = (
        Ask("how", say("What happened?"), "radio", choices=hows),
        Ask("outcome", say("What came of it?"), "lines", is_optional=True),
    )
    return SheetForm(title, asks, keep, values={"how": "done"}, save=say("Close it"), done=say("Closed"))
