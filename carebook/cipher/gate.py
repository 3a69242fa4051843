"""The start-up gate: what a connection to an encrypted file must prove before anything else is asked of it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from shutil import disk_usage
from typing import Any, Final
from urllib.parse import quote

from sqlcipher3 import dbapi2 as sqlcipher

from carebook.cipher.refusals import at_the_gate, of_the_disk
from carebook.errors import DiskFull, GateUnsure, KeyMalformed, NotEncrypting

KEY_BYTES: Final = 32
LEAST_VERSION: Final = (4, 19, 0)
PREPARED: Final = 256
"""Statements kept ready on each connection: preparing one anew takes longer than running it."""
BUSY_SECONDS: Final = 5.0
ROOM_BYTES: Final = 256 * 1024
PLAIN_HEADER: Final = b"SQLite format 3\0"

# Each is set, then asked for, and must answer as the third column says.
SETTINGS: Final = (
    ("temp_store", "MEMORY", "2"),
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", "2"),
    ("secure_delete", "ON", "1"),
    ("trusted_schema", "OFF", "0"),
    ("foreign_keys", "ON", "1"),
)


def connect(path: Path, key: bytes) -> Any:
    """One DBAPI connection to the existing file at `path` that has passed the gate; raises as open_engine does."""
    connection = bare(path, "rw")
    try:
        pass_gate(connection, key)
        if header(path) in (b"", PLAIN_HEADER):
            raise NotEncrypting("plain-header")
    except BaseException as refusal:
        connection.close()
        if isinstance(refusal, GateUnsure) and disk_usage(path.parent).free < ROOM_BYTES:
            raise DiskFull("gate") from None  # SQLite calls it an I/O error when there is no room for its index of the log
        raise
    return connection


def pass_gate(connection: Any, key: bytes) -> None:
    """Everything a connection must prove before anything else is asked of it; raises as open_engine does.

    Only the library can say that it encrypts: a plain SQLite takes every one of these PRAGMAs without a word.
    """
    unlock(connection, key)
    _check_temporary(connection)
    ask(connection, "SELECT count(*) FROM sqlite_master")
    for name, value, answer in SETTINGS:
        ask(connection, f"PRAGMA {name} = {value}")
        if _word(connection, f"PRAGMA {name}") != answer:
            raise GateUnsure(name)
    connection.enable_load_extension(False)


def check_key(key: bytes) -> None:
    """A store key is 32 bytes; anything else would be taken for a passphrase by SQLCipher: KeyMalformed."""
    if len(key) != KEY_BYTES:
        raise KeyMalformed("length")


def prove_library(key: bytes) -> None:
    """Nothing is written before the library in use has shown, in memory, that it is an encrypting one."""
    with closing(sqlcipher.connect(":memory:", isolation_level=None)) as connection:
        unlock(connection, key)
        _check_temporary(connection)


def bare(path: Path, mode: str) -> Any:
    """A connection that has proved nothing yet; mode: "rw", or "ro&immutable=1", which takes no lock and makes no file."""
    place = path.absolute().as_posix()
    uri = f"file://{'' if place.startswith('/') else '/'}{quote(place)}?mode={mode}"
    try:
        return sqlcipher.connect(
            uri, uri=True, isolation_level=None, check_same_thread=False, timeout=BUSY_SECONDS,
            cached_statements=PREPARED,
        )
    except sqlcipher.Error as error:
        raise at_the_gate(error) from None


def header(path: Path) -> bytes:
    """The first 16 bytes of the file: its salt, or what a plain SQLite file begins with."""
    try:
        with path.open("rb") as file:
            return file.read(len(PLAIN_HEADER))
    except OSError as error:
        raise of_the_disk(error, "read") from None


def unlock(connection: Any, key: bytes) -> None:
    """The key is given, and the library has shown that it encrypts; a wrong key shows only at the first read."""
    ask(connection, "PRAGMA cipher_log_level = none")
    ask(connection, f"PRAGMA key = \"x'{key.hex()}'\"")  # a PRAGMA takes no parameter; hex digits need no quoting
    version = _word(connection, "PRAGMA cipher_version").split(" ")[0].split(".")
    if not all(part.isdigit() for part in version) or tuple(map(int, version)) < LEAST_VERSION:
        raise NotEncrypting("library")
    if _word(connection, "PRAGMA cipher_status") != "1":
        raise NotEncrypting("status")


def _check_temporary(connection: Any) -> None:
    """Sorts and temporary tables stay in memory: SQLCipher does not encrypt temporary files."""
    built = {option for (option,) in ask(connection, "PRAGMA compile_options")}
    if not built & {"TEMP_STORE=2", "TEMP_STORE=3"} or _word(connection, "PRAGMA temp_store") == "1":
        raise NotEncrypting("temporary-files")


def ask(connection: Any, sql: str) -> list[tuple[Any, ...]]:
    """All rows that one statement of the gate answers with."""
    try:
        rows: list[tuple[Any, ...]] = connection.execute(sql).fetchall()
    except sqlcipher.Error as error:
        raise at_the_gate(error) from None  # neither the statement nor the key goes along
    return rows


def _word(connection: Any, sql: str) -> str:
    rows = ask(connection, sql)
    return str(rows[0][0]) if rows else ""
