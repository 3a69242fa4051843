"""Take a plan a step further: share it for comment, note a comment, record that the person agrees or does not."""

from __future__ import annotations

from carebook.errors import ChangedMeanwhile, InputProblems, Problem
from carebook.models.plans import PlanStepBody
from carebook.policy.plan_steps import NEEDS_VIEW, may_follow
from carebook.reads.plans import plan_version
from carebook.store.work import Work


def take_plan_step(work: Work, person_id: str, plan_row_id: str, step: str, *, view: str = "", supported_by: str = "") -> str:
    """Write the step with the person's view; returns its row id. Signing off is an action of its own.

    Raises InputProblems, ChangedMeanwhile if the plan has moved on, NotHeld, NotAllowed.
    """
    if step == "signed_off":
        raise ValueError("signing off is sign_off_plan")
    if step in NEEDS_VIEW and not view.strip():
        raise InputProblems((Problem("view", "view_missing"),))
    work.about(person_id, plan_row_id)
    version = plan_version(work.session, person_id, plan_row_id)
    if step not in may_follow(version.state):
        raise ChangedMeanwhile(plan_row_id)
    return work.keep(
        person_id,
        PlanStepBody(
            plan_row_id=plan_row_id, step=step, on=work.today, by=work.identity.worker, view=view.strip(),
            supported_by=supported_by.strip(),
        ),
    )
