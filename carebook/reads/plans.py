"""Care and support plans: every version, the steps each has taken, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session

from carebook.errors import NotHeld
from carebook.models.plans import PlanBody, plan, plan_step
from carebook.models.projection import is_head
from carebook.policy.plan_steps import state
from carebook.reads.workers import names

_decoder = msgspec.json.Decoder(PlanBody)


@dataclass(frozen=True, slots=True)
class PlanStep:
    """A step a plan version has taken; view is what the person, or whoever speaks for them, said."""

    step: str
    on: date
    by: str
    view: str
    supported_by: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """One version of the plan. state: draft, shared, agreed, not_agreed, signed_off or superseded."""

    row_id: str
    fact_id: str
    person_id: str
    body: PlanBody
    steps: tuple[PlanStep, ...]
    state: str
    author_name: str
    written_at: datetime
    is_clash: bool


def plans_of(session: Session, person_id: str) -> tuple[PlanVersion, ...]:
    """Every version of the person's plan, the newest number first; those in force before those replaced."""
    staff = names(session)
    steps = _steps(session, person_id)
    lines = session.execute(
        sa.select(plan, is_head(plan).label("current")).where(plan.c.person_id == person_id).order_by(plan.c.number.desc())
    ).all()
    current = sum(bool(line.current) for line in lines)
    versions = [
        PlanVersion(
            row_id=line.row_id, fact_id=line.fact_id, person_id=line.person_id, body=_decoder.decode(line.content),
            steps=tuple(steps.get(line.row_id, ())),
            state=state((step.step for step in steps.get(line.row_id, ())), replaced=not line.current),
            author_name=staff.get(line.author, line.author), written_at=line.written_at,
            is_clash=bool(line.current) and current > 1,
        )
        for line in lines
    ]
    return tuple(sorted(versions, key=lambda one: one.state == "superseded"))


def plan_version(session: Session, person_id: str, row_id: str) -> PlanVersion:
    """One version; NotHeld if this store has no such plan for the person."""
    for version in plans_of(session, person_id):
        if version.row_id == row_id:
            return version
    raise NotHeld(row_id)


def _steps(session: Session, person_id: str) -> dict[str, list[PlanStep]]:
    found: dict[str, list[PlanStep]] = {}
    staff = names(session)
    asked = sa.select(plan_step).where(plan_step.c.person_id == person_id, is_head(plan_step))
    for line in session.execute(asked.order_by(plan_step.c.on, plan_step.c.row_id)):
        found.setdefault(line.plan_row_id, []).append(
            PlanStep(line.step, line.on, staff.get(line.by, line.by), line.view, line.supported_by, line.written_at)
        )
    return found
