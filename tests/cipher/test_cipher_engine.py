"""Working through the engine: transactions, the log, and a disk that fills up or fails."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from carebook.cipher import as_circumstance, check_whole, checkpoint, gate, open_engine
from carebook.errors import DiskFull, StoreDamaged, StoreInUse

KEY = bytes(range(32))
ROOT = str(Path(__file__).resolve().parents[2])


@pytest.fixture
def engine(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    monkeypatch.setattr(gate, "BUSY_SECONDS", 0.1)
    engine = open_engine(home / "store.db", KEY, create=True)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE note (id INTEGER PRIMARY KEY, words TEXT UNIQUE)")
    yield engine
    engine.dispose()


def count(engine: Engine) -> int:
    with engine.connect().execution_options(read=True) as connection:
        return connection.execute(text("SELECT count(*) FROM note")).scalar_one()


def test_what_was_committed_is_there_and_what_was_rolled_back_is_not(engine: Engine, home: Path) -> None:
    with Session(engine) as session, session.begin():
        session.execute(text("INSERT INTO note (words) VALUES ('kept')"))
    with Session(engine) as session:
        session.execute(text("INSERT INTO note (words) VALUES ('dropped')"))
    engine.dispose()
    again = open_engine(home / "store.db", KEY)
    assert count(again) == 1
    again.dispose()


def test_a_change_of_tables_is_rolled_back_like_any_other(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE half_made (id)")
        connection.exec_driver_sql("INSERT INTO note (words) VALUES ('half')")
        connection.rollback()
        assert connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE name = 'half_made'").all() == []
    assert count(engine) == 0


def test_a_second_writer_waits_at_the_beginning_and_not_in_the_middle(engine: Engine) -> None:
    with engine.begin() as first:
        first.exec_driver_sql("SELECT 1")
        with engine.connect() as second, pytest.raises(OperationalError) as caught:
            second.exec_driver_sql("SELECT 1")
        assert isinstance(as_circumstance(caught.value), StoreInUse)


def test_reading_goes_on_while_somebody_writes(engine: Engine) -> None:
    with engine.begin() as writer:
        writer.exec_driver_sql("INSERT INTO note (words) VALUES ('not yet')")
        assert count(engine) == 0
    assert count(engine) == 1


def test_the_log_is_emptied_by_a_checkpoint_or_the_store_is_in_use(engine: Engine, home: Path) -> None:
    log = home / "store.db-wal"
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO note (words) VALUES ('one')")
    assert log.stat().st_size > 0
    with engine.connect().execution_options(read=True) as reader:
        reader.exec_driver_sql("SELECT count(*) FROM note")
        with engine.begin() as writer:
            writer.exec_driver_sql("INSERT INTO note (words) VALUES ('two')")
        with pytest.raises(StoreInUse):
            checkpoint(engine)
    checkpoint(engine)
    assert log.stat().st_size == 0


def test_errors_say_nothing_of_what_was_written(engine: Engine) -> None:
    insert, values = text("INSERT INTO note (words) VALUES (:words)"), {"words": "Wren Aldous"}
    with engine.connect() as connection:
        connection.execute(insert, values)
        with pytest.raises(IntegrityError) as caught:
            connection.execute(insert, values)
    assert "Wren" not in f"{caught.value} {caught.value!r}"
    assert as_circumstance(caught.value) is None


def test_a_full_disk_is_told_as_such_and_nothing_acknowledged_is_lost(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO note (words) VALUES ('acknowledged')")
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 1}")
        with pytest.raises(OperationalError) as caught:
            connection.exec_driver_sql("INSERT INTO note (words) VALUES (hex(randomblob(40000)))")
    assert isinstance(as_circumstance(caught.value), DiskFull)
    assert count(engine) == 1


def test_a_page_damaged_under_an_open_store_is_told_as_damage(engine: Engine, home: Path) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO note (words) VALUES (hex(randomblob(40000)))")
    checkpoint(engine)
    engine.dispose()
    again = open_engine(home / "store.db", KEY)
    with (home / "store.db").open("r+b") as file:
        for page in range(4, (home / "store.db").stat().st_size // 4096):
            file.seek(page * 4096 + 50)
            file.write(os.urandom(50))
    with again.connect() as connection, pytest.raises(DBAPIError) as caught:
        connection.execute(text("SELECT words FROM note")).all()
    assert isinstance(as_circumstance(caught.value), StoreDamaged)
    again.dispose()


FAILING_DISK = """
import json, resource, sys
from pathlib import Path
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from carebook.cipher import as_circumstance, open_engine
path, key = Path(sys.argv[1]), bytes(range(32))
engine = open_engine(path, key, create=True)
with engine.begin() as connection:
    connection.exec_driver_sql("CREATE TABLE note (id INTEGER PRIMARY KEY, words TEXT)")
kept, answer = [], None
limit = path.with_name("store.db-wal").stat().st_size + 200_000
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
for number in range(100):
    try:
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO note VALUES (:id, hex(randomblob(8000)))"), {"id": number})
        kept.append(number)
    except DBAPIError as error:
        answer = [type(as_circumstance(error)).__name__, error.connection_invalidated]
        break
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
with engine.begin() as connection:
    found = list(connection.execute(text("SELECT id FROM note ORDER BY id")).scalars())
    connection.execute(text("INSERT INTO note VALUES (1000, 'the same engine goes on')"))
engine.dispose()
print(json.dumps([answer, kept, found]))
"""


def test_a_disk_that_fails_leaves_the_outcome_open_and_the_connection_behind(home: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-W", "error", "-c", FAILING_DISK, str(home / "store.db")],
        env={**os.environ, "PYTHONPATH": ROOT},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    (kind, is_dropped), kept, found = json.loads(answer.stdout)
    assert (kind, is_dropped) == ("OutcomeUnknown", True)
    assert kept
    assert found[: len(kept)] == kept
    check_whole(home / "store.db", KEY)
