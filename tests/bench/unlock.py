"""From the start of the process to the unlock window drawn, warm, and what was read until then."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from ui.made_home import make_home

from bench import Goal

TURNS = 9
LIMIT_MS = 500.0
TOO_HEAVY = ("sqlalchemy", "reportlab", "httpx2", "keyring", "argon2", "cryptography", "alembic", "msgspec")

# What carebook's main does, but that it ends when the window is drawn and says when that was.
CODE = """
import sys, time
from PySide6.QtWidgets import QApplication
from carebook.app import process
from carebook.app.program import Program, clock_of, dress, start_log
from carebook.settings import read_settings

process.protect()
settings = read_settings()
start_log(settings)
app = QApplication(sys.argv[:1])
dress(app, settings)
program = Program(settings, clock_of(settings))

def drawn():
    heavy = [name for name in {heavy!r} if name in sys.modules]
    print(time.monotonic(), *heavy, flush=True)
    program.ended.connect(app.quit)
    program.quit()

program.window.painted.connect(drawn)
program.start({{}})
app.exec()
"""


def main(arguments: Sequence[str]) -> Iterator[Goal]:
    """Start carebook several times on a home with one store; the middle time, and what it read too early."""
    turns = int(arguments[0]) if arguments else TURNS
    with tempfile.TemporaryDirectory() as folder:
        make_home(Path(folder))
        found = [_once(Path(folder)) for _ in range(turns + 1)][1:]  # the first one warms the disk
    times = sorted(ms for ms, _ in found)
    spread = f"{turns} starts, {times[0]:.0f} to {times[-1]:.0f} ms"
    yield Goal.at_most(f"process start to unlock window drawn, median of {spread}", statistics.median(times), LIMIT_MS, "ms")
    early = sorted({name for _, heavy in found for name in heavy})
    yield Goal("libraries read before the window that it does not need", " ".join(early) or "none", "none", not early)


def _once(home: Path) -> tuple[float, list[str]]:
    environment = {**os.environ, "CAREBOOK_HOME": str(home), "CAREBOOK_KEYRING": "none"}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", CODE.format(heavy=TOO_HEAVY)], env=environment, check=True, capture_output=True, text=True,
        timeout=60,
    )  # fmt: skip
    drawn, *heavy = done.stdout.split()
    return (float(drawn) - started) * 1000, heavy
