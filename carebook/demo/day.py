"""Lives the demonstration council's day: a real server, two real laptops, real keys and clicks; leaves pictures and PDFs."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from carebook.clock import Clock, clock_starting_at, instant
from carebook.demo.council import DAY_STARTS
from carebook.demo.data import set_up
from carebook.demo.hands import DayBroke
from carebook.demo.part_office import ADDRESS, CODE
from carebook.demo.reckoning import SHOWN, count_rows, look_everywhere, write_index
from carebook.demo.seat import BROKE, KEPT, KILL, sit
from carebook.demo.surroundings import Surroundings, leave_in_order, own_keyring
from carebook.server import administration, home, site
from carebook.server.process import ServerProcess, start_server
from carebook.words import LONDON

FOLDER: Final = "kept"
"""Below OUT: all that the programs write, pictures and PDFs aside."""


@dataclass
class Day:
    """The day as it goes: where it is kept, what time it is, what was said."""

    out: Path
    around: Surroundings
    clock: Clock = field(default_factory=lambda: clock_starting_at(instant(DAY_STARTS)))
    port: int = 0
    said: list[str] = field(default_factory=list)
    kept: str = ""

    @property
    def server(self) -> Path:
        """The server's folder."""
        return self.around.folder / "server"

    def tell(self, words: str) -> None:
        """Say something to whoever watches."""
        self.said.append(words)
        print(words, flush=True)

    def at(self, clock: str) -> None:
        """It is that time of the day now, everywhere; only while nothing runs."""
        day = instant(DAY_STARTS).date()
        self.clock = clock_starting_at(datetime.fromisoformat(f"{day.isoformat()}T{clock}").replace(tzinfo=LONDON))

    @contextmanager
    def serving(self) -> Iterator[ServerProcess]:
        """The server runs; its port stays the same all day."""
        with self.around.log("server").open("a", encoding="utf-8") as log:
            environment = self.around.environment(self.clock)
            with start_server(self.server, port=self.port, env=environment, log=log) as process:
                self.port = int(process.address.rpartition(":")[2])
                yield process

    def code(self, worker: str) -> str:
        """A one-time code for a worker's laptop, as an administrator makes it."""
        made = home.open_home(self.server, {})
        keeping = made.open(self.clock)
        try:
            return administration.enrol_code(site.site(made, keeping), worker, made.authority_der)
        finally:
            keeping.close()

    def part(self, name: str, laptop: str, **told: str) -> None:
        """Live one part at a laptop, in a process of its own. Raises DayBroke."""
        environment = {**self.around.environment(self.clock, laptop), **told}
        for line in sit(name, self.out, environment, self.around.log("screens")):
            if line.startswith(KEPT):
                self.kept = line.removeprefix(KEPT)
            elif not line.startswith((BROKE, KILL)):
                self.tell(f"  {line}")


def main(arguments: Sequence[str]) -> int:
    """`carebook day`: 0 when all held, 1 when the day broke off."""
    parser = argparse.ArgumentParser(prog="carebook day", description="Live the demonstration council's day by itself.")
    parser.add_argument("--out", type=Path, default=Path("out"), help="where pictures, PDFs and all else go")
    out = parser.parse_args(arguments).out.absolute()
    sys.dont_write_bytecode = True
    leave_in_order()
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        print(f"The folder {out} cannot be made: {problem.strerror}. Give another with --out.", file=sys.stderr)
        return 2
    try:
        live(out)
    except DayBroke as broken:
        print(f"The day broke off. {broken}", file=sys.stderr)
        return 1
    print(f"All of it held. What there is to see is told in {out / 'README.txt'}")
    return 0


def live(out: Path) -> Day:
    """Live the whole day. Raises DayBroke."""
    around = Surroundings(out / FOLDER)
    _make_room(out)
    around.make()
    day = Day(out, around)
    with own_keyring(around) as why_not:
        alone = f"No keyring, since {why_not}: the passphrase alone protects each laptop."
        day.tell(alone if why_not else "A keyring of the day's own holds half of each laptop's key.")
        for step in STEPS:
            step(day)
    write_index(out, day.said)
    day.tell(look_everywhere(out, tuple(SHOWN), "At the end of the day"))
    return day


def _make_room(out: Path) -> None:
    """Take away what an earlier day left here, and nothing else."""
    out.mkdir(parents=True, exist_ok=True)
    if (out / FOLDER / "server" / home.SETTINGS).exists() and home.open_home(out / FOLDER / "server", {}).demonstration:
        shutil.rmtree(out / FOLDER)
    for name in (*SHOWN, "broken.png", "README.txt"):
        (out / name).unlink(missing_ok=True)
    for left in out.glob("QV*-plan-*-copy-*.pdf"):
        left.unlink()


# ------------------------------------------------------------ the day, step by step


def council(day: Day) -> None:
    """The server and its records."""
    _, loaded = set_up(day.server, clock=day.clock)
    day.tell(f"08:50 A server with {len(loaded.people) + len(loaded.crowd)} invented people, {loaded.rows} rows.")


def morning(day: Day) -> None:
    """Both laptops are set up."""
    with day.serving() as server:
        for name, laptop, worker in (("morning", "laptop-1", "p.osei"), ("colleague-morning", "laptop-2", "t.ferris")):
            day.part(name, laptop, **{ADDRESS: server.address, CODE: day.code(worker)})


def call(day: Day) -> None:
    """The call from the ward."""
    day.at("10:21")
    with day.serving():
        day.part("call", "laptop-1")


def kitchen(day: Day) -> None:
    """No server: the visit is written, interrupted by a kill and by a lock; plans are put on paper."""
    for clock, part in (("15:51", "visit"), ("15:57", "recovered"), ("16:15", "afternoon")):
        day.at(clock)
        day.part(part, "laptop-1")
    for format_, name in (("12", "22-plan-in-12-point.pdf"), ("18", "23-plan-in-18-point.pdf")):
        (day.out / format_).rename(day.out / name)
    day.tell(look_everywhere(day.out, tuple(SHOWN), "As the battery left it"))


def evening(day: Day) -> None:
    """The server is there again, for both; its rows are counted."""
    day.at("17:05")
    with day.serving():
        day.part("evening", "laptop-1")
        day.part("colleague-evening", "laptop-2")
    device_id, answered, waiting = day.kept.split(" ")
    held, aside = count_rows(day.server, day.clock, device_id)
    if not (held == int(answered) > 0 and waiting == "0" and aside == 0):
        raise DayBroke(f"The server holds {held} rows of the laptop, which counts {answered} taken and {waiting} waiting.")
    day.tell(f"The server's own ledger holds all {held} rows that the laptop wrote, and none is held back.")


STEPS: Final[tuple[Callable[[Day], None], ...]] = (council, morning, call, kitchen, evening)
