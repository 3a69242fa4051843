"""Runs the server: HTTPS with its own certificate, TLS 1.3 only, until it is told to stop."""

from __future__ import annotations

import logging
import signal
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import uvicorn

from carebook import logs
from carebook.clock import Clock
from carebook.server.app import make_app
from carebook.server.home import Home, read_private
from carebook.server.in_use import using
from carebook.server.site import site

LOG: Final = logging.getLogger("carebook.server")
STOP_SECONDS: Final = 10


def serve(home: Home, clock: Clock, started: Callable[[int], None], *, port: int | None = None) -> None:
    """Serve until SIGTERM or SIGINT; requests under way are finished first. `started` is told the port once it listens.

    Raises OSError when the port is taken, StoreInUse while a backup is being put back, and whatever opening the database
    raises.
    """
    with using(home.folder):
        _serve(home, clock, started, port)


def _serve(home: Home, clock: Clock, started: Callable[[int], None], port: int | None) -> None:
    keeping = home.open(clock)
    try:
        listening = _listen(home.host, home.port if port is None else port)
        number = int(listening.getsockname()[1])
        server = _Server(_config(home, make_app(site(home, keeping))), lambda: started(number))
        logs.note(LOG, "serving", port=number)
        with listening, _asked_to_stop_is_well():
            server.run(sockets=[listening])
        logs.note(LOG, "stopped", port=number)
    finally:
        keeping.close()


@contextmanager
def _asked_to_stop_is_well() -> Iterator[None]:
    """uvicorn raises the signal that stopped it once more, when it has: by then there is nothing left to do."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, _nothing_left) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _nothing_left(number: int, frame: object) -> None:
    logs.note(LOG, "asked-to-stop", code=number)


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self._tell()


def _config(home: Home, app: object) -> uvicorn.Config:
    read_private(home.path("certificate-key.pem"))
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        log_config=None, access_log=False, lifespan="off", ws="none", http="httptools", server_header=False,
        proxy_headers=False, limit_concurrency=500, timeout_keep_alive=30, timeout_graceful_shutdown=STOP_SECONDS,
        ssl_certfile=str(home.path("certificate.pem")), ssl_keyfile=str(home.path("certificate-key.pem")),
        ssl_context_factory=_context,
    )


def _context(_: uvicorn.Config, default: Callable[[], ssl.SSLContext]) -> ssl.SSLContext:
    context = default()
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    return context


def _listen(host: str, port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except OSError:
        listening.close()
        raise
    return listening
