"""Sign off a care and support plan."""

from __future__ import annotations

from carebook.errors import ChangedMeanwhile
from carebook.models.plans import PlanStepBody
from carebook.policy.plan_steps import may_follow
from carebook.reads.plans import plan_version
from carebook.store.work import Work


def sign_off_plan(work: Work, person_id: str, plan_row_id: str) -> str:
    """Write that the plan is signed off; returns the step's row id. A plan not agreed can be signed off, its view stands on it.

    Raises ChangedMeanwhile if the plan has moved on, NotHeld, NotAllowed (senior practitioners and team managers only).
    """
    work.about(person_id, plan_row_id)
    version = plan_version(work.session, person_id, plan_row_id)
    if "signed_off" not in may_follow(version.state):
        raise ChangedMeanwhile(plan_row_id)
    return work.keep(
        person_id, PlanStepBody(plan_row_id=plan_row_id, step="signed_off", on=work.today, by=work.identity.worker)
    )
