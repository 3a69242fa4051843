"""Setting this laptop up for a worker: the server's part, the key with its two halves, the new store and its first sync."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from carebook.app.door import Opened, check_keyring
from carebook.clock import Clock
from carebook.errors import CarebookError
from carebook.settings import Settings
from carebook.store.place import Place, held, restore_ballast
from carebook.ui.enrol.presenter import Asked

if TYPE_CHECKING:
    from carebook.store.keyrings import Keyring
    from carebook.sync.enrolment import Enrolment


@dataclass(slots=True)
class Enroller:
    """Every step takes long: call them off the screen's thread, one after the other."""

    settings: Settings
    clock: Clock
    _keys: dict[str, tuple[bytes, bytes]] = field(default_factory=dict)

    def has_keyring(self) -> bool:
        """Whether this computer has a keyring that can be trusted and answers."""
        return self._keyring() is not None

    def enrol(self, asked: Asked) -> Enrolment:
        """The server knows this device from now on. Tried again after a lost answer, it asks with the same device key.

        Raises CodeRefused, NotTrusted, SignInRefused, ServerBusy, Unreachable, ServerFailed.
        """
        from carebook.sync import signing
        from carebook.sync.enrolling import enrol

        key = self._keys.setdefault(asked.code, signing.new_signing_key())
        return enrol(asked.address, asked.worker, asked.password, asked.code, key)

    def check(self, passphrase: str) -> None:
        """Raises PassphraseTooWeak."""
        from carebook.store.keys import check_passphrase

        check_passphrase(passphrase)

    def make(self, enrolment: Enrolment, passphrase: str) -> Opened:
        """The key, in its slot, and a new store that is open; after a failure it can be tried again.

        Raises PassphraseTooWeak, StoreExists, KeyringUnavailable and what the disk and the start-up gate raise.
        """
        from carebook.store import files
        from carebook.store.keys import Owner, make_slot, new_device_key
        from carebook.store.opening import create_store
        from carebook.store.work import Identity

        place = Place(self.settings.stores / enrolment.device_id)
        owner = Owner(enrolment.worker, enrolment.name, enrolment.device_id)
        is_demonstration = self.settings.clock_starts_at is not None
        identity = Identity(enrolment.worker, enrolment.name, enrolment.role, enrolment.device_id, is_demonstration)
        keyring = self._keyring()
        device_key = new_device_key() if keyring is not None else None
        with ExitStack() as hold:
            hold.enter_context(held(place))
            if keyring is not None and device_key is not None:
                keyring.put(owner.device, owner.worker, device_key)
            key = make_slot(place.slot, owner, passphrase, device_key)
            try:
                store = create_store(place, key, self.clock, identity, enrolment.remembered())
            except CarebookError:
                files.remove(place.slot)  # it opens nothing; so that this can be tried again
                raise
            restore_ballast(place)
            return Opened(store, hold.pop_all())

    def first_sync(self, opened: Opened, progress: Callable[[str, int, int], None], is_cancelled: Callable[[], bool]) -> object:
        """What the server has for this worker is on the laptop. What came before a failure stays.

        Raises KeyringRequired when the council asks for a keyring and there is none, and what a sync raises.
        """
        from carebook.app.left_behind import deliver_left_behind
        from carebook.sync.cycle import run_cycle

        report = run_cycle(opened.store, progress=progress, is_cancelled=is_cancelled)
        check_keyring(opened.store)
        deliver_left_behind(opened.store)
        return report

    def _keyring(self) -> Keyring | None:
        from carebook.store.keyrings import find_keyring

        return find_keyring(self.settings, is_required=False)
