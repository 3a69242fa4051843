"""Keep what is being written, as it is typed."""

from __future__ import annotations

from datetime import datetime

from carebook.store import drafts
from carebook.store.drafts import Draft
from carebook.store.work import Work


def save_draft(work: Work, draft_id: str, person_id: str, kind: str, body: str, session_id: str) -> datetime:
    """Keep a draft (kind: contact, amendment, plan or person; person_id "" for a person not yet added); returns when."""
    work.is_traced = False
    if person_id:
        work.about(person_id)
    earlier = drafts.find(work.session, draft_id)
    started = earlier.started_at if earlier else work.at
    work.keep_draft(Draft(draft_id, person_id, kind, body, started, work.at, session_id))
    return work.at
