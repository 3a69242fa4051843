"""What is told about sync: at the foot of the rail, as a notice, and on its own page; sent means that the server said so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from carebook import errors
from carebook.actions.read_sync_status import HeldPerson, SyncStatus, Waiting, read_sync_status
from carebook.errors import Circumstance
from carebook.ui.problems import sentence
from carebook.ui.room import Room
from carebook.ui.sync.words import answered_words, held_words, kind_words, refused_words, who_words
from carebook.words import at, at_time, count, how_long_ago, local, on_date, say

SKEW_TOLD_MS = 5 * 60 * 1000
"""From here on the worker is told that this laptop's clock differs from the server's."""

NO_SERVER = "No server is set up"


@dataclass(frozen=True, slots=True)
class SyncState:
    """What the last sync of this unlock came to; problem is None when it ended well or none has ended yet."""

    has_server: bool = True
    is_running: bool = False
    problem: Circumstance | None = None
    ended_at: datetime | None = None

    @property
    def is_offline(self) -> bool:
        """Whether the server could not be reached."""
        return isinstance(self.problem, errors.Unreachable)


@dataclass(frozen=True, slots=True)
class Told:
    """Words with an icon and a colour (of icons) or tone (of notices)."""

    words: str
    icon: str
    tone: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list: words, quieter words, a word at the right."""

    words: str
    second: str = ""
    right: str = ""


def _waiting(status: SyncStatus) -> tuple[Waiting, ...]:
    return tuple(one for one in status.waiting if one.state != "refused")


def _refused(status: SyncStatus) -> tuple[Waiting, ...]:
    return tuple(one for one in status.waiting if one.state == "refused")


def changes(number: int) -> str:
    """So many changes."""
    return count(number, say("change"), say("changes"))


def foot(state: SyncState, status: SyncStatus, now: datetime) -> Told:
    """The few words at the foot of the rail."""
    waiting, refused = len(_waiting(status)), len(_refused(status))
    if state.is_running or not state.has_server:
        return Told(say("Syncing"), "refresh-cw", "text2") if state.has_server else Told(NO_SERVER, "cloud-off", "text2")
    if refused:
        return Told(say("{} not taken").format(changes(refused)), "circle-alert", "danger")
    if state.is_offline:
        words = say("Offline. {} to send").format(changes(waiting)) if waiting else say("Offline. Nothing to send")
        return Told(words, "cloud-off", "text2")
    if state.problem is not None:
        return Told(sentence(state.problem).title, "triangle-alert", "warn")
    return _foot_at_rest(status, waiting, now)


def _foot_at_rest(status: SyncStatus, waiting: int, now: datetime) -> Told:
    if waiting:
        return Told(say("{} to send").format(changes(waiting)), "cloud-upload", "text2")
    if status.last_contact_at is None:
        return Told(say("Not synced yet"), "cloud", "text2")
    return Told(say("Up to date {}").format(_when(status.last_contact_at, now)), "cloud", "ok")


def notice(state: SyncState, status: SyncStatus) -> Told | None:
    """What every page tells at its top: working offline, or a problem that needs somebody; None when neither."""
    waiting = len(_waiting(status))
    if state.problem is None:
        return None
    if state.is_offline:
        kept = (
            _kept(waiting)
            if waiting
            else say("What you write is kept safely on this laptop and will be sent when you reconnect.")
        )
        return Told(say("You are working offline"), "cloud-off", "info", kept)
    told = sentence(state.problem)
    if isinstance(state.problem, errors.ServerBusy):
        return None
    return Told(told.title, "triangle-alert", "warn", told.words())


def _kept(waiting: int) -> str:
    if waiting == 1:
        return say("1 change is kept safely on this laptop and will be sent when you reconnect.")
    return say("{} are kept safely on this laptop and will be sent when you reconnect.").format(changes(waiting))


def headline(state: SyncState, status: SyncStatus, now: datetime) -> Told:
    """The large words of the sync page."""
    waiting, last = len(_waiting(status)), _last_contact(status, now)
    if not state.has_server:
        return Told(NO_SERVER, "cloud-off", "neutral", say("This laptop keeps its own record and sends it nowhere."))
    if state.is_running:
        return Told(say("Syncing now"), "refresh-cw", "info", last)
    if state.is_offline:
        kept = _kept(waiting) if waiting else say("Nothing is waiting to be sent.")
        return Told(say("You are working offline"), "cloud-off", "info", f"{kept} {last}")
    if state.problem is not None:
        told = sentence(state.problem)
        return Told(told.title, "triangle-alert", "warn", f"{told.words()} {last}")
    return _headline_at_rest(status, waiting, last)


