"""The migrations make exactly the tables that the code speaks of, on both engines, and a later database is left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.exc import DBAPIError

from carebook.cipher import open_engine
from carebook.clock import system_clock
from carebook.errors import StoreNewer
from carebook.models.columns import Instant, shared
from carebook.models.ledger import ledger
from carebook.server import home, migrations
from carebook.server.tables import feed, server

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from carebook.server.keeping import Keeping


@pytest.fixture
def opened(tmp_path: Path, new_database: Callable[[], str]) -> tuple[home.Home, Keeping]:
    """A new server's folder and its database."""
    database = new_database()
    made = home.set_up(tmp_path / "server", ["127.0.0.1"], database=database)
    return made, made.open(system_clock(), create=database == "sqlite")


def same_type(_: object, found: object, stated: object, theirs: sa.types.TypeEngine, ours: sa.types.TypeEngine) -> bool | None:
    """Instants are text; all else as alembic compares it."""
    return not isinstance(theirs, sa.Text) if isinstance(ours, Instant) else None


def test_the_newest_migration_makes_the_tables_that_the_code_speaks_of(opened: tuple[home.Home, Keeping]) -> None:
    _, keeping = opened
    with keeping.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": same_type})
        assert compare_metadata(context, [shared, server]) == []
    keeping.close()


def test_the_ledger_is_guarded_by_the_engine_itself(opened: tuple[home.Home, Keeping]) -> None:
    _, keeping = opened
    row = dict.fromkeys(("row_id", "kind", "person_id", "class_", "fact_id", "body", "author", "role", "device_id"), "x")
    line = {**row, "version": 1, "number": 1, "written_at": system_clock().now(), "replaces": [], "denies": False}
    with keeping.engine.begin() as connection:
        connection.execute(sa.insert(ledger), [{**line, "digest": "x"}])
    for statement in (sa.update(ledger).values(body="y"), sa.delete(ledger)):
        with pytest.raises(DBAPIError), keeping.engine.begin() as connection:
            connection.execute(statement)
    keeping.close()


def test_a_database_of_a_later_version_is_refused_unharmed(opened: tuple[home.Home, Keeping]) -> None:
    made, keeping = opened
    with keeping.engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    keeping.close()
    with pytest.raises(StoreNewer):
        made.open(system_clock())
    if made.database == "sqlite":
        engine = open_engine(made.path("server.db"), made.secret("store"))
    else:
        engine = sa.create_engine(sa.make_url(made.database).set(drivername="postgresql+psycopg"))
    with engine.connect() as connection:
        assert migrations.number(connection) == "9999"
        assert connection.scalar(sa.select(sa.func.count()).select_from(feed)) == 0
    engine.dispose()


def test_a_database_that_is_there_is_opened_and_not_made_anew(opened: tuple[home.Home, Keeping]) -> None:
    made, keeping = opened
    keeping.close()
    again = made.open(system_clock())
    with again.engine.connect() as connection:
        assert migrations.number(connection) == migrations.NEWEST
    again.close()
