"""Devices: enrolled once with a code, signed in with a nonce, each request signed and counted.

At each sign-in a device shows the incarnation it was told at the last one, and is told a new one. A laptop restored from an
image, and one of a laptop and its clone, shows an older one and is known by it. The rule then is: it is let in and may send
all it has, for its rows have ids of their own and none is held back because its number was used before; it numbers on from
the highest the server has seen; its worker is told to enrol it anew, which gives it a chain of its own; and the server
writes down that it was seen. Both of a pair may go on like that without harm until they are enrolled.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from carebook.clock import instant, random_id, stamp
from carebook.sealing import public_key_of
from carebook.server import accounts, chain, scope
from carebook.server.refusal import not_accepted, not_signed_in
from carebook.server.site import Keys, Sender, Site
from carebook.server.tables import device, device_session, enrolment_code, sync_head
from carebook.sync import signing, wire

CODE_LASTS: Final = timedelta(days=3)
NONCE_LASTS: Final = timedelta(minutes=5)
SESSION_LASTS: Final = timedelta(hours=12)


def make_code(session: Session, keys: Keys, worker: str, at: datetime) -> str:
    """A new one-time secret with which the worker may enrol one device within three days."""
    secret = signing.new_secret()
    line = {
        "hash": _code_hash(keys, secret), "worker": worker, "made_at": at, "expires_at": at + CODE_LASTS, "used_at": None
    }
    session.execute(sa.insert(enrolment_code), [line])
    return secret


def greet(site: Site, _: wire.Hello) -> wire.Greeting:
    """The time, a nonce, and the versions that are understood."""
    now = site.now()
    epoch = site.read(lambda session: session.scalar(sa.select(sync_head.c.epoch)))
    nonce = f"{random_id()}.{stamp(now)}"
    return wire.Greeting(
        now=now, nonce=f"{nonce}.{_mac(site.keys, 'nonce', nonce)}", epoch=epoch or "",
        least=wire.LEAST_VERSION, newest=wire.VERSION,
    )


def enrol(site: Site, asked: wire.Enrol) -> wire.Enrolled:
    """A device of this worker's from now on; the same code with the same key again is the same device.

    Refusals: "sign-in" for the worker or the password, "code" for the code.
    """
    accounts.check_password(site, asked.worker, asked.password)
    found = site.write(lambda session: _enrol(session, site, asked))
    if found is None:
        site.write(lambda session: accounts.count_failure(session, asked.worker, site.now()))
        raise not_accepted("code")
    return found


def sign_in(site: Site, asked: wire.SignIn) -> wire.SignedIn:
    """A session for the device that signed the nonce."""
    if not _is_nonce(site, asked.nonce):
        raise not_signed_in("nonce")
    return site.write(lambda session: _sign_in(session, site.now(), asked))


def check(session: Session, now: datetime, path: str, headers: Mapping[str, str], body: bytes) -> Sender:
    """Who sent this request, once: the signature fits, the session stands, and its number is higher than any before."""
    name = headers.get(signing.SESSION_HEADER, "")
    line = session.execute(
        sa.select(device, device_session.c.counter, device_session.c.expires_at)
        .join(device_session, device_session.c.device_id == device.c.device_id)
        .where(device_session.c.session == name)
    ).first()
    if line is None or line.expires_at < now:
        raise not_signed_in("session")
    counter, signature = _numbers(headers)
    if not signing.is_signed(line.public_key, signature, signing.request_words(name, counter, path, body)):
        raise not_signed_in("signature")
    counted = session.execute(
        sa.update(device_session)
        .where(device_session.c.session == name, device_session.c.counter < counter)
        .values(counter=counter)
        .returning(device_session.c.session)
    ).all()
    if not counted:
        raise not_signed_in("repeated")
    return _sender(session, line)


def _enrol(session: Session, site: Site, asked: wire.Enrol) -> wire.Enrolled | None:
    now, hashed = site.now(), _code_hash(site.keys, asked.secret)
    code = session.execute(sa.select(enrolment_code).where(enrolment_code.c.hash == hashed)).first()
    if code is None or code.worker != asked.worker or code.expires_at < now:
        return None
    known = session.execute(sa.select(device).where(device.c.code_hash == hashed)).first()
    if known is not None and known.public_key != asked.public_key:
        return None
    stands = scope.standing(session, asked.worker)
    if stands is None:
        raise not_accepted("sign-in")
    device_id = known.device_id if known else _add_device(session, site, asked, hashed)
    accounts.forget_failures(session, asked.worker)
    return wire.Enrolled(
        device_id=device_id, worker=asked.worker, name=stands[0], role=stands[1], now=now,
        seal_key=public_key_of(site.keys.seal), signing_key=signing.public_key_of(site.keys.signing),
        epoch=session.scalar(sa.select(sync_head.c.epoch)) or "",
    )


def _add_device(session: Session, site: Site, asked: wire.Enrol, hashed: str) -> str:
    now, device_id = site.now(), site.keeping.clock.new_id()
    line = {
        "device_id": device_id, "worker": asked.worker, "public_key": asked.public_key, "code_hash": hashed,
        "incarnation": "", "next_incarnation": "", "highest": 0, "had": 0, "scope": "", "enrolled_at": now, "last_seen_at": now,
    }
    session.execute(sa.insert(device), [line])
    session.execute(sa.update(enrolment_code).where(enrolment_code.c.hash == hashed).values(used_at=now))
    chain.add(session, chain.Deed(now, asked.worker, "enrol", what=(device_id,)))
    return device_id


def _sign_in(session: Session, now: datetime, asked: wire.SignIn) -> wire.SignedIn:
    line = session.execute(sa.select(device).where(device.c.device_id == asked.device_id).with_for_update()).first()
    words = signing.sign_in_words(asked.device_id, asked.nonce)
    if line is None or not signing.is_signed(line.public_key, asked.signature, words):
        raise not_accepted("sign-in")
    sender = _sender(session, line)
    is_copy = asked.incarnation not in (line.incarnation, line.next_incarnation)
    again = session.scalar(sa.select(device_session.c.session).where(device_session.c.nonce == asked.nonce))
    name = again or random_id()
    if again is None:
        _begin_session(session, now, line, asked, name)
    return wire.SignedIn(
        session=name, worker=sender.worker, name=sender.name, role=sender.role, now=now,
        incarnation=session.scalar(sa.select(device.c.next_incarnation).where(device.c.device_id == asked.device_id)) or "",
        epoch=session.scalar(sa.select(sync_head.c.epoch)) or "", highest=line.highest, is_copy=is_copy,
    )


def _begin_session(session: Session, now: datetime, line: sa.Row[Any], asked: wire.SignIn, name: str) -> None:
    session.execute(sa.delete(device_session).where(device_session.c.device_id == asked.device_id))
    new = {
        "session": name, "device_id": asked.device_id, "nonce": asked.nonce, "counter": 0, "expires_at": now + SESSION_LASTS
    }
    session.execute(sa.insert(device_session), [new])
    told: dict[str, object] = {"last_seen_at": now, "next_incarnation": random_id()}
    if asked.incarnation == line.next_incarnation:
        told["incarnation"] = asked.incarnation
    elif asked.incarnation != line.incarnation:
        told["twin_seen_at"] = now
        chain.add(session, chain.Deed(now, line.worker, "copy-seen", what=(line.device_id,)))
    session.execute(sa.update(device).where(device.c.device_id == asked.device_id).values(told))


def _sender(session: Session, line: sa.Row[Any]) -> Sender:
    stands = scope.standing(session, line.worker)
    if line.revoked_at is not None or stands is None:
        raise not_accepted("sign-in")
    return Sender(device_id=line.device_id, worker=line.worker, name=stands[0], role=stands[1])


def _numbers(headers: Mapping[str, str]) -> tuple[int, bytes]:
    try:
        return int(headers[signing.COUNTER_HEADER]), bytes.fromhex(headers[signing.SIGNATURE_HEADER])
    except (KeyError, ValueError):
        raise not_signed_in("signature") from None


def _is_nonce(site: Site, nonce: str) -> bool:
    words, _, mac = nonce.rpartition(".")
    if not hmac.compare_digest(mac.encode(), _mac(site.keys, "nonce", words).encode()):
        return False
    made_at = instant(words.partition(".")[2])
    return abs(site.now() - made_at) <= NONCE_LASTS


def _code_hash(keys: Keys, secret: str) -> str:
    return _mac(keys, "code", secret)


def _mac(keys: Keys, purpose: str, words: str) -> str:
    return hmac.new(keys.nonce, f"carebook {purpose}\n{words}".encode(), hashlib.sha256).hexdigest()
