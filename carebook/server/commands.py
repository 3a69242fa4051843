"""The administrator's commands: set a server up, run it, and say who works with whom. Plain words, and only what was asked."""

from __future__ import annotations

import argparse
import getpass
import logging
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError

from carebook import logs
from carebook.clock import Clock, clock_starting_at, system_clock
from carebook.errors import InputProblems, Problem, Unreachable
from carebook.models.access import AllocationBody, WorkerBody
from carebook.policy.roles import ROLE_WORDS
from carebook.server import administration, home, process, running, scope, site, supervising_commands, typed, upkeep_commands
from carebook.server.in_use import using
from carebook.settings import read_settings

Arguments = argparse.Namespace
Work = Callable[[Arguments], int]
RELATIONS: Final = ("allocated", "duty", "supervisor")


def add_commands(commands: Any) -> None:
    """Add every server command to the command line's sub-parsers; each sets `work`, a function of the arguments."""
    _add_set_up(commands)
    serve = _command(commands, "serve", _serve, "run the server until it is told to stop")
    serve.add_argument("--port", type=int, help="another port than the one it was set up with; 0 for any that is free")
    _add_worker_commands(commands)
    _add_allocation_commands(commands)
    setting = _command(commands, "set", _set, "set one thing for the whole council")
    setting.add_argument("setting", help=", ".join(typed.SETTINGS))
    setting.add_argument("value")
    upkeep_commands.add_commands(commands, lambda to, name, work, words: _command(to, name, _at_its_clock(work), words))
    supervising_commands.add_commands(commands, lambda to, name, work, words: _command(to, name, _at_its_site(work), words))


def _at_its_site(work: Callable[[Arguments, site.Site], int]) -> Work:
    def opened(asked: Arguments) -> int:
        with _site(asked) as here:
            return work(asked, here)

    return opened


def _at_its_clock(work: Callable[[Arguments, Clock], int]) -> Work:
    return lambda asked: work(asked, _clock())


def _add_set_up(commands: Any) -> None:
    command = _command(commands, "set-up-server", _set_up, "make a new server: its keys, its certificate, its database")
    command.add_argument("--name", action="append", required=True, help="a host name or address of it; may be repeated")
    command.add_argument("--host", default="127.0.0.1", help="the address it listens on")
    command.add_argument("--port", type=int, default=8443)
    command.add_argument("--database", default="sqlite", help="sqlite (encrypted), or postgresql://user@host/name")


def _add_worker_commands(commands: Any) -> None:
    add = _command(commands, "add-worker", _add_worker, "add a worker, or change what is said about one")
    add.add_argument("worker", metavar="WORKER", help="what they sign in as")
    add.add_argument("--name", required=True, help="their name as colleagues see it")
    add.add_argument("--role", required=True, choices=list(ROLE_WORDS), help=_roles())
    for word in ("job", "team", "phone"):
        add.add_argument(f"--{word}", default="")
    add.add_argument("--inactive", action="store_true", help="they no longer work here")
    add.add_argument("--password-stdin", action="store_true", help="read their server password from standard input")
    password = _command(commands, "set-password", _set_password, "set a worker's server password")
    password.add_argument("worker", metavar="WORKER")
    password.add_argument("--password-stdin", action="store_true", help="read it from standard input")
    code = _command(commands, "enrol-code", _enrol_code, "print a one-time code to enrol a laptop with, good for three days")
    code.add_argument("worker", metavar="WORKER")


def _add_allocation_commands(commands: Any) -> None:
    begin = _command(commands, "allocate", _allocate, "let a worker's laptops have a person's record")
    begin.add_argument("--relation", choices=RELATIONS, default="allocated")
    begin.add_argument("--from", dest="from_on", type=date.fromisoformat, metavar="DATE", help="first day; today unless told")
    begin.add_argument("--to", dest="to_on", type=date.fromisoformat, metavar="DATE", help="last day")
    end = _command(commands, "end-allocation", _end_allocation, "take a person's record from a worker's laptops")
    end.add_argument("--last-day", type=date.fromisoformat, metavar="DATE", help="yesterday unless told, which ends it at once")
    for command in (begin, end):
        command.add_argument("worker", metavar="WORKER")
        command.add_argument("person", metavar="PERSON", help="their id or their council number")
        command.add_argument("--reason", default="")


def _command(commands: Any, name: str, work: Work, words: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=words, description=words[0].upper() + words[1:] + ".")
    command.add_argument("--server-home", type=Path, required=True, metavar="DIR", help="the server's folder")
    command.set_defaults(work=_answered(work))
    return command


def _answered(work: Work) -> Work:
    """The work; Unreachable where the database gives no answer."""

    def done(asked: Arguments) -> int:
        try:
            return work(asked)
        except (OperationalError, InterfaceError, ArgumentError):
            raise Unreachable("database") from None

    return done


