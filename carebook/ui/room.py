"""What every screen is given: the desk, the lanes, and the way to other screens. No Qt in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from carebook.desk import Desk
from carebook.ui.lane import RunsJobs


@dataclass(frozen=True, slots=True)
class Go:
    """Where to go: page is today, people, person, new_person, contact, entry, amend, plan, sync or settings.

    tab: of a person's record (overview, chronology, contacts, people, plan). draft_id: a draft to go on with.
    row_id: the entry, visit or plan version that is meant.
    """

    page: str
    person_id: str = ""
    tab: str = ""
    row_id: str = ""
    draft_id: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """The surroundings of a screen.

    quick: jobs at the store; slow: printing and the network. go: shows another screen; back: the one before.
    say: has a screen reader speak. sync_now: starts a sync in the background. session_id: this unlock, for drafts.
    refresh: tells the shell that something was written, so that lists and counts are read again.
    """

    desk: Desk
    quick: RunsJobs
    slow: RunsJobs
    go: Callable[[Go], None]
    back: Callable[[], None]
    say: Callable[[str], None]
    sync_now: Callable[[], None]
    refresh: Callable[[], None]

    @property
    def session_id(self) -> str:
        """The present unlock; a draft of another one was recovered."""
        return self.desk.store.session_id
