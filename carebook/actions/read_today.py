"""Read the worker's own day."""

from __future__ import annotations

from carebook.reads.today import DueTask as DueTask
from carebook.reads.today import PlannedVisit as PlannedVisit
from carebook.reads.today import ReviewDue as ReviewDue
from carebook.reads.today import Today as Today
from carebook.reads.today import today_of
from carebook.store.work import Work


def read_today(work: Work) -> Today:
    """Visits, tasks, reviews and caseload of the worker at the desk."""
    work.is_traced = False
    return today_of(work.session, work.identity.worker, work.today)
