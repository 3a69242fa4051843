"""Give the person a copy of their plan: asked again at the moment of giving, registered, and traced."""

from __future__ import annotations

from collections.abc import Callable

from carebook.actions._plan_document import PURPOSE, PlanPreview, gather, made
from carebook.desk import Desk
from carebook.models.access import IssuedBody


def print_plan(
    desk: Desk,
    person_id: str,
    plan_row_id: str,
    format_code: str = "",
    *,
    how: str = "printed",
    progress: Callable[[int], None] | None = None,
) -> PlanPreview:
    """The finished copy, with its number in the register of issued documents. how: printed or saved.

    The document is made between two works, so that nothing waits on it. Raises NotHeld, NotAllowed.
    """
    with desk.work("print_plan") as work:
        copy = gather(work, person_id, plan_row_id, format_code)
    document = made(copy, progress)
    with desk.work("print_plan") as work:
        work.about(person_id, plan_row_id)
        work.keep(
            person_id,
            IssuedBody(
                document="plan", of_row_id=plan_row_id, copy_number=int(copy.facts.number), for_whom=copy.facts.for_whom,
                purpose=PURPOSE, format_code=copy.format, values_digest=document.values_digest,
                file_digest=document.file_digest, pages=document.pages, issued_at=work.at, how=how,
            ),
        )
    return document
