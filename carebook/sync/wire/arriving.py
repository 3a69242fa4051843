"""What a device is given, and what it says of what it removed."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct, field

from carebook.sync.wire.base import CHECK_UNITS, PULL_ROWS, Arrived, Code, Count, Id, Message, Unit
from carebook.sync.wire.entry import Lease


class Pull(Message, frozen=True, kw_only=True):
    """What is new after `cursor`. A cursor of 0 asks for the scope alone: its units then come by backfill."""

    epoch: str
    cursor: Annotated[int, Meta(ge=0)]
    scope: str
    limit: Annotated[int, Meta(ge=1, le=PULL_ROWS)] = PULL_ROWS


class PurgeOrder(Struct, frozen=True, kw_only=True):
    """A unit that the device must no longer hold, to be answered with counts."""

    order_id: Id
    person_id: Id
    class_: Code = field(name="class")
    why: Code


class Pulled(Message, frozen=True, kw_only=True):
    """A page of one snapshot. units: the whole scope, when its token differs from the device's; else None.

    next: the cursor after this page. head: the newest place in the feed. safe: up to where the server's backup reaches.
    """

    epoch: str
    next: int
    head: int
    more: bool
    safe: int
    scope: str
    units: tuple[Unit, ...] | None
    purges: tuple[PurgeOrder, ...]
    rows: tuple[Arrived, ...]
    lease: Lease | None


class Backfill(Message, frozen=True, kw_only=True):
    """Everything about units that are new to the device, from a position ("" at first)."""

    units: Annotated[tuple[Unit, ...], Meta(min_length=1, max_length=CHECK_UNITS)]
    position: Annotated[str, Meta(max_length=300)] = ""
    limit: Annotated[int, Meta(ge=1, le=PULL_ROWS)] = PULL_ROWS


class Backfilled(Message, frozen=True, kw_only=True):
    """A page: what denies and alerts, then people, then plans, then the rest newest first.

    position: where to go on, None when it was the last. gone: units that are not (or no longer) in scope.
    """

    epoch: str
    rows: tuple[Arrived, ...]
    position: str | None
    gone: tuple[Unit, ...]


class Check(Message, frozen=True, kw_only=True):
    """Units whose count and digest are wanted."""

    units: Annotated[tuple[Unit, ...], Meta(max_length=CHECK_UNITS)]


class Tally(Struct, frozen=True, kw_only=True):
    """How many rows a unit has, and the sum of their digests (see `unit_digest`)."""

    person_id: Id
    class_: Code = field(name="class")
    count: int
    digest: str


class Checked(Message, frozen=True, kw_only=True):
    """The tallies of those units that are in scope, as of place `head` in the feed."""

    epoch: str
    head: int
    tallies: tuple[Tally, ...]


class PurgeAnswer(Struct, frozen=True, kw_only=True):
    """What the device removed under one order."""

    order_id: Id
    rows: Count
    unsent: Count
    drafts: Count


class PurgeAnswers(Message, frozen=True, kw_only=True):
    """Answers to purge orders."""

    answers: Annotated[tuple[PurgeAnswer, ...], Meta(max_length=CHECK_UNITS)]


class PurgesHad(Message, frozen=True, kw_only=True):
    """Which answers the server has written down."""

    order_ids: tuple[str, ...]
