"""Failed unlocks, kept beside the store until the next unlock writes them into the audit: when, and on which device."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from carebook.clock import Clock, instant, stamp
from carebook.store import files
from carebook.store.place import Place

NAME: Final = "failed-unlocks"
FREE: Final = 5
FIRST_WAIT: Final = 10  # seconds
LONGEST_WAIT: Final = 300
MOST_KEPT: Final = 1000


def failed_at(place: Place) -> tuple[datetime, ...]:
    """When an unlock failed since the last one that did not, oldest first. A line that cannot be read counts as none."""
    try:
        lines = (place.folder / NAME).read_text("ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return ()
    found = []
    for line in lines:
        try:
            found.append(instant(json.loads(line)["at"]))
        except (ValueError, KeyError, TypeError):
            continue
    return tuple(found)


def note_failure(place: Place, clock: Clock, device: str) -> int:
    """One more failed unlock is written down; returns how many there are. Raises DiskFull, OutcomeUnknown."""
    times = (*failed_at(place), clock.now())[-MOST_KEPT:]
    lines = (json.dumps({"at": stamp(at), "device": device}) for at in times)
    files.replace(place.folder / NAME, ("\n".join(lines) + "\n").encode("ascii"))
    return len(times)


def forget_failures(place: Place) -> None:
    """They stand in the audit now."""
    files.remove(place.folder / NAME)


def wait_seconds(place: Place, now: datetime) -> int:
    """How long to wait before the next try: nothing up to five failures, then ten seconds, doubled with each, 300 at most.

    It only slows down typing at this screen: what makes guessing dear is Argon2 and the keyring's half of the key.
    """
    times = failed_at(place)
    if len(times) < FREE:
        return 0
    wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(len(times) - FREE, 10))
    left = times[-1] + timedelta(seconds=wait) - now
    return int(max(0, min(wait, ceil(left.total_seconds()))))
