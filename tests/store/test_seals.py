"""The folder of sealed copies: whole or absent, and telling nothing by its names."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from carebook.errors import NotHeld, OutcomeUnknown
from carebook.store.seals import Seals

ROOT = str(Path(__file__).resolve().parents[2])


@pytest.fixture
def seals(home: Path) -> Seals:
    return Seals(home / "seals")


def test_a_sealed_copy_is_put_read_replaced_and_removed(seals: Seals, held_clock) -> None:
    op_id = held_clock.new_id()
    seals.put(op_id, b"sealed")
    seals.put(op_id, b"sealed again")
    assert seals.read(op_id) == b"sealed again"
    seals.remove(op_id)
    seals.remove(op_id)
    assert seals.ids() == ()
    with pytest.raises(NotHeld):
        seals.read(op_id)


def test_the_copies_are_listed_oldest_first_and_nothing_else_is(seals: Seals, held_clock) -> None:
    assert seals.ids() == ()
    ids = [held_clock.new_id() for _ in range(5)]
    for op_id in reversed(ids):
        seals.put(op_id, b"sealed")
    (seals.folder / f"{ids[0]}.seal.part").write_bytes(b"half")
    (seals.folder / "letter.seal").write_bytes(b"not ours")
    assert seals.ids() == tuple(ids)


def test_the_names_and_rights_of_the_files_tell_nothing(seals: Seals, held_clock) -> None:
    op_id = held_clock.new_id()
    seals.put(op_id, b"sealed")
    assert [path.name for path in seals.folder.iterdir()] == [f"{op_id}.seal"]
    assert seals.folder.stat().st_mode & 0o077 == 0
    assert (seals.folder / f"{op_id}.seal").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["", "Wren Aldous", "../slot", "0192F3C4-0000-7000-8000-000000000001", "x" * 36])
def test_only_an_id_becomes_a_name(seals: Seals, name: str) -> None:
    for use in (lambda: seals.put(name, b""), lambda: seals.read(name), lambda: seals.remove(name)):
        with pytest.raises(ValueError, match="UUID"):
            use()
    assert not seals.folder.exists()


def test_a_folder_that_cannot_be_made_is_told(home: Path, held_clock) -> None:
    (home / "file").write_bytes(b"")
    with pytest.raises(OutcomeUnknown):
        Seals(home / "file" / "seals").put(held_clock.new_id(), b"sealed")


WRITING = """
import sys
from pathlib import Path
from carebook.store.seals import Seals
seals = Seals(Path(sys.argv[1]))
for number in range(100000):
    op_id = f"00000000-0000-7000-8000-{number:012x}"
    seals.put(op_id, op_id.encode() * 200)
    print(number, flush=True)
"""


def test_every_copy_that_was_reported_is_whole_after_a_kill(seals: Seals) -> None:
    rng = random.Random(7)
    for _ in range(5):
        child = subprocess.Popen(
            [sys.executable, "-c", WRITING, str(seals.folder)],
            env={**os.environ, "PYTHONPATH": ROOT},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(rng.uniform(0, 0.1))
        child.send_signal(signal.SIGKILL)
        reported = [0, *map(int, child.stdout.read().split())]
        child.stdout.close()
        child.wait()
        assert len(seals.ids()) > reported[-1]
        for op_id in seals.ids():
            assert seals.read(op_id) == op_id.encode() * 200
