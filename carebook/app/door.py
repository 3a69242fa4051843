"""The unlock screen's way to the stores of this machine: which there are, opening one, setting one aside."""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from carebook.app import failures
from carebook.clock import Clock
from carebook.errors import KeyringRequired, KeyringUnavailable, WrongPassphrase
from carebook.settings import Settings
from carebook.store.place import Place, held, release_ballast, restore_ballast, set_aside
from carebook.ui.unlock.presenter import Account

if TYPE_CHECKING:
    from carebook.store.device_store import Store


@dataclass(slots=True)
class Opened:
    """An open store, and the hold on its folder that goes when it is closed."""

    store: Store
    hold: ExitStack

    def close(self) -> None:
        """The store is written out and locked, the folder let go."""
        try:
            self.store.lock()
        finally:
            self.hold.close()


@dataclass(frozen=True, slots=True)
class Door:
    """The stores below one home. Opening and setting aside take long: call them off the screen's thread."""

    settings: Settings
    clock: Clock

    def accounts(self) -> tuple[Account, ...]:
        """Every store here, the one last used first; one whose key file cannot be read has no name."""
        slots = [slot for slot in self.settings.stores.glob("*/slot.json") if slot.is_file()]
        stores = [path for path in self.settings.stores.glob("*/store.db") if not (path.parent / "slot.json").exists()]
        return tuple(_account(path) for path in sorted([*slots, *stores], key=_last_used, reverse=True))

    def wait(self, account: Account) -> int:
        """Seconds until the next passphrase may be tried."""
        return failures.wait_seconds(Place(Path(account.folder)), self.clock.now())

    def unlock(self, account: Account, passphrase: str) -> Opened:
        """The store, open. A wrong passphrase is written down beside it.

        Raises what keys, keyrings, the place and the start-up gate raise: each has its own sentence.
        """
        place = Place(Path(account.folder))
        with ExitStack() as hold:
            hold.enter_context(held(place))
            store = self._open(place, passphrase)
            restore_ballast(place)
            self._trace(store)
            return Opened(store, hold.pop_all())

    def set_aside(self, account: Account) -> None:
        """The store lies unaltered in a folder beside, and this laptop can be enrolled again. Nothing is deleted."""
        place = Place(Path(account.folder))
        with held(place):
            release_ballast(place)
            set_aside(place, self.clock)

    def _open(self, place: Place, passphrase: str) -> Store:
        from carebook.store.keys import open_slot, read_header
        from carebook.store.opening import open_store

        header = read_header(place.slot)
        device_key = self._device_key(header.owner.device, header.owner.worker) if header.device_key else None
        try:
            key = open_slot(place.slot, passphrase, device_key)
        except WrongPassphrase:
            failures.note_failure(place, self.clock, header.owner.device)
            raise
        store = open_store(place, key, self.clock)
        try:
            check_keyring(store)
        except BaseException:
            store.lock()
            raise
        return store

    def _device_key(self, device: str, worker: str) -> bytes:
        from carebook.store.keyrings import platform_keyring

        if self.settings.keyring == "none":
            raise KeyringUnavailable("settings")
        return platform_keyring().get(device, worker)

    def _trace(self, store: Store) -> None:
        """The unlock, and the failures before it, stand in the audit."""
        from carebook.store import trace

        times = failures.failed_at(store.place)
        who = store.identity
        with store.begin() as session:
            for result, what in (("refused", tuple(f"{at:%Y-%m-%dT%H:%M:%SZ}" for at in times[-50:])), ("done", ())):
                if result == "done" or what:
                    event = trace.Event(who.device_id, self.clock.now(), who.worker, who.role, "unlock", result, what=what)
                    trace.write(session, event)
        failures.forget_failures(store.place)


def check_keyring(store: Store) -> None:
    """Raises KeyringRequired when the council asks for a keyring and this store's key does without."""
    from carebook.reads.workers import council_settings
    from carebook.store.keys import read_header

    with store.read() as session:
        is_required = bool(council_settings(session).get("keyring_required"))
    if is_required and not read_header(store.place.slot).device_key:
        raise KeyringRequired("council")


def _last_used(path: Path) -> float:
    files = [path.parent / name for name in ("store.db", "store.db-wal", "slot.json")]
    return max(file.stat().st_mtime for file in files if file.exists())


def _account(path: Path) -> Account:
    """Whom to greet, from the key file's first line; whether it is whole is asked when it is opened."""
    try:
        with (path.parent / "slot.json").open("rb") as file:
            owner = json.loads(file.readline(64 * 1024))["owner"]
        return Account(str(path.parent), str(owner["worker"]), str(owner["worker_name"]), str(owner["device"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Account(str(path.parent), "", "", path.parent.name)
