"""The store's key, kept in a slot file that only the worker's passphrase and this device's keyring open together."""

from __future__ import annotations

import json
import os
import unicodedata
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from carebook.errors import DeviceKeyMissing, KeyMalformed, PassphraseTooWeak, SlotUnreadable, StoreExists, WrongPassphrase
from carebook.store import files

VERSION: Final = 1
KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
SEALED_BYTES: Final = NONCE_BYTES + KEY_BYTES + 16  # AES-GCM's tag at the end
SALT_BYTES: Final = 16
SLOT_BYTES: Final = 64 * 1024  # more than any slot
LEAST_PASSPHRASE: Final = 12  # characters
LEAST_DIFFERENT: Final = 5  # characters
COMMON_WORDS: Final = """
administrator changeme1234 changemechangeme correcthorsebatterystaple iloveyou1234 iloveyouiloveyou letmein12345
letmeinletmein mypassword12 mypassword123 passw0rd1234 password1234 password12345 password123456 password2024
password2025 password2026 password!234 passwordpassword qwerty123456 qwertyuiop12 qwertyuiop123 qwertyuiopas
1q2w3e4r5t6y 1qaz2wsx3edc 123456789012 1234567890123 12345678901234 123456123456 abcdefghijkl abcdefghijklm
abc123abc123 welcome12345 welcomewelcome socialworker socialworker1 adultsocialcare carebook1234 carebookcarebook
"""
COMMON: Final = frozenset(COMMON_WORDS.split())


@dataclass(frozen=True, slots=True)
class Stretch:
    """How hard a passphrase is to guess: Argon2id's memory in KiB, passes and lanes (RFC 9106)."""

    memory_kib: int = 128 * 1024
    passes: int = 3
    lanes: int = 1


