"""PostgreSQL's own pg_dump and pg_restore, found on this host and run with nothing of the record on their command lines."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import sqlalchemy as sa

from carebook.errors import GateUnsure

PART: Final = 256 * 1024


def dump(address: str, snapshot: str) -> Iterator[bytes]:
    """pg_dump's custom format of what one exported snapshot shows; GateUnsure when it fails or is not installed."""
    command = ["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
    with _running(command, address) as process:
        yield from _read(process.stdout)


def fill(address: str, parts: Iterable[bytes]) -> None:
    """Put a dump into an empty database, all of it or nothing; GateUnsure when it does not fit."""
    command = ["pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    with _running(command, address) as process, _fed(process.stdin, parts):
        for _ in _read(process.stdout):
            pass


def count_lines(parts: Iterable[bytes]) -> dict[str, int]:
    """How many lines the dump has for each table; it is read to its end."""
    found: dict[str, int] = {}
    table = ""
    with _running(["pg_restore", "--data-only", "--file=-"], None) as process, _fed(process.stdin, parts):
        assert process.stdout is not None
        for line in process.stdout:
            if table and line == b"\\.\n":
                table = ""
            elif table:
                found[table] += 1
            elif line.startswith(b"COPY "):
                table = line.split(b" ")[1].decode().rpartition(".")[2].strip('"')
                found[table] = 0
    return found


@contextmanager
def _running(command: Sequence[str], address: str | None) -> Iterator[subprocess.Popen[bytes]]:
    told, env = _told(address)
    run = [str(_program(command[0])), *command[1:], *told]
    with subprocess.Popen(  # noqa: S603  a program of PostgreSQL's, named by us
        run, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env
    ) as process:
        try:
            yield process
        except BaseException:
            process.kill()
            raise
    if process.returncode:
        raise GateUnsure(f"{command[0]}:{process.returncode}")


@contextmanager
def _fed(sink: IO[bytes] | None, parts: Iterable[bytes]) -> Iterator[None]:
    """Another thread writes while this one reads; its failure is raised here."""
    failed: list[BaseException] = []

    def feed() -> None:
        assert sink is not None
        try:
            with sink:
                for part in parts:
                    sink.write(part)
        except BaseException as error:  # noqa: BLE001  raised on the other thread
            failed.append(error)

    thread = threading.Thread(target=feed)
    thread.start()
    try:
        yield
    finally:
        thread.join()
    if failed:
        raise failed[0]


def _read(source: IO[bytes] | None) -> Iterator[bytes]:
    assert source is not None
    while part := source.read(PART):
        yield part


def _told(address: str | None) -> tuple[list[str], dict[str, str]]:
    """Which database, without its password: that goes by the environment, which other accounts cannot read."""
    if address is None:
        return [], dict(os.environ)
    url = sa.make_url(address).set(drivername="postgresql")
    env = {**os.environ, **({"PGPASSWORD": str(url.password)} if url.password else {})}
    return [f"--dbname={url.set(password=None).render_as_string(hide_password=False)}"], env


def _program(name: str) -> Path:
    """The newest there is: an older pg_dump refuses a newer server."""
    found = [path for path in Path("/usr/lib/postgresql").glob(f"*/bin/{name}") if path.parts[-3].isdigit()]
    if found:
        return max(found, key=lambda path: int(path.parts[-3]))
    on_path = shutil.which(name)
    if on_path is None:
        raise GateUnsure(f"{name}:missing")
    return Path(on_path)
