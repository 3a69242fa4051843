"""Lives the demonstration council's day: a real server, two real laptops, real keys and clicks; leaves pictures and PDFs."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from carebook.clock import Clock, clock_starting_at, instant
from carebook.demo.council import DAY_STARTS
from carebook.demo.data import set_up
from carebook.demo.part_office import ADDRESS, CODE
from carebook.demo.surroundings import Surroundings, leave_in_order, own_keyring
from carebook.server import administration, home, site
from carebook.server.process import ServerProcess, start_server
from carebook.words import LONDON

PATIENCE: Final = 120.0
"""Seconds that a part of the day may take."""
KEPT: Final = "kept"
"""Below OUT: all that the programs write, pictures and PDFs aside."""
BROKE: Final = "BROKE: "
KILL: Final = "WRITING"


class DayBroke(Exception):
    """The day did not go as it should; the words say how."""


@dataclass
class Day:
    """The day as it goes: where it is kept, what time it is, what was said."""

    out: Path
    around: Surroundings
    clock: Clock = field(default_factory=lambda: clock_starting_at(instant(DAY_STARTS)))
    port: int = 0
    said: list[str] = field(default_factory=list)

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

    def part(self, name: str, laptop: str, **told: str) -> list[str]:
        """Live one part at a laptop, in a process of its own; what it said. Raises DayBroke."""
        return _part(self, name, laptop, told)


def _part(day: Day, name: str, laptop: str, told: dict[str, str]) -> list[str]:
    command = [sys.executable, "-m", "carebook.demo.laptop", name, str(day.out)]
    environment = {**day.around.environment(day.clock, laptop), **told}
    with day.around.log("screens").open("a", encoding="utf-8") as log:
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=log, text=True)  # noqa: S603
    late = threading.Timer(PATIENCE, process.kill)
    late.start()
    said: list[str] = []
    try:
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line.rstrip("\n"))
            if _heard(day, said[-1]):
                process.kill()
        status = process.wait()
    finally:
        late.cancel()
        late.join()
        if process.poll() is None:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()
    _judge(name, status, said)
    return said


def _heard(day: Day, line: str) -> bool:
    """Pass on what a laptop says; whether it is to be killed now."""
    if not line.startswith((BROKE, "KEPT ", KILL)):
        day.tell(f"  {line}")
    return line == KILL


def _judge(name: str, status: int, said: Sequence[str]) -> None:
    broken = [line.removeprefix(BROKE) for line in said if line.startswith(BROKE)]
    if broken:
        raise DayBroke(broken[0])
    if KILL in said:
        return
    if status:
        raise DayBroke(f"The program ended by itself while “{name}” was lived (exit status {status}).")


def main(arguments: Sequence[str]) -> int:
    """`carebook day`: 0 when all held, 1 when the day broke off."""
    parser = argparse.ArgumentParser(prog="carebook day", description="Live the demonstration council's day by itself.")
    parser.add_argument("--out", type=Path, default=Path("out"), help="where pictures, PDFs and all else go")
    out = parser.parse_args(arguments).out.absolute()
    sys.dont_write_bytecode = True
    leave_in_order()
    try:
        live(out)
    except DayBroke as broken:
        print(f"The day broke off. {broken}", file=sys.stderr)
        return 1
    return 0


def live(out: Path) -> Day:
    """Live the whole day. Raises DayBroke."""
    around = Surroundings(out / KEPT)
    _make_room(out)
    around.make()
    day = Day(out, around)
    with own_keyring(around) as why_not:
        alone = f"No keyring, since {why_not}: the passphrase alone protects each laptop."
        day.tell(alone if why_not else "A keyring of the day's own holds half of each laptop's key.")
        for step in STEPS:
            step(day)
    return day


def _make_room(out: Path) -> None:
    """Take away what an earlier day left here, and nothing else."""
    out.mkdir(parents=True, exist_ok=True)
    if (out / KEPT / "server" / home.SETTINGS).exists() and home.open_home(out / KEPT / "server", {}).demonstration:
        shutil.rmtree(out / KEPT)
    for found in out.glob("[0-9][0-9]-*.p[nd][gf]"):
        found.unlink()


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
    """No server: the visit is written, interrupted by a kill and by a lock."""
    for clock, part in (("15:51", "visit"), ("15:57", "recovered"), ("16:15", "afternoon")):
        day.at(clock)
        day.part(part, "laptop-1")


def evening(day: Day) -> None:
    """The server is there again, for both."""
    day.at("17:05")
    with day.serving():
        day.part("evening", "laptop-1")
        day.part("colleague-evening", "laptop-2")


STEPS: Final[tuple[Callable[[Day], None], ...]] = (council, morning, call, kitchen, evening)
