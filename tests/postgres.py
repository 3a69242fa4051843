"""A PostgreSQL of the tests' own: made in a temporary folder, run by an unprivileged account, stopped at the end."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SETTINGS = {
    "listen_addresses": "127.0.0.1", "max_connections": "60", "shared_buffers": "64MB", "fsync": "off",
    "synchronous_commit": "off", "full_page_writes": "off", "log_statement": "none", "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse", "log_min_error_statement": "panic",
}


def programs() -> Path:
    """The folder of PostgreSQL's own programs, the newest there is."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    assert on_path, "PostgreSQL is not installed; ./test installs it"
    return Path(on_path).parent


@dataclass
class Postgres:
    """A running database server; `new_database` makes an empty database in it."""

    port: int
    folder: Path
    _numbers: count = field(default_factory=count)

    def new_database(self) -> str:
        """The address of a new, empty database."""
        name = f"carebook_{next(self._numbers)}"
        command = [programs() / "createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "carebook", name]
        subprocess.run(command, check=True, capture_output=True)
        return f"postgresql://carebook@127.0.0.1:{self.port}/{name}"

    def log(self) -> str:
        """What the database server has logged."""
        return (self.folder / "log").read_text()


@contextmanager
def running() -> Iterator[Postgres]:
    """A PostgreSQL that runs until the block ends; its data lies below the temporary folder and goes with it."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    try:
        runner = _runner(folder)
        data = folder / "data"
        _run(
            [programs() / "initdb", "-D", data, "-U", "carebook", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
            runner,
        )
        with (data / "postgresql.auto.conf").open("a") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in SETTINGS.items())
            file.write(f"unix_socket_directories = ''\nport = {(port := _free_port())}\n")
        with (folder / "log").open("wb") as log:
            server = _start([programs() / "postgres", "-D", data], runner, log)
        try:
            _wait_for(server, port)
            yield Postgres(port, folder)
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _runner(folder: Path) -> dict[str, int]:
    """The account that runs it: this one, or where this is root an unprivileged one, which is then given the folder."""
    if os.geteuid() != 0:
        return {}
    account = pwd.getpwnam("nobody")
    os.chown(folder, account.pw_uid, account.pw_gid)
    folder.chmod(0o700)
    return {"user": account.pw_uid, "group": account.pw_gid}


def _run(command: list, runner: dict[str, int]) -> None:
    with _start(command, runner, subprocess.DEVNULL) as started:
        assert started.wait(60) == 0, command[0].name


def _start(command: list, runner: dict[str, int], log: IO[bytes] | int) -> subprocess.Popen:
    extra: dict = {**runner, "extra_groups": []} if runner else {}
    return subprocess.Popen(command, cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log, **extra)


def _wait_for(server: subprocess.Popen, port: int) -> None:
    command = [programs() / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    give_up_at = time.monotonic() + 30
    while subprocess.run(command, check=False).returncode:
        assert server.poll() is None, "PostgreSQL ended"
        assert time.monotonic() < give_up_at, "PostgreSQL does not answer"
        time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]
