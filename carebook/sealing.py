"""Sealing bytes so that only the holder of a private key can read them: a laptop seals, the server opens."""

from __future__ import annotations

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from carebook.errors import Fault

VERSION: Final = b"\x01"
KEY_BYTES: Final = 32
TAG_BYTES: Final = 16
INFO: Final = b"carebook seal 1"
NONCE: Final = bytes(12)  # each key seals once


class SealUnreadable(Fault):
    """A sealed copy that does not open: damaged, or sealed to another key or for another purpose."""


def new_private_key() -> bytes:
    """A new private key: 32 bytes that stay with the server."""
    return os.urandom(KEY_BYTES)


def public_key_of(private_key: bytes) -> bytes:
    """The 32 bytes that a laptop seals to."""
    return X25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()


def seal(public_key: bytes, plain: bytes, aad: bytes) -> bytes:
    """`plain`, readable only with the private key and the same `aad`: version, one-time public key, AES-256-GCM.

    X25519 with a one-time key, HKDF-SHA256 over both public keys (RFC 7748, RFC 5869); 49 bytes longer than `plain`.
    """
    once = X25519PrivateKey.generate()
    opening = VERSION + once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public_key))
    return opening + AESGCM(_key(shared, opening + public_key)).encrypt(NONCE, plain, opening + aad)


def unseal(private_key: bytes, sealed: bytes, aad: bytes) -> bytes:
    """What was sealed to this key with this `aad`, or SealUnreadable."""
    opening, body = sealed[: 1 + KEY_BYTES], sealed[1 + KEY_BYTES :]
    if opening[:1] != VERSION or len(body) < TAG_BYTES:
        raise SealUnreadable("form")
    mine = X25519PrivateKey.from_private_bytes(private_key)
    try:
        shared = mine.exchange(X25519PublicKey.from_public_bytes(opening[1:]))
        key = _key(shared, opening + mine.public_key().public_bytes_raw())
        return AESGCM(key).decrypt(NONCE, body, opening + aad)
    except (InvalidTag, ValueError):
        raise SealUnreadable("tag") from None


def _key(shared: bytes, salt: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt, INFO).derive(shared)
