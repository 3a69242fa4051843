"""The only threads: two lanes off the screen's thread, one for the store and one for what is slow.

Use, in a view::

    lanes = Lanes()                               # once, in app
    lane = lanes.store.for_screen(self)           # its jobs are dropped when this widget is destroyed
    lane.run(lambda: desk.do(find_people, words), self.show_people, self.show_problem)
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from carebook.errors import Circumstance
from carebook.ui.lane import Cancel

T = TypeVar("T")


@dataclass(eq=False)
class _Job:
    then: Callable[[Any], None]
    failed: Callable[[Circumstance], None]
    cancel: Cancel = field(default_factory=Cancel)
    is_dropped: bool = False


class Lane(QObject):
    """One thread; jobs run one after the other, answers come on the screen's thread in the same order.

    busy: emitted with True when the lane gets its first job and False when it has answered its last.
    crashed: emitted with any exception that is not a Circumstance: it belongs on the crash page.
    """

    busy = Signal(bool)
    crashed = Signal(object)
    _answered = Signal(object, object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix=f"carebook-{name}")
        self._jobs: set[_Job] = set()
        self._is_closed = False
        self._answered.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether a job is running or waiting."""
        return bool(self._jobs)

    def run(self, job: Callable[[], T], then: Callable[[T], None], failed: Callable[[Circumstance], None]) -> None:
        """Do `job` on this lane's thread; then `then(result)` or `failed(circumstance)` on the screen's thread."""
        self._start(_Job(then, failed), job)

    def run_slowly(
        self, job: Callable[[Cancel], T], then: Callable[[T], None], failed: Callable[[Circumstance], None]
    ) -> Cancel:
        """The same for a job that can be stopped: it is given a Cancel, which is returned as well."""
        made = _Job(then, failed)
        self._start(made, lambda: job(made.cancel))
        return made.cancel

    def for_screen(self, screen: QWidget) -> ScreenLane:
        """This lane for one screen: when the screen is destroyed or `drop()`ped, its answers are not delivered."""
        return ScreenLane(self, screen)

    def start(self, job: Callable[[], Any], made: _Job) -> None:
        """For ScreenLane."""
        self._start(made, job)

    def _start(self, made: _Job, job: Callable[[], Any]) -> None:
        if self._is_closed:
            return
        self._jobs.add(made)
        if len(self._jobs) == 1:
            self.busy.emit(True)
        self._pool.submit(job).add_done_callback(lambda done: self._answered.emit(made, done))

    @Slot(object, object)
    def _answer(self, made: _Job, done: Future[Any]) -> None:
        if made not in self._jobs:
            return
        self._jobs.discard(made)
        if not self._jobs:
            self.busy.emit(False)
        if not made.is_dropped and not self._is_closed:
            self._deliver(made, done)

    def _deliver(self, made: _Job, done: Future[Any]) -> None:
        error = CancelledError() if done.cancelled() else done.exception()
        if error is None:
            made.then(done.result())
        elif isinstance(error, Circumstance):
            made.failed(error)
        else:
            self.crashed.emit(error)

    def shutdown(self) -> None:
        """Stop: running jobs are asked to end and waited for, waiting ones are dropped, no thread is left."""
        self._is_closed = True
        for job in self._jobs:
            job.cancel.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._jobs.clear()


class ScreenLane:
    """A lane as one screen sees it; made by `Lane.for_screen`."""

    def __init__(self, lane: Lane, screen: QWidget) -> None:
        self._lane = lane
        self._mine: set[_Job] = set()
        screen.destroyed.connect(self.drop)

    def run(self, job: Callable[[], T], then: Callable[[T], None], failed: Callable[[Circumstance], None]) -> None:
        """As Lane.run."""
        self._lane.start(job, self._job(then, failed))

    def run_slowly(
        self, job: Callable[[Cancel], T], then: Callable[[T], None], failed: Callable[[Circumstance], None]
    ) -> Cancel:
        """As Lane.run_slowly."""
        made = self._job(then, failed)
        self._lane.start(lambda: job(made.cancel), made)
        return made.cancel

    def drop(self) -> None:
        """Deliver none of the answers still to come, and ask slow jobs to stop."""
        for job in self._mine:
            job.is_dropped = True
            job.cancel.cancel()
        self._mine.clear()

    def _job(self, then: Callable[[Any], None], failed: Callable[[Circumstance], None]) -> _Job:
        made = _Job(then, failed)

        def told(answer: Callable[[Any], None]) -> Callable[[Any], None]:
            def deliver(value: Any) -> None:
                self._mine.discard(made)
                answer(value)

            return deliver

        made.then, made.failed = told(then), told(failed)
        self._mine.add(made)
        return made


class Lanes:
    """Both lanes: `store` for quick work at the store, `slow` for sync, printing and the network."""

    def __init__(self) -> None:
        self.store = Lane("store")
        self.slow = Lane("slow")

    def shutdown(self) -> None:
        """End both lanes; call it once, when the program closes."""
        self.slow.shutdown()
        self.store.shutdown()
