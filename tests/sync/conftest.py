"""A council's server on either engine, shared by the tests of one module; each test has workers and people of its own."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import ends
import postgres
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def database_server() -> Iterator[postgres.Postgres]:
    """A PostgreSQL of this test process's own."""
    with postgres.running() as found:
        yield found


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def council(request: pytest.FixtureRequest) -> Iterator[ends.Council]:
    """A council whose server runs, on the engine that the parameter names."""
    folder = Path(tempfile.mkdtemp(prefix="c"))
    database = "sqlite"
    if request.param == "postgresql":
        database = request.getfixturevalue("database_server").new_database()
    try:
        with ends.council(folder, database) as found:
            yield found
    finally:
        shutil.rmtree(folder, ignore_errors=True)
