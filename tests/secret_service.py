"""A real Secret Service for tests: gnome-keyring on a session bus of its own, in a folder of its own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# The daemon goes into the background of the session; the shell ends the session when its input is closed.
SESSION = "printf test | gnome-keyring-daemon --unlock --components=secrets >&2; echo $DBUS_SESSION_BUS_ADDRESS; cat >&2"


@contextmanager
def secret_service(home: Path) -> Iterator[dict[str, str]]:
    """While it lasts, the environment returned leads to an unlocked keyring that is kept below `home`.

    home: a short path, since it holds a socket.
    """
    run = home / "bus"
    run.mkdir(mode=0o700, parents=True)
    own = {"HOME": str(home), "XDG_RUNTIME_DIR": str(run), "XDG_DATA_HOME": str(home / "kept"), "TMPDIR": str(run)}
    session = subprocess.Popen(
        ["dbus-run-session", "--", "sh", "-c", SESSION],
        env={**os.environ, **own},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert session.stdin is not None
    assert session.stdout is not None
    try:
        address = session.stdout.readline().strip()
        assert address.startswith("unix:"), "dbus-run-session and gnome-keyring-daemon are needed"
        yield {**own, "DBUS_SESSION_BUS_ADDRESS": address}
    finally:
        session.stdin.close()
        session.wait(timeout=20)
        session.stdout.close()
