"""A store is brought up to this version's tables, whatever comes between; one of a later version is left as it was."""

from __future__ import annotations

import random
import shutil
import signal
import time
from pathlib import Path

import killed
import planted
import pytest
import sqlalchemy as sa
from freeze_migration import written
from killed import Child
from make import KEY, a_desk, audits, make_caseload, typed_tables
from untouched import untouched

from carebook import cipher
from carebook.clock import system_clock
from carebook.desk import Desk
from carebook.errors import StoreDamaged, StoreNewer
from carebook.models.columns import shared
from carebook.models.ledger import guards, ledger
from carebook.store import migrate
from carebook.store.device_store import Store
from carebook.store.opening import open_store
from carebook.store.place import Place
from carebook.store.tables import device


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store with a caseload, locked."""
    folder = tmp_path_factory.mktemp("first")
    with a_desk(folder) as desk:
        make_caseload(desk)
    return folder / "store"


@pytest.fixture
def place(first: Path, home: Path) -> Place:
    shutil.copytree(first, home / "store")
    return Place(home / "store")


@pytest.fixture
def second(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A second migration is the newest."""
    folder = planted.plant(home)
    monkeypatch.setattr(migrate, "HERE", folder)
    monkeypatch.setattr(migrate, "NEWEST", "0002")
    return folder


def schema(path: Path) -> set[tuple[str, str, str]]:
    """What the engine itself says of every table, index and trigger."""
    engine = cipher.open_engine(path, KEY)
    with engine.connect() as connection:
        lines = connection.exec_driver_sql("SELECT type, name, coalesce(sql, '') FROM sqlite_master").all()
    engine.dispose()
    return {(kind, name, " ".join(sql.split())) for kind, name, sql in lines if "alembic_version" not in name}


