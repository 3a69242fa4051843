"""A small file is replaced at one blow, and what stops it is told."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from untouched import untouched

from carebook.errors import DiskFull, OutcomeUnknown
from carebook.store.files import problem, remove, replace

ROOT = str(Path(__file__).resolve().parents[2])


def test_a_file_is_made_replaced_and_removed(home: Path) -> None:
    path = home / "file"
    replace(path, b"one")
    replace(path, b"two")
    assert path.read_bytes() == b"two"
    assert path.stat().st_mode & 0o077 == 0
    remove(path)
    remove(path)
    assert list(home.glob("file*")) == []


def test_what_an_interrupted_replacement_left_is_replaced_too(home: Path) -> None:
    (home / "file").write_bytes(b"old")
    (home / "file.part").write_bytes(b"half of something long")
    replace(home / "file", b"new")
    assert (home / "file").read_bytes() == b"new"
    assert not (home / "file.part").exists()


def test_a_link_planted_under_the_temporary_name_is_not_followed(home: Path) -> None:
    (home / "elsewhere").write_bytes(b"mine")
    (home / "file.part").symlink_to(home / "elsewhere")
    replace(home / "file", b"new")
    assert (home / "elsewhere").read_bytes() == b"mine"


def test_a_file_that_cannot_be_written_stays_as_it_was(home: Path) -> None:
    (home / "file").mkdir()
    (home / "file" / "inside").write_bytes(b"old")
    with untouched(home), pytest.raises(OutcomeUnknown):
        replace(home / "file", b"new")


@pytest.mark.parametrize(
    ("number", "kind"),
    [(errno.ENOSPC, DiskFull), (errno.EDQUOT, DiskFull), (errno.EFBIG, DiskFull), (errno.EIO, OutcomeUnknown)],
)
def test_a_full_disk_and_a_failing_one_are_told_apart(number: int, kind: type[Exception]) -> None:
    assert type(problem(OSError(number, "Wren"))) is kind
    assert "Wren" not in str(problem(OSError(number, "Wren")))


LIMITED = """
import resource, sys
from pathlib import Path
from carebook.errors import DiskFull
from carebook.store.files import replace
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    replace(Path(sys.argv[1]), b"x" * 5000)
except DiskFull:
    print("full")
"""


def test_a_disk_that_fills_up_in_the_middle_leaves_the_old_file_whole(home: Path) -> None:
    replace(home / "file", b"old")
    with untouched(home):
        answer = subprocess.run(
            [sys.executable, "-B", "-c", LIMITED, str(home / "file")],
            env={**os.environ, "PYTHONPATH": ROOT},
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
    assert answer.stdout == "full\n"


def test_the_content_is_on_the_disk_before_the_name_and_the_name_before_the_return(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[tuple[str, str, int]] = []
    really_sync, really_rename = os.fsync, Path.replace

    def sync(number: int) -> None:
        calls.append(("sync", Path(f"/proc/self/fd/{number}").readlink().name, os.fstat(number).st_size))
        really_sync(number)

    def rename(path: Path, target: Path) -> Path:
        calls.append(("rename", path.name, path.stat().st_size))
        return really_rename(path, target)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "replace", rename)
    replace(home / "file", b"new")
    assert calls[:2] == [("sync", "file.part", 3), ("rename", "file.part", 3)]
    assert [call[:2] for call in calls[2:]] == [("sync", home.name)]
