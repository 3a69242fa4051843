"""The store as a whole: nothing of a person on the disk, a full disk lived through, old stores opened, its speed on the way."""

from __future__ import annotations

import base64
import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from make import KEY, MONDAY, a_contact, a_desk, a_plan, assert_rebuild_equals, make_desk
from make_store import PASSPHRASE
from untouched import untouched

from carebook import cipher
from carebook.actions.add_person import NewPerson, add_person
from carebook.actions.find_people import find_people
from carebook.actions.finish_contact import WrittenPassage, finish_contact
from carebook.actions.open_person import open_person
from carebook.actions.print_plan import print_plan
from carebook.actions.read_sync_status import read_sync_status
from carebook.actions.save_draft import save_draft
from carebook.actions.write_plan import write_plan
from carebook.clock import random_id, system_clock
from carebook.desk import Desk
from carebook.errors import DiskFull, StoreExists, WrongKey
from carebook.models.ledger import ledger
from carebook.store.keys import open_slot
from carebook.store.opening import create_store, open_store
from carebook.store.place import Place

ROOT = Path(__file__).resolve().parents[2]
STORES = ROOT / "tests/stores"
CANARIES = (
    "Quillfeather", "Zebedee", "Marmalade Passage", "QX9 9ZZ", "01632 960987", "9990001065",
    "she keeps the herons in the bath", "a plan for the herons", "half a sentence about herons",
)


# ---------------------------------------------------------------- nothing of a person on the disk


def shapes(word: str) -> Iterator[tuple[str, bytes]]:
    """A word as it might lie on a disk, folded to lower case where that makes sense."""
    for code in ("utf-8", "utf-16-le", "utf-16-be"):
        plain = word.encode(code)
        yield code, plain
        yield f"hex {code}", plain.hex().encode()
        for shift in range(3):  # base64 of the word within something longer, at each of its three places
            whole = base64.b64encode(b"\0" * shift + plain)
            yield f"base64 {code}", whole[4 * bool(shift) : len(whole) - 4]


def found_in(folder: Path) -> list[tuple[str, str, str]]:
    """Each canary that lies in a file below the folder, or in a file's name, with its shape."""
    hits = []
    for path in sorted(folder.rglob("*")):
        content = str(path).encode() + b"\n" + (path.read_bytes() if path.is_file() else b"")
        folded = content.lower()
        hits += [
            (path.name, word, how)
            for word in CANARIES
            for how, shape in shapes(word)
            if (shape in content if "base64" in how else shape.lower() in folded)
        ]
    return hits


def a_session(desk: Desk) -> None:
    """Everything that carries a person's words: written, drafted, planned, printed into memory, looked for."""
    person_id = desk.do(add_person, NewPerson(
        family="Quillfeather", given="Zebedee", birth_year=1950, birth_month=1, birth_day=2, phone="01632 960987",
        address_lines=("7 Marmalade Passage",), postcode="QX9 9ZZ", nhs_number="9990001065", needs_answer="none",
    ))
    words = WrittenPassage(heading="contacts", words="she keeps the herons in the bath " * 40)
    desk.do(finish_contact, person_id, a_contact(MONDAY.date(), passages=(words,)))
    plan = desk.do(write_plan, person_id, a_plan(MONDAY.date(), budget_words="a plan for the herons"))
    desk.do(save_draft, random_id(), person_id, "contact", "half a sentence about herons", desk.store.session_id)
    assert print_plan(desk, person_id, plan).pdf.startswith(b"%PDF")
    assert desk.do(find_people, "quillfeather", is_settled=True).total == 1
    desk.do(open_person, person_id)
    desk.do(read_sync_status)
    with desk.store.read() as session:  # a sort that is too large to be done in passing
        session.execute(sa.text("SELECT a.body || b.body AS x FROM ledger a, ledger b ORDER BY x")).all()


def test_no_word_of_a_person_lies_in_any_file(home: Path, monkeypatch: pytest.MonkeyPatch, figure) -> None:
    (home / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(home / "tmp"))
    monkeypatch.setenv("SQLITE_TMPDIR", str(home / "tmp"))
    with a_desk(home) as desk:
        a_session(desk)
        hits = found_in(home)
        names = {path.suffix for path in home.rglob("*") if path.is_file()}
        assert {".db", ".db-wal", ".db-shm", ".seal"} <= names
    figure("words of a person found on the disk", len(hits + found_in(home)), 0)
    assert hits == found_in(home) == []


def test_the_search_for_words_finds_them_in_a_plain_store(home: Path) -> None:
    with closing(sqlite3.connect(home / "plain.db")) as plain:
        plain.execute("CREATE TABLE note (words TEXT, more BLOB)")
        for word in CANARIES:
            for code in ("utf-16-le", "utf-8"):
                pieces = word.encode(code), base64.b64encode(b"xy" + word.encode(code)), word.encode(code).hex()
                plain.executemany("INSERT INTO note VALUES (?, ?)", [(word, piece) for piece in pieces])
        plain.commit()
    found = {(word, how) for _, word, how in found_in(home)}
    for word in CANARIES:
        for how in ("utf-8", "utf-16-le", "hex utf-8", "hex utf-16-le", "base64 utf-8", "base64 utf-16-le"):
            assert (word, how) in found


