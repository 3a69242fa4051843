"""Seals, the audit chain, documents in pieces, live questions and leases, each through the real server."""

from __future__ import annotations

import hashlib
from datetime import date

import ends
import msgspec
import pytest
import sqlalchemy as sa

from carebook.clock import random_id
from carebook.errors import ServerBusy, ServerFailed, SignInRefused, UpgradeNeeded
from carebook.models.audit import audit, audit_words, first_broken
from carebook.models.sealed import SealedRow, pack
from carebook.sealing import seal
from carebook.server import administration, leases
from carebook.server.tables import sealed_upload
from carebook.store.device_store import SEAL_PURPOSE
from carebook.sync import signing, wire
from carebook.sync.enrolment import read_enrolment


@pytest.fixture(scope="module")
def laptop(council: ends.Council) -> ends.Laptop:
    """An enrolled laptop."""
    return council.laptop()


@pytest.fixture(scope="module")
def person(laptop: ends.Laptop) -> str:
    """Someone in its worker's scope."""
    found = laptop.add_person("Quillfeather")
    laptop.sync()
    return found


def test_a_laptop_that_cannot_be_opened_delivers_its_rows_by_their_seals(council: ends.Council) -> None:
    old = council.laptop()
    new_person = old.add_person()
    with old.store.read() as session:
        key = read_enrolment(session).seal_key
    seals = []
    for found in old.ops():
        row = wire.as_ledger(msgspec.json.decode(bytes(found.row), type=wire.Row))
        sealed = seal(key, pack(SealedRow(found.op_id, row)), SEAL_PURPOSE)
        seals.append(wire.Seal(seal_id=found.op_id, kind="row", item_id=row.row_id, person_id=new_person, sealed=sealed))
    again = council.laptop(old.worker)
    with again.client() as client:
        told = client.call("seals", wire.Seals(seals=tuple(seals)), wire.SealsHad)
        assert [outcome.outcome for outcome in told.outcomes] == ["accepted", "accepted"]
        assert client.call("seals", wire.Seals(seals=tuple(seals)), wire.SealsHad).outcomes == tuple(
            msgspec.structs.replace(outcome, heads=()) for outcome in told.outcomes
        )
    again.sync()
    assert old.ledger_ids(new_person) <= again.ledger_ids(new_person)


def test_a_seal_of_someone_elses_row_is_kept_and_not_taken_in(council: ends.Council, laptop: ends.Laptop, person: str) -> None:
    other = council.laptop()
    other.add_person()
    found = other.ops()[0]
    row = wire.as_ledger(msgspec.json.decode(bytes(found.row), type=wire.Row))
    with laptop.store.read() as session:
        sealed = seal(read_enrolment(session).seal_key, pack(SealedRow(found.op_id, row)), SEAL_PURPOSE)
    asked = wire.Seal(seal_id=random_id(), kind="row", item_id=row.row_id, person_id=row.person_id, sealed=sealed)
    torn = msgspec.structs.replace(asked, seal_id=random_id(), sealed=sealed[:-1])
    with laptop.client() as client:
        told = client.call("seals", wire.Seals(seals=(asked, torn)), wire.SealsHad)
    assert [(outcome.outcome, outcome.code) for outcome in told.outcomes] == [("refused", "device"), ("refused", "seal")]
    assert len(council.rows(sa.select(sealed_upload).where(sealed_upload.c.item_id == row.row_id))) == 2
    assert not council.ledger_ids(row.person_id)


def test_the_servers_own_chain_fits_together(council: ends.Council, person: str) -> None:
    lines = council.rows(sa.select(audit).where(audit.c.device_id == "server").order_by(audit.c.number))
    assert len(lines) > 5
    assert first_broken([(ends.as_audit_row(line), line["hash"]) for line in lines]) is None


def test_a_chain_with_a_gap_is_asked_for_from_its_end_and_a_forged_one_is_told_apart(council: ends.Council) -> None:
    laptop = council.laptop()
    laptop.add_person()
    laptop.add_person()
    with laptop.store.read() as session:
        rows = session.execute(sa.select(audit).order_by(audit.c.number)).mappings().all()
    fields = [name for name in wire.AuditLine.__struct_fields__ if name not in ("what", "salt", "words")]
    lines = [wire.AuditLine(**{name: row[name] for name in fields}, what=tuple(row["what"])) for row in rows]
    assert len(lines) == 2
    with laptop.client() as client:
        gap = client.call("audit", wire.AuditUp(lines=(lines[1],)), wire.AuditHad)
        assert (gap.number, gap.code) == (0, "gap")
        forged = msgspec.structs.replace(lines[0], action="something-else")
        assert client.call("audit", wire.AuditUp(lines=(forged,)), wire.AuditHad).code == "broken"
        had = client.call("audit", wire.AuditUp(lines=tuple(lines)), wire.AuditHad)
        assert (had.number, had.code) == (2, "")
        assert client.call("audit", wire.AuditUp(lines=tuple(lines)), wire.AuditHad) == had