USUAL: Final = Stretch()
LEAST: Final = Stretch(64 * 1024, 3, 1)
MOST: Final = Stretch(2 * 1024 * 1024, 10, 16)


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose store it is: ids of the worker and the device, and the name the unlock screen greets."""

    worker: str
    worker_name: str
    device: str


@dataclass(frozen=True, slots=True)
class SlotHeader:
    """What a slot says without being opened.

    generation: 1 at first, one more with every change of passphrase. device_key: whether the keyring's half is needed.
    """

    owner: Owner
    generation: int
    device_key: bool
    stretch: Stretch
    salt: bytes


def new_device_key() -> bytes:
    """The half of the key that goes into the keyring: 32 random bytes."""
    return os.urandom(KEY_BYTES)


def check_passphrase(passphrase: str) -> None:
    """At least 12 characters, five of them different, and not a known common one; else PassphraseTooWeak("short" | "common").

    NIST SP 800-63B 5.1.1: length and a list of common ones, no rules about kinds of characters.
    """
    words = unicodedata.normalize("NFKC", passphrase)
    if len(words) < LEAST_PASSPHRASE:
        raise PassphraseTooWeak("short")
    plain = words.casefold()
    if plain.replace(" ", "") in COMMON or len(set(plain)) < LEAST_DIFFERENT:
        raise PassphraseTooWeak("common")


def make_slot(path: Path, owner: Owner, passphrase: str, device_key: bytes | None, *, stretch: Stretch = USUAL) -> bytes:
    """A new store key of 32 bytes, wrapped in a new slot file at `path`.

    Raises PassphraseTooWeak, StoreExists when there is a slot already, DiskFull, OutcomeUnknown.
    """
    check_passphrase(passphrase)
    if path.exists():
        raise StoreExists("slot")
    store_key = os.urandom(KEY_BYTES)
    header = SlotHeader(owner, 1, device_key is not None, stretch, os.urandom(SALT_BYTES))
    files.replace(path, _wrap(header, passphrase, device_key, store_key))
    return store_key


def open_slot(path: Path, passphrase: str, device_key: bytes | None) -> bytes:
    """The store key. Takes about half a second and 128 MiB; the time does not depend on how wrong the passphrase is.

    Raises WrongPassphrase (a wrong device key too: the two cannot be told apart), DeviceKeyMissing, SlotUnreadable.
    """
    first, sealed = _parts(path)
    header = _header(first)
    key = _wrapping_key(header, passphrase, device_key)
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], first)
    except InvalidTag:
        raise WrongPassphrase from None


def change_passphrase(path: Path, old: str, new: str, device_key: bytes | None, *, stretch: Stretch = USUAL) -> None:
    """The same store key wrapped under `new`; until the file is replaced, at one blow, `old` opens it.

    Raises PassphraseTooWeak, WrongPassphrase, DeviceKeyMissing, SlotUnreadable, DiskFull, OutcomeUnknown.
    """
    check_passphrase(new)
    store_key = open_slot(path, old, device_key)
    header = read_header(path)
    fresh = replace(header, generation=header.generation + 1, stretch=stretch, salt=os.urandom(SALT_BYTES))
    files.replace(path, _wrap(fresh, new, device_key, store_key))


def read_header(path: Path) -> SlotHeader:
    """Whose slot it is and what it needs, without any secret; raises SlotUnreadable."""
    return _header(_parts(path)[0])


def _wrap(header: SlotHeader, passphrase: str, device_key: bytes | None, store_key: bytes) -> bytes:
    """Three lines: the header; nonce and sealed key in hex; a digest of both, which tells damage from a wrong passphrase."""
    told = asdict(header) | {"format": "carebook slot", "version": VERSION, "salt": header.salt.hex()}
    first = json.dumps(told, sort_keys=True, separators=(",", ":")).encode()
    nonce = os.urandom(NONCE_BYTES)
    sealed = nonce + AESGCM(_wrapping_key(header, passphrase, device_key)).encrypt(nonce, store_key, first)
    second = sealed.hex().encode()
    return b"\n".join((first, second, _digest(first, second), b""))


def _parts(path: Path) -> tuple[bytes, bytes]:
    """The header line as written, and nonce with sealed key."""
    try:
        with path.open("rb") as file:
            lines = file.read(SLOT_BYTES).split(b"\n")
    except FileNotFoundError:
        raise SlotUnreadable("missing") from None
    except OSError as error:
        raise SlotUnreadable(f"read:{error.errno}") from None
    if len(lines) != 4 or lines[3] or lines[2] != _digest(lines[0], lines[1]):
        raise SlotUnreadable("damaged")
    try:
        sealed = bytes.fromhex(lines[1].decode("ascii"))
    except ValueError:
        raise SlotUnreadable("damaged") from None
    if len(sealed) != SEALED_BYTES or sealed.hex().encode() != lines[1]:  # one way to write it and no other
        raise SlotUnreadable("damaged")
    return lines[0], sealed


def _digest(first: bytes, second: bytes) -> bytes:
    return sha256(first + b"\n" + second).hexdigest().encode()


def _header(line: bytes) -> SlotHeader:
    try:
        told = json.loads(line)
        if told["version"] != VERSION:
            raise SlotUnreadable("version")
        header = SlotHeader(
            owner=Owner(**told["owner"]),
            generation=int(told["generation"]),
            device_key=told["device_key"] is True,
            stretch=_stretch(told["stretch"]),
            salt=bytes.fromhex(told["salt"]),
        )
    except (ValueError, KeyError, TypeError):
        raise SlotUnreadable("header") from None
    return header


def _stretch(told: dict[str, Any]) -> Stretch:
    """Never weaker than the least, so that nobody can make a slot easier to guess, nor so heavy that it stops the laptop."""
    stretch = Stretch(**told)
    for name in ("memory_kib", "passes", "lanes"):
        value = getattr(stretch, name)
        if type(value) is not int or not getattr(LEAST, name) <= value <= getattr(MOST, name):
            raise SlotUnreadable("stretch")
    return stretch


def _wrapping_key(header: SlotHeader, passphrase: str, device_key: bytes | None) -> bytes:
    """HKDF-SHA256(Argon2id(passphrase) || device key), bound to version, device and worker."""
    if header.device_key and device_key is None:
        raise DeviceKeyMissing
    if device_key is not None and len(device_key) != KEY_BYTES:
        raise KeyMalformed("device-key")
    halves = _stretched(header, passphrase) + (device_key or b"") * header.device_key
    told = ("carebook slot", str(VERSION), header.owner.device, header.owner.worker, str(header.device_key))
    return HKDF(SHA256(), KEY_BYTES, None, json.dumps(told).encode()).derive(halves)


def _stretched(header: SlotHeader, passphrase: str) -> bytes:
    words = unicodedata.normalize("NFKC", passphrase).encode(errors="surrogatepass")
    stretch = header.stretch
    try:
        return hash_secret_raw(words, header.salt, stretch.passes, stretch.memory_kib, stretch.lanes, KEY_BYTES, Type.ID)
    except HashingError:
        raise SlotUnreadable("memory") from None
