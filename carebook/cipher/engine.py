"""A SQLAlchemy engine on an encrypted file."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2 as sqlcipher

from carebook.cipher.gate import check_key, connect, prove_library
from carebook.cipher.refusals import FAILED_DISK, at_work, code, of_the_disk
from carebook.cipher.whole import check_file, probe, sweep, truncate_log
from carebook.errors import CarebookError, StoreExists


def open_engine(path: Path, key: bytes, *, create: bool = False, pool_size: int = 2) -> Engine:
    """An engine on the encrypted file at `path`; every connection has passed the start-up gate.

    key: 32 bytes. create: make a new file, and refuse one that is there; without it nothing is ever made.
    A transaction begins with BEGIN IMMEDIATE, or with BEGIN under the execution option `read`.
    After a refusal the file, and what lies beside it, is as it was byte for byte.
    Raises KeyMalformed, NotEncrypting, StoreMissing, StoreExists, StoreDamaged, WrongKey, StoreInUse, DiskFull, GateUnsure.
    """
    check_key(key)
    prove_library(key)
    if create:
        _create(path, key)
    else:
        check_file(path, key)
    engine = create_engine(
        "sqlite://",
        creator=lambda: connect(path, key),
        module=sqlcipher,
        poolclass=QueuePool,
        pool_size=pool_size,
        pool_use_lifo=True,  # the same connection again and again: its pages are still decrypted
        max_overflow=0,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", _drop_failed)
    engine.raw_connection().close()
    return engine


def checkpoint(engine: Engine) -> None:
    """Everything in the log is in the file and the log is empty, or StoreInUse: what was deleted is gone only then."""
    with closing(engine.raw_connection()) as connection:
        truncate_log(connection)


def as_circumstance(error: DBAPIError) -> CarebookError | None:
    """What a database error means to the worker, or None when it is a mistake of ours.

    A disk that fails (IOERR, or a file that can suddenly not be opened or written) leaves it open whether a commit was
    kept: OutcomeUnknown. The connection is dropped; look the work up again through a new one.
    """
    return at_work(error.orig)


def _create(path: Path, key: bytes) -> None:
    """A new encrypted file appears at `path` whole or not at all."""
    new = Path(f"{path}.new")
    if path.exists() or Path(f"{path}-wal").exists():
        raise StoreExists
    sweep(path)
    try:
        os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        connect(new, key).close()
        probe(new, key, "ro&immutable=1")
        new.rename(path)
        _keep_name(path.parent)
    except OSError as error:
        raise of_the_disk(error, "create") from None
    finally:
        sweep(path)


def _keep_name(folder: Path) -> None:
    if sys.platform != "win32":  # Windows has no way to sync a folder, and needs none
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _begin(connection: Connection) -> None:
    is_read = connection.get_execution_options().get("read", False)
    connection.exec_driver_sql("BEGIN" if is_read else "BEGIN IMMEDIATE")


def _drop_failed(context: ExceptionContext) -> None:
    """A connection whose disk failed is never used again."""
    if code(context.original_exception) in FAILED_DISK:
        context.is_disconnect = True
