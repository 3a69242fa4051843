"""The lists that a supervisor or a manager works through, and the proof of sync: ids and council numbers, no names."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import Any, Final

from carebook.errors import InputProblems
from carebook.server import supervising
from carebook.server.feeding import Head
from carebook.server.site import Site
from carebook.server.supervising import Proof
from carebook.server.upkeep_commands import tell
from carebook.words import at, count

Arguments = argparse.Namespace
Work = Callable[[Arguments, Site], int]
Add = Callable[[Any, str, Work, str], argparse.ArgumentParser]

WHY: Final = {
    "scope": "the person was not on the worker's caseload",
    "allocation": "a laptop cannot allocate this person",
    "council": "a laptop cannot write for the council",
    "role": "the worker's role cannot add people",
    "given-back": "given back by a laptop after a restore",
}
NOT_DONE: Final = {
    ("decides", "role"): "There is no such worker, or their role does not decide about items that are held back.",
    ("decides", "own"): "They wrote it themselves. Someone else needs to decide.",
    ("row", "unknown"): "There is no such item waiting. See carebook list-quarantine.",
    ("row", "parent"): "It changes an item that is not here. Admit that one first, or wait until its laptop has sent it.",
}


def add_commands(commands: Any, add: Add) -> None:
    """Add the commands; `add` makes one with what every server command has."""
    add(commands, "list-quarantine", _list_quarantine, "list the items that are held back until someone decides")
    admit = add(commands, "admit", _admit, "let an item that is held back into the record")
    admit.add_argument("row", metavar="ROW", help="its id, as list-quarantine shows it")
    admit.add_argument("--by", required=True, metavar="WORKER", help="who has decided: a senior practitioner or a team manager")
    admit.add_argument("--reason", required=True, help="why; kept with the audit")
    add(commands, "list-unacknowledged", _list_unconfirmed, "list the removals that no laptop has confirmed within a day")
    add(commands, "list-set-back", _list_set_back, "list the laptops that were restored from an image or have a clone")
    proof = add(commands, "proof-of-sync", _proof, "print how many items each record has here, and their digest")
    proof.add_argument("--worker", default="", metavar="WORKER", help="only what this worker's laptops may hold today")


def _list_quarantine(asked: Arguments, here: Site) -> int:
    found = here.read(supervising.held_back)
    lines = [
        (
            line.row_id, line.number, line.kind, f"written by {line.author}", f"received {at(line.received_at)}",
            WHY.get(line.code, line.code) + (", and is in force already" if line.in_force else ""),
        )
        for line in found
    ]
    return _list(lines, "item is held back", "items are held back")


def _admit(asked: Arguments, here: Site) -> int:
    try:
        outcome = supervising.admit(here, asked.row, asked.by, asked.reason)
    except InputProblems as problem:
        for flaw in problem.problems:
            sys.stderr.write(NOT_DONE[flaw.field, flaw.code] + "\n")
        return 2
    tell(f"{asked.row} is in the record. Laptops have it with their next sync.")
    if outcome == "clash":
        tell("It stands beside another. Someone needs to choose between them.")
    return 0


def _list_unconfirmed(asked: Arguments, here: Site) -> int:
    found = here.read(lambda session: supervising.unconfirmed(session, here.now()))
    lines = [
        (
            line.number, line.class_, f"laptop {line.device_id} of {line.worker}", f"to be removed since {at(line.made_at)}",
            f"laptop last seen {at(line.last_seen_at)}",
        )
        for line in found
    ]
    return _list(lines, "removal is not confirmed", "removals are not confirmed")


def _list_set_back(asked: Arguments, here: Site) -> int:
    found = here.read(supervising.set_back)
    lines = [
        (f"laptop {line.device_id} of {line.worker}", f"noticed {at(line.seen_at)}", f"last seen {at(line.last_seen_at)}")
        for line in found
    ]
    return _list(lines, "laptop is to be enrolled again", "laptops are to be enrolled again")


def _proof(asked: Arguments, here: Site) -> int:
    def work(session: Any) -> tuple[Head, list[Proof]]:
        if asked.worker:
            return supervising.proof_for(session, asked.worker, here.now())
        return supervising.proof(session)

    head, proofs = here.read(work)
    whose = f" for {asked.worker}" if asked.worker else ""
    tell(f"Proof of sync{whose}, {at(here.now())}. Server {head.epoch}, item {head.seq}, backup up to item {head.safe}.")
    lines = [(each.number, each.class_, count(each.count, "item", "items"), each.digest) for each in proofs]
    tell("A laptop that agrees shows the same figures.")
    return _list(lines, "record", "records")


def _list(lines: Sequence[tuple[str, ...]], one: str, many: str) -> int:
    for line in lines:
        tell("\t".join(line))
    tell(f"{count(len(lines), one, many)}.")
    return 0
