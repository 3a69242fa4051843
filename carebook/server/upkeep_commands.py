"""The commands that keep a server: backups and their return."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from carebook.clock import Clock
from carebook.errors import CarebookError, StoreDamaged, StoreExists, StoreInUse, StoreMissing
from carebook.sealing import SealUnreadable
from carebook.server import backups, home

Arguments = argparse.Namespace
Work = Callable[[Arguments, Clock], int]
Add = Callable[[Any, str, Work, str], argparse.ArgumentParser]

WORDS: Final[dict[type[CarebookError], str]] = {
    StoreExists: "There is something in that folder already. Nothing was changed. Name a folder that is not there yet.",
    StoreMissing: "There is no backup of this kind of server in that folder. Nothing was changed.",
    StoreDamaged: "That backup is not whole. Nothing was changed. Take another one.",
    SealUnreadable: "That backup does not open with this server's keys. Nothing was changed.",
    StoreInUse: "The server is running, or another command is. Nothing was changed. Stop it first, then restore.",
}


def add_commands(commands: Any, add: Add) -> None:
    """Add the commands; `add` makes one with what every server command has."""
    backup = add(commands, "backup", _back_up, "make a verified, encrypted backup while the server runs")
    backup.add_argument("folder", type=Path, metavar="DIR", help="a folder that is not there yet")
    restore = add(commands, "restore", _restore, "put a backup in the place of the server's database, which is kept aside")
    restore.add_argument("folder", type=Path, metavar="DIR", help="the folder of the backup")


def _back_up(asked: Arguments, clock: Clock) -> int:
    try:
        made = backups.back_up(home.open_home(asked.server_home), clock, asked.folder.absolute())
    except (StoreExists, StoreDamaged) as problem:
        return _not_done(problem)
    tell(f"The backup is made and verified: {made.stand.seq} rows of the record, in {asked.folder}.")
    tell(f"It is encrypted, and opens only with the keys in {asked.server_home}. Keep a copy of those apart from it.")
    return 0


def _restore(asked: Arguments, clock: Clock) -> int:
    standing = home.open_home(asked.server_home)
    try:
        done = backups.restore(standing, clock, asked.folder.absolute())
    except tuple(WORDS) as problem:
        return _not_done(problem)
    made_at = done.backup.made_at.isoformat(timespec="minutes")
    tell(f"The server's database is that of {made_at}: {done.backup.stand.seq} rows of the record.")
    tell(f"The database that it replaces is kept aside: {done.aside}")
    tell("Every laptop sends again what it holds, with its next sync. What the server itself wrote comes back as items for")
    tell("you to admit: carebook list-quarantine.")
    if done.carried is None:
        tell(f"The old database could not be read. Dispose again, and shut laptops out again, as was done since {made_at}.")
    tell(f"Look again at passwords, and at workers who left and allocations that ended, since {made_at}.")
    return 0


def tell(words: str) -> None:
    """One line for whoever typed the command."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def _not_done(problem: CarebookError) -> int:
    sys.stderr.write(WORDS[type(problem)] + "\n")
    return 2 if isinstance(problem, (StoreExists, StoreMissing)) else 1
