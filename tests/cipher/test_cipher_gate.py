"""The start-up gate: nothing is read or written through a library, a key or a setting that was not proved."""

from __future__ import annotations

import ctypes.util
import json
import os
import sqlite3
import subprocess
import sys
import traceback
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2 as sqlcipher
from untouched import prints, untouched

from carebook.cipher import connect, open_engine
from carebook.cipher.gate import LEAST_VERSION, SETTINGS, bare, pass_gate, unlock
from carebook.errors import GateUnsure, KeyMalformed, NotEncrypting, WrongKey

KEY = bytes(range(32))
ROOT = str(Path(__file__).resolve().parents[2])
OLDER = f"{LEAST_VERSION[0]}.{LEAST_VERSION[1] - 1}.9 community"


class Lying:
    """A real connection that gives one wrong answer."""

    def __init__(self, question: str, answer: list[tuple[Any, ...]]) -> None:
        self.connection = sqlcipher.connect(":memory:", isolation_level=None)
        self.question, self.answer = question, answer
        self.asked: list[str] = []

    def execute(self, sql: str) -> Any:
        self.asked.append(sql)
        answer = self.connection.execute(sql)
        return Answer(self.answer) if sql == self.question else answer

    def enable_load_extension(self, may: bool) -> None:
        self.connection.enable_load_extension(may)

    def close(self) -> None:
        self.connection.close()


class Answer:
    def __init__(self, rows: list[tuple[Any, ...]]) -> None:
        self.rows = rows

    def fetchall(self) -> list[tuple[Any, ...]]:
        return self.rows


@pytest.fixture
def store(home: Path) -> Path:
    (home / "stores").mkdir()
    path = home / "stores" / "store.db"
    engine = open_engine(path, KEY, create=True)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE note (words)")
    engine.dispose()
    return path


@pytest.mark.parametrize(
    ("question", "answer", "refusal"),
    [
        ("PRAGMA cipher_version", [], "library"),
        ("PRAGMA cipher_version", [(OLDER,)], "library"),
        ("PRAGMA cipher_version", [("four.nineteen",)], "library"),
        ("PRAGMA cipher_status", [], "status"),
        ("PRAGMA cipher_status", [("0",)], "status"),
        ("PRAGMA compile_options", [("TEMP_STORE=1",), ("HAS_CODEC",)], "temporary-files"),
        ("PRAGMA compile_options", [], "temporary-files"),
        ("PRAGMA temp_store", [(1,)], "temporary-files"),
    ],
)
def test_a_library_that_would_write_plain_text_is_refused(question: str, answer: list[tuple[str]], refusal: str) -> None:
    with closing(Lying(question, answer)) as connection, pytest.raises(NotEncrypting, match=f"^{refusal}$"):
        pass_gate(connection, KEY)


@pytest.mark.parametrize("name", [name for name, _, _ in SETTINGS])
def test_a_setting_that_did_not_take_is_refused(name: str) -> None:
    with closing(Lying(f"PRAGMA {name}", [("another",)])) as connection, pytest.raises(GateUnsure):
        pass_gate(connection, KEY)


def test_the_gate_asks_for_its_key_before_anything_of_the_file_is_read() -> None:
    with closing(Lying("", [])) as connection, pytest.raises(GateUnsure, match="journal_mode"):  # memory has no log
        pass_gate(connection, KEY)
    assert connection.asked[0] == "PRAGMA cipher_log_level = none"
    key, read = (next(i for i, sql in enumerate(connection.asked) if word in sql) for word in ("PRAGMA key", "sqlite_master"))
    assert key < connection.asked.index("PRAGMA cipher_version") < read


def test_every_connection_stands_as_the_rule_says(store: Path) -> None:
    rule = {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "trusted_schema": 0,
        "foreign_keys": 1,
        "temp_store": 2,
    }
    with closing(connect(store, KEY)) as connection:
        assert {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in rule} == rule


def test_loadable_extensions_are_off_even_where_they_were_on(store: Path) -> None:
    with closing(bare(store, "rw")) as connection:
        unlock(connection, KEY)
        connection.enable_load_extension(True)
        with pytest.raises(sqlcipher.OperationalError, match="cannot open shared object"):
            connection.execute("SELECT load_extension('/nowhere')")
        pass_gate(connection, KEY)
        with pytest.raises(sqlcipher.OperationalError, match="not authorized"):
            connection.execute("SELECT load_extension('/nowhere')")


