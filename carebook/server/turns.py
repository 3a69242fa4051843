"""Every device has its turn: one that asks too often is told when to come back, and takes nothing from the others."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from typing import Final

from carebook.server.refusal import come_back

AT_ONCE: Final = 600
PER_SECOND: Final = 10.0
"""A first sync may ask 600 times as fast as it is answered; from then on ten times a second. An idle one asks five times."""
REMEMBERED: Final = 20_000


class Turns:
    """How much each device has asked for lately; its memory is bounded."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._left: dict[str, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def take(self, device_id: str) -> None:
        """One request of a device whose signature was checked; a Refusal "busy" (429) when it has asked too often."""
        with self._lock:
            now = self._monotonic()
            left, then = self._left.pop(device_id, (float(AT_ONCE), now))
            left = min(float(AT_ONCE), left + (now - then) * PER_SECOND)
            self._left[device_id] = (left - 1 if left >= 1 else left, now)
            if len(self._left) > REMEMBERED:
                del self._left[next(iter(self._left))]  # the one that asked longest ago
        if left < 1:
            raise come_back(math.ceil((1 - left) / PER_SECOND))
