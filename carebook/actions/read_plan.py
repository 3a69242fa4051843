"""Read a person's care and support plans."""

from __future__ import annotations

from carebook.reads.plans import PlanStep as PlanStep
from carebook.reads.plans import PlanVersion as PlanVersion
from carebook.reads.plans import plans_of
from carebook.store.work import Work


def read_plan(work: Work, person_id: str) -> tuple[PlanVersion, ...]:
    """Every version, the one in force first. Raises NotHeld, NotAllowed."""
    work.about(person_id, "plan")
    return plans_of(work.session, person_id)