# ---------------------------------------------------------------- a full disk


def test_on_a_full_disk_saving_says_so_looking_goes_on_and_nothing_is_lost(home: Path, figure) -> None:
    """In a file system of 24 MiB of its own; where none may be mounted, the engine's own limit stands in for it below."""
    (home / "small").mkdir()
    answers = {how: lived_through(home / "small", how) for how in ("ballast", "none")}
    if None in answers.values():
        figure("full disk in a file system of its own", "NOT RUN: nothing may be mounted here")
        return
    kept_back, control = answers["ballast"], answers["none"]
    assert kept_back["told"] == kept_back["again"] == kept_back["draft"] == "DiskFull"
    assert kept_back["looked"] == ["done"] * 30
    assert kept_back["looks"] == 31
    assert kept_back["failed"] == ["finish_contact"] * 2
    assert kept_back["contacts"] == 2 + 2 * kept_back["saved"]
    assert (kept_back["after"], kept_back["reopened"], kept_back["ballast"]) == ("done", "done", True)
    assert (kept_back["numbers"], kept_back["seals"]) == (0, 1 - 1)
    assert "DiskFull" in control["looked"]  # without room kept back there is no looking
    assert control["contacts"] == 2 + 2 * control["saved"]


def lived_through(folder: Path, how: str) -> dict[str, object] | None:
    """What tests/store/full_disk.py met, or None where no file system may be mounted."""
    allowed = subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "none", str(folder)], capture_output=True, check=False)
    if allowed.returncode:
        return None
    places = f"import sys; sys.path[:0] = {[str(ROOT), str(ROOT / 'tests')]!r}\n"
    script = places + "import runpy; sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
    told = subprocess.run(
        ["unshare", "-rm", sys.executable, "-B", "-c", script, str(ROOT / "tests/store/full_disk.py"), str(folder), how],
        capture_output=True, text=True, timeout=120, check=True,
    )
    return json.loads(told.stdout)


def test_a_store_that_may_not_grow_loses_nothing_and_works_again(home: Path) -> None:
    with a_desk(home) as desk:
        person_id = desk.do(add_person, NewPerson(family="Wren", given="Ann", needs_answer="none"))
        desk.clock.move()  # type: ignore[attr-defined]
        with desk.store.begin() as session:
            pages = session.connection().exec_driver_sql("PRAGMA page_count").scalar()
            session.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        before, form = all_rows(desk), a_contact(MONDAY.date(), why="x" * 50_000)
        with pytest.raises(DiskFull):
            desk.do(finish_contact, person_id, form)
        assert desk.store.is_short
        assert all_rows(desk) == before
        with desk.store.read() as session:
            session.connection().exec_driver_sql("PRAGMA max_page_count = 1000000")
        desk.do(finish_contact, person_id, form)
        assert not desk.store.is_short
        assert len(all_rows(desk)) > len(before)


def all_rows(desk: Desk) -> list[str]:
    with desk.store.read() as session:
        return list(session.scalars(sa.select(ledger.c.digest).order_by(ledger.c.row_id)))


# ---------------------------------------------------------------- making and opening


def test_a_store_is_never_made_over_another(home: Path) -> None:
    with a_desk(home) as desk:
        place, identity = desk.store.place, desk.identity
    with untouched(place.folder), pytest.raises(StoreExists):
        create_store(place, KEY, system_clock(), identity, {})


def test_a_wrong_key_leaves_the_store_as_it_was(home: Path) -> None:
    with a_desk(home) as desk:
        place = desk.store.place
    with untouched(place.folder), pytest.raises(WrongKey):
        open_store(place, bytes(32), system_clock())


def test_a_store_knows_whose_it_is_when_it_is_opened_again(home: Path) -> None:
    desk = make_desk(home, system_clock())
    identity, session_id, seal_key = desk.identity, desk.store.session_id, desk.store.seal_key
    desk.store.lock()
    again = open_store(desk.store.place, KEY, system_clock())
    assert (again.identity, again.seal_key) == (identity, seal_key)
    assert again.session_id != session_id
    again.lock()


@pytest.mark.parametrize("version", sorted(path.name for path in STORES.iterdir() if (path / "store.db").exists()))
def test_a_store_of_every_release_opens_and_its_tables_can_be_written_anew(version: str, home: Path) -> None:
    shutil.copytree(STORES / version, home / "store")
    place = Place(home / "store")
    key = open_slot(place.slot, PASSPHRASE, None)
    cipher.check_whole(place.store, key)
    desk = Desk(open_store(place, key, system_clock()))
    assert_rebuild_equals(desk)
    people = {one.full_name: one.person_id for one in desk.do(find_people, "").people}
    assert {"Margaret Okafor-Hale", "Dennis Arkwright", "Ines Valadares", "Tomasz Wójcik-O'Neill"} <= set(people)
    assert desk.store.counts()[0] == len(all_rows(desk)) - from_elsewhere(desk)
    desk.store.lock()


def from_elsewhere(desk: Desk) -> int:
    with desk.store.read() as session:
        theirs = sa.select(sa.func.count()).select_from(ledger).where(ledger.c.device_id != desk.identity.device_id)
        return session.scalar(theirs) or 0
