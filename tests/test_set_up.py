"""The shell part that sets a machine up: once, wholly, together with another, without a network, and in plain words."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from house import ROOT

SET_UP = 'set -eu; root=$1; shift; . "$root/.setup.sh"; set_up "$@"; echo "made with $python"'
INSTALLED = ["bash ", "ca-certificates ", "libfoo2t64 libfoo2 (= 1.0), libfoo-any"]


def program(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A project of no libraries, so that setting it up asks nothing of the network, in a folder with spaces."""
    return a_clone(tmp_path / "a clone of it")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """The programs of a Debian with a few packages, where this is an ordinary account without sudo."""
    return a_machine(tmp_path / "programs")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A clone that two set-ups at once have made, and what each said."""
    folder = tmp_path_factory.mktemp("made")
    clone, machine = a_clone(folder / "a clone of it"), a_machine(folder / "programs")
    both = [start(clone, machine), start(clone, machine)]
    warned = [process.communicate(timeout=240)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], warned
    return clone, warned


@pytest.fixture
def made_clone(made: tuple[Path, list[str]], tmp_path: Path) -> Path:
    """A copy of the made clone, to do with as a test likes."""
    return Path(shutil.copytree(made[0], tmp_path / "a made clone", symlinks=True))


def a_clone(folder: Path) -> Path:
    folder.mkdir()
    (folder / ".setup.sh").write_bytes((ROOT / ".setup.sh").read_bytes())
    (folder / "requirements.lock").write_text("# nothing\n")
    return folder


def a_machine(programs: Path) -> Path:
    programs.mkdir()
    (programs / "listing").write_text("".join(f"installed {line}\n" for line in INSTALLED))
    program(programs, "dpkg-query", f"cat '{programs}/listing'")
    program(programs, "id", "echo 1000")
    program(programs, "sudo", "exit 1")
    program(programs, "python3", f"exec '{sys.executable}' \"$@\"")
    return programs


def start(clone: Path, machine: Path, *packages: str) -> subprocess.Popen[str]:
    environment = os.environ | {"PATH": f"{machine}{os.pathsep}{os.environ['PATH']}", "PYTHON": ""}
    environment |= {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(machine)}
    command = ["sh", "-c", SET_UP, "sh", str(clone), *packages]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def set_up(clone: Path, machine: Path, *packages: str) -> tuple[int, str, str]:
    process = start(clone, machine, *packages)
    said, warned = process.communicate(timeout=120)
    return process.returncode, said, warned


def made_at(clone: Path) -> int:
    return (clone / ".venv/pyvenv.cfg").stat().st_mtime_ns


def test_missing_packages_are_one_line_to_run_for_who_may_not_install(clone: Path, machine: Path) -> None:
    status, said, warned = set_up(clone, machine, "bash", "libfoo2", "libbar1", "session-bus=dbus-x11", "libfoo-any=libfoo9")
    assert (status, said) == (1, "")
    *_, line = warned.splitlines()
    assert line == "    sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends libbar1 dbus-x11'"
    assert not (clone / ".venv").exists()


def test_who_may_install_gets_what_is_missing_and_nothing_else(made_clone: Path, machine: Path) -> None:
    program(machine, "sudo", '[ "$2" = true ] || printf "%s\\n" "$*" >"$(dirname "$0")/ran"')
    status, _, warned = set_up(made_clone, machine, "bash", "libbar1")
    assert status == 0, warned
    assert (machine / "ran").read_text().endswith("install libbar1\n")
    assert "Installing system packages: libbar1" in warned


def test_two_at_once_make_it_once(made: tuple[Path, list[str]]) -> None:
    assert "".join(made[1]).count("Setting up the Python libraries") == 1


def test_the_second_time_wants_nothing_of_the_systems_python(made_clone: Path, machine: Path) -> None:
    first = made_at(made_clone)
    program(machine, "python3", "exit 9")
    assert set_up(made_clone, machine) == (0, f"made with {made_clone}/.venv/bin/python\n", "")
    assert made_at(made_clone) == first


def test_libraries_come_and_go_with_the_lock(made_clone: Path, machine: Path) -> None:
    wheel = machine / "goose_egg-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as parts:
        parts.writestr("goose_egg.py", "")
        parts.writestr("goose_egg-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: goose_egg\nVersion: 1.0\n")
        parts.writestr("goose_egg-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        parts.writestr("goose_egg-1.0.dist-info/RECORD", "")
    first = made_at(made_clone)

    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    (made_clone / "requirements.lock").write_text(f"goose-egg==1.0 \\\n    --hash=sha256:{digest}\n")
    assert set_up(made_clone, machine)[0] == 0
    assert list(made_clone.glob(".venv/lib/*/site-packages/goose_egg.py"))

    (made_clone / "requirements.lock").write_text("# nothing again\n")
    assert set_up(made_clone, machine)[0] == 0
    assert not list(made_clone.glob(".venv/lib/*/site-packages/goose_egg*"))
    assert made_at(made_clone) == first


def test_a_library_not_as_the_lock_says_is_refused_and_the_next_set_up_begins_anew(made_clone: Path, machine: Path) -> None:
    first = made_at(made_clone)
    (made_clone / "requirements.lock").write_text("alembic==1.0 --hash=sha256:" + "0" * 64 + "\n")
    status, said, warned = set_up(made_clone, machine)
    assert (status, said) == (1, "")
    assert "could not be installed" in warned

    (made_clone / "requirements.lock").write_text("# nothing\n")
    assert set_up(made_clone, machine)[0] == 0
    assert made_at(made_clone) > first
