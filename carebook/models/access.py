"""Who works with whom, who may be told, what was issued, and what the council has set."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa

from carebook.models.columns import Instant, typed
from carebook.models.people import Body


class AllocationBody(Body, frozen=True, kw_only=True):
    """That a worker works with the person, from a day to a day. relation: allocated, duty or supervisor."""

    worker: str
    relation: str
    from_on: date
    to_on: date | None = None
    reason: str = ""


allocation = typed(
    "allocation",
    sa.Column("worker", sa.Text, nullable=False),
    sa.Column("relation", sa.Text, nullable=False),
    sa.Column("from_on", sa.Date, nullable=False),
    sa.Column("to_on", sa.Date),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Index(None, "worker"),
)


class RecipientBody(Body, frozen=True, kw_only=True):
    """Someone outside, by name, who may be told something about the person."""

    name: str
    role: str = ""
    organisation: str = ""
    relation: str = ""
    phone: str = ""
    email: str = ""
    to_on: date | None = None


recipient = typed(
    "recipient",
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("organisation", sa.Text, nullable=False),
    sa.Column("relation", sa.Text, nullable=False),
    sa.Column("phone", sa.Text, nullable=False),
    sa.Column("email", sa.Text, nullable=False),
    sa.Column("to_on", sa.Date),
)


class IssuedBody(Body, frozen=True, kw_only=True):
    """A document that was given out: the register keeps digests and copy numbers, not the paper."""

    document: str
    of_row_id: str
    copy_number: int
    for_whom: str
    purpose: str
    format_code: str
    values_digest: str
    file_digest: str
    pages: int
    issued_at: datetime
    how: str


issued = typed(
    "issued",
    sa.Column("document", sa.Text, nullable=False),
    sa.Column("of_row_id", sa.Text, nullable=False),
    sa.Column("copy_number", sa.Integer, nullable=False),
    sa.Column("for_whom", sa.Text, nullable=False),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("format_code", sa.Text, nullable=False),
    sa.Column("values_digest", sa.Text, nullable=False),
    sa.Column("file_digest", sa.Text, nullable=False),
    sa.Column("pages", sa.Integer, nullable=False),
    sa.Column("issued_at", Instant, nullable=False),
    sa.Column("how", sa.Text, nullable=False),
)


class WorkerBody(Body, frozen=True, kw_only=True):
    """A member of staff as colleagues see them. role: as in policy.roles; team: where they work."""

    worker: str
    name: str
    role: str
    job: str = ""
    team: str = ""
    phone: str = ""
    active: bool = True


worker = typed(
    "worker",
    sa.Column("worker", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("job", sa.Text, nullable=False),
    sa.Column("team", sa.Text, nullable=False),
    sa.Column("phone", sa.Text, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Index(None, "worker"),
)


class SettingBody(Body, frozen=True, kw_only=True):
    """One thing the council has set: its name and its value as text."""

    setting: str
    value: str


setting = typed("setting", sa.Column("setting", sa.Text, nullable=False), sa.Column("value", sa.Text, nullable=False))
