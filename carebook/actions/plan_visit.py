"""Plan a visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from carebook.errors import InputProblems, Problem
from carebook.models.record import VisitBody
from carebook.store.work import Work
from carebook.words import LONDON


@dataclass(frozen=True, slots=True)
class VisitForm:
    """A visit as typed."""

    on: date | None
    at: time | None
    purpose: str
    place: str = ""
    minutes: int = 60

    def problems(self, today: date) -> tuple[Problem, ...]:
        """What stands in the way of keeping it."""
        found = []
        if self.on is None:
            found.append(Problem("on", "date_missing"))
        elif self.on < today:
            found.append(Problem("on", "date_in_past"))
        if self.at is None:
            found.append(Problem("at", "time_missing"))
        if not self.purpose.strip():
            found.append(Problem("purpose", "purpose_missing"))
        return tuple(found)


def plan_visit(work: Work, person_id: str, form: VisitForm) -> str:
    """Put the visit on the worker's day; returns its row id. Raises InputProblems, NotHeld, NotAllowed."""
    problems = form.problems(work.today)
    if problems:
        raise InputProblems(problems)
    assert form.on is not None
    assert form.at is not None
    work.about(person_id)
    return work.keep(
        person_id,
        VisitBody(
            planned_at=datetime.combine(form.on, form.at, LONDON), for_worker=work.identity.worker,
            purpose=form.purpose.strip(), place=form.place.strip(), minutes=form.minutes,
        ),
    )
