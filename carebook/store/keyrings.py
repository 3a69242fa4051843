"""This device's half of the store key in the platform's own keyring, by name; never whatever keyring happens to be installed.

Every function here may wait: for the keyring to start, or for the worker to answer the platform's own question. There is no
time limit that could be trusted on every platform, so call them from the slow lane, where the screen can say what it waits for.
"""

from __future__ import annotations

import base64
import hmac
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from carebook.errors import DeviceKeyMissing, KeyringRequired, KeyringUnavailable
from carebook.settings import Settings

SERVICE: Final = "carebook device key"
KEY_BYTES: Final = 32

# Module, class and properties of the one back end that is trusted on each platform.
BACK_ENDS: Final[dict[str, tuple[str, str, dict[str, object]]]] = {
    "linux": ("keyring.backends.SecretService", "Keyring", {}),
    "darwin": ("keyring.backends.macOS", "Keyring", {"keychain": None}),
    "win32": ("keyring.backends.Windows", "WinVaultKeyring", {"persist": "local machine"}),
}


@dataclass(frozen=True, slots=True)
class Keyring:
    """The platform's keyring; keys are 32 bytes, filed by device and worker."""

    back_end: Any
    name: str

    def put(self, device: str, worker: str, key: bytes) -> None:
        """The key is kept and was read back equal, or KeyringUnavailable."""
        if len(key) != KEY_BYTES:
            raise ValueError("a device key is 32 bytes")
        with _answering():
            self.back_end.set_password(SERVICE, _entry(device, worker), base64.b64encode(key).decode())
            kept = self.back_end.get_password(SERVICE, _entry(device, worker))
        if kept is None or not hmac.compare_digest(_key(kept), key):
            raise KeyringUnavailable("read-back")

    def get(self, device: str, worker: str) -> bytes:
        """The key, or DeviceKeyMissing when the keyring answers and has none; KeyringUnavailable when it does not answer."""
        with _answering():
            kept = self.back_end.get_password(SERVICE, _entry(device, worker))
        if kept is None:
            raise DeviceKeyMissing("none")
        return _key(kept)

    def forget(self, device: str, worker: str) -> None:
        """The keyring holds no such key any more; held none already is well."""
        with _answering():
            if self.back_end.get_password(SERVICE, _entry(device, worker)) is not None:
                self.back_end.delete_password(SERVICE, _entry(device, worker))


def find_keyring(settings: Settings, *, is_required: bool) -> Keyring | None:
    """The keyring of this platform, shown to answer; None when there is none, or the settings do without, and that is allowed.

    is_required: the council's policy. None means the passphrase alone protects the store, and the screen must say so.
    Raises KeyringRequired.
    """
    try:
        if settings.keyring == "none":
            raise KeyringUnavailable("settings")
        return platform_keyring()
    except KeyringUnavailable as missing:
        if is_required:
            raise KeyringRequired(str(missing)) from None
        return None


def platform_keyring(platform: str = sys.platform) -> Keyring:
    """The one trusted back end of this platform, shown to answer, or KeyringUnavailable.

    The keyring library's own choice is never asked: it would take PYTHON_KEYRING_BACKEND, keyringrc.cfg and any installed
    package (such as one that keeps plain text) at their word.
    """
    if platform not in BACK_ENDS:
        raise KeyringUnavailable("platform")
    module, kind, properties = BACK_ENDS[platform]
    with _answering():
        back_end = getattr(import_module(module), kind)()
        vars(back_end).clear()  # what KEYRING_PROPERTY_... in the environment told it
        for name, value in properties.items():
            setattr(back_end, name, value)
        _ = type(back_end).priority  # raises where the keyring behind it does not answer
    return Keyring(back_end, f"{module}.{kind}")


@contextmanager
def _answering() -> Iterator[None]:
    """Whatever a back end raises means that it cannot be relied on; its message is not passed on."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - each platform has errors of its own
        raise KeyringUnavailable(type(error).__name__) from None


def _entry(device: str, worker: str) -> str:
    return f"{device}/{worker}"


def _key(kept: str) -> bytes:
    try:
        key = base64.b64decode(kept, validate=True)
    except ValueError:
        raise DeviceKeyMissing("altered") from None
    if len(key) != KEY_BYTES:
        raise DeviceKeyMissing("altered")
    return key