def shape(path: Path) -> dict[str, object]:
    """The tables as SQLAlchemy reads them from the file: columns, keys, unique sets, indexes."""
    engine = cipher.open_engine(path, KEY)
    found = sa.inspect(engine)
    told = {
        table: (
            [(c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(table)],
            found.get_pk_constraint(table)["constrained_columns"],
            sorted(str(u["column_names"]) for u in found.get_unique_constraints(table)),
            sorted((str(i["name"]), str(i["column_names"])) for i in found.get_indexes(table)),
        )
        for table in found.get_table_names()
        if table != "alembic_version"
    }
    engine.dispose()
    return told


def made_from_metadata(path: Path) -> None:
    engine = cipher.open_engine(path, KEY, create=True)
    with engine.begin() as connection:
        shared.create_all(connection)
        device.create_all(connection)
        for statement in guards("sqlite"):
            connection.exec_driver_sql(statement)
    engine.dispose()


def made_by_migrations(path: Path) -> None:
    engine = cipher.open_engine(path, KEY, create=True)
    with engine.begin() as connection:
        migrate._run(connection)
    engine.dispose()


def reopened(place: Place) -> Store:
    return open_store(place, KEY, system_clock())


def rows(store: Store) -> list[tuple[object, ...]]:
    with store.read() as session:
        return [tuple(line) for line in session.execute(sa.select(ledger.c.row_id, ledger.c.digest).order_by(ledger.c.row_id))]


# ---------------------------------------------------------------- the tables


def test_a_new_store_a_migrated_one_and_the_metadata_have_the_same_tables(first: Path, home: Path) -> None:
    made_from_metadata(home / "metadata.db")
    made_by_migrations(home / "migrated.db")
    assert schema(first / "store.db") == schema(home / "metadata.db")
    assert {line[:2] for line in schema(home / "migrated.db")} == {line[:2] for line in schema(home / "metadata.db")}
    assert shape(home / "migrated.db") == shape(home / "metadata.db")
    triggers = {line for line in schema(home / "migrated.db") if line[0] == "trigger"}
    assert triggers == {line for line in schema(first / "store.db") if line[0] == "trigger"}
    assert len(triggers) == 3


def test_the_first_migration_is_the_frozen_one() -> None:
    assert (migrate.HERE / "versions" / "0001_first.py").read_text("utf-8") == written("device")


def test_the_newest_migration_is_the_one_that_is_named() -> None:
    numbers = sorted(path.name[:4] for path in (migrate.HERE / "versions").glob("[0-9]*.py"))
    assert numbers[-1] == migrate.NEWEST


# ---------------------------------------------------------------- upgrading


def test_an_older_store_is_brought_up_and_keeps_everything(place: Place, second: Path) -> None:
    older = Desk(_as_first(place))
    before, tables, traced = rows(older.store), typed_tables(older), audits(older)
    older.store.lock()
    migrate.HERE, migrate.NEWEST = second, "0002"
    newer = Desk(reopened(place))
    assert rows(newer.store) == before
    assert typed_tables(newer) == tables
    assert audits(newer) == traced
    newer.store.lock()
    assert ("verified_on", "DATE", True) in shape(place.store)["phone"][0]  # type: ignore[index]
    assert "ix_email_address" in {name for _, name, _ in schema(place.store)}
    assert {path.name for path in place.folder.iterdir()} == {"store.db", "seals"}


def test_what_this_version_can_read_at_last_stands_in_the_typed_tables_after_an_upgrade(place: Place, second: Path) -> None:
    older = _as_first(place)
    with older.begin() as session:
        lost = session.execute(sa.text("DELETE FROM phone")).rowcount  # as if the older version had not known the kind
    older.lock()
    migrate.HERE, migrate.NEWEST = second, "0002"
    newer = reopened(place)
    with newer.read() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM phone")) == lost > 0
    newer.lock()


def test_a_migration_that_fails_leaves_the_store_as_it_was(place: Place, second: Path) -> None:
    broken = planted.SECOND + '    op.execute("INSERT INTO nowhere VALUES (1)")\n'
    (second / "versions" / "0002_planted.py").write_text(broken, "utf-8")
    with untouched(place.folder), pytest.raises(sa.exc.OperationalError, match="nowhere"):
        reopened(place)


def test_what_an_upgrade_cut_short_left_behind_is_cleared_away(place: Place) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        (place.folder / f"upgrade.db{end}").write_bytes(b"half a copy")
    reopened(place).lock()
    assert not list(place.folder.glob("upgrade.db*"))


def _as_first(place: Place) -> Store:
    migrate.NEWEST = "0001"
    try:
        return reopened(place)
    finally:
        migrate.NEWEST = "0002"


# ---------------------------------------------------------------- refusing


def test_a_store_of_a_later_version_is_refused_unharmed(place: Place) -> None:
    _mark(place, "UPDATE alembic_version SET version_num = '0042'")
    with untouched(place.folder), pytest.raises(StoreNewer, match="0042"):
        reopened(place)


@pytest.mark.parametrize("without", ["DROP TABLE alembic_version", "DELETE FROM alembic_version"])
def test_a_store_without_a_mark_is_damaged(place: Place, without: str) -> None:
    _mark(place, without)
    with untouched(place.folder), pytest.raises(StoreDamaged, match="no mark"):
        reopened(place)


def _mark(place: Place, statement: str) -> None:
    engine = cipher.open_engine(place.store, KEY)
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


# ---------------------------------------------------------------- kills and a full disk


def upgrading(place: Place, second: Path, point: int = -1, limit: int = 0) -> Child:
    return Child(killed.upgrading, str(place.folder), str(second), point, limit)


def assert_opens_with_everything(place: Place, expected: list[tuple[object, ...]]) -> None:
    """Whether it was left old or new, it opens, it is whole, and nothing is missing; then it is new."""
    cipher.check_whole(place.store, KEY)
    store = reopened(place)
    assert rows(store) == expected
    store.lock()
    assert ("verified_on", "DATE", True) in shape(place.store)["phone"][0]  # type: ignore[index]
    assert not list(place.folder.glob("upgrade.db*"))


def test_a_kill_at_any_step_of_an_upgrade_leaves_a_store_that_opens(
    first: Path, place: Place, second: Path, figure, request
) -> None:
    expected = _expected(place)
    child, met = upgrading(place, second), 0
    child.end()
    steps = child.told[-1]
    assert steps > 20
    for point in range(0, steps, 1 if request.config.getoption("--full") else 7):
        shutil.rmtree(place.folder)
        shutil.copytree(first, place.folder)
        met += upgrading(place, second, point).end() == -signal.SIGKILL
        assert_opens_with_everything(place, expected)
    assert met >= steps // 9
    figure("kills at a step of an upgrade that left a store that opens with everything", f"{met} of {met}")


def test_kills_at_any_moment_of_an_upgrade_leave_a_store_that_opens(first: Path, place: Place, second: Path, request) -> None:
    expected, chance, met = _expected(place), random.Random(8), 0
    for _ in range(60 if request.config.getoption("--full") else 6):
        shutil.rmtree(place.folder)
        shutil.copytree(first, place.folder)
        child = upgrading(place, second)
        assert child.wait_for_a_word()
        time.sleep(chance.uniform(0, 0.3))
        child.kill()
        child.end()
        met += "done" not in child.told
        assert_opens_with_everything(place, expected)
    assert met > 0


def test_an_upgrade_without_room_leaves_the_old_store(place: Place, second: Path) -> None:
    with untouched(place.folder):
        child = upgrading(place, second, limit=place.store.stat().st_size // 2)
        child.end()
    assert child.told[-1] == "DiskFull"


def _expected(place: Place) -> list[tuple[object, ...]]:
    store = _as_first(place)
    found = rows(store)
    store.lock()
    return found
