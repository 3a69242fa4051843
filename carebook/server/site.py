"""What every piece of the server's work is given: the open database, the keys, and who is asking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from carebook.server.home import Home
from carebook.server.keeping import Keeping
from carebook.server.turns import Turns

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Keys:
    """The server's private keys: what laptops seal to, what leases are signed with, and what makes nonces and codes its own."""

    seal: bytes
    signing: bytes
    nonce: bytes


@dataclass(frozen=True, slots=True)
class Site:
    """An open server."""

    keeping: Keeping
    keys: Keys
    authority: bytes
    turns: Turns

    def now(self) -> datetime:
        """The server's time."""
        return self.keeping.clock.now()

    def write(self, work: Callable[[Session], R]) -> R:
        """One writing transaction; see Keeping.write."""
        return self.keeping.write(work)

    def read(self, work: Callable[[Session], R]) -> R:
        """One snapshot; see Keeping.read."""
        return self.keeping.read(work)


@dataclass(frozen=True, slots=True)
class Sender:
    """The device that signed a request, and its worker as they stand today."""

    device_id: str
    worker: str
    name: str
    role: str


def site(home: Home, keeping: Keeping) -> Site:
    """The open server of a folder."""
    keys = Keys(seal=home.secret("seal"), signing=home.secret("signing"), nonce=home.secret("nonce"))
    return Site(keeping, keys, home.authority, Turns(keeping.clock.monotonic))
