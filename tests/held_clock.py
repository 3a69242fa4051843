"""A clock that stands still until a test moves it, with ids that are the same on every run."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from carebook.clock import Clock

if TYPE_CHECKING:
    from collections.abc import Iterator

A_TUESDAY = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)


@dataclass
class _Face:
    """What the clock shows; shared by the functions of one clock."""

    now: datetime
    monotonic: float = 1000.0
    ids: int = field(default=0)

    def new_id(self) -> str:
        """A UUIDv7 of the moment shown, its random part replaced by a running number."""
        self.ids += 1
        millisecond = int(self.now.timestamp() * 1000)
        return str(uuid.UUID(int=millisecond << 80 | 0x7 << 76 | 0b10 << 62 | self.ids))


class HeldClock(Clock):
    """A Clock to hand to what is tested; `move`, `show` and `ids` are the test's own."""

    def __init__(self, start: datetime = A_TUESDAY) -> None:
        face = _Face(start)
        super().__init__(now=lambda: face.now, new_id=face.new_id, monotonic=lambda: face.monotonic)
        object.__setattr__(self, "_face", face)

    _face: _Face

    def move(self, by: timedelta = timedelta(seconds=1)) -> datetime:
        """Let time pass: the wall clock and the monotonic one go forward together. Returns the new instant."""
        if by < timedelta(0):
            message = "time does not go back; to set the wall clock wrong, use show()"
            raise ValueError(message)
        self._face.monotonic += by.total_seconds()
        return self.show(self._face.now + by)

    def show(self, instant: datetime) -> datetime:
        """Set the wall clock, backward too, as a person or a flat battery does; the monotonic one does not notice."""
        if instant.tzinfo is None:
            message = "an instant is aware"
            raise ValueError(message)
        self._face.now = instant.astimezone(UTC)
        return self._face.now

    def ids(self) -> Iterator[str]:
        """The ids that this clock will give out next, without giving them out."""
        ahead = _Face(self._face.now, ids=self._face.ids)
        while True:
            yield ahead.new_id()
