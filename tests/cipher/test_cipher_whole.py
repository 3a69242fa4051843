"""A file that is not the store the key belongs to is refused, told apart where it can be, and left as it was."""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from untouched import untouched

from carebook.cipher import check_whole, connect, gate, open_engine
from carebook.errors import CarebookError, StoreDamaged, StoreExists, StoreInUse, StoreMissing, WrongKey

KEY = bytes(range(32))
PAGE = 4096
ROOT = str(Path(__file__).resolve().parents[2])


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


def test_a_store_at_work_is_found_whole_or_busy(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "BUSY_SECONDS", 0.1)
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


def test_what_an_interrupted_making_or_check_left_behind_is_swept(home: Path) -> None:
    path = home / "stores" / "store.db"
    (home / "stores" / "store.db.probe").mkdir(parents=True)
    (home / "stores" / "store.db.probe" / "store.db").write_bytes(b"copy")
    (home / "stores" / "store.db.new").write_bytes(b"half")
    open_engine(path, KEY, create=True).dispose()
    check_whole(path, KEY)
    assert names(path.parent) == ["store.db"]


def test_a_store_whose_folder_does_not_exist_cannot_be_made(home: Path) -> None:
    with pytest.raises(CarebookError, match="create"):
        open_engine(home / "nowhere" / "store.db", KEY, create=True)
