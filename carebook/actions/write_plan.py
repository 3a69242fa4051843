"""Write a care and support plan, or a new version of one."""

from __future__ import annotations

import msgspec

from carebook.errors import InputProblems, Problem
from carebook.models.plans import AboutMe as AboutMe
from carebook.models.plans import Budget as Budget
from carebook.models.plans import PlanBody as PlanBody
from carebook.models.plans import PlanNeed as PlanNeed
from carebook.models.plans import Risk as Risk
from carebook.models.plans import Trigger as Trigger
from carebook.models.plans import WellBeing as WellBeing
from carebook.reads.plans import plans_of
from carebook.store.work import Work


def write_plan(work: Work, person_id: str, plan: PlanBody, *, replaces: str = "", draft_id: str = "") -> str:
    """Keep the plan as a version; `replaces` names the version before it. Its number is given here. Returns its row id.

    Raises InputProblems, ChangedMeanwhile if the version it replaces has been replaced already, NotHeld, NotAllowed.
    """
    problems = _problems(plan, is_first=not replaces)
    if problems:
        raise InputProblems(problems)
    work.about(person_id, "plan")
    known = plans_of(work.session, person_id)
    number = max((version.body.number for version in known), default=0) + 1
    fact_id = next((version.fact_id for version in known if version.row_id == replaces), None)
    if draft_id:
        work.drop_draft(draft_id)
    needs = tuple(
        need if need.need_id else msgspec.structs.replace(need, need_id=work.clock.new_id())
        for need in plan.needs
        if need.title.strip()
    )
    body = msgspec.structs.replace(plan, number=number, needs=needs)
    return work.keep(person_id, body, fact_id=fact_id, replaces=(replaces,) if replaces else ())


def _problems(plan: PlanBody, *, is_first: bool) -> tuple[Problem, ...]:
    found = []
    if not any(need.title.strip() for need in plan.needs):
        found.append(Problem("needs", "needs_missing"))
    if not is_first and len(plan.reason.strip()) < 5:
        found.append(Problem("reason", "reason_missing"))
    if plan.start_on and plan.review_on and plan.review_on < plan.start_on:
        found.append(Problem("review_on", "ends_before_start"))
    return tuple(found)
