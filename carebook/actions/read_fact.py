"""Read one fact with all it said before: what, who wrote it, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from carebook.reads.facts import FactVersion as FactVersion
from carebook.reads.facts import versions_of
from carebook.reads.workers import names
from carebook.store.work import Work


@dataclass(frozen=True, slots=True)
class FactRead:
    """The versions of a fact, the newest first, and names of staff by worker id."""

    versions: tuple[FactVersion, ...]
    staff: Mapping[str, str]


def read_fact(work: Work, person_id: str, fact_id: str) -> FactRead:
    """Every version of a fact about the person; looking is traced. Raises NotHeld, NotAllowed."""
    work.about(person_id, fact_id)
    return FactRead(versions_of(work.session, person_id, fact_id), names(work.session))
