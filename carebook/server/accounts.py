"""Local accounts: a worker's server password, hashed slowly, a few at a time, and slower after failures."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import Final

import argon2
import sqlalchemy as sa
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.orm import Session

from carebook.server.refusal import come_back, not_accepted
from carebook.server.site import Site
from carebook.server.tables import account

LEAST_PASSWORD: Final = 12
FREE_FAILURES: Final = 5
LONGEST_WAIT: Final = timedelta(minutes=15)
_HASHER: Final = argon2.PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4)  # 64 MiB, three rounds, four lanes
_NOBODY: Final = (  # a hash that no password fits, so that an unknown worker takes as long to refuse as a known one
    "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)
_two_at_a_time = threading.BoundedSemaphore(2)


def set_password(session: Session, worker: str, password: str, at: datetime) -> None:
    """The worker's password from now on. Raises ValueError when it is shorter than twelve characters."""
    if len(password) < LEAST_PASSWORD:
        raise ValueError("short")
    line = {"hash": _HASHER.hash(password), "failed": 0, "wait_until": None, "set_at": at}
    changed = session.execute(
        sa.update(account).where(account.c.worker == worker).values(line).returning(account.c.worker)
    ).all()
    if not changed:
        session.execute(sa.insert(account), [{"worker": worker, **line}])


def check_password(site: Site, worker: str, password: str) -> None:
    """The password is this worker's, or a Refusal: "sign-in" (403), or "busy" (429) while it must wait."""
    now = site.now()
    line = site.read(lambda session: session.execute(sa.select(account).where(account.c.worker == worker)).first())
    if line is not None and line.wait_until is not None and line.wait_until > now:
        raise come_back(int((line.wait_until - now).total_seconds()) + 1)
    if not _fits(line.hash if line else _NOBODY, password):
        if line is not None:
            site.write(lambda session: count_failure(session, worker, now))
        raise not_accepted("sign-in")


def count_failure(session: Session, worker: str, now: datetime) -> None:
    """One more failure; from the sixth on the worker waits, twice as long each time, a quarter of an hour at most."""
    failed = session.scalar(
        sa.update(account).where(account.c.worker == worker).values(failed=account.c.failed + 1).returning(account.c.failed)
    )
    if failed is not None and failed > FREE_FAILURES:
        wait = min(timedelta(seconds=15 * 2 ** min(failed - FREE_FAILURES, 10)), LONGEST_WAIT)
        session.execute(sa.update(account).where(account.c.worker == worker).values(wait_until=now + wait))


def forget_failures(session: Session, worker: str) -> None:
    """The worker has shown who they are."""
    session.execute(sa.update(account).where(account.c.worker == worker).values(failed=0, wait_until=None))


def _fits(hashed: str, password: str) -> bool:
    if not _two_at_a_time.acquire(timeout=5):
        raise come_back(5)
    try:
        return _HASHER.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False
    finally:
        _two_at_a_time.release()
