"""Who works on a server's folder: many may use it, or one alone may put another database in its place."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from carebook.errors import StoreInUse

LOCK: Final = "in-use"

if sys.platform == "win32":
    import msvcrt

    _PLACES = 64

    def _lock(number: int, *, alone: bool) -> None:
        for place in range(_PLACES):
            os.lseek(number, 0 if alone else place, os.SEEK_SET)
            try:
                msvcrt.locking(number, msvcrt.LK_NBLCK, _PLACES if alone else 1)
            except OSError:
                if alone:
                    raise
            else:
                return
        raise OSError("in use")
else:
    import fcntl

    def _lock(number: int, *, alone: bool) -> None:
        fcntl.flock(number, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)


@contextmanager
def using(folder: Path, *, alone: bool = False) -> Iterator[None]:
    """This process uses the server's folder until the block ends or the process does, however it ends.

    Raises StoreInUse when another process uses it alone, or, with `alone`, when any other uses it at all.
    """
    number = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            _lock(number, alone=alone)
        except OSError:
            raise StoreInUse("server") from None
        yield
    finally:
        os.close(number)
