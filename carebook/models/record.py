"""What happened: entries and their passages, tasks and visits."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa

from carebook.models.columns import BY_KEY, Instant, shared, typed
from carebook.models.people import Body


class Passage(Body, frozen=True, kw_only=True):
    """Words of one kind within an entry.

    passage_id survives amendment. category: what consent speaks of. known: yes, no or told (then told_on).
    third_parties: names of others in it. confidence: who gave it in confidence, or "".
    """

    passage_id: str
    category: str
    words: str
    known: str = "yes"
    told_on: date | None = None
    third_parties: tuple[str, ...] = ()
    health: bool = False
    confidence: str = ""
    own_words: bool = False


class EntryBody(Body, frozen=True, kw_only=True):
    """An entry under one of the four headings that are written (contacts, family, discussions, decisions).

    contact_id: the fact id of the contact during which it was written, for what is not itself a contact.
    apart: row ids of passages of another class that belong to it. reason: why it was amended, on amendments.
    """

    heading: str
    happened_at: datetime
    title: str
    passages: tuple[Passage, ...] = ()
    contact_id: str | None = None
    channel: str = ""
    place: str = ""
    present: tuple[str, ...] = ()
    why: str = ""
    outcome: str = ""
    seen_alone: bool | None = None
    identity_checked: bool | None = None
    decided_by: str = ""
    apart: tuple[str, ...] = ()
    reason: str = ""
    moved_here: bool = False


entry = typed(
    "entry",
    sa.Column("heading", sa.Text, nullable=False),
    sa.Column("happened_at", Instant, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("contact_id", sa.Text),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("present", sa.JSON, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("seen_alone", sa.Boolean),
    sa.Column("identity_checked", sa.Boolean),
    sa.Column("decided_by", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("moved_here", sa.Boolean, nullable=False),
)

passage = sa.Table(
    "passage",
    shared,
    sa.Column("row_id", sa.Text, primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("passage_id", sa.Text, nullable=False),
    sa.Column("person_id", sa.Text, nullable=False),
    sa.Column("category", sa.Text, nullable=False),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("known", sa.Text, nullable=False),
    sa.Column("told_on", sa.Date),
    sa.Column("third_parties", sa.JSON, nullable=False),
    sa.Column("health", sa.Boolean, nullable=False),
    sa.Column("confidence", sa.Text, nullable=False),
    sa.Column("own_words", sa.Boolean, nullable=False),
    **BY_KEY,
)


class ApartBody(Body, frozen=True, kw_only=True):
    """A passage of another class, on a row of its own; `entry_row_id` says where it belongs."""

    entry_row_id: str
    position: int
    passage: Passage


class MisplacedBody(Body, frozen=True, kw_only=True):
    """Stands in place of an entry that was written on the wrong person's record; holds none of its words."""

    reason: str
    heading: str
    happened_at: datetime


misplaced = typed(
    "misplaced",
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("heading", sa.Text, nullable=False),
    sa.Column("happened_at", Instant, nullable=False),
)


class TaskBody(Body, frozen=True, kw_only=True):
    """Something to be done for the person by a day. state: open, done or dropped."""

    title: str
    due_on: date
    for_worker: str
    state: str = "open"
    detail: str = ""
    outcome: str = ""


task = typed(
    "task",
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("for_worker", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Index(None, "for_worker", "state", "due_on"),
)


class VisitBody(Body, frozen=True, kw_only=True):
    """A visit that is planned. state: planned, done, missed or cancelled; entry_id is the contact it became."""

    planned_at: datetime
    for_worker: str
    purpose: str
    place: str = ""
    minutes: int = 60
    state: str = "planned"
    entry_id: str | None = None


visit = typed(
    "visit",
    sa.Column("planned_at", Instant, nullable=False),
    sa.Column("for_worker", sa.Text, nullable=False),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("minutes", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("entry_id", sa.Text),
    sa.Index(None, "for_worker", "planned_at"),
)
