"""One sync of an open store, on whatever lane it is put."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from carebook.app.left_behind import deliver_left_behind
from carebook.store.state import get
from carebook.ui.lane import Cancel

if TYPE_CHECKING:
    from carebook.store.device_store import Store


def cycle_of(store: Store) -> Callable[[Cancel], object] | None:
    """What syncs this store, or None for one that was never enrolled with a server."""
    with store.read() as session:
        if not get(session, "address"):
            return None
    return lambda cancel: _sync(store, cancel)


def _sync(store: Store, cancel: Cancel) -> object:
    from carebook.sync.cycle import run_cycle

    report = run_cycle(store, is_cancelled=lambda: cancel.is_cancelled)
    deliver_left_behind(store)
    return report
