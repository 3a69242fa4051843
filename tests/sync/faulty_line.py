"""A TCP line between real laptops and a real server that cuts, slows, doubles, delays and refuses as it is told."""

from __future__ import annotations

import random
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

FAULTS = ("cut-request", "cut-answer", "delay", "slow", "refuse", "double")
LONGEST = 20.0
"""Seconds after which a connection is given up whatever happens."""


@dataclass
class FaultyLine:
    """Listens on a port of its own and passes bytes on to the server's; every so many connections something goes wrong.

    double: what a laptop sends is sent to the server a second time, over a connection of its own, as a network that repeats
    packets would; TLS is to make nothing of it.
    """

    port: int
    server_port: int
    rng: random.Random
    chance: float = 0.6
    counted: dict[str, int] = field(default_factory=dict)
    is_open: bool = True
    _listening: socket.socket = field(init=False)
    _threads: list[threading.Thread] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def faults(self) -> int:
        """How many have struck."""
        return sum(self.counted.values())

    def serve(self) -> None:
        """Pass on whoever comes, until the line is closed."""
        while self.is_open:
            with suppress(OSError):
                taken, _ = self._listening.accept()
                if not self.is_open:
                    taken.close()
                    return
                thread = threading.Thread(target=self._connection, args=(taken,))
                self._threads.append(thread)
                thread.start()

    def _connection(self, taken: socket.socket) -> None:
        with self._lock:
            fault = self.rng.choice(FAULTS) if self.rng.random() < self.chance else ""
            after = self.rng.randint(200, 6000)
        with taken, suppress(OSError):
            if fault == "refuse":
                self._count(fault)
                return
            if fault == "delay":
                self._count(fault)
                time.sleep(0.05)
            with socket.create_connection(("127.0.0.1", self.server_port), timeout=LONGEST) as onward:
                _Passing(self, taken, onward, fault, after).both_ways()

    def _count(self, fault: str) -> None:
        with self._lock:
            self.counted[fault] = self.counted.get(fault, 0) + 1

    def close(self) -> None:
        """Nobody is passed on any more."""
        self.is_open = False
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
            pass
        self._listening.close()
        for thread in self._threads:
            thread.join(LONGEST)


@dataclass
class _Passing:
    """One connection, both its directions."""

    line: FaultyLine
    taken: socket.socket
    onward: socket.socket
    fault: str
    after: int

    def both_ways(self) -> None:
        back = threading.Thread(target=self._pass, args=(self.onward, self.taken, "cut-answer"))
        back.start()
        self._pass(self.taken, self.onward, "cut-request")
        back.join(LONGEST)

    def _pass(self, source: socket.socket, to: socket.socket, cut: str) -> None:
        passed = bytearray()
        with suppress(OSError):
            source.settimeout(LONGEST)
            while part := source.recv(65536):
                passed += part
                if self.fault == cut and len(passed) > self.after:
                    self.line._count(cut)
                    _end(self.taken, self.onward)
                    return
                self._send(to, part)
        if self.fault == "double" and cut == "cut-request" and passed:
            self._again(bytes(passed))
        _half_end(to)

    def _send(self, to: socket.socket, part: bytes) -> None:
        if self.fault != "slow":
            to.sendall(part)
            return
        self.line._count("slow")
        for start in range(0, len(part), 512):
            to.sendall(part[start : start + 512])
            time.sleep(0.002)
        self.fault = ""

    def _again(self, words: bytes) -> None:
        self.line._count("double")
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.line.server_port), timeout=2) as other:
            other.settimeout(0.5)
            other.sendall(words)
            other.recv(1)


def _end(*both: socket.socket) -> None:
    for one in both:
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)


def _half_end(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_WR)


@contextmanager
def faulty_line(server_port: int, seed: int, chance: float = 0.6) -> Iterator[FaultyLine]:
    """A line to the server on this port, until the block ends."""
    listening = socket.create_server(("127.0.0.1", 0))
    line = FaultyLine(listening.getsockname()[1], server_port, random.Random(seed), chance)
    line._listening = listening
    thread = threading.Thread(target=line.serve)
    thread.start()
    try:
        yield line
    finally:
        line.close()
        thread.join(LONGEST)
