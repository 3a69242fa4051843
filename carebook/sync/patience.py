"""How long a laptop that could not sync waits before it tries again by itself: arithmetic, no clock."""

from __future__ import annotations

from typing import Final

from carebook.errors import Circumstance, ServerBusy, ServerFailed, Unreachable

LEAST_SECONDS: Final = 5.0
MOST_SECONDS: Final = 15 * 60.0
LONGEST_HEARD: Final = 60 * 60
"""What a server may ask for at most: one that says more is misunderstood or ill."""


def wait_seconds(failures: int, chance: float, asked: int = 0) -> float:
    """Seconds until the next try: between 5 and a bound that doubles with each failure in a row, 15 minutes at most.

    failures: in a row, from 1. chance: from 0 to 1, anew each time, so that laptops which failed together come back apart
    (full jitter). asked: what the server asked for, which is waited out in any case.
    """
    bound = min(MOST_SECONDS, LEAST_SECONDS * 2.0 ** min(failures, 16))
    return min(max(asked, 0), LONGEST_HEARD) + LEAST_SECONDS + chance * (bound - LEAST_SECONDS)


def is_worth_another_try(problem: Circumstance) -> bool:
    """The same sync may succeed later without anybody doing anything."""
    return isinstance(problem, (Unreachable, ServerBusy, ServerFailed))


def asked_for(problem: Circumstance) -> int:
    """The seconds that the server asked for, 0 if it said nothing."""
    return problem.seconds if isinstance(problem, ServerBusy) else 0
