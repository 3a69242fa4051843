"""The store: saving a note against a raw encrypted commit, opening it warm, finding and opening people among 300."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from datetime import time as clock_time
from pathlib import Path
from typing import Any

from make import KEY, make_desk

from bench import Goal
from carebook import cipher
from carebook.actions.add_person import NewPerson, add_person
from carebook.actions.find_people import find_people
from carebook.actions.finish_contact import ContactForm, WrittenPassage, finish_contact
from carebook.actions.open_person import open_person
from carebook.clock import system_clock
from carebook.desk import Desk
from carebook.store.device_store import Store
from carebook.store.opening import open_store

PEOPLE = 300
WARM = 60
ROUNDS = 500
WORDS = "She was up and dressed and had eaten. The hall was clear and the rail is firm. " * 6


@dataclass
class Timed:
    """Milliseconds of each turn of one job: by the wall, and of this process's CPU."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def take(self, job: Callable[[], object]) -> None:
        """Do it once."""
        cpu, wall = time.process_time(), time.perf_counter()
        job()
        self.wall.append((time.perf_counter() - wall) * 1000)
        self.cpu.append((time.process_time() - cpu) * 1000)

    @property
    def told(self) -> str:
        """p50, p99 and CPU in one line."""
        cpu = statistics.median(self.cpu)
        return f"p50 {statistics.median(self.wall):.2f} ms, p99 {p99(self.wall):.2f} ms, CPU {cpu:.2f} ms"


def p99(times: list[float]) -> float:
    """The time that one in a hundred is above."""
    return sorted(times)[max(0, int(len(times) * 0.99) - 1)]


def main(arguments: list[str]) -> list[Goal]:
    """Measure everything; `rounds N` for more of them."""
    rounds = int(arguments[arguments.index("rounds") + 1]) if "rounds" in arguments else ROUNDS
    with tempfile.TemporaryDirectory(prefix="bench") as name:
        desk = make_desk(Path(name), system_clock())
        try:
            people = populate(desk)
            goals = [*saving(desk, people, Path(name), rounds), *asking(desk, people)]
        finally:
            desk.store.lock()
        return [*goals, opening(desk)]


def populate(desk: Desk, count: int = PEOPLE) -> list[str]:
    """A store as a worker has it: people with a contact each."""
    desk.store.seal_key, seal_key = None, desk.store.seal_key
    given = ("Margaret", "Dennis", "Ines", "Tomasz", "Priya", "George", "Leah", "Sunita", "Edwin", "Rosa")
    family = ("Okafor", "Arkwright", "Valadares", "Wood", "Raman", "Hale", "Lam", "Bell", "Ng", "Fenn", "Moss")
    people = [
        desk.do(add_person, NewPerson(
            given=given[number % 10], family=f"{family[number % 11]}-{family[number % 7]}", birth_year=1930 + number % 70,
            birth_month=1 + number % 12, birth_day=1 + number % 28, address_lines=(f"{number} Lark Rise", "Quenby"),
            postcode=f"QX{number % 9 + 1} 2AB", phone="01632 960101", needs_answer="none",
        ))
        for number in range(count)
    ]
    for person_id in people:
        desk.do(finish_contact, person_id, note(desk))
    desk.store.seal_key = seal_key
    return people


def note(desk: Desk) -> ContactForm:
    """A telephone call with one passage."""
    yesterday: date = desk.clock.now().date() - timedelta(days=1)
    passage = WrittenPassage(heading="contacts", words=WORDS)
    return ContactForm(channel="call", on=yesterday, at=clock_time(9, 0), why="She rang", passages=(passage,))


# ---------------------------------------------------------------- saving


def saving(desk: Desk, people: list[str], folder: Path, rounds: int) -> list[Goal]:
    """A finished note, traced and in the outbox, without and with seals, and the raw commit: turn about, in one process."""
    connection: Any = raw(folder / "raw.db")
    bare, plain, sealed = Timed(), Timed(), Timed()
    seal_key, form = desk.store.seal_key, note(desk)

    def commit() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO note (words) VALUES (?)", (WORDS,))
        connection.execute("COMMIT")

    def save() -> None:
        desk.do(finish_contact, people[turn % len(people)], form)

    for turn in range(WARM + rounds):
        if turn == WARM:
            bare, plain, sealed = Timed(), Timed(), Timed()
        bare.take(commit)
        desk.store.seal_key = None
        plain.take(save)
        desk.store.seal_key = seal_key
        if turn % 5 == 0:
            sealed.take(save)
    connection.close()
    ratio = statistics.median(plain.wall) / statistics.median(bare.wall)
    what = f"a note saved ({plain.told}; with its seal {sealed.told}) against a raw encrypted commit ({bare.told})"
    return [Goal.at_most(what, ratio, 5, "x")]


def raw(path: Path) -> Any:
    """The same engine and settings, with one table."""
    cipher.open_engine(path, KEY, create=True).dispose()
    connection = cipher.connect(path, KEY)
    connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, words TEXT)")
    return connection


# ---------------------------------------------------------------- asking and opening


def asking(desk: Desk, people: list[str]) -> list[Goal]:
    """What screens ask most, in a store of 300 people."""
    goals = []
    for what, job, limit in (
        ("every person listed, of 300", lambda: desk.do(find_people, ""), 50),
        ("people found by two words, of 300", lambda: desk.do(find_people, "mar oka"), 50),
        ("a person opened, of 300", lambda: desk.do(open_person, people[7]), 30),
    ):
        timed = Timed()
        for _ in range(40):
            timed.take(job)
        goals.append(Goal.at_most(f"{what} ({timed.told})", statistics.median(timed.wall), limit, "ms"))
    return goals


def opening(desk: Desk) -> Goal:
    """The store opened with its key, up to the point where a desk can be sat at; the key's stretching is not in it."""
    timed = Timed()

    def unlock() -> None:
        opened.append(open_store(desk.store.place, KEY, desk.clock))

    opened: list[Store] = []
    for _ in range(100):
        timed.take(unlock)
        opened.pop().lock()
    return Goal.at_most(f"store opened warm, p99 ({timed.told})", p99(timed.wall), 500, "ms")