def _set_up(asked: Arguments) -> int:
    typed.check_server(asked.name, asked.host, asked.port, asked.database)
    with _whole_or_nothing(asked.server_home):
        made = home.set_up(asked.server_home, asked.name, database=asked.database, host=asked.host, port=asked.port)
        made.open(_clock(), create=made.database == "sqlite").close()
    _tell(f"The server is set up in {made.folder}. Its certificate is good for {', '.join(made.names)}.")
    _tell("Next: carebook add-worker, carebook enrol-code and carebook serve.")
    return 0


@contextmanager
def _whole_or_nothing(folder: Path) -> Iterator[None]:
    """What was made in the folder is taken away again, and nothing else, when the server cannot be made."""
    was_there = folder.exists()
    before = set(folder.iterdir()) if was_there else set()
    try:
        yield
    except BaseException:
        for made in set(folder.iterdir()) - before if folder.is_dir() else ():
            made.unlink()
        if not was_there and folder.is_dir():
            folder.rmdir()
        raise


def _serve(asked: Arguments) -> int:
    typed.check_port(asked.port or 0)
    settings = read_settings()
    standing = home.open_home(asked.server_home)
    if settings.log_file is None:
        logs.start()
    else:
        settings.log_file.parent.mkdir(parents=True, exist_ok=True)
        logs.start(settings.log_file.open("a", encoding="utf-8", buffering=1))
    logging.captureWarnings(capture=True)
    running.serve(
        standing, _clock(), lambda port: _tell(f"{process.SAYS}https://{_shown(standing.names[0])}:{port}"), port=asked.port
    )
    return 0


def _add_worker(asked: Arguments) -> int:
    typed.check_worker(asked.worker, asked.name)
    body = WorkerBody(
        worker=asked.worker, name=asked.name, role=asked.role, job=asked.job, team=asked.team, phone=asked.phone,
        active=not asked.inactive,
    )
    with _site(asked) as here:
        administration.keep_worker(here, body)
        if asked.password_stdin:
            administration.set_password(here, asked.worker, _password(from_input=True))
    _tell(f"{asked.worker} no longer works here." if asked.inactive else f"{asked.worker} is a worker of this council.")
    return 0


def _set_password(asked: Arguments) -> int:
    with _site(asked) as here:
        administration.set_password(here, asked.worker, _password(from_input=asked.password_stdin))
    _tell(f"The password of {asked.worker} is set.")
    return 0


def _enrol_code(asked: Arguments) -> int:
    authority = home.open_home(asked.server_home).authority_der
    with _site(asked) as here:
        _tell(administration.enrol_code(here, asked.worker, authority))
    return 0


def _allocate(asked: Arguments) -> int:
    with _site(asked) as here:
        begin = asked.from_on or scope.today(here.now())
        body = AllocationBody(
            worker=asked.worker, relation=asked.relation, from_on=begin, to_on=asked.to_on, reason=asked.reason
        )
        administration.allocate(here, asked.person, body)
    _tell(f"{asked.person} is allocated to {asked.worker} from {begin.isoformat()}.")
    return 0


def _end_allocation(asked: Arguments) -> int:
    with _site(asked) as here:
        ended = administration.end_allocation(here, asked.worker, asked.person, asked.last_day, asked.reason)
    if not ended:
        _tell(f"{asked.person} is not allocated to {asked.worker}.")
        return 2
    _tell(f"{asked.person} is no longer allocated to {asked.worker}. Their laptops learn of it with their next sync.")
    return 0


def _set(asked: Arguments) -> int:
    value = typed.setting_value(asked.setting, asked.value)
    with _site(asked) as here:
        administration.set_setting(here, asked.setting, value)
    _tell(f"{asked.setting} is set. It reaches each laptop with its next sync.")
    return 0


@contextmanager
def _site(asked: Arguments) -> Iterator[site.Site]:
    standing = home.open_home(asked.server_home)
    with using(standing.folder):
        keeping = standing.open(_clock())
        try:
            yield site.site(standing, keeping)
        finally:
            keeping.close()


def _clock() -> Clock:
    start = read_settings().clock_starts_at
    return clock_starting_at(datetime.fromisoformat(start)) if start else system_clock()


def _roles() -> str:
    return ", ".join(f"{role}: {words}" for role, words in ROLE_WORDS.items())


def _shown(name: str) -> str:
    return f"[{name}]" if ":" in name else name


def _password(*, from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\n")
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass("Password: ")
        except (EOFError, getpass.GetPassWarning):
            raise InputProblems((Problem("terminal", "missing"),)) from None


def _tell(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()
