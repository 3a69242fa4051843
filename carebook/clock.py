"""The only source of the time and of new ids."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import uuid_utils


@dataclass(frozen=True, slots=True)
class Clock:
    """What time it is and what the next id is; handed in wherever either is needed.

    now: the present instant, aware, in UTC.
    new_id: a new UUIDv7 in its 36-character form (RFC 9562), so that ids sort by when they were made.
    monotonic: seconds that only go forward, whatever happens to the wall clock.
    """

    now: Callable[[], datetime]
    new_id: Callable[[], str]
    monotonic: Callable[[], float] = time.monotonic


def _new_id() -> str:
    return str(uuid_utils.uuid7())


def random_id() -> str:
    """A new UUIDv4: an id that says nothing about when it was made."""
    return str(uuid_utils.uuid4())


def system_clock(offset: timedelta = timedelta(0)) -> Clock:
    """The machine's own clock; `offset` moves it, so that a demonstration can live on a fixed day."""

    def now() -> datetime:
        return datetime.now(UTC) + offset

    return Clock(now=now, new_id=_new_id)


def clock_starting_at(start: datetime) -> Clock:
    """A clock that shows `start` (aware) now and runs on from there at the usual pace."""
    return system_clock(start - datetime.now(UTC))


def stamp(instant: datetime) -> str:
    """An aware instant as fixed-width UTC text that sorts by time: 2026-11-23T15:40:00.000000Z."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def instant(text: str) -> datetime:
    """The aware UTC instant of a `stamp`; ValueError for any other text."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
