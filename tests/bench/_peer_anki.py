"""Anki's own sync, run by a Python that has anki: prints notes a second pushed and pulled, as JSON."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from anki.collection import Collection  # type: ignore[import-not-found,unused-ignore]


def main(count: int) -> None:
    """Push and pull so many notes of 120 words."""
    with tempfile.TemporaryDirectory(prefix="anki") as name, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        told = {"SYNC_USER1": "a:b", "SYNC_HOST": "127.0.0.1", "SYNC_PORT": str(port), "SYNC_BASE": f"{name}/server"}
        server = subprocess.Popen([sys.executable, "-m", "anki.syncserver"], env={**os.environ, **told})
        try:
            time.sleep(2)
            print(json.dumps(measure(Path(name), f"http://127.0.0.1:{port}/", count)))
        finally:
            server.kill()
            server.wait()


def measure(folder: Path, address: str, count: int) -> dict[str, float]:
    """Two collections that agree; then one adds and pushes, the other pulls."""
    one, other = Collection(str(folder / "one.anki2")), Collection(str(folder / "other.anki2"))
    auth = one.sync_login("a", "b", address)
    add(one, 1)
    whole(one, auth, upload=True)
    whole(other, auth, upload=False)
    add(one, count)
    pushed, pulled = timed(one, auth), timed(other, auth)
    assert other.note_count() == count + 1
    return {"push": count / pushed, "pull": count / pulled}


def add(col: Collection, count: int) -> None:
    """Notes of 120 words."""
    kind = col.models.by_name("Basic")
    for number in range(count):
        note = col.new_note(kind)
        note["Front"], note["Back"] = f"Visit {number}", " ".join(f"word{(number * 31 + at * 7) % 5000}" for at in range(120))
        col.add_note(note, 1)


def whole(col: Collection, auth: object, *, upload: bool) -> None:
    """The first sync, which Anki does with the whole file."""
    col.sync_collection(auth, False)
    col.close_for_full_sync()
    col.full_upload_or_download(auth=auth, server_usn=None, upload=upload)
    col.reopen(after_full_sync=True)


def timed(col: Collection, auth: object) -> float:
    """Seconds of one sync."""
    begun = time.perf_counter()
    col.sync_collection(auth, False)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main(int(sys.argv[1]))
