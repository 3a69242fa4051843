"""Reads the demonstration's people from their files and writes their records down."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import msgspec

from carebook.demo.told import Teller, when
from carebook.models.access import AllocationBody
from carebook.models.kinds import KINDS
from carebook.models.people import Body, NameBody, NeedsAskedBody, PersonBody
from carebook.models.plans import PlanBody, PlanStepBody
from carebook.models.record import EntryBody, Passage
from carebook.policy.headings import TITLES, WRITTEN, Heading

FOLDER: Final = Path(__file__).parents[2] / "resources" / "demo"
_HEADINGS: Final = {heading.value for heading in WRITTEN}

Table = dict[str, Any]


@dataclass(slots=True)
class Scene:
    """One person in the making: `since` is when the council came to know them, `by` who writes."""

    teller: Teller
    person_id: str
    since: datetime
    by: str

    def fact(self, kind: str, told: Table) -> None:
        """Write one fact down."""
        told = dict(told)
        by, at, class_ = told.pop("by", self.by), told.pop("at", None), told.pop("class_", "ordinary")
        body: Body = msgspec.convert(told, KINDS[kind].body)
        self.teller.tell(self.person_id, body, by, moment(at) if at else self.since, class_=class_)

    def contact(self, told: Table) -> None:
        """Write a contact down: its own entry, and one for each other heading that has passages."""
        told = dict(told)
        at, by = moment(told.pop("at")), told.pop("by", self.by)
        passages = [self._passage(one) for one in told.pop("passage")]
        written = at + timedelta(minutes=75)
        contact_id = self.teller.new_id(written)
        own = tuple(one for one in passages if _heading(one) == "contacts")
        body = EntryBody(heading="contacts", happened_at=at, passages=own, **msgspec.convert(told, _Frame).fields())
        self.teller.tell(self.person_id, body, by, written, fact_id=contact_id)
        for heading in WRITTEN[1:]:
            mine = tuple(one for one in passages if _heading(one) == heading)
            if mine:
                entry = EntryBody(
                    heading=heading.value, happened_at=at, title=TITLES[Heading(heading)], passages=mine,
                    contact_id=contact_id, channel=body.channel,
                )
                self.teller.tell(self.person_id, entry, by, written)

    def plan(self, told: Table, plan_id: str, before: str) -> str:
        """Write a version of the plan and its steps down; returns its row id."""
        told = dict(told)
        at, steps = moment(told.pop("at")), told.pop("steps", [])
        replaces = (before,) if before else ()
        row_id = self.teller.tell(
            self.person_id, msgspec.convert(told, PlanBody), self.by, at, fact_id=plan_id, replaces=replaces
        )
        for step in steps:
            body = msgspec.convert({"by": self.by, **step, "plan_row_id": row_id}, PlanStepBody)
            self.teller.tell(self.person_id, body, body.by, when(body.on.isoformat(), "16:00"))
        return row_id

    def _passage(self, told: Table) -> Passage:
        return msgspec.convert({**told, "passage_id": self.teller.new_id(self.since)}, Passage)


class _Frame(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a contact says of itself besides its passages."""

    title: str
    channel: str
    why: str
    place: str = ""
    present: tuple[str, ...] = ()
    outcome: str = ""
    seen_alone: bool | None = None
    identity_checked: bool | None = None

    def fields(self) -> Table:
        """By name."""
        return msgspec.structs.asdict(self)


def tell_scenes(teller: Teller) -> dict[str, str]:
    """Write down every person that has a file; returns their ids by the file's name."""
    return {file.stem: tell_scene(teller, tomllib.loads(file.read_text("utf-8"))) for file in sorted(FOLDER.glob("*.toml"))}


def tell_scene(teller: Teller, told: Table) -> str:
    """Write one person's record down from its table; returns their id."""
    who = told["person"]
    since = moment(f"{who['since']} 09:30")
    scene = Scene(teller, teller.new_id(since), since, who["worker"])
    since_on = date.fromisoformat(who["since"])
    for body in (
        PersonBody(life=who.get("life", "adult"), council_number=who["council_number"]),
        AllocationBody(worker=who["worker"], relation="allocated", from_on=since_on),
        NameBody(use="current", family=who["family"], given=who["given"], title=who.get("title", "")),
        NeedsAskedBody(answer="some" if any(one["kind"] == "need" for one in who["fact"]) else "none", on=since_on),
    ):
        teller.tell(scene.person_id, body, scene.by, since)
    for fact in who["fact"]:
        scene.fact(fact["kind"], {key: value for key, value in fact.items() if key != "kind"})
    for contact in told.get("contact", ()):
        scene.contact(contact)
    before, plan_id = "", teller.new_id(since)
    for plan in told.get("plan", ()):
        before = scene.plan(plan, plan_id, before)
    return scene.person_id


def moment(told: str) -> datetime:
    """A local moment written as day and time: "2026-11-23 15:40"."""
    day, _, clock = told.partition(" ")
    return when(day, clock or "10:00")


def _heading(passage: Passage) -> str:
    return passage.category if passage.category in _HEADINGS else "contacts"
