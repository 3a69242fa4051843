"""Routes: raw bytes in, one message out. What each does is in the module named for it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

import msgspec
from anyio import CapacityLimiter, to_thread
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from carebook import logs
from carebook.clock import random_id
from carebook.errors import DiskFull, StoreInUse
from carebook.server import asking, blobs, chain, changes, devices, purges, receive, seals
from carebook.server.refusal import Refusal
from carebook.server.site import Sender, Site
from carebook.sync import packing, wire

LOG: Final = logging.getLogger("carebook.server")
THREADS: Final = 6
M = TypeVar("M", bound=wire.Message)
Signed = Callable[[Session, Site, Sender, M], msgspec.Struct]
PREFIX: Final = "/v1/"


def make_app(site: Site) -> Starlette:
    """The application of an open server."""
    app = Starlette(routes=[Route(PREFIX + name, route, methods=["POST"]) for name, route in ROUTES.items()])
    app.router.routes.append(Route("/health", health, methods=["GET"]))
    app.state.site = site
    app.state.threads = None
    return app


async def health(request: Request) -> Response:
    """That the server runs and its database answers; nothing else."""
    return await _guarded(request, lambda site, _: _ok(site))


async def authority(request: Request) -> Response:
    """The authority's certificate, for a device that knows its fingerprint."""
    return await _guarded(request, lambda site, _: wire.Authority(certificate=site.authority.decode("ascii")))


async def hello(request: Request) -> Response:
    """The time and a nonce."""
    return await _guarded(request, lambda site, body: devices.greet(site, packing.unpack(body, wire.Hello)))


async def enrol(request: Request) -> Response:
    """A new device."""
    return await _guarded(request, lambda site, body: devices.enrol(site, packing.unpack(body, wire.Enrol)))


async def sign_in(request: Request) -> Response:
    """A session for a device."""
    return await _guarded(request, lambda site, body: devices.sign_in(site, packing.unpack(body, wire.SignIn)))


async def push(request: Request) -> Response:
    """Rows from a device."""
    return await _signed(request, wire.Push, receive.push)


async def pull(request: Request) -> Response:
    """A page of what is new; read from one snapshot, so the request is checked in a transaction before it."""

    def work(site: Site, body: bytes) -> msgspec.Struct:
        asked = _understood(packing.unpack(body, wire.Pull))
        sender = site.write(lambda session: _sender(session, site, request, body))
        return changes.pull(site, sender, asked)

    return await _guarded(request, work)


async def backfill(request: Request) -> Response:
    """The first copy of units."""
    return await _signed(request, wire.Backfill, changes.backfill)


async def check(request: Request) -> Response:
    """Tallies of units."""
    return await _signed(request, wire.Check, changes.check)


async def audit(request: Request) -> Response:
    """A device's chain."""
    return await _signed(
        request, wire.AuditUp, lambda session, _, sender, asked: chain.take_in(session, sender.device_id, asked.lines)
    )


async def sealed(request: Request) -> Response:
    """Sealed copies."""
    return await _signed(request, wire.Seals, seals.take_in)


async def purged(request: Request) -> Response:
    """Answers to purge orders."""
    return await _signed(request, wire.PurgeAnswers, purges.answer)


async def ask(request: Request) -> Response:
    """A question answered live."""
    return await _signed(request, wire.Ask, asking.ask)


async def blob_put(request: Request) -> Response:
    """A piece of a document."""
    return await _signed(request, wire.BlobPut, blobs.put)


async def blob_get(request: Request) -> Response:
    """A piece of a document, back."""
    return await _signed(request, wire.BlobGet, blobs.get)


ROUTES: Final[dict[str, Callable[[Request], Awaitable[Response]]]] = {
    "authority": authority, "hello": hello, "enrol": enrol, "sign-in": sign_in, "push": push, "pull": pull,
    "backfill": backfill, "check": check, "audit": audit, "seals": sealed, "purged": purged, "ask": ask,
    "blob-put": blob_put, "blob-get": blob_get,
}


async def _signed(request: Request, kind: type[M], work: Signed[M]) -> Response:
    """Work that a signed-in device asks for, in one transaction with the check of its signature."""

    def in_one(site: Site, body: bytes) -> msgspec.Struct:
        asked = _understood(packing.unpack(body, kind))

        def both(session: Session) -> msgspec.Struct:
            return work(session, site, _sender(session, site, request, body), asked)

        return site.write(both)

    return await _guarded(request, in_one)


def _sender(session: Session, site: Site, request: Request, body: bytes) -> Sender:
    """Whoever signed the request, if it is their turn."""
    sender = devices.check(session, site.now(), request.url.path, request.headers, body)
    site.turns.take(sender.device_id)
    return sender


async def _guarded(request: Request, work: Callable[[Site, bytes], msgspec.Struct]) -> Response:
    """The answer of `work`, done on a thread, or why there is none; nothing that was sent is ever repeated."""
    site: Site = request.app.state.site
    if request.app.state.threads is None:
        request.app.state.threads = CapacityLimiter(THREADS)
    try:
        body = await _body(request)
        answer = await to_thread.run_sync(lambda: packing.pack(work(site, body)), limiter=request.app.state.threads)
    except ClientDisconnect:
        return Response(status_code=400)
    except Exception as error:  # noqa: BLE001  every failure is answered with a code, and faults go to the log
        return _failed(request, error)
    return _response(200, answer)


def _understood(asked: M) -> M:
    """A message of a version that this server still takes; else "upgrade" (426)."""
    if asked.v < wire.LEAST_VERSION:
        raise Refusal(426, "upgrade")
    return asked


async def _body(request: Request) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > packing.PACKED_BYTES:
            raise Refusal(413, "too-large")
        parts.append(part)
    return b"".join(parts)


def _failed(request: Request, error: Exception) -> Response:
    reference = random_id()[:8]
    refusal = _refusal(error)
    route = request.url.path.removeprefix(PREFIX) if request.url.path.startswith(PREFIX) else "health"
    if refusal.status >= 500 and refusal.code == "fault":
        logs.fault(LOG, reference, error)
    else:
        logs.note(LOG, "refused", route=route, code=refusal.code, status=refusal.status, reference=reference)
    message = wire.Refused(code=refusal.code, reference=reference, seconds=refusal.seconds)
    response = _response(refusal.status, packing.pack(message))
    if refusal.seconds:
        response.headers["retry-after"] = str(refusal.seconds)
    return response


def _refusal(error: Exception) -> Refusal:
    if isinstance(error, Refusal):
        return error
    if isinstance(error, packing.Unreadable):
        return Refusal(413 if error.code == "too-large" else 400, error.code)
    if isinstance(error, (StoreInUse, PoolTimeoutError)):
        return Refusal(429, "busy", 5)
    if isinstance(error, DiskFull):
        return Refusal(507, "disk-full", 60)
    return Refusal(500, "fault")


def _response(status: int, packed: bytes) -> Response:
    return Response(packed, status_code=status, media_type=packing.CONTENT_TYPE, headers={"cache-control": "no-store"})


def _ok(site: Site) -> msgspec.Struct:
    site.read(lambda session: None)
    return wire.Hello()
