"""What a test leaves running is found, named and, where it is a process, ended; and every test has its own home."""

from __future__ import annotations

import asyncio
import os
import stat
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import uvloop
from house import ROOT
from left_running import Running, children, left_since

if TYPE_CHECKING:
    from pathlib import Path

SHORT = 0.3  # seconds


def test_a_thread_left_running_is_named() -> None:
    before, stop = Running.now(), threading.Event()
    thread = threading.Thread(target=stop.wait, name="left behind")
    thread.start()
    assert left_since(before, SHORT) == ["thread left behind"]
    stop.set()
    thread.join()


def test_a_thread_that_is_just_ending_is_waited_for() -> None:
    before = Running.now()
    threading.Timer(0.2, lambda: None).start()
    assert left_since(before, 2.0) == []


def test_a_process_left_running_is_named_and_ended() -> None:
    before = Running.now()
    process = subprocess.Popen(["sleep", "600"])
    (name,) = left_since(before, SHORT)
    assert name == f"process {process.pid}: sleep 600"
    assert process.wait(5) == -9


def test_a_process_that_slipped_away_from_its_parent_is_found() -> None:
    before = Running.now()
    subprocess.run(["sh", "-c", "sleep 601 >/dev/null 2>&1 &"], check=True)
    (name,) = left_since(before, SHORT)
    assert name.endswith(": sleep 601")
    pid = int(name.split()[1].rstrip(":"))
    assert os.waitpid(pid, 0)[1] == 9
    assert pid not in children(os.getpid())


def test_an_event_loop_left_open_is_found_of_either_kind() -> None:
    before = Running.now()
    loops = [asyncio.SelectorEventLoop(), uvloop.new_event_loop()]
    left = left_since(before, SHORT)
    assert len(left) == 2
    assert all(name.startswith("event loop") for name in left)
    assert all(loop.is_closed() for loop in loops)


def test_what_ran_before_is_not_held_against_a_test() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    assert left_since(Running.now(), SHORT) == []
    stop.set()
    thread.join()


def test_a_test_that_leaves_a_thread_fails_and_says_which(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text("from tests.conftest import *\n")
    goose = "threading.Thread(target=threading.Event().wait, daemon=True, name='Goose').start()"
    (tmp_path / "test_it.py").write_text(f"import threading\n\n\ndef test_it():\n    {goose}\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, tmp_path]
    environment = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "left running: thread Goose" in ran.stdout


def test_home_and_its_folders_are_private_and_empty_of_the_developers_own(home: Path, tmp_path: Path) -> None:
    assert os.environ["HOME"] == str(home)
    assert all(os.environ[f"XDG_{kind}"].startswith(str(home)) for kind in ("DATA_HOME", "CONFIG_HOME", "RUNTIME_DIR"))
    assert [stat.S_IMODE(place.stat().st_mode) for place in (home, home / "run", tmp_path)] == [0o700] * 3
    assert [name for name in os.environ if name.startswith("CAREBOOK_")] == []
    assert len(os.fsencode(home / "run/keyring/control")) < 107
