"""Sets up a demonstration server and fills it: the council, the nine people of the files, and a crowd drawn from a seed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from carebook.clock import Clock, clock_starting_at, instant
from carebook.demo.council import DAY_STARTS, NAME, ROLES, STAFF, tell_council
from carebook.demo.crowd import Crowd
from carebook.demo.scenes import tell_scenes
from carebook.demo.told import Teller, rows
from carebook.errors import CarebookError, GateUnsure, StoreExists
from carebook.models.ledger import LedgerRow, ledger
from carebook.models.people import person
from carebook.server import accounts, chain, door, feeding, home, site

DEVICE: Final = "demonstration"
"""The device id under which invented rows stand in the ledger; no laptop has it."""
PASSWORD: Final = "demonstration only"  # noqa: S105  told to everybody
"""The server password of every invented worker."""
PEOPLE: Final = 60
SEED: Final = 7
_PAGE: Final = 500


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a server was filled with. people: the ids of those with a file of their own, by the file's name."""

    rows: int
    people: dict[str, str]
    crowd: tuple[str, ...]


def invent(seed: int = SEED, people: int = PEOPLE) -> tuple[list[LedgerRow], Loaded]:
    """The rows of the whole demonstration council: the same for the same seed and number of people in the crowd."""
    teller = Teller(seed)
    tell_council(teller)
    named = tell_scenes(teller)
    crowd = Crowd(seed, date.fromisoformat(DAY_STARTS[:10])).tell(teller, people)
    found = rows(teller.told, ROLES, DEVICE)
    return found, Loaded(len(found), named, tuple(crowd))


def demonstration_clock() -> Clock:
    """A clock that shows the start of the demonstration's day now."""
    return clock_starting_at(instant(DAY_STARTS))


def set_up(folder: Path, *, seed: int = SEED, people: int = PEOPLE, clock: Clock | None = None) -> tuple[home.Home, Loaded]:
    """A new demonstration server in `folder`, filled. Raises StoreExists when there is a server already."""
    made = home.set_up(folder, ["127.0.0.1", "localhost"], port=0, demonstration=True)
    keeping = made.open(clock or demonstration_clock(), create=True)
    try:
        return made, load(made, site.site(made, keeping), seed, people)
    finally:
        keeping.close()


def load(standing: home.Home, here: site.Site, seed: int = SEED, people: int = PEOPLE) -> Loaded:
    """Fill a demonstration server in one transaction; its audit chain says so.

    Raises GateUnsure for a server that was not made for a demonstration or holds people already.
    """
    if not standing.demonstration:
        raise GateUnsure("not-a-demonstration")
    found, loaded = invent(seed, people)
    here.write(lambda session: _load(session, here, found))
    return loaded


def _load(session: Session, here: site.Site, found: Sequence[LedgerRow]) -> None:
    held = sa.select(sa.func.count()).where(sa.or_(ledger.c.device_id != door.AUTHOR, ledger.c.kind == "person"))
    if session.scalar(held):
        raise GateUnsure("holds-people")
    for one in STAFF:
        accounts.set_password(session, one.worker, PASSWORD, here.now())
    feeding.lock(session)
    for start in range(0, len(found), _PAGE):
        page = found[start : start + _PAGE]
        door.keep(session, page)
        feeding.enter(session, [feeding.Entering(row, row.author, row.device_id) for row in page], here.now())
    about = session.scalar(sa.select(sa.func.count(sa.distinct(person.c.person_id))))
    what = (f"rows:{len(found)}", f"people:{about}")
    chain.add(session, chain.Deed(here.now(), door.AUTHOR, "load-demonstration", what=what, words="Invented people"))


def main(arguments: Sequence[str]) -> int:
    """`carebook demo-data`: the exit status, 0 when the server is there and filled."""
    parser = argparse.ArgumentParser(prog="carebook demo-data", description="Make a server for invented people.")
    parser.add_argument("--server-home", type=Path, default=Path("carebook-demo-server"), metavar="DIR")
    parser.add_argument("--people", type=int, default=PEOPLE, help="how many besides the nine; %(default)s unless told")
    parser.add_argument("--seed", type=int, default=SEED, help="another number draws other people")
    asked = parser.parse_args(arguments)
    try:
        made, loaded = set_up(asked.server_home, seed=asked.seed, people=asked.people)
    except StoreExists:
        print(_refusal(asked.server_home), file=sys.stderr)
        return 2
    except (CarebookError, OSError) as problem:
        print(f"That was not possible: {type(problem).__name__} {problem}", file=sys.stderr)
        return 1
    everybody = len(loaded.people) + len(loaded.crowd)
    print(f"{NAME} is invented, and so is everybody in it: {everybody} people, {loaded.rows} rows.")
    print(f"The server is in {made.folder}. Run it with: carebook serve --server-home DIR --port 8443")
    print(f"Workers: {', '.join(one.worker for one in STAFF)}. The password of each is: {PASSWORD}")
    return 0


def _refusal(folder: Path) -> str:
    if home.open_home(folder, {}).demonstration:
        return "There is a demonstration server in this folder already. Nothing was changed."
    return "There is a server for real people in this folder. Invented people are not put among them; nothing was changed."
