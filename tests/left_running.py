"""Finds what a test left running: threads, processes below this one, and event loops."""

from __future__ import annotations

import asyncio
import ctypes
import os
import signal
import threading
import time
import weakref
from dataclasses import dataclass
from pathlib import Path

GRACE = 3.0  # seconds for what is already ending to end
# The test runner's own: xdist's channel, the timeout's timer, and the tracker that multiprocessing keeps for its lifetime.
OUR_RUNNERS_THREADS = ("execnet", "pytest_timeout")
OUR_RUNNERS_PROCESSES = ("multiprocessing.resource_tracker", "multiprocessing.forkserver")
PR_SET_CHILD_SUBREAPER = 36

_loops: weakref.WeakSet[asyncio.AbstractEventLoop] = weakref.WeakSet()


def watch() -> None:
    """Once a process: take note of every event loop made, and adopt processes that slip away from their parents."""
    _watch_loops_of(asyncio.BaseEventLoop)
    try:
        import uvloop
    except ImportError:  # not on Windows
        pass
    else:
        _watch_loops_of(uvloop.Loop)
    libc = ctypes.CDLL(None)
    if hasattr(libc, "prctl"):
        libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _watch_loops_of(kind: type) -> None:
    begin = kind.__init__

    def noted(self: asyncio.AbstractEventLoop, *args: object, **kwargs: object) -> None:
        begin(self, *args, **kwargs)
        _loops.add(self)

    kind.__init__ = noted


def children(of: int) -> dict[int, str]:
    """The direct children of a process that are alive: their id and command line. Empty where there is no /proc."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
            command = stat.with_name("cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        except (FileNotFoundError, ProcessLookupError):
            continue  # ended meanwhile
        if int(parent) == of and state not in "ZX":
            found[int(stat.parent.name)] = command
    return found


@dataclass(frozen=True)
class Running:
    """What runs at one moment."""

    threads: frozenset[threading.Thread]
    processes: dict[int, str]
    loops: frozenset[asyncio.AbstractEventLoop]

    @staticmethod
    def now() -> Running:
        """Look."""
        threads = frozenset(t for t in threading.enumerate() if not t.name.startswith(OUR_RUNNERS_THREADS))
        processes = {
            pid: command
            for pid, command in children(os.getpid()).items()
            if not any(own in command for own in OUR_RUNNERS_PROCESSES)
        }
        return Running(threads, processes, frozenset(loop for loop in _loops if not loop.is_closed()))

    def since(self, before: Running) -> Running:
        """What runs now and did not before."""
        processes = {pid: command for pid, command in self.processes.items() if pid not in before.processes}
        return Running(self.threads - before.threads, processes, self.loops - before.loops)

    def names(self) -> list[str]:
        """One line for each, as a developer would look for it."""
        return [
            *(f"thread {t.name}" for t in self.threads),
            *(f"process {pid}: {command or 'without a command line'}" for pid, command in self.processes.items()),
            *(f"event loop {loop!r}" for loop in self.loops),
        ]


def left_since(before: Running, grace: float = GRACE) -> list[str]:
    """The names of what still runs that did not run before, after `grace` seconds. Leftover processes are ended."""
    give_up_at = time.monotonic() + grace
    while (left := Running.now().since(before)).names() and time.monotonic() < give_up_at:
        time.sleep(0.02)
    for pid in left.processes:
        os.kill(pid, signal.SIGKILL)
    for loop in left.loops:
        if not loop.is_running():
            loop.close()
    return left.names()
