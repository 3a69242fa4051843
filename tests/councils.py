"""Fixtures: a council's server on either engine, shared by the tests of one module, each with workers and people of its own."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import ends
import postgres
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass
class _Shared:
    """One PostgreSQL for all folders of tests in this process; the last one out stops it."""

    users: int = 0
    found: postgres.Postgres | None = None
    end: ExitStack | None = None


_shared = _Shared()


@pytest.fixture(scope="session")
def database_server() -> Iterator[postgres.Postgres]:
    """A PostgreSQL of this test process's own."""
    if _shared.found is None:
        _shared.end = ExitStack()
        _shared.found = _shared.end.enter_context(postgres.running())
    _shared.users += 1
    yield _shared.found
    _shared.users -= 1
    if _shared.users == 0 and _shared.end is not None:
        _shared.found = None
        _shared.end.close()


def _database(request: pytest.FixtureRequest) -> str:
    if request.param == "postgresql":
        return request.getfixturevalue("database_server").new_database()
    return "sqlite"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest) -> Callable[[], str]:
    """Makes an empty database on the engine that the parameter names; returns the setting for it."""
    if request.param == "postgresql":
        return request.getfixturevalue("database_server").new_database
    return lambda: "sqlite"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def council(request: pytest.FixtureRequest) -> Iterator[ends.Council]:
    """A council whose server runs, on the engine that the parameter names."""
    yield from _council(_database(request))


@pytest.fixture(scope="module")
def small_council() -> Iterator[ends.Council]:
    """The same on SQLite alone, for what has nothing to do with the engine."""
    yield from _council("sqlite")


def _council(database: str) -> Iterator[ends.Council]:
    folder = Path(tempfile.mkdtemp(prefix="c"))
    try:
        with ends.council(folder, database) as found:
            yield found
    finally:
        shutil.rmtree(folder, ignore_errors=True)
