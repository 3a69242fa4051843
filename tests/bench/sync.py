"""Sync, with sign-in, TLS, ledger and audit on: push, pull, small syncs, wire, purge; beside raw rows, Anki and PouchDB."""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import ends
import msgspec
import sqlalchemy as sa

from bench import Goal
from carebook import cipher
from carebook.desk import Desk
from carebook.models.ledger import as_columns, as_row, ledger
from carebook.models.record import EntryBody, Passage
from carebook.sync.client import Client
from carebook.sync.cycle import STEPS
from carebook.sync.enrolment import read_enrolment
from carebook.sync.round import Round

HERE = Path(__file__).parent
ROWS, ROUNDS, PEOPLE, LEAVING = 2000, 3, 20, 1200
INSTALL_SECONDS = 60
FIRST_LOAD, PUBLISHED = 129_037, 4 * 3600 + 51 * 60


@dataclass
class Figures:
    """Rows a second of each round, and seconds of small syncs, by name."""

    each: dict[str, list[float]] = field(default_factory=dict)

    def add(self, name: str, value: float) -> None:
        """One more round's."""
        self.each.setdefault(name, []).append(value)

    def __getitem__(self, name: str) -> float:
        return statistics.median(self.each[name])

    def ratio(self, name: str, other: str) -> float:
        """The median of the ratios within each round."""
        return statistics.median(a / b for a, b in zip(self.each[name], self.each[other], strict=False))


class Counting(Client):
    """A client that counts the bytes it is answered with."""

    came = 0

    def call_packed(self, name: str, message: msgspec.Struct) -> bytes:
        """As its parent's."""
        answer = super().call_packed(name, message)
        self.came += len(answer)
        return answer


def main(arguments: list[str]) -> Iterator[Goal]:
    """Measure everything; `rows N`, `rounds N`; `alone` leaves the peers out."""
    rows, rounds = _number(arguments, "rows", ROWS), _number(arguments, "rounds", ROUNDS)
    with tempfile.TemporaryDirectory(prefix="bs") as name:
        folder = Path(name)
        peers: dict[str, Callable[[], dict[str, float]] | None] = {"Anki": None, "PouchDB": None}
        if "alone" not in arguments:
            peers = {"Anki": anki(folder, rows), "PouchDB": pouchdb(folder, rows)}
        with ends.council(folder) as council:
            yield from measure(council, folder, peers, rows, rounds)


def measure(
    council: ends.Council, folder: Path, peers: dict[str, Callable[[], dict[str, float]] | None], rows: int, rounds: int
) -> Iterator[Goal]:
    """All rounds, each of everything in turn."""
    writer, reader = council.laptop(), council.laptop()
    people = [writer.add_person() for _ in range(PEOPLE)]
    writer.sync()
    for person in people:
        council.allocate(reader.worker, person)
    for _ in range(2):
        reader.sync()
        writer.sync()
    found = Figures()
    for turn in range(rounds):
        for name, peer in peers.items():
            for what, value in (peer() if peer else {}).items():
                found.add(f"{name} {what}", value)
        one_round(writer, reader, people, found, rows)
        found.add("raw", raw(writer, folder / f"raw-{turn}.db", rows))
    small(writer, reader, people, found)
    yield from goals(found, peers)
    yield first_load(council, people, found)
    yield leaving(council, writer, reader)


def one_round(writer: ends.Laptop, reader: ends.Laptop, people: list[str], found: Figures, rows: int) -> None:
    """So many notes written, pushed and pulled."""
    text = write(writer, people, rows)
    took = steps(writer)
    found.add("push", rows / (took["sign-in"] + took["push"]))
    with reader.store.read() as session:
        client = Counting(read_enrolment(session), reader.store.clock)
    with client:
        took = steps(reader, client)
    found.add("pull", rows / (took["sign-in"] + took["pull"] + took["apply"]))
    found.add("apply", took["apply"])
    found.add("wire", client.came / text)


