"""What the workers type on the day, by its place in resources/demo/words/day.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Final

from carebook.demo.scenes import FOLDER

FILE: Final = FOLDER / "words" / "day.toml"


def told(part: str) -> dict[str, str]:
    """What is typed in one part of the day, by name."""
    return dict(_read()[part])


def everything() -> tuple[str, ...]:
    """All that is typed, secrets included: what must be found nowhere afterwards."""
    return tuple(words for part in _read().values() for words in part.values())


@cache
def _read() -> dict[str, dict[str, str]]:
    return tomllib.loads(FILE.read_text("utf-8"))
