"""Mark a task as done, or as no longer needed."""

from __future__ import annotations

import msgspec
import sqlalchemy as sa

from carebook.errors import NotHeld
from carebook.models.ledger import ledger
from carebook.models.record import TaskBody
from carebook.store.work import Work


def finish_task(work: Work, row_id: str, outcome: str = "", *, is_dropped: bool = False) -> str:
    """Close the task with what came of it; returns the new row's id. Raises NotHeld, ChangedMeanwhile, NotAllowed."""
    line = work.session.execute(sa.select(ledger).where(ledger.c.row_id == row_id, ledger.c.kind == "task")).first()
    if line is None:
        raise NotHeld(row_id)
    work.about(line.person_id, row_id)
    task = msgspec.json.decode(line.body, type=TaskBody)
    closed = msgspec.structs.replace(task, state="dropped" if is_dropped else "done", outcome=outcome.strip())
    return work.keep(line.person_id, closed, fact_id=line.fact_id, replaces=(row_id,))
