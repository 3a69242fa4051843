"""The command line: opens the program, or does what an administrator or a demonstration asks."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Final

from carebook.errors import CarebookError, InputProblems, StoreExists, StoreMissing, Unreachable

DEMONSTRATION: Final = {
    "demo-data": ("carebook.demo.data", "make the records of a demonstration council"),
    "run-demo": ("carebook.demo.run", "open the window on the demonstration council"),
    "day": ("carebook.demo.day", "live the demonstration council's day through the screens"),
}
SENTENCES: Final = {
    "role": "There is no such role.",
    "worker": "There is no such worker, or they no longer work here.",
    "person": "There is no such person. Give their id or their council number.",
    "relation": "There is no such relation. Give allocated, duty or supervisor.",
    "password": "The password needs at least 12 characters.",
    "terminal": "There is no terminal to ask for the password. Give it on standard input, with --password-stdin.",
    "worker-id": "What a worker signs in as has 1 to 64 characters, without spaces or slashes, such as p.osei.",
    "worker-name": "Give the worker's name as colleagues see it.",
    "server-name": "Give --name as a host name or an address, such as carebook.example.org.",
    "host": "Give --host as an address or a host name, such as 0.0.0.0.",
    "port": "A port is a whole number from 1 to 65535.",
    "database": "Give --database as sqlite, or as postgresql://user@host/name.",
    "setting": "There is no such setting. carebook set --help lists them.",
    "value-words": "This setting needs words, on one line.",
    "value-true-or-false": "Give true or false for this setting.",
    "value-whole-number": "Give a whole number from 1 to 999 for this setting.",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; the exit status: 0 done, 1 not possible now, 2 not as it was asked."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given:
        return int(import_module("carebook.app").main())
    if given[0] in DEMONSTRATION:
        return int(import_module(DEMONSTRATION[given[0]][0]).main(given[1:]))
    asked = _parser().parse_args(given)
    try:
        return int(asked.work(asked))
    except (CarebookError, OSError) as problem:
        status, words = _why_not(problem)
    print(words, file=sys.stderr)
    return status


def _why_not(problem: Exception) -> tuple[int, str]:
    if isinstance(problem, InputProblems):
        return 2, "\n".join(SENTENCES.get(found.field, found.code) for found in problem.problems)
    if isinstance(problem, StoreExists):
        return 2, "There is a server in this folder already. Nothing was changed."
    if isinstance(problem, StoreMissing):
        return 2, "There is no server in this folder. Make one with: carebook set-up-server"
    if isinstance(problem, Unreachable):
        return 1, "The database does not open. See that it runs and that its address and account are right."
    if isinstance(problem, OSError):
        return 1, f"That was not possible: {problem.strerror}"
    return 1, f"That was not possible: {type(problem).__name__} {problem}".rstrip()


def _parser() -> argparse.ArgumentParser:
    from carebook.server.commands import add_commands

    parser = argparse.ArgumentParser(
        prog="carebook", description="The record that adult social care staff carry into people's homes. "
        "Without a command, opens the program.",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    add_commands(commands)
    for name, (_, words) in DEMONSTRATION.items():
        commands.add_parser(name, help=words)
    return parser
