"""Tables that stand on the server alone: the feed, who may sign in, what is held for a supervisor, what was told to whom."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from carebook.models.columns import NAMES, Instant

server = sa.MetaData(naming_convention=NAMES)
"""Server-only tables; the shared ones are in models."""

SERVER_DEVICE: Final = "server"
"""The device id of rows that the server writes itself."""

sync_head = sa.Table(
    "sync_head",
    server,
    sa.Column("one", sa.Integer, primary_key=True, autoincrement=False),  # always 1
    sa.Column("seq", sa.BigInteger, nullable=False),  # the newest place in the feed; locked last in a transaction
    sa.Column("epoch", sa.Text, nullable=False),  # random, new after every restore
    sa.Column("safe_seq", sa.BigInteger, nullable=False),  # up to where a backup reaches
)

feed = sa.Table(
    "feed",
    server,
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("row_id", sa.Text, nullable=False, unique=True),
    sa.Column("person_id", sa.Text, nullable=False),
    sa.Column("class_", sa.Text, nullable=False),
    sa.Column("rank", sa.SmallInteger, nullable=False),  # where a first copy carries it: see server.changes
    sa.Column("received_at", Instant, nullable=False),
    sa.Column("worker", sa.Text, nullable=False),
    sa.Column("device_id", sa.Text, nullable=False),
    sa.Index(None, "person_id", "seq"),
    sa.Index(None, "person_id", "class_", "rank", "seq"),
)

op = sa.Table(
    "op",
    server,
    sa.Column("op_id", sa.Text, primary_key=True),
    sa.Column("fingerprint", sa.Text, nullable=False),
    sa.Column("row_id", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("device_id", sa.Text, nullable=False),
    sa.Column("received_at", Instant, nullable=False),
    sa.Index(None, "row_id"),
)

account = sa.Table(
    "account",
    server,
    sa.Column("worker", sa.Text, primary_key=True),
    sa.Column("hash", sa.Text, nullable=False),
    sa.Column("failed", sa.Integer, nullable=False),
    sa.Column("wait_until", Instant),
    sa.Column("set_at", Instant, nullable=False),
)

device = sa.Table(
    "device",
    server,
    sa.Column("device_id", sa.Text, primary_key=True),
    sa.Column("worker", sa.Text, nullable=False),
    sa.Column("public_key", sa.LargeBinary, nullable=False),
    sa.Column("code_hash", sa.Text, nullable=False, unique=True),
    sa.Column("incarnation", sa.Text, nullable=False),  # the last one it showed
    sa.Column("next_incarnation", sa.Text, nullable=False),  # the last one it was told
    sa.Column("twin_seen_at", Instant),  # when it showed an older one: a copy of it is about, or it was restored
    sa.Column("highest", sa.Integer, nullable=False),  # of its running numbers
    sa.Column("had", sa.Integer, nullable=False),  # how many of them were taken in
    sa.Column("scope", sa.Text, nullable=False),  # token of the scope it was last told
    sa.Column("enrolled_at", Instant, nullable=False),
    sa.Column("last_seen_at", Instant, nullable=False),
    sa.Column("revoked_at", Instant),
    sa.Index(None, "worker"),
)

enrolment_code = sa.Table(
    "enrolment_code",
    server,
    sa.Column("hash", sa.Text, primary_key=True),
    sa.Column("worker", sa.Text, nullable=False),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
    sa.Column("used_at", Instant),
)

device_session = sa.Table(
    "device_session",
    server,
    sa.Column("session", sa.Text, primary_key=True),
    sa.Column("device_id", sa.Text, nullable=False),
    sa.Column("nonce", sa.Text, nullable=False, unique=True),
    sa.Column("counter", sa.BigInteger, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
    sa.Index(None, "device_id"),
)

quarantine = sa.Table(
    "quarantine",
    server,
    sa.Column("row_id", sa.Text, primary_key=True),
    sa.Column("op_id", sa.Text, nullable=False),
    sa.Column("worker", sa.Text, nullable=False),
    sa.Column("device_id", sa.Text, nullable=False),
    sa.Column("person_id", sa.Text, nullable=False),
    sa.Column("class_", sa.Text, nullable=False),
    sa.Column("code", sa.Text, nullable=False),  # why: scope, allocation, council, role, given-back
    sa.Column("in_force", sa.Boolean, nullable=False),  # it denies, and does so already
    sa.Column("row", sa.Text, nullable=False),  # the row as JSON
    sa.Column("received_at", Instant, nullable=False),
    sa.Column("decided_at", Instant),
    sa.Column("decided_by", sa.Text, nullable=False),
    sa.Index(None, "person_id"),
)

parked = sa.Table(
    "parked",
    server,
    sa.Column("row_id", sa.Text, primary_key=True),
    sa.Column("op_id", sa.Text, nullable=False),
    sa.Column("worker", sa.Text, nullable=False),
    sa.Column("device_id", sa.Text, nullable=False),
    sa.Column("person_id", sa.Text, nullable=False),
    sa.Column("in_force", sa.Boolean, nullable=False),
    sa.Column("row", sa.Text, nullable=False),
    sa.Column("received_at", Instant, nullable=False),
)

parked_for = sa.Table(
    "parked_for",
    server,
    sa.Column("row_id", sa.Text, primary_key=True),
    sa.Column("waits_for", sa.Text, primary_key=True),
    sa.Index(None, "waits_for"),
)

told = sa.Table(
    "told",
    server,
    sa.Column("device_id", sa.Text, primary_key=True),
    sa.Column("person_id", sa.Text, primary_key=True),
    sa.Column("class_", sa.Text, primary_key=True),
)
"""The units each device was last told it may hold."""

purge_order = sa.Table(
    "purge_order",
    server,
    sa.Column("order_id", sa.Text, primary_key=True),
    sa.Column("device_id", sa.Text, nullable=False),
    sa.Column("worker", sa.Text, nullable=False),
    sa.Column("person_id", sa.Text, nullable=False),
    sa.Column("class_", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("answered_at", Instant),
    sa.Column("rows", sa.Integer),
    sa.Column("unsent", sa.Integer),
    sa.Column("drafts", sa.Integer),
    sa.Index(None, "device_id", "answered_at"),
)

sealed_upload = sa.Table(
    "sealed_upload",
    server,
    sa.Column("seal_id", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),  # row or draft
    sa.Column("item_id", sa.Text, nullable=False),
    sa.Column("person_id", sa.Text, nullable=False),
    sa.Column("worker", sa.Text, nullable=False),
    sa.Column("device_id", sa.Text, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("received_at", Instant, nullable=False),
    sa.Index(None, "worker"),
)

blob = sa.Table(
    "blob",
    server,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("person_id", sa.Text, primary_key=True),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("upto", sa.Integer, nullable=False),
    sa.Column("whole", sa.Boolean, nullable=False),
    sa.Column("worker", sa.Text, nullable=False),
    sa.Column("received_at", Instant, nullable=False),
)

blob_piece = sa.Table(
    "blob_piece",
    server,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("person_id", sa.Text, primary_key=True),
    sa.Column("offset", sa.Integer, primary_key=True),
    sa.Column("piece", sa.LargeBinary, nullable=False),
)

asked = sa.Table(
    "asked",
    server,
    sa.Column("asked_id", sa.Text, primary_key=True),
    sa.Column("worker", sa.Text, nullable=False),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Index(None, "worker", "at"),
)
"""Questions answered live, counted against the hourly limit; their reasons stand with the audit."""
