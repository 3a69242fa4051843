"""What a supervisor or a manager works through at the server, as they would type it."""

from __future__ import annotations

from datetime import timedelta

import ends
import pytest
import sqlalchemy as sa

from carebook import cli
from carebook.models.audit import audit, audit_words
from carebook.models.people import NameBody, PhoneBody, person
from carebook.server.tables import device, purge_order, quarantine
from carebook.store import holding
from carebook.sync import wire
from carebook.sync.tally import unit_digest

FAMILY = "Quillfeather"
PHONE = PhoneBody(number="01632 960014", use="home")


@pytest.fixture(scope="module")
def supervisor(council: ends.Council) -> str:
    """Someone who may decide."""
    return council.add_worker(role="SP")


def typed(council: ends.Council, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    capsys.readouterr()
    status = cli.main([*words, "--server-home", str(council.folder)])
    told = capsys.readouterr()
    assert FAMILY not in told.out + told.err
    return status, told.out, told.err


def shared(council: ends.Council) -> tuple[ends.Laptop, ends.Laptop, str]:
    mine, theirs = council.laptop(), council.laptop()
    someone = mine.add_person(FAMILY)
    mine.sync()
    council.allocate(theirs.worker, someone)
    theirs.sync()
    return mine, theirs, someone


def test_a_row_held_back_is_listed_and_let_in_by_a_supervisor(
    council: ends.Council, supervisor: str, capsys: pytest.CaptureFixture[str]
) -> None:
    mine, theirs, someone = shared(council)
    first = theirs.keep(someone, PHONE)
    row_id = theirs.keep(someone, PHONE, fact_id=first, replaces=(first,))
    council.end_allocation(theirs.worker, someone)
    assert theirs.push(theirs.ops())[0].outcome == "quarantined"
    _, listed, _ = typed(council, capsys, "list-quarantine")
    (number,) = (line["council_number"] for line in council.rows(sa.select(person).where(person.c.person_id == someone)))
    assert [line.split("\t")[:3] for line in listed.splitlines() if row_id in line] == [[row_id, number, "phone"]]
    admit = ("--by", supervisor, "--reason", "He rang about it that day")
    status, _, told = typed(council, capsys, "admit", row_id, *admit)
    assert (status, "Admit that one first" in told) == (2, True)
    for each in (first, row_id):
        assert typed(council, capsys, "admit", each, *admit)[0] == 0
    assert {first, row_id} <= council.ledger_ids(someone)
    mine.sync()
    assert {first, row_id} <= mine.ledger_ids(someone)
    assert typed(council, capsys, "admit", row_id, *admit)[0] == 2
    (line,) = council.rows(sa.select(quarantine).where(quarantine.c.row_id == row_id))
    assert (line["decided_by"], line["decided_at"] is not None) == (supervisor, True)
    (deed,) = [found for found in council.rows(sa.select(audit).where(audit.c.action == "admit")) if row_id in found["what"]]
    assert (deed["worker"], deed["person_id"]) == (supervisor, someone)
    words = sa.select(audit_words.c.words).where(audit_words.c.device_id == "server", audit_words.c.number == deed["number"])
    assert council.rows(words)[0]["words"] == "He rang about it that day"


def test_nobody_lets_in_what_they_wrote_nor_without_the_role(
    council: ends.Council, supervisor: str, capsys: pytest.CaptureFixture[str]
) -> None:
    senior = council.laptop(supervisor)
    mine = council.laptop()
    someone = mine.add_person(FAMILY)
    mine.sync()
    row_id = senior.keep(someone, PHONE)
    assert senior.push(senior.ops())[0].outcome == "quarantined"
    for by, words in ((supervisor, "wrote it themselves"), (mine.worker, "role does not decide"), ("nobody", "no such")):
        status, _, told = typed(council, capsys, "admit", row_id, "--by", by, "--reason", "Because")
        assert (status, words in told) == (2, True)
    assert row_id not in council.ledger_ids(someone)


def test_a_removal_that_is_not_confirmed_within_a_day_is_listed(
    council: ends.Council, capsys: pytest.CaptureFixture[str]
) -> None:
    _, theirs, someone = shared(council)
    council.end_allocation(theirs.worker, someone)
    with theirs.client() as client:
        client.call("pull", wire.Pull(epoch="", cursor=0, scope=""), wire.Pulled)  # learns of it, and is switched off
    mine = purge_order.c.device_id == theirs.store.identity.device_id
    assert theirs.store.identity.device_id not in typed(council, capsys, "list-unacknowledged")[1]
    old = council.site.now() - timedelta(hours=25)
    council.site.write(lambda session: session.execute(sa.update(purge_order).where(mine).values(made_at=old)))
    _, listed, _ = typed(council, capsys, "list-unacknowledged")
    assert [line.split("\t")[2] for line in listed.splitlines() if theirs.worker in line] == [
        f"laptop {theirs.store.identity.device_id} of {theirs.worker}"
    ]
    theirs.sync()
    assert theirs.worker not in typed(council, capsys, "list-unacknowledged")[1]


def test_a_laptop_that_was_set_back_is_listed(council: ends.Council, capsys: pytest.CaptureFixture[str]) -> None:
    laptop = council.laptop()
    mine = device.c.device_id == laptop.store.identity.device_id
    council.site.write(lambda session: session.execute(sa.update(device).where(mine).values(twin_seen_at=council.site.now())))
    assert laptop.store.identity.device_id in typed(council, capsys, "list-set-back")[1]


def test_the_proof_of_sync_at_the_server_is_that_of_a_laptop(council: ends.Council, capsys: pytest.CaptureFixture[str]) -> None:
    mine, theirs, someone = shared(council)
    mine.keep(someone, NameBody(use="previous", family=FAMILY, given="Sam"))
    for laptop in (mine, theirs):
        laptop.sync()
    _, proof, _ = typed(council, capsys, "proof-of-sync", "--worker", theirs.worker)
    with theirs.store.read() as session:
        here = {unit_digest(holding.digests(session, unit)) for unit in holding.units(session)}
    lines = [line.split("\t") for line in proof.splitlines() if "\t" in line]
    assert {(int(items.split()[0]), digest) for _, _, items, digest in lines} == here
    whole = typed(council, capsys, "proof-of-sync")[1].splitlines()
    assert {line for line in proof.splitlines() if "\t" in line} <= set(whole)
