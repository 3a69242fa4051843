"""Drafts: what is being written, kept on this device as it is typed, and not yet the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from carebook.store.tables import draft


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft. kind: contact, plan or person; body: the form's JSON; session: the unlock it was last written in."""

    draft_id: str
    person_id: str
    kind: str
    body: str
    started_at: datetime
    saved_at: datetime
    session: str


def save(session: Session, kept: Draft) -> None:
    """Keep a draft in place of its earlier form; when it was started stays."""
    line = insert(draft).values(
        draft_id=kept.draft_id, person_id=kept.person_id, kind=kept.kind, body=kept.body,
        started_at=kept.started_at, saved_at=kept.saved_at, session=kept.session,
    )
    session.execute(
        line.on_conflict_do_update(
            index_elements=[draft.c.draft_id],
            set_={"body": kept.body, "saved_at": kept.saved_at, "session": kept.session, "person_id": kept.person_id},
        )
    )


def find(session: Session, draft_id: str) -> Draft | None:
    """One draft, or None if it was finished or discarded."""
    line = session.execute(sa.select(draft).where(draft.c.draft_id == draft_id)).mappings().first()
    return None if line is None else Draft(**line)


def every(session: Session) -> tuple[Draft, ...]:
    """All drafts, the last written first."""
    lines = session.execute(sa.select(draft).order_by(draft.c.saved_at.desc())).mappings()
    return tuple(Draft(**line) for line in lines)


def remove(session: Session, draft_id: str) -> bool:
    """Forget a draft that was finished or discarded; whether there was one."""
    gone = session.scalars(sa.delete(draft).where(draft.c.draft_id == draft_id).returning(draft.c.draft_id)).all()
    return bool(gone)