def test_a_document_is_whole_only_when_its_hash_says_so(council: ends.Council, laptop: ends.Laptop, person: str) -> None:
    whole = b"%PDF-1.7 " + bytes(range(256)) * 2000
    name = hashlib.sha256(whole).hexdigest()

    def put(client: object, offset: int, piece: bytes, of: str = name) -> wire.BlobHad:
        asked = wire.BlobPut(sha256=of, size=len(whole), person_id=person, offset=offset, piece=piece)
        return client.call("blob-put", asked, wire.BlobHad)

    with laptop.client() as client:
        first = put(client, 0, whole[: wire.PIECE_BYTES])
        assert (first.upto, first.whole) == (wire.PIECE_BYTES, False)
        assert put(client, 0, whole[: wire.PIECE_BYTES]) == first
        assert put(client, 5, b"x") == first
        assert put(client, first.upto, whole[first.upto :]).whole
        with pytest.raises(ServerFailed):
            client.call("blob-get", wire.BlobGet(sha256="0" * 64, offset=0), wire.BlobPiece)
        got = b""
        while len(got) < len(whole):
            got += client.call("blob-get", wire.BlobGet(sha256=name, offset=len(got)), wire.BlobPiece).piece
        assert got == whole
        wrong = "f" * 64
        put(client, 0, whole[: wire.PIECE_BYTES], wrong)
        last = put(client, wire.PIECE_BYTES, whole[wire.PIECE_BYTES :], wrong)
        assert last == wire.BlobHad(sha256=wrong, upto=0, whole=False)
    with council.laptop().client() as stranger, pytest.raises(ServerFailed):
        stranger.call("blob-get", wire.BlobGet(sha256=name, offset=0), wire.BlobPiece)


def test_a_live_question_finds_someone_beyond_the_caseload_and_is_written_down(council: ends.Council, person: str) -> None:
    asker = council.laptop()
    asked = wire.Ask(question="find-person", words={"name": "quillf"}, reason="a neighbour rang the duty desk")
    with asker.client() as client:
        answer = client.call("ask", asked, wire.Answer)
        assert [line["name"] for line in answer.lines] == ["Sam Quillfeather"]
        assert set(answer.lines[0]) == {"person_id", "name", "born", "worker"}
        for wrong in ({"question": "everything"}, {"reason": "no"}, {"words": {"name": "qu"}}):
            with pytest.raises(ServerFailed):
                client.call("ask", msgspec.structs.replace(asked, **wrong), wire.Answer)
        for _ in range(19):
            client.call("ask", asked, wire.Answer)
        with pytest.raises(ServerBusy):
            client.call("ask", asked, wire.Answer)
    lines = council.rows(sa.select(audit).where(audit.c.action == "ask", audit.c.worker == asker.worker))
    assert len(lines) == 20
    assert person in lines[0]["what"]
    assert council.rows(sa.select(audit_words).where(audit_words.c.words == asked.reason))


def test_a_role_that_may_not_search_is_not_answered(council: ends.Council) -> None:
    auditor = council.laptop(role="AU")
    asked = wire.Ask(question="find-person", words={"name": "quill"}, reason="looking around a little")
    with auditor.client() as client, pytest.raises(SignInRefused):
        client.call("ask", asked, wire.Answer)


def test_a_message_older_than_two_versions_asks_for_an_update(laptop: ends.Laptop) -> None:
    with laptop.client() as client, pytest.raises(UpgradeNeeded):
        client.call("check", wire.Check(v=0, units=()), wire.Checked)


def test_a_lease_is_the_servers_word_and_a_setting_shortens_it(council: ends.Council, laptop: ends.Laptop) -> None:
    with laptop.store.read() as session:
        mine = read_enrolment(session)
    with laptop.client() as client:
        lease = client.call("pull", wire.Pull(epoch="", cursor=0, scope=""), wire.Pulled).lease
        assert lease is not None
        assert signing.is_signed(mine.signing_key, lease.signature, signing.lease_words(lease))
        longer = msgspec.structs.replace(lease, until=lease.until.replace(year=2099))
        assert not signing.is_signed(mine.signing_key, lease.signature, signing.lease_words(longer))
        administration.set_setting(council.site, leases.SETTING, "1")
        shorter = client.call("pull", wire.Pull(epoch="", cursor=0, scope=""), wire.Pulled).lease
        assert shorter is not None
        assert shorter.until < lease.until


@pytest.mark.parametrize(
    ("issued_on", "working_days", "last_on"),
    [
        (date(2026, 3, 9), 3, date(2026, 3, 12)),  # a Monday
        (date(2026, 3, 12), 3, date(2026, 3, 17)),  # a Thursday, over the weekend
        (date(2026, 3, 14), 3, date(2026, 3, 18)),  # a Saturday
        (date(2026, 3, 9), 30, date(2026, 3, 16)),  # seven days at most
        (date(2026, 3, 9), 0, date(2026, 3, 10)),  # a day at least
    ],
)
def test_a_lease_ends_with_the_third_working_day(issued_on: date, working_days: int, last_on: date) -> None:
    assert leases.last_day(issued_on, working_days) == last_on
