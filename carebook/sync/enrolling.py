"""Enrols this device with a server: the code proves the server's authority, the password proves the worker."""

from __future__ import annotations

import ssl

from carebook.errors import NotTrusted
from carebook.sync import signing, wire
from carebook.sync.client import Line, pinned, unpinned
from carebook.sync.enrolment import Enrolment


def enrol(address: str, worker: str, password: str, code: str, key: tuple[bytes, bytes] | None = None) -> Enrolment:
    """A new device of this worker's.

    address: https://host:port. code: as an administrator read it out. key: the device's (private, public) Ed25519 pair,
    when an enrolment whose answer was lost is tried again; else a new one.
    Raises CodeRefused, NotTrusted when the server there is not the one that the code was made on, SignInRefused,
    ServerBusy, Unreachable or ServerFailed.
    """
    fingerprint, secret = signing.read_code(code)
    authority = _fetch_authority(address, fingerprint)
    private, public = key or signing.new_signing_key()
    line = Line(address, pinned(authority))
    try:
        asked = wire.Enrol(worker=worker, password=password, secret=secret, public_key=public)
        told = line.exchange("enrol", asked, wire.Enrolled)
    finally:
        line.close()
    return Enrolment(
        address=address, authority=authority, device_id=told.device_id, device_key=private, worker=told.worker,
        name=told.name, role=told.role, seal_key=told.seal_key, signing_key=told.signing_key, epoch=told.epoch,
    )


def _fetch_authority(address: str, fingerprint: str) -> str:
    line = Line(address, unpinned())
    try:
        found = line.exchange("authority", wire.Hello(), wire.Authority).certificate
    finally:
        line.close()
    try:
        certificate = ssl.PEM_cert_to_DER_cert(found)
    except ValueError:
        raise NotTrusted("authority") from None
    if not signing.is_authority(certificate, fingerprint):
        raise NotTrusted("authority")
    return found