def small(writer: ends.Laptop, reader: ends.Laptop, people: list[str], found: Figures) -> None:
    """A sync with nothing to do, and one that brings 100 rows; each whole, from the sign-in on."""
    for _ in range(7):
        reader.sync()
        found.add("idle", seconds(reader.sync))
    for _ in range(3):
        write(writer, people, 100)
        writer.sync()
        found.add("hundred", seconds(reader.sync))


def goals(found: Figures, peers: dict[str, Callable[[], dict[str, float]] | None]) -> Iterator[Goal]:
    """What the rounds say."""
    what = f"pull, {found['pull']:.0f} rows/s usable, against raw encrypted insert of the same rows, {found['raw']:.0f}, ratio"
    yield Goal.at_least(what, found.ratio("pull", "raw"), 0.3)
    yield Goal("pull, searchable", "missing: no index of words yet", "at most 1.6 x raw insert and index", reached=False)
    for what, other, least in (
        ("pull", "Anki pull", 1.2), ("pull", "PouchDB pull", 5), ("push", "Anki push", 0.6), ("push", "PouchDB push", 2.5),
    ):
        yield against(found, what, other, least, most=False)
    for what, other, limit in (("idle", "PouchDB idle", 0.3), ("hundred", "PouchDB hundred", 0.4)):
        yield against(found, what, other, limit, most=True)
    yield Goal.at_most("bytes that came for each byte of text", found["wire"], 0.6)


def against(found: Figures, what: str, other: str, limit: float, *, most: bool) -> Goal:
    """A ratio to a peer's, or that the peer is missing."""
    words = "at most" if most else "at least"
    if other not in found.each:
        return Goal(f"{what} against {other}", "missing", f"{words} {limit:g}", reached=False)
    ratio = found.ratio(what, other)
    told = f"{what} {_shown(found[what], most)}, {other} {_shown(found[other], most)}, ratio"
    return Goal.at_most(told, ratio, limit) if most else Goal.at_least(told, ratio, limit)


def first_load(council: ends.Council, people: list[str], found: Figures) -> Goal:
    """A new laptop that receives everything; people, alerts and refusals come first."""
    laptop = council.laptop()
    for person in people:
        council.allocate(laptop.worker, person)
    took = steps(laptop)
    count = int(str(laptop.scalar(sa.select(sa.func.count()).select_from(ledger))))
    whole = sum(took[name] for name in ("sign-in", "pull", "apply", "backfill"))
    scaled = FIRST_LOAD / (count / whole)
    rate = f"first load of {count} rows, {count / whole:.0f} rows/s"
    what = f"{rate}; scaled to {FIRST_LOAD} rows {scaled:.0f} s; faster than OpenSRP as published"
    return Goal.at_least(what, PUBLISHED / scaled, 1000, "x")


def leaving(council: ends.Council, writer: ends.Laptop, reader: ends.Laptop) -> Goal:
    """Someone with 1,200 notes leaves: the whole sync that learns of it, less one with nothing to do."""
    person = writer.add_person()
    write(writer, [person], LEAVING)
    writer.sync()
    council.allocate(reader.worker, person)
    reader.sync()
    reader.sync()
    council.end_allocation(reader.worker, person)
    took = steps(reader)
    assert not reader.ledger_ids(person)
    return Goal.at_most(f"purge of a person with {LEAVING} notes, in the sync that learns of it", took["apply"], 0.5, "s")


# ---------------------------------------------------------------- a laptop's side


def write(laptop: ends.Laptop, people: list[str], count: int) -> int:
    """So many notes, 200 in a work; returns the bytes of their text. Not sealed: that is not part of a sync."""
    laptop.store.seal_key = None
    chance = random.Random(count)
    text = 0
    for start in range(0, count, 200):
        with Desk(laptop.store).work("finish_contact") as work:
            for number in range(start, min(start + 200, count)):
                words = " ".join(chance.choices(_WORDS, weights=_WEIGHTS, k=120)).capitalize() + "."
                text += len(words)
                passage = Passage(passage_id=laptop.store.clock.new_id(), category="contacts", words=words)
                visit = EntryBody(heading="contacts", happened_at=work.at, title="Visit", passages=(passage,), channel="visit")
                work.keep(people[number % len(people)], visit)
    return text


