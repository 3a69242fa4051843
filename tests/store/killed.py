"""Client processes to be killed: started from a process that has read everything already, so that each takes moments."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import resource
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import alembic.command  # noqa: F401  read here, so that no child has to
import planted
from make import a_contact

from carebook.actions.amend_entry import Amendment, Passage, amend_entry
from carebook.actions.finish_contact import finish_contact
from carebook.actions.save_draft import save_draft
from carebook.clock import random_id, system_clock
from carebook.desk import Desk
from carebook.errors import CarebookError
from carebook.store import migrate
from carebook.store.keys import LEAST, change_passphrase, open_slot
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


def working(pipe: Connection, folder: str, person_id: str, phrases: tuple[str, str]) -> None:
    """Write without end as a worker would, and say after each writing that it is kept."""
    place = Place(Path(folder))
    now, then = phrases
    desk = Desk(open_store(place, open_slot(place.slot, now, None), system_clock()))
    pipe.send(("open", ""))
    draft_id, yesterday = random_id(), desk.clock.now().date() - timedelta(days=1)
    for turn in itertools.count():
        form = a_contact(yesterday, why=f"turn {turn}")
        desk.do(save_draft, draft_id, person_id, "contact", str(turn), desk.store.session_id)
        pipe.send(("draft", draft_id, turn, desk.clock.now().timestamp()))
        row_id = desk.do(finish_contact, person_id, form)
        pipe.send(("row", row_id))
        passages = (Passage(passage_id="", category="contacts", words=f"Amended in turn {turn}"),)
        pipe.send(("row", desk.do(amend_entry, row_id, Amendment(reason="misheard", passages=passages))))
        if turn % 6 == 3:
            pipe.send(("phrase begun", then))
            change_passphrase(place.slot, now, then, None, stretch=LEAST)
            pipe.send(("phrase", then))
            now, then = then, now
