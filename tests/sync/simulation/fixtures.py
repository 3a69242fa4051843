"""Fixtures of the simulation: a folder for histories, and the council that each begins with."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from simulation import checks, history, made

MEMORY = Path("/dev/shm")


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """In memory where there is such a place: a history is about commits, not about the disk."""
    made_in = Path(tempfile.mkdtemp(prefix="s", dir=MEMORY if MEMORY.is_dir() else None))
    yield made_in
    shutil.rmtree(made_in, ignore_errors=True)


@pytest.fixture(scope="module")
def template(folder: Path) -> made.Template:
    """A council that every history begins with."""
    return made.make(folder / "template")


def live(
    seed: int, template: made.Template, folder: Path, steps: int, *, plant: history.Plant | None = None,
    script: Callable[[history.History], None] = lambda history: None,
) -> tuple[list[str], history.History]:
    """What is wrong after one history, and the history, its ends closed."""
    place = folder / f"h{seed}"
    place.mkdir()
    lived = history.run(seed, template, place, steps, plant=plant, script=script)
    try:
        return checks.violations(lived), lived
    finally:
        history.close(lived)
        shutil.rmtree(place)
