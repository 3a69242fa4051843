"""What the programs of a demonstration live in: folders, environment, the council's clock, a keyring of their own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from carebook.clock import Clock, stamp

CODE: Final = Path(__file__).parents[2]
_THEIRS: Final = ("CAREBOOK_", "XDG_", "GNOME_KEYRING", "PYTHON_KEYRING")
_LONGEST_SOCKET: Final = 80  # of 107 bytes: what the keyring adds comes on top
_OWNER: Final = "org.freedesktop.secrets"


@dataclass(slots=True)
class Surroundings:
    """Everything below one folder. keyring: "auto" with a keyring of their own, else "none"."""

    folder: Path
    keyring: str = "none"

    def make(self) -> None:
        """The folders are there, readable by this account alone."""
        for name in ("", "home", "run", "tmp", "logs"):
            (self.folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)

    def log(self, name: str) -> Path:
        """A log file."""
        return self.folder / "logs" / f"{name}.log"

    def environment(self, clock: Clock | None = None, laptop: str = "") -> dict[str, str]:
        """For a process that is to find and leave nothing anywhere else; clock: which it goes by."""
        home = self.folder / "home"
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_THEIRS)}
        places = {
            "HOME": home, "TMPDIR": self.folder / "tmp", "TEMP": self.folder / "tmp", "TMP": self.folder / "tmp",
            "XDG_RUNTIME_DIR": self.folder / "run", "XDG_CONFIG_HOME": home / ".config", "XDG_CACHE_HOME": home / ".cache",
            "XDG_DATA_HOME": home / ".local" / "share", "XDG_STATE_HOME": home / ".local" / "state",
        }
        told = {"CAREBOOK_KEYRING": self.keyring, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(CODE)}
        if laptop:
            told |= {"CAREBOOK_HOME": str(self.folder / laptop), "CAREBOOK_LOG": str(self.log(laptop))}
        if clock is not None:
            told["CAREBOOK_CLOCK"] = stamp(clock.now())
        if not (kept.get("DISPLAY") or kept.get("WAYLAND_DISPLAY") or sys.platform in {"win32", "darwin"}):
            kept.setdefault("QT_QPA_PLATFORM", "offscreen")
        return {**kept, **{name: str(place) for name, place in places.items()}, **told}


def leave_in_order() -> None:
    """Being told to end is an exit like any other, so that what was started is stopped on the way out."""

    def leave(number: int, frame: object) -> None:
        raise SystemExit(128 + number)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, leave)


@contextmanager
def own_keyring(around: Surroundings) -> Iterator[str]:
    """While it lasts, a keyring kept below the folder answers on this session's bus; why not, or "" when it does.

    The keyring of the person at this computer is never used: where one answers already, or cannot be had, there is none.
    """
    why = _no_keyring(around.folder)
    if why:
        yield why
        return
    process = _start_keyring(around.environment())
    try:
        if not _answers(process):
            yield "it did not start"
            return
        around.keyring = "auto"
        yield ""
    finally:
        around.keyring = "none"
        process.kill()
        process.wait()


def _no_keyring(folder: Path) -> str:
    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return "there is no session bus"
    if shutil.which("gnome-keyring-daemon") is None or shutil.which("dbus-send") is None:
        return "no keyring is installed"
    if len(os.fsencode(folder)) > _LONGEST_SOCKET:
        return "the folder's path is too long for its socket"
    return "the keyring of this desktop is left alone" if _is_owned() else ""


def _start_keyring(environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],  # noqa: S607
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    assert process.stdin is not None
    process.stdin.write(b"for this day only")
    process.stdin.close()
    return process


def _answers(process: subprocess.Popen[bytes]) -> bool:
    end = time.monotonic() + 10
    while time.monotonic() < end and process.poll() is None:
        if _is_owned():
            return True
        time.sleep(0.05)
    return False


def _is_owned() -> bool:
    asked = [
        "dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus",
        "org.freedesktop.DBus.NameHasOwner", f"string:{_OWNER}",
    ]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=10)  # noqa: S603
    return "boolean true" in answer.stdout
