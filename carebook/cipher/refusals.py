"""What an error of the database library or of the disk means, at the gate and later at work."""

from __future__ import annotations

import errno
from typing import Final

from carebook.errors import (
    CarebookError,
    DiskFull,
    GateUnsure,
    OutcomeUnknown,
    StoreDamaged,
    StoreInUse,
    StoreMissing,
    WrongKey,
)

# SQLite's primary result codes.
BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB = 5, 6, 8, 10, 11, 13, 14, 26
FAILED_DISK: Final = (IOERR, CANTOPEN, READONLY, CORRUPT, NOTADB)

AT_THE_GATE: Final[dict[int, type[CarebookError]]] = {
    BUSY: StoreInUse,
    LOCKED: StoreInUse,
    CANTOPEN: StoreMissing,
    CORRUPT: StoreDamaged,
    NOTADB: WrongKey,
    FULL: DiskFull,
}
AT_WORK: Final[dict[int, type[CarebookError]]] = {
    BUSY: StoreInUse,
    LOCKED: StoreInUse,
    READONLY: OutcomeUnknown,
    IOERR: OutcomeUnknown,
    CANTOPEN: OutcomeUnknown,
    CORRUPT: StoreDamaged,
    NOTADB: StoreDamaged,
    FULL: DiskFull,
}


def at_the_gate(error: BaseException) -> CarebookError:
    """A database error while a file is being opened: a file that cannot be read is one the key does not fit."""
    return AT_THE_GATE.get(code(error), GateUnsure)(name(error))


def at_work(error: BaseException | None) -> CarebookError | None:
    """A database error in a store that is open; None when it is a mistake of ours."""
    kind = AT_WORK.get(code(error))
    return kind(name(error)) if kind else None


def of_the_disk(error: OSError, doing: str) -> CarebookError:
    """An error of the disk while a file was looked at, copied or made."""
    kind = DiskFull if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) else GateUnsure
    return kind(f"{doing}:{errno.errorcode.get(error.errno or 0, 'unknown')}")


def code(error: BaseException | None) -> int:
    """SQLite's primary result code of an error, or 0."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def name(error: BaseException | None) -> str:
    """SQLite's name for an error's code; never its message, which may repeat a statement."""
    return str(getattr(error, "sqlite_errorname", "unknown"))
