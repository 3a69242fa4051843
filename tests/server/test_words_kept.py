"""What someone wrote never comes back in an error, and never stands in a log or a file of the server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ends
import httpx2
import pytest

from carebook.errors import ServerFailed
from carebook.models.people import NameBody, PhoneBody
from carebook.sync import packing, wire
from carebook.sync.client import pinned

if TYPE_CHECKING:
    from carebook.sync.client import Client

CANARY = "Zebedee-Canary"


def test_no_word_of_a_person_stands_in_the_servers_log_or_files(small_council: ends.Council) -> None:
    laptop = small_council.laptop()
    person = laptop.add_person(CANARY)
    laptop.keep(person, PhoneBody(number=CANARY, use="home", note=CANARY))
    bad = ends.changed(laptop.ops()[1], right_digest=False, digest="0" * 64)
    laptop.push((bad,))
    laptop.sync()
    with laptop.client() as client:
        _provoke(client)
    files = [path for path in small_council.folder.parent.rglob("*") if path.is_file()]
    assert any(path.name == "server.db" for path in files)
    assert small_council.log.stat().st_size > 0
    for path in files:
        assert CANARY.encode() not in path.read_bytes(), path.name


def _provoke(client: Client) -> None:
    """Ask for what is refused, with the canary in it."""
    asked = wire.Ask(question="find-person", words={"name": CANARY}, reason=CANARY)
    client.call("ask", asked, wire.Answer)
    unit = wire.Unit(person_id=CANARY, class_=CANARY)
    with pytest.raises(ServerFailed) as refused:
        client.call("backfill", wire.Backfill(units=(unit,), position=CANARY), wire.Backfilled)
    assert CANARY not in str(refused.value)


PATHS = [*(f"/v1/{name}" for name in ("push", "pull", "enrol", "sign-in", "hello", CANARY)), f"/{CANARY}"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("kind", ["plain", "packed", "torn"])
def test_an_error_says_a_code_and_a_reference_and_never_what_was_sent(
    small_council: ends.Council, path: str, kind: str
) -> None:
    name = NameBody(use="current", family=CANARY)
    body = {"plain": CANARY.encode(), "packed": packing.pack(name), "torn": packing.pack(name)[:9]}[kind]
    with httpx2.Client(verify=pinned(small_council.home.authority.decode()), trust_env=False) as client:
        response = client.post(small_council.address + path, content=body)
    if kind == "packed" and path == "/v1/hello":
        assert response.status_code == 200  # a greeting passes over what it does not know
    else:
        assert response.status_code >= 400
    assert CANARY.encode() not in response.content
    assert CANARY not in str(response.headers)
    if response.status_code not in {200, 404}:
        said = packing.unpack(response.content, wire.Refused)
        assert said.code in {"malformed", "session"}
        assert len(said.reference) == 8


def test_health_says_that_the_server_runs_and_nothing_else(small_council: ends.Council) -> None:
    with httpx2.Client(verify=pinned(small_council.home.authority.decode()), trust_env=False) as client:
        response = client.get(small_council.address + "/health")
    assert response.status_code == 200
    assert packing.inflate(response.content) == b'{"v":1}'
    assert "server" not in response.headers
