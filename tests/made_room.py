"""The surroundings of a screen for tests: lanes without threads, and a trail of what the screen asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from carebook.desk import Desk
from carebook.errors import Circumstance
from carebook.ui.lane import Cancel, Cancelled
from carebook.ui.room import Go, Room

T = TypeVar("T")


class AtOnce:
    """A lane that does each job at once, on the thread that asked."""

    def run(self, job: Callable[[], T], then: Callable[[T], None], failed: Callable[[Circumstance], None]) -> None:
        try:
            result = job()
        except Circumstance as error:
            failed(error)
            return
        then(result)

    def run_slowly(
        self, job: Callable[[Cancel], T], then: Callable[[T], None], failed: Callable[[Circumstance], None]
    ) -> Cancel:
        cancel = Cancel()
        self.run(lambda: job(cancel), then, failed)
        return cancel


class Later(AtOnce):
    """A lane that keeps its jobs until `do_all`, for what a screen shows meanwhile."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def run(self, job: Callable[[], T], then: Callable[[T], None], failed: Callable[[Circumstance], None]) -> None:
        self.waiting.append(lambda: AtOnce.run(self, job, then, failed))

    def do_all(self) -> None:
        """Do what waits, and what comes of it."""
        while self.waiting:
            self.waiting.pop(0)()


class Failing(AtOnce):
    """A lane whose every job fails with `error`."""

    def __init__(self, error: Circumstance | None = None) -> None:
        self.error = error or Cancelled()

    def run(self, job: Callable[[], T], then: Callable[[T], None], failed: Callable[[Circumstance], None]) -> None:
        failed(self.error)


def run_at_once() -> AtOnce:
    """A lane that does each job at once."""
    return AtOnce()


@dataclass
class Trail:
    """What a screen asked of its room."""

    went: list[Go] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    backs: int = 0
    syncs: int = 0
    refreshes: int = 0

    def back(self) -> None:
        self.backs += 1

    def sync_now(self) -> None:
        self.syncs += 1

    def refresh(self) -> None:
        self.refreshes += 1


def make_room(desk: Desk, quick: AtOnce | None = None) -> tuple[Room, Trail]:
    """The surroundings of a screen whose jobs run at once (or on `quick`), and the trail of what it asks for."""
    trail, lane = Trail(), quick or AtOnce()
    room = Room(
        desk=desk, quick=lane, slow=lane, go=trail.went.append, back=trail.back, say=trail.said.append,
        sync_now=trail.sync_now, refresh=trail.refresh,
    )
    return room, trail
