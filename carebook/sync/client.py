"""The device's one door to the network: the server it was enrolled with, and nobody else."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from typing import Final, TypeVar

import httpx2
import msgspec

from carebook.clock import Clock
from carebook.errors import (
    CarebookError,
    CodeRefused,
    NotTrusted,
    ServerBusy,
    ServerFailed,
    SignInRefused,
    Unreachable,
    UpgradeNeeded,
)
from carebook.sync import packing, signing, wire
from carebook.sync.enrolment import Enrolment

M = TypeVar("M", bound=msgspec.Struct)
TIMEOUT: Final = httpx2.Timeout(30.0, connect=8.0)
BUSY_SECONDS: Final = 30
_NO_CHECK_TIME: Final = 0x200000  # X509_V_FLAG_NO_CHECK_TIME: the device's clock decides nothing
_SIGN_IN_ANEW: Final = frozenset({"session", "signature", "repeated", "nonce"})


class SessionOver(SignInRefused):
    """The server knows this session no more: signing in anew helps."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a sign-in taught: the device's clock less the server's in milliseconds, and the server's answer."""

    skew_ms: int
    answer: wire.SignedIn


def pinned(authority: str) -> ssl.SSLContext:
    """TLS 1.3 with servers that this authority (PEM) vouches for, whatever the device's clock says."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_verify_locations(cadata=authority)
    context.verify_flags = ssl.VerifyFlags(int(context.verify_flags) | _NO_CHECK_TIME)
    return context


def unpinned() -> ssl.SSLContext:
    """TLS 1.3 with anyone: for the one request that fetches the authority, which an enrolment code then proves or not."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


class Line:
    """Messages to one address and back; failures become circumstances a worker can be told of."""

    def __init__(self, address: str, context: ssl.SSLContext, timeout: httpx2.Timeout = TIMEOUT) -> None:
        self._client = httpx2.Client(base_url=address, verify=context, trust_env=False, timeout=timeout)

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def post(self, path: str, body: bytes, headers: dict[str, str] | None = None) -> bytes:
        """The answer's bytes. Raises Unreachable, NotTrusted, SignInRefused, ServerBusy, UpgradeNeeded or ServerFailed."""
        sent = {"content-type": packing.CONTENT_TYPE, **(headers or {})}
        try:
            with self._client.stream("POST", path, content=body, headers=sent) as response:
                answer = _read(response)
        except httpx2.TransportError as error:
            raise _transport(error) from None
        except httpx2.HTTPError:
            raise ServerFailed from None
        if response.status_code == 200:
            return answer
        raise _refusal(response.status_code, answer, response.headers.get("retry-after", ""))

    def exchange(self, name: str, message: msgspec.Struct, kind: type[M]) -> M:
        """Send a message that needs no signature; the answer."""
        return unpack_answer(self.post(f"/v1/{name}", packing.pack(message)), kind)


class Client:
    """An enrolled device's way to its server. Use from one thread at a time."""

    def __init__(self, enrolment: Enrolment, clock: Clock, timeout: httpx2.Timeout = TIMEOUT) -> None:
        self._enrolment = enrolment
        self._clock = clock
        self._line = Line(enrolment.address, pinned(enrolment.authority), timeout)
        self._session = ""
        self._counter = 0
        self._incarnation = ""

    def close(self) -> None:
        """Hang up."""
        self._line.close()

    @property
    def worker(self) -> str:
        """Whose device this is."""
        return self._enrolment.worker

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def sign_in(self, incarnation: str = "") -> Measured:
        """Begin a session: the device signs the server's nonce."""
        self._incarnation = incarnation or self._incarnation
        started = self._clock.monotonic()
        before = self._clock.now()
        greeting = self._line.exchange("hello", wire.Hello(), wire.Greeting)
        half = (self._clock.monotonic() - started) / 2
        if greeting.least > wire.VERSION:
            raise UpgradeNeeded
        mine = self._enrolment
        signature = signing.sign(mine.device_key, signing.sign_in_words(mine.device_id, greeting.nonce))
        asked = wire.SignIn(
            device_id=mine.device_id, nonce=greeting.nonce, signature=signature, incarnation=self._incarnation
        )
        answer = self._line.exchange("sign-in", asked, wire.SignedIn)
        self._session, self._counter, self._incarnation = answer.session, 0, answer.incarnation
        skew = (before - greeting.now).total_seconds() + half
        return Measured(skew_ms=round(skew * 1000), answer=answer)

    def call(self, name: str, message: msgspec.Struct, kind: type[M]) -> M:
        """Send a signed message; the answer. Signs in first, or anew, where it must."""
        return unpack_answer(self.call_packed(name, message), kind)

    def call_packed(self, name: str, message: msgspec.Struct) -> bytes:
        """As `call`, the answer still packed."""
        body = packing.pack(message)
        if not self._session:
            self.sign_in()
        try:
            return self._send(name, body)
        except SessionOver:
            self.sign_in()
            return self._send(name, body)

    def _send(self, name: str, body: bytes) -> bytes:
        self._counter += 1
        path = f"/v1/{name}"
        words = signing.request_words(self._session, self._counter, path, body)
        headers = {
            signing.SESSION_HEADER: self._session, signing.COUNTER_HEADER: str(self._counter),
            signing.SIGNATURE_HEADER: signing.sign(self._enrolment.device_key, words).hex(),
        }
        return self._line.post(path, body, headers)


def unpack_answer(packed: bytes, kind: type[M]) -> M:
    """The message that the server sent, or ServerFailed."""
    try:
        return packing.unpack(packed, kind)
    except packing.Unreadable:
        raise ServerFailed("unreadable") from None


def _read(response: httpx2.Response) -> bytes:
    parts, size = [], 0
    for part in response.iter_raw():
        size += len(part)
        if size > packing.PACKED_BYTES:
            raise ServerFailed("too-large")
        parts.append(part)
    return b"".join(parts)


def _transport(error: BaseException) -> CarebookError:
    """A certificate or a protocol that does not do means someone else is there; all else, that nobody is."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return NotTrusted("certificate")
        if isinstance(cause, ssl.SSLError) and ("VERSION" in (cause.reason or "") or "PROTOCOL" in (cause.reason or "")):
            return NotTrusted("protocol")
        cause = cause.__cause__ or cause.__context__
    return Unreachable(type(error).__name__)


def _refusal(status: int, answer: bytes, later: str) -> CarebookError:
    """later: the Retry-After header, for what stands between laptop and server and knows no other words."""
    try:
        said = packing.unpack(answer, wire.Refused)
    except packing.Unreadable:
        is_busy = status in (429, 503)
        return ServerBusy(int(later) if later.isdecimal() else BUSY_SECONDS) if is_busy else ServerFailed(f"status-{status}")
    if status == 401 and said.code in _SIGN_IN_ANEW:
        return SessionOver(said.code)
    if status in (401, 403):
        return CodeRefused(said.code) if said.code == "code" else SignInRefused(said.code)
    if status == 426:
        return UpgradeNeeded(said.code)
    if status in (429, 503, 507) or said.code == "epoch":
        return ServerBusy(said.seconds or 5)
    return ServerFailed(said.reference)
