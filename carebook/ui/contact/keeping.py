"""Keeps what is typed as a draft, within a second of the first unsaved key stroke; no Qt in it.

Use::

    keeper = DraftKeeper(room, Kept(draft_id, person_id, "contact"), read=lambda: encode(view.read()), shown=view)
    view.typed.connect(keeper.typed)       # the view calls keeper.due() when the wait that `wait(ms)` began is over
    keeper.flush()                         # the screen is left: what is not saved yet is saved at once
    keeper.end()                           # finished or discarded: nothing is saved any more
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from carebook.actions.save_draft import save_draft
from carebook.errors import Circumstance
from carebook.ui.contact.asking import Asking
from carebook.ui.problems import sentence
from carebook.ui.room import Room
from carebook.words import at_time, local, on_date

WAIT_MS = 700
WAIT_AFTER_FAILURE_MS = 3000


@dataclass(frozen=True, slots=True)
class Kept:
    """Which draft: its id, whom it is about, and its kind (contact, amendment, plan)."""

    draft_id: str
    person_id: str
    kind: str


def when_written(saved_at: datetime, now: datetime) -> str:
    """When a draft was last written: "at 15:42", or with the day where that is not today."""
    then = local(saved_at)
    told = f"at {at_time(saved_at)}"
    return told if then.date() == local(now).date() else f"on {on_date(then.date())} {told}"


class ShowsSaving(Protocol):
    """What a keeper needs of the screen."""

    def show_unsaved(self) -> None:
        """Something is not saved yet."""

    def show_saved(self, at: str) -> None:
        """The draft was saved at this time of day."""

    def show_not_saved(self, words: str) -> None:
        """It could not be saved, and what to do."""

    def wait(self, milliseconds: int) -> None:
        """Call `due` when that time is over."""


class DraftKeeper:
    """Saves the draft a moment after something was typed, however long the typing goes on, and never an older form last."""

    def __init__(self, room: Room, kept: Kept, read: Callable[[], str], shown: ShowsSaving) -> None:
        self.kept = kept
        self._room, self._read, self._shown = room, read, shown
        self.asking = Asking(room.quick)
        self._is_unsaved = self._is_waiting = self._is_over = False
        self._number = 0
        self._turn = threading.Lock()

    def typed(self) -> None:
        """Something changed on the screen."""
        if self._is_over:
            return
        self._is_unsaved = True
        if not self._is_waiting:
            self._is_waiting = True
            self._shown.show_unsaved()
            self._shown.wait(WAIT_MS)

    def due(self) -> None:
        """The wait is over: save."""
        self._is_waiting = False
        if self._is_unsaved and not self._is_over:
            write = self._next_write()
            self.asking.run(write, self._saved, self._failed)

    def flush(self) -> None:
        """Save at once what is not saved yet, because the screen is being left; a failure is shown, and nothing lost on it."""
        if self._is_over or not self._is_unsaved:
            return
        try:
            self._next_write()()
        except Circumstance as problem:
            self._failed(problem)

    def end(self) -> None:
        """The draft was finished or discarded: save nothing more."""
        self._is_over = True
        self._number += 1

    def go_on(self) -> None:
        """It was not finished after all: what was typed meanwhile is saved again."""
        self._is_over = self._is_waiting = False
        self.typed()

    def _next_write(self) -> Callable[[], datetime | None]:
        self._is_unsaved = False
        self._number += 1
        number, body = self._number, self._read()

        def write() -> datetime | None:
            with self._turn:
                if number != self._number:
                    return None  # a later form is on its way, or nothing is to be kept any more
                kept = self.kept
                desk = self._room.desk
                return desk.do(save_draft, kept.draft_id, kept.person_id, kept.kind, body, self._room.session_id)

        return write

    def _saved(self, at: datetime | None) -> None:
        if at is not None and not self._is_unsaved and not self._is_over:
            self._shown.show_saved(at_time(at))

    def _failed(self, problem: Circumstance) -> None:
        self._is_unsaved = True
        told = sentence(problem)
        self._shown.show_not_saved(f"Not saved. {told.what} {told.next_step}")
        if not self._is_waiting and not self._is_over:
            self._is_waiting = True
            self._shown.wait(WAIT_AFTER_FAILURE_MS)
