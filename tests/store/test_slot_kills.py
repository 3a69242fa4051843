"""However a change of passphrase is cut short, the slot opens with the old one or the new one."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from untouched import untouched

from carebook.errors import (
    WrongPassphrase,
)
from carebook.store.keys import (
    LEAST,
    Owner,
    change_passphrase,
    make_slot,
    open_slot,
)

ROOT = str(Path(__file__).resolve().parents[2])
OWNER = Owner(worker="0192f3c4-0000-7000-8000-000000000001", worker_name="Ama Boateng", device="laptop-7")
DEVICE_KEY = bytes(range(32))
OLD, NEW = "a kettle on the hob", "two herons by the lock"


@pytest.fixture
def slot(home: Path) -> Path:
    return home / "slot.json"


CHANGING = """
import sys
from pathlib import Path
from carebook.store.keys import LEAST, change_passphrase
slot, phrases = Path(sys.argv[1]), sys.argv[2:4]
while True:
    print("begun", flush=True)
    change_passphrase(slot, *phrases, None, stretch=LEAST)
    print("done", flush=True)
    phrases.reverse()
"""


def killed_while_changing(slot: Path, times: int, seed: int) -> int:
    """How many of the kills met a change under way; after each, the slot opens to the same key, old or new."""
    rng, key, met = random.Random(seed), make_slot(slot, OWNER, OLD, None, stretch=LEAST), 0
    now, then = OLD, NEW
    for _ in range(times):
        child = subprocess.Popen(
            [sys.executable, "-c", CHANGING, str(slot), now, then],
            env={**os.environ, "PYTHONPATH": ROOT},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(rng.uniform(0.0, 0.6))
        child.send_signal(signal.SIGKILL)
        heard = ["begun", *child.stdout.read().split()]
        child.stdout.close()
        child.wait()
        met += heard[-1] == "begun"
        acknowledged = (now, then)[heard.count("done") % 2]
        opens = [phrase for phrase in (now, then) if opened(slot, phrase) == key]
        assert len(opens) == 1
        assert heard[-1] == "begun" or opens == [acknowledged]
        now, then = opens[0], NEW if opens[0] == OLD else OLD
    return met


def opened(slot: Path, passphrase: str) -> bytes | None:
    try:
        return open_slot(slot, passphrase, None)
    except WrongPassphrase:
        return None


def test_a_kill_while_the_passphrase_is_changed_leaves_the_old_or_the_new_one(slot: Path, figure) -> None:
    assert killed_while_changing(slot, 15, seed=21) > 0
    figure("kills while changing the passphrase that left a slot that opens", "15 of 15", 15)


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_many_kills_while_the_passphrase_is_changed_leave_the_old_or_the_new_one(slot: Path, figure) -> None:
    assert killed_while_changing(slot, 300, seed=22) > 0
    figure("kills while changing the passphrase that left a slot that opens", "300 of 300", 300)


KILLED_AT = """
import os, signal, sys
from pathlib import Path
from carebook.store.keys import LEAST, change_passphrase
point, calls = int(sys.argv[4]), 0
def counted(real):
    def call(*given):
        global calls
        for _ in range(2):
            if calls == point:
                os.kill(os.getpid(), signal.SIGKILL)
            calls += 1
            answer = real(*given) if calls % 2 else answer
        return answer
    return call
os.fsync, Path.replace = counted(os.fsync), counted(Path.replace)
change_passphrase(Path(sys.argv[1]), sys.argv[2], sys.argv[3], None, stretch=LEAST)
"""


@pytest.mark.parametrize(("point", "opens"), [(0, OLD), (1, OLD), (2, OLD), (3, NEW), (4, NEW), (5, NEW), (6, NEW)])
def test_a_kill_at_any_step_of_the_replacement_leaves_the_old_or_the_new_passphrase(slot: Path, point: int, opens: str) -> None:
    """Before and after the file is synced, renamed and its folder synced; at the sixth it has ended by itself."""
    key = make_slot(slot, OWNER, OLD, None, stretch=LEAST)
    child = subprocess.run(
        [sys.executable, "-c", KILLED_AT, str(slot), OLD, NEW, str(point)],
        env={**os.environ, "PYTHONPATH": ROOT},
        timeout=60,
        check=False,
    )
    assert child.returncode == (0 if point == 6 else -signal.SIGKILL)
    assert open_slot(slot, opens, None) == key
    change_passphrase(slot, opens, "the kettle is back on", None, stretch=LEAST)
    assert open_slot(slot, "the kettle is back on", None) == key


FULL_DISK = """
import resource, sys
from pathlib import Path
from carebook.errors import DiskFull
from carebook.store.keys import LEAST, change_passphrase
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
try:
    change_passphrase(Path(sys.argv[1]), sys.argv[2], sys.argv[3], None, stretch=LEAST)
except DiskFull:
    print("full")
"""


def test_a_full_disk_leaves_the_old_passphrase(slot: Path) -> None:
    key = make_slot(slot, OWNER, OLD, None, stretch=LEAST)
    with untouched(slot.parent):
        answer = subprocess.run(
            [sys.executable, "-B", "-c", FULL_DISK, str(slot), OLD, NEW],
            env={**os.environ, "PYTHONPATH": ROOT},
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
    assert answer.stdout == "full\n"
    assert open_slot(slot, OLD, None) == key
