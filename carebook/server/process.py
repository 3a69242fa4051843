"""A server in a process of its own, started and stopped by a test or a demonstration."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from carebook.errors import ServerFailed
from carebook.server.home import open_home

STOP_SECONDS: Final = 20
SAYS: Final = "carebook serves on "


@dataclass(slots=True)
class ServerProcess:
    """A running server: `address` is where devices find it, `authority` what they trust (PEM)."""

    process: subprocess.Popen[str]
    address: str
    authority: str

    def stop(self) -> int:
        """Ask it to stop, wait until it has, and return its exit status."""
        self.process.terminate()
        try:
            return self._end()
        except subprocess.TimeoutExpired:
            self.kill()
            raise ServerFailed("stop") from None

    def kill(self) -> None:
        """End it at once, as a power cut does."""
        self.process.kill()
        self._end()

    def _end(self) -> int:
        status = self.process.wait(STOP_SECONDS)
        if self.process.stdout is not None:
            self.process.stdout.close()
        return status

    def __enter__(self) -> ServerProcess:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.stop()


def start_server(
    folder: Path, *, port: int = 0, env: Mapping[str, str] | None = None, log: IO[str] | None = None
) -> ServerProcess:
    """Start `carebook serve` on the server folder and wait until it listens; port 0 takes any that is free.

    env: settings on top of this process's own. log: where its log goes, else this process's standard error.
    Raises ServerFailed when it ends before it listens.
    """
    home = open_home(folder, {})
    command = [sys.executable, "-m", "carebook", "serve", "--server-home", str(folder), "--port", str(port)]
    process = subprocess.Popen(  # noqa: S603  our own program
        command, stdout=subprocess.PIPE, stderr=log, text=True, env={**os.environ, **(env or {})}
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line.startswith(SAYS):
        process.kill()
        process.wait()
        process.stdout.close()
        raise ServerFailed("start")
    return ServerProcess(process, line.removeprefix(SAYS).strip(), home.authority.decode("ascii"))
