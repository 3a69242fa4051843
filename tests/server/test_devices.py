"""Who is let in: passwords, codes, sessions, signatures; and what a man in the middle cannot do."""

from __future__ import annotations

import ssl
import threading
from contextlib import contextmanager
from pathlib import Path
from socket import create_connection, create_server
from typing import TYPE_CHECKING

import ends
import pytest
import sqlalchemy as sa
import trustme

from carebook.clock import random_id
from carebook.errors import CodeRefused, NotTrusted, ServerBusy, SignInRefused, Unreachable
from carebook.models.access import WorkerBody
from carebook.server import administration
from carebook.server.tables import device
from carebook.sync import packing, signing, wire
from carebook.sync.client import Client, Line, SessionOver, pinned
from carebook.sync.cycle import run_cycle
from carebook.sync.enrolling import enrol
from carebook.sync.enrolment import Enrolment, read_enrolment

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def laptop(small_council: ends.Council) -> ends.Laptop:
    """An enrolled laptop."""
    return small_council.laptop()


def enrolment(laptop: ends.Laptop) -> Enrolment:
    with laptop.store.read() as session:
        return read_enrolment(session)


def test_a_wrong_password_is_refused(small_council: ends.Council) -> None:
    worker = small_council.add_worker()
    with pytest.raises(SignInRefused):
        enrol(small_council.address, worker, "not the password", small_council.code(worker))
    with pytest.raises(SignInRefused):
        enrol(small_council.address, "nobody", ends.PASSWORD, small_council.code(worker))


def test_after_a_few_wrong_passwords_the_worker_must_wait(small_council: ends.Council) -> None:
    worker = small_council.add_worker()
    code = small_council.code(worker)
    for _ in range(6):
        with pytest.raises(SignInRefused):
            enrol(small_council.address, worker, "guess", code)
    with pytest.raises(ServerBusy) as busy:
        enrol(small_council.address, worker, ends.PASSWORD, code)
    assert 0 < busy.value.seconds <= 31


def test_a_code_is_good_for_one_device_of_one_worker(small_council: ends.Council) -> None:
    worker, other = small_council.add_worker(), small_council.add_worker()
    code = small_council.code(worker)
    with pytest.raises(CodeRefused):
        enrol(small_council.address, other, ends.PASSWORD, code)
    assert enrol(small_council.address, worker, ends.PASSWORD, code).worker == worker
    with pytest.raises(CodeRefused):
        enrol(small_council.address, worker, ends.PASSWORD, code)


def test_an_enrolment_whose_answer_was_lost_may_be_repeated(small_council: ends.Council) -> None:
    worker, key = small_council.add_worker(), signing.new_signing_key()
    code = small_council.code(worker)
    first = enrol(small_council.address, worker, ends.PASSWORD, code, key)
    assert enrol(small_council.address, worker, ends.PASSWORD, code.lower().replace("-", " "), key).device_id == first.device_id


def test_a_mistyped_code_is_told_before_anything_is_sent() -> None:
    with pytest.raises(CodeRefused):
        enrol("https://127.0.0.1:9", "ana", ends.PASSWORD, "ABCD-EFGH-JKLM-NPQR")


def test_a_server_that_the_code_was_not_made_on_gets_no_password(small_council: ends.Council, tmp_path: Path) -> None:
    worker = small_council.add_worker()
    with ends.council(tmp_path) as other, pytest.raises(NotTrusted):
        enrol(other.address, worker, ends.PASSWORD, small_council.code(worker))


def test_a_server_of_another_authority_is_not_trusted(laptop: ends.Laptop, small_council: ends.Council) -> None:
    stranger = trustme.CA()
    line = Line(small_council.address, pinned(stranger.cert_pem.bytes().decode()))
    with pytest.raises(NotTrusted):
        line.exchange("hello", wire.Hello(), wire.Greeting)
    line.close()


def test_a_server_of_another_name_is_not_trusted(laptop: ends.Laptop, tmp_path: Path) -> None:
    ours = trustme.CA()
    with _tls_server(ours.issue_cert("elsewhere.example"), ssl.TLSVersion.TLSv1_3) as address:
        line = Line(address, pinned(ours.cert_pem.bytes().decode()))
        with pytest.raises(NotTrusted):
            line.exchange("hello", wire.Hello(), wire.Greeting)
        line.close()


def test_an_older_tls_is_refused_by_the_laptop() -> None:
    ours = trustme.CA()
    with _tls_server(ours.issue_cert("127.0.0.1"), ssl.TLSVersion.TLSv1_2) as address:
        line = Line(address, pinned(ours.cert_pem.bytes().decode()))
        with pytest.raises(NotTrusted):
            line.exchange("hello", wire.Hello(), wire.Greeting)
        line.close()


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_the_server_shakes_hands_in_tls_1_3_alone(small_council: ends.Council, version: ssl.TLSVersion) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=small_council.home.authority.decode())
    context.maximum_version = version
    port = int(small_council.address.rpartition(":")[2])
    with create_connection(("127.0.0.1", port), timeout=10) as connection:
        if version is ssl.TLSVersion.TLSv1_3:
            with context.wrap_socket(connection, server_hostname="127.0.0.1") as shaken:
                assert shaken.version() == "TLSv1.3"
        else:
            with pytest.raises(ssl.SSLError):
                context.wrap_socket(connection, server_hostname="127.0.0.1")


