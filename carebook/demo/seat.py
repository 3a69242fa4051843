"""Runs one part of the day in a process of its own, hears what it says, and kills it when the story asks for that."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from carebook.demo.hands import DayBroke

PATIENCE: Final = 240.0
"""Seconds that a part may take."""
BROKE: Final = "BROKE: "
KEPT: Final = "KEPT "
KILL: Final = "WRITING"


def sit(part: str, out: Path, environment: Mapping[str, str], log: Path) -> Iterator[str]:
    """Live a part at a laptop: each line it says, as it is said. Raises DayBroke when it did not go as it should."""
    command = [sys.executable, "-m", "carebook.demo.laptop", part, str(out)]
    said: list[str] = []
    with log.open("a", encoding="utf-8") as errors:
        process = subprocess.Popen(command, env=dict(environment), stdout=subprocess.PIPE, stderr=errors, text=True)  # noqa: S603
    late = threading.Timer(PATIENCE, process.kill)
    late.start()
    try:
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line.rstrip("\n"))
            if said[-1] == KILL:
                process.kill()
            yield said[-1]
        _judge(part, process.wait(), said)
    finally:
        late.cancel()
        late.join()
        if process.poll() is None:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _judge(part: str, status: int, said: Sequence[str]) -> None:
    broken = [line.removeprefix(BROKE) for line in said if line.startswith(BROKE)]
    if broken:
        raise DayBroke(broken[0])
    if status and KILL not in said:
        raise DayBroke(f"The program ended by itself while “{part}” was lived (exit status {status}).")