def _headline_at_rest(status: SyncStatus, waiting: int, last: str) -> Told:
    refused = len(_refused(status))
    if refused:
        return Told(say("The server did not take {}").format(changes(refused)), "circle-alert", "danger", last)
    if status.last_contact_at is None:
        never = say("This laptop has not been in contact with the server yet.")
        return Told(say("Not synced yet"), "cloud", "neutral", never)
    if waiting:
        return Told(say("{} waiting to be sent").format(changes(waiting)), "cloud-upload", "info", last)
    everything = say("The server has answered for everything that was written on this laptop.")
    return Told(say("Up to date"), "circle-check", "ok", f"{everything} {last}")


def _last_contact(status: SyncStatus, now: datetime) -> str:
    if status.last_contact_at is None:
        return say("There has been no contact with the server yet.")
    ago = how_long_ago(status.last_contact_at, now)
    return say("Last contact with the server: {}, {}.").format(at(status.last_contact_at), ago)


def _when(then: datetime, now: datetime) -> str:
    return at_time(then) if local(then).date() == local(now).date() else on_date(local(then).date())


@dataclass(frozen=True, slots=True)
class SyncWords:
    """Everything the page shows. clock: "" or that the clocks differ."""

    headline: Told
    clock: str
    answered: tuple[Line, ...]
    waiting: tuple[Line, ...]
    refused: tuple[Line, ...]
    held: tuple[Line, ...]


def page_words(state: SyncState, status: SyncStatus, now: datetime) -> SyncWords:
    """The whole page in words."""
    return SyncWords(
        headline=headline(state, status, now),
        clock=_clock_words(status.skew_ms),
        answered=tuple(Line(*answered_words(outcome, number)) for outcome, number in status.outcomes),
        waiting=tuple(_waiting_line(one, now) for one in _waiting(status)),
        refused=tuple(
            Line(_what(one), _after(one.called, refused_words(one.why)), at(one.written_at))
            for one in _refused(status)
        ),
        held=tuple(_held_line(one, now) for one in status.held),
    )


def _waiting_line(one: Waiting, now: datetime) -> Line:
    tried = say("Tried {}.").format(count(one.tries, say("time"), say("times"))) if one.tries else ""
    since = say("Written {}.").format(how_long_ago(one.written_at, now))
    return Line(_what(one), _after(one.called, f"{since} {tried}".strip()), at(one.written_at))


def _what(one: Waiting) -> str:
    return f"{kind_words(one.kind)}: {who_words(one.person)}"


def _after(first: str, words: str) -> str:
    """What tells a line from others like it stands before what is said of it."""
    return f"{first} · {words}" if first else words


def _held_line(one: HeldPerson, now: datetime) -> Line:
    return Line(
        who_words(one.person), _after(one.person.council_number, held_words(one.synced_at, one.is_complete, now))
    )


def _clock_words(skew_ms: int | None) -> str:
    if skew_ms is None or abs(skew_ms) < SKEW_TOLD_MS:
        return ""
    minutes = count(round(abs(skew_ms) / 60_000), say("minute"), say("minutes"))
    words = (
        say("This laptop's clock is {} ahead of the server's.")
        if skew_ms > 0
        else say("This laptop's clock is {} behind the server's.")
    )
    return f"{words.format(minutes)} " + say("What you write shows both times. Put the clock right.")


class Shows(Protocol):
    """What the page can show."""

    def show_loading(self) -> None:
        """It is being read."""

    def show_words(self, words: SyncWords, *, may_try: bool) -> None:
        """All of it; may_try: whether "Try now" makes sense."""

    def show_error(self, title: str, words: str) -> None:
        """It could not be read."""


class SyncPresenter:
    """Reads the state of sync again whenever the page opens or something changed. state: gives the present SyncState."""

    def __init__(self, view: Shows, room: Room, state: Callable[[], SyncState]) -> None:
        self._view, self._room, self._state = view, room, state
        self._is_shown = False

    def read(self) -> None:
        """Read and show it."""
        if not self._is_shown:
            self._view.show_loading()
        desk = self._room.desk
        self._room.quick.run(lambda: desk.do(read_sync_status), self._show, self._failed)

    def try_now(self) -> None:
        """Sync now."""
        self._room.say(say("Syncing"))
        self._room.sync_now()

    def _show(self, status: SyncStatus) -> None:
        self._is_shown = True
        state = self._state()
        words = page_words(state, status, self._room.desk.clock.now())
        self._view.show_words(words, may_try=state.has_server and not state.is_running)

    def _failed(self, error: Circumstance) -> None:
        told = sentence(error)
        self._view.show_error(told.title, told.words())
