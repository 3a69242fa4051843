"""A real Secret Service for tests: gnome-keyring on a session bus of its own, in a folder of its own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Ready when the bus knows the keyring's name; over when the input is closed, and then nothing of it runs on.
SESSION = """
printf test | gnome-keyring-daemon --foreground --unlock --components=secrets >&2 &
keyring=$!
known() {
    dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner \\
        string:org.freedesktop.secrets | grep -q 'boolean true'
}
until known; do
    kill -0 $keyring || exit 1
    sleep 0.02
done
echo "$DBUS_SESSION_BUS_ADDRESS"
cat >&2
kill $keyring
wait $keyring
"""


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
