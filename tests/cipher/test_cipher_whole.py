"""A file that is not the store the key belongs to is refused, told apart where it can be, and left as it was."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from untouched import untouched

from carebook.cipher import check_whole, checkpoint, connect, open_engine
from carebook.errors import CarebookError, StoreDamaged, StoreExists, StoreInUse, StoreMissing, WrongKey

KEY = bytes(range(32))
PAGE = 4096
ROOT = str(Path(__file__).resolve().parents[2])


def filled(path: Path, rows: int = 200) -> Path:
    """A closed store with some tens of pages."""
    path.parent.mkdir(exist_ok=True)
    engine = open_engine(path, KEY, create=True)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE note (id INTEGER PRIMARY KEY, words TEXT)")
        connection.exec_driver_sql("CREATE INDEX note_words ON note (words)")
        many = [{"words": f"note {number} {'word ' * 40}"} for number in range(rows)]
        connection.execute(text("INSERT INTO note (words) VALUES (:words)"), many)
    engine.dispose()
    return path


@pytest.fixture
def store(home: Path) -> Path:
    return filled(home / "stores" / "store.db")


@pytest.fixture
def store_with_log(home: Path) -> Path:
    """As the power left it: half of the rows and a new table only in the log."""
    engine = open_engine(filled(home / "first" / "store.db"), KEY)
    checkpoint(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE visit (id INTEGER PRIMARY KEY)")
        connection.exec_driver_sql("INSERT INTO note (words) SELECT words FROM note")
    (home / "stores").mkdir()
    for name in ("store.db", "store.db-wal"):
        shutil.copy(home / "first" / name, home / "stores" / name)
    engine.dispose()
    return home / "stores" / "store.db"


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def overwrite(path: Path, offset: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(content)


def cut(length: Callable[[int], int]) -> Callable[[Path], None]:
    return lambda path: os.truncate(path, length(path.stat().st_size))


def plain(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE note (words)")


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "cut within a page": (cut(lambda size: size // 2 + 100), "cut"),
    "cut at a page": (cut(lambda size: size - 4 * PAGE), "SQLITE_CORRUPT"),
    "cut to one page": (cut(lambda size: PAGE), "SQLITE_CORRUPT"),
    "cut within the first page": (cut(lambda size: 2000), "cut"),
    "cut within the salt": (cut(lambda size: 7), "cut"),
    "empty": (cut(lambda size: 0), "empty"),
    "junk appended": (lambda path: overwrite(path, path.stat().st_size, os.urandom(100)), "cut"),
    "first page damaged": (lambda path: overwrite(path, 200, b"\0"), "page"),
    "a page of zeros first": (lambda path: overwrite(path, 16, bytes(PAGE - 16)), "page"),
    "a plain database": (plain, "plain"),
    "a letter": (lambda path: path.write_bytes(b"Dear Sir or Madam"), "cut"),
    "a folder": (folder, "no-file"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_refused_and_left_alone(store: Path, damage: str) -> None:
    do, code = DAMAGES[damage]
    do(store)
    with untouched(store.parent), pytest.raises(StoreDamaged, match=f"^{code}$"):
        open_engine(store, KEY)


@pytest.mark.parametrize("bit", [0, 100, 255])
def test_a_wrong_key_is_refused_and_the_file_left_alone(store: Path, bit: int) -> None:
    wrong = (int.from_bytes(KEY) ^ 1 << bit).to_bytes(32)
    with untouched(store.parent), pytest.raises(WrongKey):
        open_engine(store, wrong)


def test_a_file_of_random_pages_has_no_right_key(store: Path) -> None:
    store.write_bytes(random.Random(3).randbytes(8 * PAGE))
    with untouched(store.parent), pytest.raises(WrongKey):
        open_engine(store, KEY)


def test_a_store_that_is_not_there_is_not_made(home: Path) -> None:
    (home / "stores").mkdir()
    with untouched(home / "stores"), pytest.raises(StoreMissing):
        open_engine(home / "stores" / "store.db", KEY)


@pytest.mark.parametrize("key", [KEY, bytes(32)])
def test_a_store_that_is_there_is_never_made_anew(store: Path, key: bytes) -> None:
    with untouched(store.parent), pytest.raises(StoreExists):
        open_engine(store, key, create=True)


def test_a_log_without_its_store_is_not_given_another(store_with_log: Path) -> None:
    store_with_log.unlink()
    with untouched(store_with_log.parent), pytest.raises(StoreExists):
        open_engine(store_with_log, KEY, create=True)


def test_a_log_is_neither_taken_in_nor_lost_under_a_wrong_key(store_with_log: Path) -> None:
    with untouched(store_with_log.parent), pytest.raises(WrongKey):
        open_engine(store_with_log, bytes(32))


def test_what_is_only_in_the_log_is_there_when_the_store_opens(store_with_log: Path) -> None:
    with closing(connect(store_with_log, KEY)) as connection:
        assert connection.execute("SELECT count(*) FROM note").fetchone() == (400,)


def test_a_first_page_that_was_torn_while_the_log_was_taken_in_is_mended_from_it(store_with_log: Path) -> None:
    overwrite(store_with_log, 512, os.urandom(PAGE - 512))
    engine = open_engine(store_with_log, KEY)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM note")).scalar() == 400
    engine.dispose()
    check_whole(store_with_log, KEY)
    assert names(store_with_log.parent) == ["store.db"]


def test_a_file_cut_beyond_what_its_log_mends_is_refused_and_left_alone(store_with_log: Path) -> None:
    os.truncate(store_with_log, 5 * PAGE + 17)
    with untouched(store_with_log.parent), pytest.raises(StoreDamaged):
        open_engine(store_with_log, KEY)


def test_a_whole_store_is_found_whole(store: Path) -> None:
    with untouched(store.parent):
        check_whole(store, KEY)


def test_a_store_at_work_is_found_whole_or_busy(store: Path) -> None:
    engine = open_engine(store, KEY)
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO note (words) VALUES ('more')")
    check_whole(store, KEY)
    with engine.connect().execution_options(read=True) as reader:
        reader.exec_driver_sql("SELECT count(*) FROM note")
        with engine.begin() as writer:
            writer.exec_driver_sql("INSERT INTO note (words) VALUES ('more still')")
        with pytest.raises(StoreInUse):
            check_whole(store, KEY)
    engine.dispose()


def swap(path: Path, rng: random.Random) -> None:
    pages = path.stat().st_size // PAGE
    one, other = rng.sample(range(1, pages), 2)
    content = path.read_bytes()
    overwrite(path, one * PAGE, content[other * PAGE : (other + 1) * PAGE])
    overwrite(path, other * PAGE, content[one * PAGE : (one + 1) * PAGE])


def flip(path: Path, rng: random.Random) -> None:
    place = rng.randrange(path.stat().st_size)
    overwrite(path, place, bytes([path.read_bytes()[place] ^ 1 << rng.randrange(8)]))


def zero(path: Path, rng: random.Random) -> None:
    overwrite(path, rng.randrange(path.stat().st_size // PAGE) * PAGE, bytes(PAGE))


def page_cut(path: Path, rng: random.Random) -> None:
    os.truncate(path, rng.randrange(path.stat().st_size // PAGE) * PAGE)


def page_appended(path: Path, rng: random.Random) -> None:
    overwrite(path, path.stat().st_size, rng.randbytes(PAGE * rng.randrange(1, 4)))


def undetected(store: Path, times: int, seed: int) -> list[str]:
    """The damages that neither the gate nor the check of the whole store saw."""
    rng, whole, missed = random.Random(seed), store.read_bytes(), []
    for number in range(times):
        damage = (flip, swap, zero, page_cut, page_appended)[number % 5]
        damage(store, rng)
        try:
            check_whole_after_opening(store)
            missed.append(f"{damage.__name__} {number}")
        except (StoreDamaged, WrongKey):
            pass
        for name in names(store.parent):
            (store.parent / name).unlink()
        store.write_bytes(whole)
    return missed


def check_whole_after_opening(store: Path) -> None:
    open_engine(store, KEY).dispose()
    check_whole(store, KEY)


def test_every_seeded_damage_is_seen(store: Path, figure) -> None:
    assert undetected(store, 150, seed=1) == []
    figure("damages to the store seen", "150 of 150", "all")


@pytest.mark.full
def test_every_damage_of_the_campaign_is_seen(store: Path, figure) -> None:
    assert undetected(store, 2000, seed=2) == []
    figure("damages to the store seen", "2000 of 2000", "all")


def test_what_an_interrupted_making_or_check_left_behind_is_swept(home: Path) -> None:
    path = home / "stores" / "store.db"
    (home / "stores" / "store.db.probe").mkdir(parents=True)
    (home / "stores" / "store.db.probe" / "store.db").write_bytes(b"copy")
    (home / "stores" / "store.db.new").write_bytes(b"half")
    filled(path)
    check_whole_after_opening(path)
    assert names(path.parent) == ["store.db"]


def test_a_store_whose_folder_does_not_exist_cannot_be_made(home: Path) -> None:
    with pytest.raises(CarebookError, match="create"):
        open_engine(home / "nowhere" / "store.db", KEY, create=True)


FULL_DISK = """
import json, resource, shutil, sys
from collections import namedtuple
from pathlib import Path
from carebook.cipher import check_whole, gate, open_engine
from carebook.errors import CarebookError
limit, free, use, path = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], Path(sys.argv[4])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
gate.disk_usage = lambda _: namedtuple("usage", "total used free")(10**9, 10**9 - free, free)
try:
    if use == "check":
        check_whole(path, bytes(range(32)))
    else:
        open_engine(path, bytes(range(32)), create=use == "create")
