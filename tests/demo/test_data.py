"""The demonstration's people are the same for the same seed, invented throughout, and never put among real ones."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa

from carebook.clock import Clock
from carebook.demo import data
from carebook.demo.council import STAFF
from carebook.errors import GateUnsure, StoreExists
from carebook.models.access import WorkerBody
from carebook.models.audit import audit
from carebook.models.ids import COUNCIL
from carebook.models.kinds import read_body, readable
from carebook.models.ledger import digest, ledger
from carebook.models.people import NhsNumberBody, PersonBody
from carebook.policy.nhs_number import is_possible
from carebook.server import accounts, door, home, scope, site
from carebook.server.tables import feed
from carebook.sync.wire import Row, as_ledger, as_wire

FEW = 6


def test_the_same_seed_invents_the_same_rows() -> None:
    once, _ = data.invent(seed=3, people=FEW)
    again, _ = data.invent(seed=3, people=FEW)
    other, _ = data.invent(seed=4, people=FEW)
    assert once == again
    assert [digest(row) for row in once] != [digest(row) for row in other]


def test_every_invented_row_can_be_read_and_sent() -> None:
    rows, loaded = data.invent(people=FEW)
    assert len(loaded.people) == 9
    assert len(loaded.crowd) == FEW
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    for row in rows:
        assert readable(row.kind, row.version)
        read_body(row.kind, row.version, row.body)
        sent = msgspec.json.encode(as_wire(row, digest(row)))
        assert as_ledger(msgspec.json.decode(sent, type=Row)) == row


def test_every_nhs_number_is_of_the_synthetic_range_and_nobody_shares_one() -> None:
    rows, _ = data.invent()
    bodies = [read_body(row.kind, row.version, row.body) for row in rows]
    numbers = [body.number for body in bodies if isinstance(body, NhsNumberBody) and body.number]
    assert len(numbers) == len(set(numbers)) > 60
    assert all(number.startswith("999") and is_possible(number) for number in numbers)


def test_a_demonstration_server_is_filled_in_one_go_and_its_chain_says_so(tmp_path: Path) -> None:
    made, loaded = data.set_up(tmp_path / "server", people=FEW)
    keeping = made.open(data.demonstration_clock())
    try:
        here = site.site(made, keeping)
        assert here.read(lambda session: session.scalar(sa.select(sa.func.count()).select_from(ledger))) == loaded.rows
        assert here.read(lambda session: session.scalar(sa.select(sa.func.max(feed.c.seq)))) == loaded.rows
        told = here.read(lambda session: session.execute(sa.select(audit.c.action, audit.c.what)).all())
        assert [(line.action, line.what[0]) for line in told] == [("load-demonstration", f"rows:{loaded.rows}")]
        mine = here.read(lambda session: scope.people_of(session, "p.osei", scope.today(here.now())))
        assert loaded.people["margaret"] in mine
        for one in STAFF:
            accounts.check_password(here, one.worker, data.PASSWORD)
    finally:
        keeping.close()


def test_a_server_for_real_people_is_not_filled(tmp_path: Path) -> None:
    clock = data.demonstration_clock()
    real = home.set_up(tmp_path / "real", ["127.0.0.1"])
    keeping = real.open(clock, create=True)
    try:
        here = site.site(real, keeping)
        with pytest.raises(GateUnsure, match="not-a-demonstration"):
            data.load(real, here, people=FEW)
        assert here.read(lambda session: session.scalar(sa.select(sa.func.count()).select_from(ledger))) == 0
    finally:
        keeping.close()


@pytest.mark.parametrize("people", [0, FEW])
def test_a_demonstration_server_that_holds_people_is_not_filled_again(tmp_path: Path, people: int) -> None:
    made, loaded = data.set_up(tmp_path / "server", people=people)
    keeping = made.open(data.demonstration_clock())
    try:
        here = site.site(made, keeping)
        with pytest.raises(GateUnsure, match="holds-people"):
            data.load(made, here, people=FEW)
        assert here.read(lambda session: session.scalar(sa.select(sa.func.count()).select_from(ledger))) == loaded.rows
    finally:
        keeping.close()


def test_somebody_added_at_the_servers_own_door_keeps_the_demonstration_out(tmp_path: Path) -> None:
    clock = data.demonstration_clock()
    made = home.set_up(tmp_path / "server", ["127.0.0.1"], demonstration=True)
    keeping = made.open(clock, create=True)
    try:
        here = site.site(made, keeping)
        _write(here, clock, COUNCIL, WorkerBody(worker="a.real", name="A Real", role="PR"))
        _write(here, clock, clock.new_id(), PersonBody(life="adult", council_number="R1"))
        with pytest.raises(GateUnsure, match="holds-people"):
            data.load(made, here, people=FEW)
    finally:
        keeping.close()


def _write(here: site.Site, clock: Clock, person_id: str, body: WorkerBody | PersonBody) -> None:
    here.write(lambda session: door.write(session, clock, "test", door.Writing(person_id, body)))


def test_the_command_says_where_the_server_is_and_refuses_a_second_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert data.main(["--server-home", str(tmp_path / "a server"), "--people", "2"]) == 0
    said = capsys.readouterr().out
    assert "11 people" in said
    assert data.PASSWORD in said
    assert data.main(["--server-home", str(tmp_path / "a server")]) == 2
    assert "already" in capsys.readouterr().err
    home.set_up(tmp_path / "real", ["127.0.0.1"])
    assert data.main(["--server-home", str(tmp_path / "real")]) == 2
    assert "real people" in capsys.readouterr().err
    with pytest.raises(StoreExists):
        data.set_up(tmp_path / "real")
