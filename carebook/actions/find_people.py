"""Find people among those this device holds."""

from __future__ import annotations

from carebook.reads.people import AlertMark as AlertMark
from carebook.reads.people import PeopleFound as PeopleFound
from carebook.reads.people import Summary as Summary
from carebook.reads.people import find
from carebook.store.work import Work


def find_people(work: Work, asked: str, *, mine: bool = False, is_settled: bool = False) -> PeopleFound:
    """People whose name, number, birth or postcode fits; `mine` keeps to the worker's own caseload.

    is_settled: the worker stopped typing or opened someone; only then is the search traced (ruling: not each key stroke).
    """
    work.is_traced = is_settled
    found = find(work.session, asked, work.today, of_worker=work.identity.worker if mine else None)
    work.what.append(f"found={found.total}")
    return found