def test_the_standard_librarys_own_sqlite_is_refused() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection, pytest.raises(NotEncrypting):
        pass_gate(connection, KEY)


@pytest.mark.parametrize("key", [b"", KEY[:31], KEY + b"\0", KEY.hex().encode(), KEY.hex()[:62].encode()])
def test_a_key_that_is_not_32_bytes_is_refused_before_a_file_is_made_or_opened(store: Path, key: bytes) -> None:
    with untouched(store.parent):
        with pytest.raises(KeyMalformed):
            open_engine(store, key)
        with pytest.raises(KeyMalformed):
            open_engine(store.with_name("new.db"), key, create=True)


PRELOADED = """
import json, sys
from pathlib import Path
from carebook.cipher import open_engine
from carebook.errors import CarebookError
import sqlcipher3.dbapi2
folder, answers, opened = Path(sys.argv[1]), [], []
sys.addaudithook(lambda event, given: opened.append(str(given[0])) if event == "open" else None)
for name, create in (("store.db", False), ("new.db", True)):
    try:
        open_engine(folder / name, bytes(range(32)), create=create)
    except CarebookError as error:
        answers.append([type(error).__name__, str(error)])
answers.append([path for path in opened if path.startswith(sys.argv[1])])
connection = sqlcipher3.dbapi2.connect(sys.argv[2])
connection.execute("PRAGMA key = \\"x'" + bytes(range(32)).hex() + "'\\"")
connection.execute("CREATE TABLE note (words)")
connection.close()
print(json.dumps(answers))
"""


def test_a_plain_sqlite_loaded_in_its_place_is_found_out_before_the_first_write(store: Path, home: Path) -> None:
    plain = ctypes.util.find_library("sqlite3")
    assert plain, "the plain SQLite library (libsqlite3-0) is needed"
    control = home / "control.db"
    with untouched(store.parent):
        answer = subprocess.run(
            [sys.executable, "-c", PRELOADED, str(store.parent), str(control)],
            env={**os.environ, "LD_PRELOAD": plain, "PYTHONPATH": ROOT},
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
    assert json.loads(answer.stdout) == [["NotEncrypting", "library"], ["NotEncrypting", "library"], []]
    assert control.read_bytes().startswith(b"SQLite format 3\0"), "without the gate it would have been written plain"


def temporary_files_of_a_sort(connection: Any) -> list[str]:
    """What the process has open, in the middle of sorting more than the cache holds."""
    connection.execute("PRAGMA cache_size = 10")
    connection.execute("CREATE TABLE IF NOT EXISTS many (words)")
    connection.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
        " INSERT INTO many SELECT hex(randomblob(400)) FROM n"
    )
    rows = connection.execute("SELECT words FROM many ORDER BY words")
    rows.fetchone()
    links = [str(link.readlink()) for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    rows.close()
    return [link for link in links if "etilqs" in link]


def test_sorting_leaves_no_temporary_file(store: Path, home: Path) -> None:
    with closing(connect(store, KEY)) as connection:
        assert temporary_files_of_a_sort(connection) == []
    with closing(sqlcipher.connect(home / "control.db", isolation_level=None)) as control:
        control.execute("PRAGMA temp_store = 1")
        assert temporary_files_of_a_sort(control), "without the gate there would have been one"


def test_no_error_carries_the_key(store: Path) -> None:
    wrong = bytes(32 * [0xAB])
    with pytest.raises(WrongKey) as caught:
        open_engine(store, wrong)
    seen: list[BaseException | None] = [caught.value, caught.value.__context__]
    text = "".join(str(error) + "".join(traceback.format_exception(error)) for error in seen if error)
    assert wrong.hex() not in text
    assert repr(wrong) not in text


def test_a_store_is_encrypted_and_readable_by_its_account_alone(store: Path) -> None:
    engine = open_engine(store, KEY)
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO note VALUES ('Wren Aldous likes the radio on')")
    assert set(prints(store.parent)) == {"store.db", "store.db-wal", "store.db-shm"}
    for file in store.parent.iterdir():
        assert b"Wren" not in file.read_bytes()
        assert b"note" not in file.read_bytes()
        assert file.stat().st_mode & 0o077 == 0
    engine.dispose()
