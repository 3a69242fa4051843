"""Opens the program on the demonstration council: a server of its own, and a laptop enrolled for Patience Osei."""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from carebook.clock import Clock, clock_starting_at, instant, stamp, system_clock
from carebook.demo.council import DAY_STARTS, NAME
from carebook.demo.data import PASSWORD, PEOPLE, SEED, set_up
from carebook.demo.surroundings import CODE, leave_in_order
from carebook.errors import CarebookError, ServerFailed
from carebook.server import administration, home, site
from carebook.server.process import ServerProcess, start_server
from carebook.settings import Settings, default_home

WORKER: Final = "p.osei"
PASSPHRASE: Final = "a demonstration only"  # noqa: S105  told to everybody
NOTICE: Final = f"Demonstration: everybody here is invented. Passphrase: “{PASSPHRASE}”"


@dataclass(frozen=True, slots=True)
class Stand:
    """The folder of a demonstration. stand.toml keeps the server's port and when its clock was last set."""

    folder: Path

    @property
    def server(self) -> Path:
        """The server's folder."""
        return self.folder / "server"

    @property
    def laptop(self) -> Path:
        """The home of the program on Patience Osei's laptop."""
        return self.folder / "laptop"

    @property
    def file(self) -> Path:
        """What is kept of the demonstration itself; written last when it is made."""
        return self.folder / "stand.toml"

    def told(self) -> dict[str, str]:
        """What the file says."""
        return {name: str(value) for name, value in tomllib.loads(self.file.read_text("utf-8")).items()}

    def write(self, port: int, clock: Clock) -> None:
        """Keep the port, and what the demonstration's clock shows now."""
        told = {"port": str(port), "clock": stamp(clock.now()), "set_at": stamp(system_clock().now())}
        self.file.write_text("".join(f'{name} = "{value}"\n' for name, value in told.items()), "utf-8")


def main(arguments: Sequence[str]) -> int:
    """`carebook run-demo`: returns when the window is closed and the server has stopped."""
    parser = argparse.ArgumentParser(prog="carebook run-demo", description="Open carebook on an invented council.")
    parser.add_argument("--folder", type=Path, default=usual_folder(), help="where all of it is kept (%(default)s)")
    stand = Stand(parser.parse_args(arguments).folder.absolute())
    leave_in_order()
    try:
        clock, port = begin(stand)
        print(f"{NAME} and everybody in it are invented. All that is written stays in {stand.folder}")
        print(f"To unlock as Patience Osei, type the passphrase: {PASSPHRASE}", flush=True)
        return open_window(stand, clock, port)
    except (CarebookError, OSError) as problem:
        print(f"The demonstration could not be opened: {type(problem).__name__} {problem}", file=sys.stderr)
        return 1


def usual_folder() -> Path:
    """$CAREBOOK_HOME, or a folder beside where the program keeps its own data."""
    told = os.environ.get("CAREBOOK_HOME")
    return Path(told) if told else default_home(os.environ).with_name("carebook-demo")


def begin(stand: Stand) -> tuple[Clock, int]:
    """The demonstration's clock and the server's port; the whole of it is made the first time."""
    if not stand.file.exists():
        return _make(stand)
    told = stand.told()
    used = max(timedelta(0), _last_written(stand) - (instant(told["set_at"]) - _EPOCH))
    return clock_starting_at(instant(told["clock"]) + used), int(told["port"])


def serve(stand: Stand, clock: Clock, port: int) -> ServerProcess:
    """The demonstration's server, running on loopback by the demonstration's clock."""
    log = str(stand.folder / "server.log")
    environment = {"CAREBOOK_CLOCK": stamp(clock.now()), "CAREBOOK_LOG": log, "PYTHONPATH": str(CODE)}
    return start_server(stand.server, port=port, env=environment)


def open_window(stand: Stand, clock: Clock, port: int) -> int:
    """Run the server, and the program on the laptop until its window is closed."""
    with serve(stand, clock, port):
        stand.write(port, clock)
        environment = {
            **os.environ, "CAREBOOK_HOME": str(stand.laptop), "CAREBOOK_CLOCK": stamp(clock.now()), "PYTHONPATH": str(CODE),
            "CAREBOOK_LOG": str(stand.folder / "laptop.log"),
        }
        window = subprocess.Popen([sys.executable, "-m", "carebook"], env=environment)
        try:
            return window.wait()
        finally:
            if window.poll() is None:
                window.terminate()
                window.wait()
            stand.write(port, clock)


def _make(stand: Stand) -> tuple[Clock, int]:
    print("Making the demonstration council; this takes a few seconds, once.", flush=True)
    clock, port = clock_starting_at(instant(DAY_STARTS)), _free_port()
    _clear(stand)
    stand.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made, _ = set_up(stand.server, seed=SEED, people=PEOPLE, clock=clock)
    keeping = made.open(clock)
    try:
        code = administration.enrol_code(site.site(made, keeping), WORKER, made.authority_der)
    finally:
        keeping.close()
    stand.laptop.mkdir(mode=0o700)
    (stand.laptop / "carebook.toml").write_text(f'keyring = "none"\nnotice = "{NOTICE}"\n', "utf-8")
    with serve(stand, clock, port) as server:
        _enrol(stand, server.address, code, clock)
    stand.write(port, clock)
    return clock, port


def _enrol(stand: Stand, address: str, code: str, clock: Clock) -> None:
    from carebook.app.enrolling import Enroller
    from carebook.ui.enrol.presenter import Asked

    enroller = Enroller(Settings(home=stand.laptop, keyring="none", clock_starts_at=stamp(clock.now())), clock)
    opened = enroller.make(enroller.enrol(Asked(address, code, WORKER, PASSWORD)), PASSPHRASE)
    try:
        enroller.first_sync(opened, lambda step, done, total: None, lambda: False)
    finally:
        opened.close()


def _clear(stand: Stand) -> None:
    """Take away a demonstration that was not made to its end; only ever what is plainly one."""
    import shutil

    if not stand.server.exists():
        return
    if (stand.server / home.SETTINGS).exists() and not home.open_home(stand.server, {}).demonstration:
        raise ServerFailed("not-a-demonstration")
    shutil.rmtree(stand.server)
    shutil.rmtree(stand.laptop, ignore_errors=True)


_EPOCH: Final = instant("1970-01-01T00:00:00.000000Z")


def _last_written(stand: Stand) -> timedelta:
    """When anything of the demonstration was last written, by the machine's own clock, since the epoch."""
    times = [file.stat().st_mtime for folder in (stand.server, stand.laptop) for file in folder.rglob("*") if file.is_file()]
    return timedelta(seconds=max(times, default=0))


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
