"""A worker's day: visits, what is due, and their caseload in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from carebook.models.projection import is_head
from carebook.models.record import task, visit
from carebook.reads.people import Summary, find, summaries
from carebook.words import local


@dataclass(frozen=True, slots=True)
class DueTask:
    """A task of the worker's. when: overdue, today, week or later."""

    row_id: str
    person: Summary
    title: str
    detail: str
    due_on: date
    when: str


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """A visit the worker has planned for today or later."""

    row_id: str
    person: Summary
    planned_at: datetime
    purpose: str
    place: str
    minutes: int


@dataclass(frozen=True, slots=True)
class ReviewDue:
    """A plan whose review falls due within the month, or has."""

    person: Summary
    review_on: date
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Today:
    """What a worker sees first."""

    day: date
    tasks: tuple[DueTask, ...]
    visits: tuple[PlannedVisit, ...]
    coming: tuple[PlannedVisit, ...]
    reviews: tuple[ReviewDue, ...]
    caseload: int


def today_of(session: Session, worker: str, day: date) -> Today:
    """The day of one worker: tasks by due date, visits by time, reviews of their own people."""
    mine = find(session, "", day, of_worker=worker, limit=10_000).people
    open_tasks = sa.select(task).where(task.c.for_worker == worker, task.c.state == "open", is_head(task))
    tasks = session.execute(open_tasks.order_by(task.c.due_on, task.c.row_id)).all()
    planned_visits = sa.select(visit).where(visit.c.for_worker == worker, visit.c.state == "planned", is_head(visit))
    visits = session.execute(planned_visits.order_by(visit.c.planned_at, visit.c.row_id)).all()
    who = {one.person_id: one for one in summaries(session, {line.person_id for line in (*tasks, *visits)}, day)}
    planned = tuple(
        PlannedVisit(line.row_id, who[line.person_id], line.planned_at, line.purpose, line.place, line.minutes)
        for line in visits
        if line.person_id in who and local(line.planned_at).date() >= day
    )
    return Today(
        day=day,
        tasks=tuple(
            DueTask(line.row_id, who[line.person_id], line.title, line.detail, line.due_on, _when(line.due_on, day))
            for line in tasks
            if line.person_id in who
        ),
        visits=tuple(one for one in planned if local(one.planned_at).date() == day),
        coming=tuple(one for one in planned if local(one.planned_at).date() > day),
        reviews=tuple(
            ReviewDue(one, one.review_on, one.review_on < day)
            for one in sorted(mine, key=lambda one: one.review_on or date.max)
            if one.review_on is not None and one.review_on <= day + timedelta(days=30)
        ),
        caseload=len(mine),
    )


def _when(due_on: date, day: date) -> str:
    if due_on < day:
        return "overdue"
    if due_on == day:
        return "today"
    return "week" if due_on <= day + timedelta(days=7) else "later"