def steps(laptop: ends.Laptop, client: Client | None = None) -> dict[str, float]:
    """Seconds of each step of one sync."""
    with laptop.store.read() as session:
        enrolment = read_enrolment(session)
    ours = client or Client(enrolment, laptop.store.clock)
    at = Round(
        store=laptop.store, client=ours, device_id=enrolment.device_id, seal_key=enrolment.seal_key,
        started_at=laptop.store.clock.now(),
    )
    took = {}
    for name, step in STEPS:
        took[name] = seconds(lambda step=step: step(at))
    if client is None:
        ours.close()
    return took


def seconds(work: Callable[[], object]) -> float:
    """How long it took, by the wall."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def raw(laptop: ends.Laptop, path: Path, count: int) -> float:
    """Rows a second of the same ledger rows put into an encrypted table of the same columns by executemany."""
    with laptop.store.read() as session:
        lines = session.execute(sa.select(ledger).order_by(ledger.c.row_id.desc()).limit(count)).mappings()
        values = [as_columns(as_row(line)) for line in lines]
    told = [tuple(json.dumps(v) if isinstance(v, list) else str(v) for v in line.values()) for line in values]
    key = os.urandom(32)
    cipher.open_engine(path, key, create=True).dispose()
    with closing(cipher.connect(path, key)) as connection:
        connection.execute(f"CREATE TABLE raw ({', '.join(values[0])}, PRIMARY KEY (row_id))")
        begun = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(f"INSERT INTO raw VALUES ({', '.join('?' * len(values[0]))})", told)
        connection.execute("COMMIT")
        return len(told) / (time.perf_counter() - begun)


# ---------------------------------------------------------------- peers


def anki(folder: Path, rows: int) -> Callable[[], dict[str, float]] | None:
    """Anki from its registry into an environment of its own; None where that takes more than a minute."""
    place = folder / "anki"
    venv.create(place, with_pip=True)
    python = place / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not _installed([str(python), "-m", "pip", "install", "-q", "anki"], folder):
        return None
    return lambda: _told([str(python), str(HERE / "_peer_anki.py"), str(rows)], folder)


def pouchdb(folder: Path, rows: int) -> Callable[[], dict[str, float]] | None:
    """PouchDB and its server from their registry into a folder of their own; None where that takes more than a minute."""
    place = folder / "pouchdb"
    place.mkdir()
    wanted = ["pouchdb@9", "express@4", "express-pouchdb@4"]
    if not _installed(["npm", "install", "--no-audit", "--no-fund", "--silent", *wanted], place):
        return None

    def run() -> dict[str, float]:
        with tempfile.TemporaryDirectory(dir=folder) as name:
            return _told(["node", str(HERE / "_peer_pouchdb.js"), name, "client", str(rows)], place)

    return run


def _installed(command: list[str], place: Path) -> bool:
    try:
        subprocess.run(command, cwd=place, timeout=INSTALL_SECONDS, check=True, capture_output=True)
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def _told(command: list[str], place: Path) -> dict[str, float]:
    done = subprocess.run(command, cwd=place, timeout=120, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _shown(value: float, is_time: bool) -> str:
    return f"{value * 1000:.0f} ms" if is_time else f"{value:.0f} rows/s"


def _number(arguments: list[str], name: str, default: int) -> int:
    return int(arguments[arguments.index(name) + 1]) if name in arguments else default


_SYLLABLES = ["ka", "ren", "mo", "ti", "sal", "ber", "lin", "do", "ves", "pa", "tor", "ny", "esh", "gra", "wil", "um"]
_MADE = random.Random(7)
_WORDS = ["".join(_MADE.choices(_SYLLABLES, k=_MADE.randint(1, 4))) for _ in range(4000)]
_WEIGHTS = [1 / (place + 2.7) for place in range(len(_WORDS))]
