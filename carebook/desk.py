"""The stairs: where a worker's work begins and ends. Role, transaction, audit, seal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Concatenate, ParamSpec, TypeVar

from carebook.clock import Clock
from carebook.errors import Circumstance, DiskFull, InputProblems, NotAllowed, NotHeld, StoreProblem
from carebook.policy.roles import may
from carebook.store import trace
from carebook.store.device_store import Store
from carebook.store.work import Identity, Work

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Desk:
    """A worker at an unlocked store. Everything a worker does is done here, and nowhere else."""

    store: Store

    @property
    def identity(self) -> Identity:
        """Who is at the desk."""
        return self.store.identity

    @property
    def clock(self) -> Clock:
        """The desk's own clock."""
        return self.store.clock

    def do(self, action: Callable[Concatenate[Work, P], R], *given: P.args, **named: P.kwargs) -> R:
        """Do an action in one work: check the role, open the transaction, trace it, commit, seal.

        Raises NotAllowed (traced in a transaction of its own), and whatever the action raises; nothing of it then stands.
        """
        with self.work(action.__name__) as work:
            return action(work, *given, **named)

    @contextmanager
    def work(self, action: str) -> Iterator[Work]:
        """The work of a named action, for those that need two with something slow between them."""
        work: Work | None = None
        ended = False
        try:
            if not may(self.identity.role, action).allowed:
                raise NotAllowed(action)
            with self.store.work(action) as work:
                yield work
                ended = True
                if work.is_traced or work.written:
                    trace.write(work.session, self._event(action, "done", work), work.stands)
        except (NotAllowed, NotHeld):
            self._trace(action, work)
            raise
        except DiskFull:
            if work is None or not self._traced_without_room(action, work, ended=ended):
                raise
        except (InputProblems, StoreProblem):
            raise
        except Circumstance:
            self._trace(action, work, "failed")
            raise

    def _traced_without_room(self, action: str, work: Work, *, ended: bool) -> bool:
        """Trace, in the room kept back for it, what a full disk stopped; True if only the trace of a look found no room."""
        has_looked = ended and not work.is_keeping
        if work.is_traced or work.written:
            self._trace(action, work, "done" if has_looked else "failed")
        return has_looked and work.is_traced

    def _trace(self, action: str, work: Work | None, result: str = "refused") -> None:
        """Trace it in a transaction of its own."""
        event = self._event(action, result, work)
        try:
            self._write(event)
        except DiskFull:
            self._write(event)  # by now the room kept back is free

    def _write(self, event: trace.Event) -> None:
        with self.store.begin() as session:
            trace.write(session, event)

    def _event(self, action: str, result: str, work: Work | None) -> trace.Event:
        return trace.Event(
            device_id=self.identity.device_id, at=work.at if work else self.clock.now(), worker=self.identity.worker,
            role=self.identity.role, action=action, result=result, person_id=work.person_id if work else None,
            what=tuple(work.what) if work else (), words=work.words if work else "",
        )
