"""The demonstration one opens: made once, kept, and closed without leaving anything running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from carebook.app.door import Door
from carebook.clock import instant
from carebook.demo import run
from carebook.demo.council import DAY_STARTS
from carebook.settings import read_settings


@pytest.fixture(scope="module")
def stand(tmp_path_factory: pytest.TempPathFactory) -> run.Stand:
    made = run.Stand(tmp_path_factory.mktemp("a demonstration"))
    run.begin(made)
    return made


def test_the_laptop_is_enrolled_and_opens_with_the_passphrase_that_is_told(stand: run.Stand) -> None:
    clock, port = run.begin(stand)
    assert port > 0
    assert timedelta(0) <= clock.now() - instant(DAY_STARTS) < timedelta(minutes=10)
    settings = read_settings({"CAREBOOK_HOME": str(stand.laptop)})
    assert run.PASSPHRASE in settings.notice
    assert settings.keyring == "none"
    door = Door(settings, clock)
    (account,) = door.accounts()
    assert account.name == "Patience Osei"
    opened = door.unlock(account, run.PASSPHRASE)
    try:
        assert opened.store.identity.demonstration
        assert opened.store.counts()
    finally:
        opened.close()


def test_all_of_it_lies_below_one_folder_that_others_cannot_read(stand: run.Stand) -> None:
    assert {path.name for path in stand.folder.iterdir()} >= {"server", "laptop", "stand.toml"}
    assert stand.server.stat().st_mode & 0o077 == 0
    assert stand.laptop.stat().st_mode & 0o077 == 0


def test_the_clock_stands_still_while_nobody_uses_it(stand: run.Stand) -> None:
    first, _ = run.begin(stand)
    shown = first.now()
    for file in stand.folder.rglob("*"):
        os.utime(file, (0, 0))
    second, _ = run.begin(stand)
    assert second.now() - shown < timedelta(minutes=1)


def test_a_folder_with_a_real_server_is_left_alone(tmp_path: Path) -> None:
    from carebook.server import home

    home.set_up(tmp_path / "server", ["127.0.0.1"])
    before = sorted(path.name for path in (tmp_path / "server").iterdir())
    assert run.main(["--folder", str(tmp_path)]) == 1
    assert sorted(path.name for path in (tmp_path / "server").iterdir()) == before


def test_closing_the_window_stops_the_server(stand: run.Stand) -> None:
    """`carebook run-demo` as it is typed; asked to end, it takes window and server with it."""
    command = [sys.executable, "-m", "carebook", "run-demo", "--folder", str(stand.folder)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout
    with process.stdout:
        told = [process.stdout.readline(), process.stdout.readline()]
        assert run.PASSPHRASE in told[1]
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 128 + signal.SIGTERM
