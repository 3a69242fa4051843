"""Messages by which a device is known: the first word, enrolment, signing in, and its lease."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from carebook.sync.wire.base import Id, Message, Moment


class Hello(Message, frozen=True, kw_only=True):
    """The first word of a device, before any sign-in."""


class Greeting(Message, frozen=True, kw_only=True):
    """The server's time, a nonce to sign in with, and the versions it understands."""

    now: Moment
    nonce: str
    epoch: str
    least: int
    newest: int


class Authority(Message, frozen=True, kw_only=True):
    """The certificate (PEM) of the server's own authority, to be checked against the enrolment code before it is trusted."""

    certificate: str


class Enrol(Message, frozen=True, kw_only=True):
    """A new device asks to be this worker's; secret is the part of the one-time code that the server keeps hashed."""

    worker: Id
    password: Annotated[str, Meta(max_length=1000)]
    secret: Annotated[str, Meta(max_length=40)]
    public_key: Annotated[bytes, Meta(min_length=32, max_length=32)]


class Enrolled(Message, frozen=True, kw_only=True):
    """Who the device is from now on; seal_key (X25519) and signing_key (Ed25519) are the server's public keys."""

    device_id: Id
    worker: Id
    name: str
    role: str
    seal_key: Annotated[bytes, Meta(min_length=32, max_length=32)]
    signing_key: Annotated[bytes, Meta(min_length=32, max_length=32)]
    epoch: str
    now: Moment


class SignIn(Message, frozen=True, kw_only=True):
    """The device shows that it holds its key, by signing the nonce; incarnation is what it was last told."""

    device_id: Id
    nonce: Annotated[str, Meta(max_length=300)]
    signature: Annotated[bytes, Meta(min_length=64, max_length=64)]
    incarnation: Annotated[str, Meta(max_length=64)] = ""


class SignedIn(Message, frozen=True, kw_only=True):
    """A session, under which each request is signed and counted; incarnation is to be shown next time.

    highest: the highest of the device's running numbers that the server has seen; new rows are numbered beyond it.
    is_copy: the device showed an older incarnation than it was last told: it was restored from an image, or a copy is about.
    """

    session: Id
    worker: Id
    name: str
    role: str
    incarnation: str
    now: Moment
    epoch: str
    highest: int = 0
    is_copy: bool = False


class Lease(Struct, frozen=True, kw_only=True):
    """How long the device may be used without contact, signed by the server over device, worker, issue and end."""

    device_id: Id
    worker: Id
    issued_at: Moment
    until: Moment
    signature: bytes
