"""Whether the file at hand is the encrypted store that the key belongs to, found out without changing it."""

from __future__ import annotations

import hashlib
import hmac
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from sqlcipher3 import dbapi2 as sqlcipher

from carebook.cipher.gate import KEY_BYTES, PLAIN_HEADER, ask, bare, connect, header, unlock
from carebook.cipher.refusals import at_work, of_the_disk
from carebook.errors import GateUnsure, StoreDamaged, StoreInUse, StoreMissing, WrongKey

PAGE_BYTES: Final = 4096
MAC_BYTES: Final = 64


def check_whole(path: Path, key: bytes) -> None:
    """Every page of the store opens with the key and fits the others; half a second for 48 MiB.

    Each check has a connection of its own: SQLCipher carries one bad page over into later checks on the same one.
    Raises StoreDamaged with the check that failed, StoreInUse if another connection keeps the log busy, and as open_engine.
    """
    with closing(connect(path, key)) as connection:
        truncate_log(connection)
    for check, whole in (("cipher_integrity_check", []), ("integrity_check", [("ok",)])):
        with closing(connect(path, key)) as connection:
            try:
                rows = connection.execute(f"PRAGMA {check}").fetchall()
            except sqlcipher.DatabaseError:
                raise StoreDamaged(check) from None
            if rows != whole:
                raise StoreDamaged(check)


def check_file(path: Path, key: bytes) -> None:
    """The file opens with the key, found out without a lock, a log or a byte written."""
    if not path.is_file():
        raise StoreDamaged("no-file") if path.exists() else StoreMissing
    sweep(path)
    head = header(path)
    if head in (b"", PLAIN_HEADER):
        raise StoreDamaged("plain" if head else "empty")
    try:
        if path.stat().st_size % PAGE_BYTES:
            raise StoreDamaged("cut")
        probe(path, key, "ro&immutable=1")
    except (StoreDamaged, WrongKey) as refusal:
        if log_bytes(path):
            _check_copy(path, key)
        elif isinstance(refusal, WrongKey) and some_page_opens(path, key):
            raise StoreDamaged("page") from None
        else:
            raise


def probe(path: Path, key: bytes, mode: str) -> None:
    """The file can be read with the key."""
    with closing(bare(path, mode)) as connection:
        unlock(connection, key)
        ask(connection, "SELECT count(*) FROM sqlite_master")


def _check_copy(path: Path, key: bytes) -> None:
    """Whether the log mends a file that was cut short by a crash, tried on a copy: opening the file itself would change it."""
    with _copied(path) as copy:
        try:
            check_whole(copy, key)
        except WrongKey:
            if some_page_opens(path, key):
                raise StoreDamaged("page") from None
            raise


@contextmanager
def _copied(path: Path) -> Iterator[Path]:
    folder = Path(f"{path}.probe")
    try:
        folder.mkdir(mode=0o700)
        for end in ("", "-wal"):
            shutil.copyfile(f"{path}{end}", folder / f"{path.name}{end}")
    except OSError as error:
        sweep(path)
        raise of_the_disk(error, "copy") from None
    try:
        yield folder / path.name
    finally:
        sweep(path)


def some_page_opens(path: Path, key: bytes) -> bool:
    """Whether one of the first pages carries this key's seal: then the key is right and the file is damaged.

    SQLCipher 4: HMAC-SHA512 of the page (the first without its salt) and its number, under two PBKDF2 rounds of the key.
    """
    with path.open("rb") as file:
        pages = [file.read(PAGE_BYTES) for _ in range(16)]
    salt = bytes(byte ^ 0x3A for byte in pages[0][:16])
    mac_key = hashlib.pbkdf2_hmac("sha512", key, salt, 2, KEY_BYTES)
    for number, page in enumerate(pages, start=1):
        body, mac = page[16 if number == 1 else 0 : -MAC_BYTES], page[-MAC_BYTES:]
        if hmac.compare_digest(hmac.digest(mac_key, body + number.to_bytes(4, "little"), "sha512"), mac):
            return True
    return False


def sweep(path: Path) -> None:
    """What an interrupted creation or check left behind."""
    shutil.rmtree(f"{path}.probe", ignore_errors=True)
    for end in ("", "-wal", "-shm", "-journal"):
        Path(f"{path}.new{end}").unlink(missing_ok=True)


def log_bytes(path: Path) -> int:
    """Size of the write-ahead log beside the file."""
    log = Path(f"{path}-wal")
    return log.stat().st_size if log.exists() else 0


def truncate_log(connection: Any) -> None:
    """The log is empty; else StoreInUse, or what became of the disk."""
    try:
        row = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlcipher.Error as error:
        raise at_work(error) or GateUnsure("checkpoint") from None
    if tuple(row) != (0, 0, 0):
        raise StoreInUse("checkpoint")
