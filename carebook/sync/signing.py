"""What a device signs, how an enrolment code is made up, and how the server's authority is told by it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from carebook.clock import stamp
from carebook.errors import CodeRefused
from carebook.sync.wire import Lease

ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Thirty-two signs that are not taken for one another: without 0, 1, I and O."""
FINGERPRINT_SIGNS: Final = 12  # 60 bits, each guess at them slowed by scrypt
SECRET_SIGNS: Final = 8  # 40 bits: used once, soon over, and guessed at only through the server

DEVICE_HEADER: Final = "carebook-device"
SESSION_HEADER: Final = "carebook-session"
COUNTER_HEADER: Final = "carebook-counter"
SIGNATURE_HEADER: Final = "carebook-signature"


def request_words(session: str, counter: int, path: str, body: bytes) -> bytes:
    """What is signed with each request: the session, its running number, where it goes and what it carries."""
    digest = hashlib.sha256(body).hexdigest()
    return f"carebook-request/1\n{session}\n{counter}\n{path}\n{digest}".encode()


def sign_in_words(device_id: str, nonce: str) -> bytes:
    """What is signed to begin a session."""
    return f"carebook-sign-in/1\n{device_id}\n{nonce}".encode()


def lease_words(lease: Lease) -> bytes:
    """What the server signs of a lease."""
    parts = ("carebook-lease/1", lease.device_id, lease.worker, stamp(lease.issued_at), stamp(lease.until))
    return "\n".join(parts).encode()


def sign(private_key: bytes, words: bytes) -> bytes:
    """An Ed25519 signature (64 bytes) with a raw private key (32 bytes)."""
    return Ed25519PrivateKey.from_private_bytes(private_key).sign(words)


def is_signed(public_key: bytes, signature: bytes, words: bytes) -> bool:
    """Whether the signature is that of the key's holder over these words."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, words)
    except (InvalidSignature, ValueError):
        return False
    return True


def public_key_of(private_key: bytes) -> bytes:
    """The raw public key (32 bytes) that belongs to a raw Ed25519 private key."""
    return Ed25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()


def new_signing_key() -> tuple[bytes, bytes]:
    """A new Ed25519 key pair, raw: (private, public)."""
    key = Ed25519PrivateKey.generate()
    return key.private_bytes_raw(), key.public_key().public_bytes_raw()


def fingerprint(certificate: bytes) -> str:
    """The signs by which an enrolment code tells the authority's certificate (DER).

    A slow hash, so that nobody makes another certificate with the same twelve signs.
    """
    slow = hashlib.scrypt(certificate, salt=b"carebook-authority/1", n=2**14, r=8, p=1, dklen=16)
    number = int.from_bytes(slow)
    return "".join(ALPHABET[number >> (5 * place) & 31] for place in range(FINGERPRINT_SIGNS))


def new_secret() -> str:
    """The part of a code that only its holder knows."""
    return "".join(secrets.choice(ALPHABET) for _ in range(SECRET_SIGNS))


def write_code(print_of_authority: str, secret: str) -> str:
    """A code as it is read out: five groups of four signs."""
    signs = print_of_authority + secret
    return "-".join(signs[at : at + 4] for at in range(0, len(signs), 4))


def read_code(code: str) -> tuple[str, str]:
    """(fingerprint, secret) of a code as someone typed it, with or without its dashes; CodeRefused if it cannot be one."""
    signs = "".join(mark for mark in code.upper() if not mark.isspace() and mark not in "-–—.")
    if len(signs) != FINGERPRINT_SIGNS + SECRET_SIGNS or any(mark not in ALPHABET for mark in signs):
        raise CodeRefused("mistyped")
    return signs[:FINGERPRINT_SIGNS], signs[FINGERPRINT_SIGNS:]


def is_authority(certificate: bytes, print_of_authority: str) -> bool:
    """Whether this is the certificate (DER) that the code speaks of."""
    return hmac.compare_digest(fingerprint(certificate), print_of_authority)
