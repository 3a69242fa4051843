"""Writing a small file so that it is there whole, old or new, whenever the power fails."""

from __future__ import annotations

import errno
import os
import sys
import time
from pathlib import Path
from typing import Final

from carebook.errors import CarebookError, DiskFull, OutcomeUnknown

FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
TEMPORARY: Final = ".part"
TRIES: Final = 20


def replace(path: Path, content: bytes) -> None:
    """`path` holds `content`, on the disk itself, when this returns; on a failure it holds what it held before.

    A temporary file beside it, synced, renamed over it, then the folder synced; readable by this account alone.
    Raises DiskFull, or OutcomeUnknown when the disk fails.
    """
    part = path.with_name(path.name + TEMPORARY)
    try:
        _write(part, content)
        _rename(part, path)
        sync_folder(path.parent)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise problem(error) from None


def remove(*paths: Path) -> None:
    """The paths, all in one folder, are gone, and stay gone after a power cut; gone already is well."""
    try:
        for path in paths:
            path.unlink(missing_ok=True)
        for folder in {path.parent for path in paths}:
            sync_folder(folder)
    except OSError as error:
        raise problem(error) from None


def sync_folder(folder: Path) -> None:
    """The names in `folder` are on the disk."""
    if sys.platform != "win32":  # Windows has no way to sync a folder
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def problem(error: OSError) -> CarebookError:
    """What a failed write means to the worker."""
    code = errno.errorcode.get(error.errno or 0, "unknown")
    return DiskFull(code) if error.errno in FULL else OutcomeUnknown(code)


def _write(path: Path, content: bytes) -> None:
    path.unlink(missing_ok=True)
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(number, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(number)


def _rename(part: Path, path: Path) -> None:
    """On Windows a virus scanner may hold either file for a moment."""
    for turn in range(TRIES):
        try:
            part.replace(path)
            return
        except PermissionError:
            if os.name != "nt" or turn == TRIES - 1:
                raise
            time.sleep(0.05)
