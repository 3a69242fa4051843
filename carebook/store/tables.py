"""Tables that stand on a device alone: what waits to be sent, what is arriving, drafts, and the state of sync."""

from __future__ import annotations

import sqlalchemy as sa

from carebook.models.columns import BY_KEY, NAMES, Instant

device = sa.MetaData(naming_convention=NAMES)
"""Device-only tables; the shared ones are in models."""

outbox = sa.Table(
    "outbox",
    device,
    sa.Column("row_id", sa.Text, primary_key=True),
    sa.Column("op_id", sa.Text, nullable=False, unique=True),  # random, so that nothing can be guessed from it
    sa.Column("denies", sa.Boolean, nullable=False),
    sa.Column("state", sa.Text, nullable=False),  # waiting, refused
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("added_at", Instant, nullable=False),
    **BY_KEY,
)

journal = sa.Table(
    "journal",
    device,
    sa.Column("row_id", sa.Text, primary_key=True),
    sa.Column("op_id", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),  # accepted, clash, quarantined, parked
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("answered_at", Instant, nullable=False),
    **BY_KEY,
)

inbox = sa.Table(
    "inbox",
    device,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("page", sa.LargeBinary, nullable=False),
)

state = sa.Table(
    "state",
    device,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
"""Epoch, cursor, scope token, last contact, measured skew, enrolment, device keys: one line each."""

held = sa.Table(
    "held",
    device,
    sa.Column("person_id", sa.Text, primary_key=True),
    sa.Column("class_", sa.Text, primary_key=True),
    sa.Column("complete", sa.Boolean, nullable=False),  # False while the first copy is still arriving
    sa.Column("synced_at", Instant),
    sa.Column("position", sa.Text, nullable=False),  # how far that first copy has come; "" at its beginning and end
)

purge_answer = sa.Table(
    "purge_answer",
    device,
    sa.Column("order_id", sa.Text, primary_key=True),  # the server's order; the line goes when the server has the answer
    sa.Column("rows", sa.Integer, nullable=False),
    sa.Column("unsent", sa.Integer, nullable=False),
    sa.Column("drafts", sa.Integer, nullable=False),
)

draft = sa.Table(
    "draft",
    device,
    sa.Column("draft_id", sa.Text, primary_key=True),
    sa.Column("person_id", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),  # contact, plan, person
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("started_at", Instant, nullable=False),
    sa.Column("saved_at", Instant, nullable=False),
    sa.Column("session", sa.Text, nullable=False),  # the unlock it was last written in; another one means it was recovered
)
