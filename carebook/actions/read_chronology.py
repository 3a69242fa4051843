"""Read everything that happened around a person."""

from __future__ import annotations

from carebook.reads.chronology import Happening as Happening
from carebook.reads.chronology import chronology
from carebook.store.work import Work


def read_chronology(work: Work, person_id: str) -> tuple[Happening, ...]:
    """The chronology, the newest first. Raises NotHeld, NotAllowed."""
    work.about(person_id)
    return chronology(work.session, person_id)