def test_a_request_that_comes_twice_is_refused(laptop: ends.Laptop) -> None:
    recorded: list[tuple[str, bytes, dict[str, str]]] = []

    class Recording(Line):
        def post(self, path: str, body: bytes, headers: dict[str, str] | None = None) -> bytes:
            recorded.append((path, body, dict(headers or {})))
            return super().post(path, body, headers)

    mine = enrolment(laptop)
    line = Recording(mine.address, pinned(mine.authority))
    with Client(mine, laptop.store.clock) as client:
        client._line.close()
        client._line = line
        client.call("check", wire.Check(units=()), wire.Checked)
        path, body, headers = recorded[-1]
        with pytest.raises(SessionOver, match="repeated"):
            line.post(path, body, headers)
        for name, value in {"carebook-counter": "99", "carebook-session": random_id(), "carebook-signature": "00" * 64}.items():
            with pytest.raises(SessionOver):
                line.post(path, body, {**headers, name: value})
        with pytest.raises(SessionOver, match="signature"):
            line.post("/v1/pull", packing.pack(wire.Pull(epoch="", cursor=0, scope="")), {**headers, "carebook-counter": "100"})


def test_a_nonce_is_the_servers_own_and_soon_over(laptop: ends.Laptop) -> None:
    mine = enrolment(laptop)
    line = Line(mine.address, pinned(mine.authority))
    nonce = line.exchange("hello", wire.Hello(), wire.Greeting).nonce
    for wrong in (nonce[:-1] + ("0" if nonce[-1] != "0" else "1"), "2020" + nonce[4:], "", "a.b.c"):
        signature = signing.sign(mine.device_key, signing.sign_in_words(mine.device_id, wrong))
        with pytest.raises(SessionOver):
            line.exchange("sign-in", wire.SignIn(device_id=mine.device_id, nonce=wrong, signature=signature), wire.SignedIn)
    line.close()


def test_a_device_with_another_key_is_not_let_in(laptop: ends.Laptop) -> None:
    mine = enrolment(laptop)
    other = Enrolment(**{**{name: getattr(mine, name) for name in mine.__slots__}, "device_key": signing.new_signing_key()[0]})
    with Client(other, laptop.store.clock) as client, pytest.raises(SignInRefused):
        client.sign_in()


def test_a_revoked_device_and_a_worker_who_left_are_not_let_in(small_council: ends.Council) -> None:
    laptop, leaver = small_council.laptop(), small_council.laptop()
    mine = laptop.store.identity.device_id
    small_council.site.write(
        lambda session: session.execute(
            sa.update(device).where(device.c.device_id == mine).values(revoked_at=small_council.site.now())
        )
    )
    left = WorkerBody(worker=leaver.worker, name="Someone", role="PR", active=False)
    administration.keep_worker(small_council.site, left)
    for refused in (laptop, leaver):
        with pytest.raises(SignInRefused):
            run_cycle(refused.store)


def test_a_device_that_shows_an_old_incarnation_is_noted(small_council: ends.Council) -> None:
    laptop = small_council.laptop()
    mine = laptop.store.identity.device_id
    laptop.sync()
    laptop.sync()

    def twin() -> object:
        return small_council.rows(sa.select(device.c.twin_seen_at).where(device.c.device_id == mine))[0]["twin_seen_at"]

    assert twin() is None
    with Client(enrolment(laptop), laptop.store.clock) as client:
        client.sign_in("an-older-one")
    assert twin() is not None


def test_a_server_that_is_away_is_unreachable(laptop: ends.Laptop) -> None:
    line = Line("https://127.0.0.1:9", pinned(enrolment(laptop).authority))
    with pytest.raises(Unreachable):
        line.exchange("hello", wire.Hello(), wire.Greeting)
    line.close()


@contextmanager
def _tls_server(certificate: trustme.LeafCert, version: ssl.TLSVersion) -> Iterator[str]:
    """Something that shakes hands with one caller, in that version of TLS alone."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    context.maximum_version = version
    with create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(10)

        def shake() -> None:
            caller, _ = listening.accept()
            with caller:
                caller.settimeout(10)
                try:
                    with context.wrap_socket(caller, server_side=True) as shaken:
                        shaken.recv(1)
                except OSError:
                    return  # the caller hung up: what the test is about is on its side

        thread = threading.Thread(target=shake)
        thread.start()
        yield f"https://127.0.0.1:{listening.getsockname()[1]}"
        thread.join()
