"""Backups of the server and their return, on both engines, each as an administrator would do it."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count
from pathlib import Path

import ends
import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from carebook import cli
from carebook.clock import system_clock
from carebook.errors import SignInRefused, StoreDamaged, StoreExists, StoreInUse, StoreMissing, WrongKey
from carebook.models.audit import audit, first_broken
from carebook.models.ledger import ledger, tombstone
from carebook.models.people import PhoneBody
from carebook.models.projection import withdraw
from carebook.sealing import SealUnreadable
from carebook.server import backups, home
from carebook.server.in_use import using
from carebook.server.tables import device, feed, quarantine, sync_head
from carebook.store.tables import journal

CANARY = "Zebedee-Quillfeather"


NAMES = count()


@pytest.fixture
def town(new_database: Callable[[], str]) -> Iterator[ends.Council]:
    """A council of the test's own, to be set back."""
    folder = Path(tempfile.mkdtemp(prefix="b"))
    try:
        with ends.council(folder, new_database()) as found:
            yield found
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def back_up(town: ends.Council) -> Path:
    folder = town.folder.parent / f"backup-{next(NAMES)}"
    assert cli.main(["backup", str(folder), "--server-home", str(town.folder)]) == 0
    return folder


def put_back(town: ends.Council, folder: Path) -> int:
    """Stop, restore, start again where laptops look for it."""
    port = int(town.address.rpartition(":")[2])
    assert town.process
    assert town.process.stop() == 0
    town.site.keeping.close()
    status = cli.main(["restore", str(folder), "--server-home", str(town.folder)])
    town.start(port)
    return status


def head(town: ends.Council) -> sa.RowMapping:
    (line,) = town.rows(sa.select(sync_head))
    return line


def dispose(session: Session, person: str, at: datetime) -> None:
    """What a disposal does to the server's rows: tombstones that never lapse, then the rows go."""
    ids = session.scalars(sa.select(ledger.c.row_id).where(ledger.c.person_id == person)).all()
    stones = [{"row_id": row_id, "person_id": person, "class_": "ordinary", "why": "disposal", "at": at} for row_id in ids]
    session.execute(sa.insert(tombstone), stones)
    withdraw(session, ids)
    session.execute(sa.delete(ledger).where(ledger.c.person_id == person))


def assert_chains_whole(town: ends.Council) -> None:
    for line in town.rows(sa.select(audit.c.device_id).distinct()):
        chain = town.rows(sa.select(audit).where(audit.c.device_id == line["device_id"]).order_by(audit.c.number))
        assert first_broken([(ends.as_audit_row(found), found["hash"]) for found in chain]) is None


def test_work_since_the_backup_comes_back_from_the_laptops_once(town: ends.Council) -> None:
    mine, theirs = town.laptop(), town.laptop()
    old = mine.add_person()
    mine.sync()
    town.allocate(theirs.worker, old)
    theirs.sync()
    folder = back_up(town)
    new = mine.add_person()
    mine.sync()
    theirs.keep(old, PhoneBody(number="01632 960011", use="home"))
    theirs.sync()
    before, epoch = {person: town.ledger_ids(person) for person in (old, new)}, head(town)["epoch"]
    assert put_back(town, folder) == 0
    assert head(town)["epoch"] != epoch
    assert not town.ledger_ids(new)
    assert [laptop.sync().server_restored for laptop in (mine, theirs, mine, theirs)] == [True, True, False, False]
    waiting = town.rows(sa.select(quarantine.c.row_id, quarantine.c.code, quarantine.c.row))
    lost = {line["row_id"] for line in waiting if line["code"] == "given-back" and '"device_id":"server"' in line["row"]}
    assert len(lost) == 1  # the allocation that the server itself wrote when the second person was new
    assert before[old] <= town.ledger_ids(old)
    assert before[new] - lost <= town.ledger_ids(new)
    assert mine.ledger_ids(new) == town.ledger_ids(new) | lost
    for laptop in (mine, theirs):
        report = laptop.sync()
        assert (report.differing, report.waiting, report.trace_broken) == (0, 0, False)
    assert len(town.rows(sa.select(feed.c.seq))) == head(town)["seq"]
    assert_chains_whole(town)


