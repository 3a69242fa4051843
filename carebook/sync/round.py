"""One round of sync: the two ends it runs between, and what it has come to so far."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from carebook.clock import Clock
from carebook.store.inbox import Unit
from carebook.sync.client import Client

Progress = Callable[[str, int, int], None]
"""Told the step, how much of it is done and how much there is (0 where that is not known)."""


class SyncStore(Protocol):
    """What sync needs of an open store; carebook.store.device_store.Store has it."""

    @property
    def clock(self) -> Clock:
        """The store's clock."""

    @property
    def engine(self) -> Engine | None:
        """The database, None once locked."""

    def begin(self) -> AbstractContextManager[Session]:
        """One writing transaction."""

    def read(self) -> AbstractContextManager[Session]:
        """One reading transaction."""

    def unseal(self, *names: str) -> None:
        """Take sealed copies away: their rows or drafts have arrived."""


class Stopped(Exception):
    """The worker stopped the sync; what was done stands."""


@dataclass(slots=True)
class Round:
    """What a round works with, and counts as it goes."""

    store: SyncStore
    client: Client
    device_id: str
    seal_key: bytes
    started_at: datetime
    progress: Progress = lambda step, done, total: None
    is_cancelled: Callable[[], bool] = lambda: False
    step: str = ""
    sent: int = 0
    received: int = 0
    clashes: int = 0
    held_back: int = 0
    missing: int = 0
    repaired: int = 0
    differing: int = 0
    trace_broken: bool = False
    is_copy: bool = False
    server_restored: bool = False
    touched: set[Unit] = field(default_factory=set)
    begun_here: set[Unit] = field(default_factory=set)
    covered: set[tuple[str, str]] = field(default_factory=set)
    added: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)

    def go_on(self, done: int = 0, total: int = 0) -> None:
        """Say how far the step has come; between two requests, so that a worker who wants to stop is heard."""
        self.progress(self.step, done, total)
        if self.is_cancelled():
            raise Stopped