except CarebookError as error:
    print(json.dumps([type(error).__name__, str(error)]))
"""


def refused_for_want_of_room(limit: int, free: int, use: str, path: Path) -> list[str]:
    """What is said when no file may grow beyond `limit` bytes and the disk says that `free` bytes are left."""
    answer = subprocess.run(
        [sys.executable, "-B", "-c", FULL_DISK, str(limit), str(free), use, str(path)],
        env={**os.environ, "PYTHONPATH": ROOT},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return json.loads(answer.stdout)


def test_a_store_on_a_full_disk_is_told_as_such(store: Path) -> None:
    assert refused_for_want_of_room(1000, 0, "open", store) == ["DiskFull", "gate"]
    assert refused_for_want_of_room(1000, 10**9, "open", store) == ["GateUnsure", "SQLITE_IOERR"]


def test_no_room_to_try_the_log_on_a_copy_is_told_as_such(store_with_log: Path) -> None:
    overwrite(store_with_log, 512, os.urandom(PAGE - 512))
    with untouched(store_with_log.parent):
        assert refused_for_want_of_room(1000, 0, "open", store_with_log) == ["DiskFull", "copy:EFBIG"]


def test_no_room_to_take_in_the_log_is_told_as_such(store_with_log: Path) -> None:
    limit = store_with_log.stat().st_size
    assert refused_for_want_of_room(limit, 0, "check", store_with_log)[0] in ("DiskFull", "OutcomeUnknown")
    with closing(connect(store_with_log, KEY)) as connection:
        assert connection.execute("SELECT count(*) FROM note").fetchone() == (400,)


def test_a_store_that_found_no_room_leaves_nothing_half_made(home: Path) -> None:
    (home / "stores").mkdir()
    with untouched(home / "stores"):
        assert refused_for_want_of_room(1000, 0, "create", home / "stores" / "store.db") == ["DiskFull", "gate"]
