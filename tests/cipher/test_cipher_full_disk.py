"""A store on a disk without room is told as such, and nothing is lost or half made."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from untouched import untouched

from carebook.cipher import connect

KEY = bytes(range(32))
PAGE = 4096
ROOT = str(Path(__file__).resolve().parents[2])


def overwrite(path: Path, offset: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(content)


FULL_DISK = """
import json, resource, shutil, sys
from collections import namedtuple
from pathlib import Path
from carebook.cipher import check_whole, gate, open_engine
from carebook.errors import CarebookError
limit, free, use, path = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], Path(sys.argv[4])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
gate.disk_usage = lambda _: namedtuple("usage", "total used free")(10**9, 10**9 - free, free)
try:
    if use == "check":
        check_whole(path, bytes(range(32)))
    else:
        open_engine(path, bytes(range(32)), create=use == "create")
except CarebookError as error:
    print(json.dumps([type(error).__name__, str(error)]))
"""


def refused_for_want_of_room(limit: int, free: int, use: str, path: Path) -> list[str]:
    """What is said when no file may grow beyond `limit` bytes and the disk says that `free` bytes are left."""
    answer = subprocess.run(
        [sys.executable, "-B", "-c", FULL_DISK, str(limit), str(free), use, str(path)],
        env={**os.environ, "PYTHONPATH": ROOT},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return json.loads(answer.stdout)


def test_a_store_on_a_full_disk_is_told_as_such(store: Path) -> None:
    assert refused_for_want_of_room(1000, 0, "open", store) == ["DiskFull", "gate"]
    assert refused_for_want_of_room(1000, 10**9, "open", store) == ["GateUnsure", "SQLITE_IOERR"]


def test_no_room_to_try_the_log_on_a_copy_is_told_as_such(store_with_log: Path) -> None:
    overwrite(store_with_log, 512, os.urandom(PAGE - 512))
    with untouched(store_with_log.parent):
        assert refused_for_want_of_room(1000, 0, "open", store_with_log) == ["DiskFull", "copy:EFBIG"]


def test_no_room_to_take_in_the_log_is_told_as_such(store_with_log: Path) -> None:
    limit = store_with_log.stat().st_size
    assert refused_for_want_of_room(limit, 0, "check", store_with_log)[0] in ("DiskFull", "OutcomeUnknown")
    with closing(connect(store_with_log, KEY)) as connection:
        assert connection.execute("SELECT count(*) FROM note").fetchone() == (400,)


def test_a_store_that_found_no_room_leaves_nothing_half_made(home: Path) -> None:
    (home / "stores").mkdir()
    with untouched(home / "stores"):
        assert refused_for_want_of_room(1000, 0, "create", home / "stores" / "store.db") == ["DiskFull", "gate"]
