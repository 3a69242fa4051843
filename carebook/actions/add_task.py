"""Add something to be done for a person."""

from __future__ import annotations

from datetime import date

from carebook.errors import InputProblems, Problem
from carebook.models.record import TaskBody
from carebook.store.work import Work


def add_task(work: Work, person_id: str, title: str, due_on: date | None, detail: str = "") -> str:
    """Put a task on the worker's list; returns its row id. Raises InputProblems, NotHeld, NotAllowed."""
    problems = []
    if not title.strip():
        problems.append(Problem("title", "task_missing"))
    if due_on is None:
        problems.append(Problem("due_on", "due_on_missing"))
    if problems or due_on is None:
        raise InputProblems(tuple(problems))
    work.about(person_id)
    return work.keep(
        person_id, TaskBody(title=title.strip(), due_on=due_on, for_worker=work.identity.worker, detail=detail.strip())
    )
