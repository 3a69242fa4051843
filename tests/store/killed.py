"""Client processes to be killed: started from a process that has read everything already, so that each takes moments."""

from __future__ import annotations

import multiprocessing
import os
import resource
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import alembic.command  # noqa: F401  read here, so that no child has to
import planted

from carebook.clock import system_clock
from carebook.errors import CarebookError
from carebook.store import migrate
from carebook.store.opening import open_store
from carebook.store.place import Place

KEY = bytes(range(32))
_forking = multiprocessing.get_context("forkserver")
_forking.set_forkserver_preload(["killed"])


class Child:
    """A process of its own that does `job(connection, ...)`; `told` is what it said before it ended or was killed."""

    def __init__(self, job: Callable[..., None], *given: object) -> None:
        here, there = _forking.Pipe(duplex=False)
        with _own_path():
            self.process = _forking.Process(target=job, args=(there, *given), daemon=True)
            self.process.start()
        there.close()
        self.pipe, self.told = here, []  # type: ignore[var-annotated]

    def wait_for_a_word(self, seconds: float = 30) -> bool:
        """Take in the next thing it says; False when it has ended."""
        if not self.pipe.poll(seconds):
            return False
        try:
            self.told.append(self.pipe.recv())
        except EOFError:
            return False
        return True

    def kill(self) -> None:
        """SIGKILL."""
        self.process.kill()

    def end(self) -> int:
        """Wait until it has ended, take in all that it said, and return its exit code."""
        while self.wait_for_a_word():
            pass
        self.process.join(60)
        code = self.process.exitcode
        assert code is not None
        self.pipe.close()
        self.process.close()
        return code


@contextmanager
def _own_path() -> Iterator[None]:
    """The process that forks finds the tests' modules where this one does."""
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(part for part in sys.path if part)
    yield
    if before is None:
        del os.environ["PYTHONPATH"]
    else:
        os.environ["PYTHONPATH"] = before


def upgrading(pipe: Connection, folder: str, migrations: str, point: int = -1, limit: int = 0) -> None:
    """Open an older store; kill yourself at step `point` of it; let no file grow beyond `limit` bytes."""
    planted.use(Path(migrations))
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    steps = count_steps(
        point, (shutil, "copyfile"), (migrate, "_run"), (migrate, "rebuild"), (os, "fsync"), (Path, "replace"),
        (Path, "unlink"), (migrate.cipher, "checkpoint"), (migrate.cipher, "check_whole"),
    )
    pipe.send("begun")
    try:
        open_store(Place(Path(folder)), KEY, system_clock()).lock()
        pipe.send("done")
        pipe.send(steps())
    except CarebookError as error:
        pipe.send(type(error).__name__)


def count_steps(point: int, *places: tuple[Any, str]) -> Callable[[], int]:
    """Before and after each call of these functions is a step; at step `point` this process is killed."""
    steps = 0

    def step() -> None:
        nonlocal steps
        if steps == point:
            os.kill(os.getpid(), signal.SIGKILL)
        steps += 1

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            step()
            answer = real(*given, **named)
            step()
            return answer

        return call

    for owner, name in places:
        setattr(owner, name, counted(getattr(owner, name)))
    return lambda: steps
