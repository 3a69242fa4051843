"""`./bench NAME [ARGUMENT...]`: runs one measurement, prints a line per goal, and answers 0 when all are reached."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bench import Goal

HERE = Path(__file__).parent


def names() -> dict[str, Path]:
    """What can be measured: each module here that is not the bench's own."""
    return {path.stem: path for path in sorted(HERE.glob("[!_]*.py"))}


def listing() -> str:
    """Each name with the first sentence of its module."""
    lines = []
    for name, path in names().items():
        first = path.read_text(encoding="utf-8").lstrip().lstrip('"').splitlines()[0].rstrip('"')
        lines.append(f"{name:<16}{first}")
    return "\n".join(lines) or "There is nothing to measure yet."


def judge(goals: Iterable[Goal]) -> int:
    """Print each goal as it is measured; 0 when there are some and all are reached."""
    reached = []
    for goal in goals:
        print(goal.line(), flush=True)
        reached.append(goal.reached)
    return 0 if reached and all(reached) else 1


def main(arguments: list[str]) -> int:
    """The exit status for these arguments."""
    if not arguments:
        print(listing())
        return 0
    name, *rest = arguments
    if name not in names():
        print(f"There is no bench called {name}. There are:\n{listing()}", file=sys.stderr)
        return 2
    return judge(importlib.import_module(f"bench.{name}").main(rest))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
