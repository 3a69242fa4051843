"""Make a plan ready to be looked at before it is given to anyone: the same values that will be printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from carebook.actions._plan_document import PlanPreview as PlanPreview
from carebook.actions._plan_document import gather, made
from carebook.desk import Desk


def preview_plan(
    desk: Desk,
    person_id: str,
    plan_row_id: str,
    format_code: str = "",
    *,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> PlanPreview:
    """The person's copy as it would be printed, in the format they need unless another is named; nothing is registered.

    Raises NotHeld, NotAllowed (also where the decision allows nothing), reports' Cancelled.
    """
    with desk.work("preview_plan") as work:
        copy = gather(work, person_id, plan_row_id, format_code)
    shown = replace(copy, facts=replace(copy.facts, number="not given out yet"))
    return made(shown, progress, cancelled)