def test_what_was_disposed_of_and_who_was_shut_out_after_the_backup_stay_so(town: ends.Council) -> None:
    laptop, stolen = town.laptop(), town.laptop()
    person = laptop.add_person()
    laptop.sync()
    folder = back_up(town)
    gone = town.ledger_ids(person)
    mine = device.c.device_id == stolen.store.identity.device_id
    town.site.write(lambda session: session.execute(sa.update(device).where(mine).values(revoked_at=town.site.now())))
    town.site.write(lambda session: dispose(session, person, town.site.now()))
    assert put_back(town, folder) == 0
    assert town.ledger_ids(person) == set()
    laptop.keep(person, PhoneBody(number="01632 960012", use="home"))
    assert {refusal.code for refusal in laptop.sync().refused} == {"disposed"}
    assert not gone & town.ledger_ids(person)
    with pytest.raises(SignInRefused):
        stolen.sync()


def test_after_a_verified_backup_laptops_need_keep_nothing_for_sending_again(council: ends.Council) -> None:
    laptop = council.laptop()
    laptop.add_person(CANARY)
    laptop.sync()
    counted = sa.select(sa.func.count()).select_from(journal)
    assert laptop.scalar(counted) == 2
    folder = back_up(council)
    stand = head(council)
    assert (stand["safe_seq"], backups.read_backup(folder).stand.seq) == (stand["seq"], stand["seq"])
    laptop.sync()
    assert laptop.scalar(counted) == 0
    assert {path.stat().st_mode & 0o077 for path in (folder, *folder.iterdir())} == {0}
    assert all(CANARY.encode() not in path.read_bytes() for path in folder.iterdir())
    assert not list(folder.parent.glob("*.new"))


def test_a_backup_is_never_put_over_something_nor_restored_under_a_running_server(
    council: ends.Council, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = back_up(council)
    there = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert cli.main(["backup", str(folder), "--server-home", str(council.folder)]) == 2
    assert "Nothing was changed" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == there
    before = head(council)
    assert cli.main(["restore", str(folder), "--server-home", str(council.folder)]) == 1
    assert "Stop it first" in capsys.readouterr().err
    assert head(council) == before


def test_a_damaged_backup_is_refused_and_the_server_left_as_it_is(council: ends.Council) -> None:
    folder = back_up(council)
    before = head(council)
    (file,) = [path for path in folder.iterdir() if path.suffix != ".json"]
    whole = file.read_bytes()
    for bad in (whole[:-4096], whole[:9000] + bytes([whole[9000] ^ 1]) + whole[9001:]):
        file.write_bytes(bad)
        with pytest.raises(StoreDamaged):
            backups.restore(council.home, system_clock(), folder)
    file.write_bytes(whole)
    with pytest.raises(StoreMissing):
        backups.restore(council.home, system_clock(), folder.parent)
    assert head(council) == before


def other_database(council: ends.Council, request: pytest.FixtureRequest) -> str:
    """An empty database on the same engine."""
    if council.home.database == "sqlite":
        return "sqlite"
    return str(request.getfixturevalue("database_server").new_database())


def test_a_backup_does_not_open_under_other_keys(
    council: ends.Council, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    folder = back_up(council)
    other = home.set_up(tmp_path / "other", ["127.0.0.1"], database=other_database(council, request))
    other.open(system_clock(), create=other.database == "sqlite").close()
    with pytest.raises((WrongKey, SealUnreadable)):
        backups.restore(other, system_clock(), folder)


def test_a_backup_made_while_laptops_send_is_whole(council: ends.Council) -> None:
    laptop = council.laptop()
    stop = threading.Event()

    def work() -> None:
        while not stop.is_set():
            laptop.add_person()
            laptop.sync()

    worker = threading.Thread(target=work)
    worker.start()
    try:
        made = [backups.back_up(council.home, system_clock(), council.folder.parent / f"busy-{number}") for number in range(2)]
    finally:
        stop.set()
        worker.join()
    assert [found.stand.seq for found in made] == sorted(found.stand.seq for found in made)
    assert made[-1].stand.counts["feed"] == made[-1].stand.seq
    assert laptop.sync().is_clean


def test_one_who_uses_a_folder_alone_keeps_others_out(council: ends.Council) -> None:
    with pytest.raises(StoreInUse), using(council.folder, alone=True):
        pass
    with pytest.raises(StoreExists):
        backups.back_up(council.home, system_clock(), council.folder)
