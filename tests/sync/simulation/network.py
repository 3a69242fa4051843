"""What stands between laptops and server: it carries requests to the real routes, and loses, doubles and cuts as told."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, MutableMapping
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

import httpx2

from carebook.sync import client

App = Callable[..., Any]
FAULTS = ("lost-request", "lost-answer", "doubled", "refused")


class Killed(BaseException):
    """A process ends here, as a power cut ends it: nothing that would tidy up is to be relied on."""


@dataclass
class Gate:
    """Counts a process's commits, and ends the process at one of them."""

    left: int = -1
    after: bool = False

    def set(self, left: int, *, after: bool) -> None:
        """End the process at the `left`-th commit from now on, before or after it is done."""
        self.left, self.after = left, after

    def open(self) -> None:
        """Let every commit pass."""
        self.left = -1

    def watch(self, engine: Any) -> None:
        """Stand at every commit of this engine.

        All engines of a process share one dialect and its compiled statements: compiling them anew for each history
        would take longer than the history.
        """
        if not _shared:
            real, cache = engine.dialect.do_commit, engine._compiled_cache
            engine.dialect.do_commit = lambda connection: _gates[connection._pool].commit(real, connection)
            _shared.extend((engine.dialect, cache))
        engine.dialect, engine._compiled_cache = _shared
        _gates[engine.pool] = self

    def commit(self, real: Callable[[Any], None], connection: Any) -> None:
        """One commit, or the end."""
        self.left -= 1
        if self.left == 0 and not self.after:
            raise Killed
        real(connection)
        if self.left == 0 and self.after:
            raise Killed


_shared: list[Any] = []
_gates: MutableMapping[Any, Gate] = WeakKeyDictionary()


@dataclass(frozen=True)
class Sent:
    """A request as it went over the wire."""

    path: str
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


@dataclass
class Network:
    """Carries requests; `fault` strikes at the `strike`-th request from now on.

    app: the server's routes as they stand, None while it is down. restart: brings the server back after it was killed.
    """

    app: App | None = None
    restart: Callable[[], None] = lambda: None
    fault: str = ""
    strike: int = -1
    past: list[Sent] = field(default_factory=list)
    faults: int = 0

    def plan(self, fault: str, strike: int) -> None:
        """What is to go wrong, and when."""
        self.fault, self.strike = fault, strike

    def heal(self) -> None:
        """Nothing goes wrong any more."""
        self.plan("", -1)

    def carry(self, sent: Sent) -> tuple[int, dict[str, str], bytes]:
        """The server's answer, if it is heard."""
        self.strike -= 1
        fault = self.fault if self.strike == 0 else ""
        self.faults += bool(fault)
        self.past = [*self.past[-40:], sent]
        if fault in ("lost-request", "refused"):
            raise httpx2.ConnectError(fault)
        answer = self.deliver(sent)
        if fault == "doubled":
            answer = self.deliver(sent)
        if fault == "lost-answer":
            raise httpx2.ReadError(fault)
        return answer

    def deliver(self, sent: Sent) -> tuple[int, dict[str, str], bytes]:
        """What the server says to a request; a server that is killed on the way is brought back and says nothing."""
        try:
            return _finished(_ask(self.app, sent))
        except Killed:
            self.restart()
            raise httpx2.ReadError("killed") from None


class OnThisThread:
    """Stands where the server's threads stand, so that the same seed is the same history."""

    @staticmethod
    async def run_sync(work: Callable[[], Any], limiter: object) -> Any:
        """What the work returns."""
        return work()


def _finished(asked: Coroutine[Any, Any, Any]) -> Any:
    """What a coroutine returns that never waits."""
    try:
        asked.send(None)
    except StopIteration as end:
        return end.value
    raise AssertionError("a route waited for something that is not here")


async def _ask(app: Any, sent: Sent) -> tuple[int, dict[str, str], bytes]:
    told: list[MutableMapping[str, Any]] = []
    waiting = [{"type": "http.request", "body": sent.body, "more_body": False}]

    async def receive() -> MutableMapping[str, Any]:
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        told.append(message)

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "https",
        "path": sent.path, "raw_path": sent.path.encode(), "query_string": b"", "root_path": "",
        "headers": list(sent.headers), "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 443),
    }
    await app(scope, receive, send)
    status = next(message["status"] for message in told if message["type"] == "http.response.start")
    return status, {}, b"".join(message.get("body", b"") for message in told)


class Wire(httpx2.BaseTransport):
    """Stands where TCP and TLS stand under the device's HTTP client."""

    def __init__(self, network: Network) -> None:
        self.network = network

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        headers = tuple((name.lower(), value) for name, value in request.headers.raw)
        status, told, answer = self.network.carry(Sent(request.url.path, headers, request.read()))
        return httpx2.Response(status, headers=told, stream=httpx2.ByteStream(answer), request=request)


def line_over(network: Network) -> type[client.Line]:
    """The device's door to the network, with this network behind it."""

    class Line(client.Line):
        def __init__(self, address: str, context: object, timeout: object = None) -> None:
            self._client = httpx2.Client(base_url=address, transport=Wire(network), trust_env=False)

    return Line
