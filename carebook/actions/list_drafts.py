"""List what was begun and not finished."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from carebook.reads.people import Summary, summaries
from carebook.store import drafts
from carebook.store.work import Work


@dataclass(frozen=True, slots=True)
class DraftFound:
    """A draft with whom it is about (None for a person not yet added). is_recovered: left over from an earlier unlock."""

    draft_id: str
    kind: str
    person: Summary | None
    person_id: str
    body: str
    started_at: datetime
    saved_at: datetime
    is_recovered: bool


def list_drafts(work: Work, session_id: str) -> tuple[DraftFound, ...]:
    """The worker's drafts, the last written first; session_id is the present unlock."""
    work.is_traced = False
    found = drafts.every(work.session)
    who = {one.person_id: one for one in summaries(work.session, (one.person_id for one in found), work.today)}
    return tuple(
        DraftFound(
            one.draft_id, one.kind, who.get(one.person_id), one.person_id, one.body, one.started_at, one.saved_at,
            one.session != session_id,
        )
        for one in found
    )
