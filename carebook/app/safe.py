"""Changing the passphrase of an open store: the same key is wrapped anew, the record is not touched."""

from __future__ import annotations

from dataclasses import dataclass

from carebook.settings import Settings
from carebook.store.keyrings import platform_keyring
from carebook.store.keys import change_passphrase, check_passphrase, read_header
from carebook.store.place import Place


@dataclass(frozen=True, slots=True)
class PassphraseDoor:
    """The key file of the open store. Changing takes long: call it off the screen's thread."""

    settings: Settings
    place: Place

    @property
    def uses_keyring(self) -> bool:
        """Whether the keyring of this computer holds half of the key."""
        return read_header(self.place.slot).device_key

    def check(self, passphrase: str) -> None:
        """Raises PassphraseTooWeak for one that is too short or too common."""
        check_passphrase(passphrase)

    def change(self, old: str, new: str) -> None:
        """From now on `new` opens the store. Raises WrongPassphrase, PassphraseTooWeak and what keyring and disk raise."""
        header = read_header(self.place.slot)
        owner = header.owner
        device_key = platform_keyring().get(owner.device, owner.worker) if header.device_key else None
        change_passphrase(self.place.slot, old, new, device_key)
