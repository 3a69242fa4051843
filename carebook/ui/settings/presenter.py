"""What the settings page decides: which appearance is chosen, whether a passphrase will do, what is told about this copy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from carebook import errors
from carebook.actions.read_sync_status import SyncStatus, read_sync_status
from carebook.errors import Circumstance
from carebook.ui.problems import sentence
from carebook.ui.room import Room
from carebook.words import at, count, how_long_ago, say

RULE: Final = "At least 12 characters. Four words that do not belong together are easy to remember and hard to guess."


class PassphraseDoor(Protocol):
    """The key file of the open store: see app.safe."""

    @property
    def uses_keyring(self) -> bool:
        """Whether the keyring of this computer holds half of the key."""

    def check(self, passphrase: str) -> None:
        """Raises PassphraseTooWeak."""

    def change(self, old: str, new: str) -> None:
        """The store opens with `new` from now on."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed to change the passphrase."""

    old: str
    new: str
    again: str


class Shows(Protocol):
    """What the page can show."""

    def show_facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        """Names and words about this copy."""

    def show_problems(self, problems: dict[str, str]) -> None:
        """Problems by field; none takes all away."""

    def show_changing(self) -> None:
        """The passphrase is being changed."""

    def show_changed(self) -> None:
        """It is changed; the fields are empty again."""

    def show_failed(self, title: str, words: str) -> None:
        """It was not changed."""


def weak_words(error: errors.PassphraseTooWeak) -> str:
    """Why a passphrase will not do."""
    if "short" in error.args:
        return say("Use at least 12 characters")
    return say("This one is known to be common: choose other words")


def passphrase_problems(new: str, again: str, check: Callable[[str], None]) -> dict[str, str]:
    """What is wrong with a new passphrase typed twice, by field ("new", "again")."""
    if not new:
        return {"new": say("Enter a new passphrase")}
    try:
        check(new)
    except errors.PassphraseTooWeak as weak:
        return {"new": weak_words(weak)}
    return {} if new == again else {"again": say("The two passphrases differ: type the same twice")}


def strength(passphrase: str) -> str:
    """How hard a passphrase is to guess, in words: by its length and its different characters (NIST SP 800-63B 5.1.1)."""
    long, different = len(passphrase), len(set(passphrase.casefold()))
    if not passphrase:
        return ""
    if long < 12:
        return say("{} more needed").format(count(12 - long, say("character"), say("characters")))
    if different < 5:
        return say("Too few different characters")
    if long < 16 or different < 8:
        return say("Long enough. More words make it stronger.")
    return say("Strong") if long < 24 else say("Very strong")


class SettingsPresenter:
    """Changes the passphrase and tells about this copy."""

    def __init__(self, view: Shows, room: Room, door: PassphraseDoor, version: str) -> None:
        self._view, self._room, self._door, self._version = view, room, door, version

    def read(self) -> None:
        """Tell about this copy, with the last contact."""
        desk = self._room.desk
        self._room.quick.run(
            lambda: (desk.do(read_sync_status), self._door.uses_keyring), lambda told: self._tell(*told), self._failed
        )

    def _tell(self, status: SyncStatus, uses_keyring: bool) -> None:
        who, now = self._room.desk.identity, self._room.desk.clock.now()
        last = status.last_contact_at
        contact = f"{at(last)} ({how_long_ago(last, now)})" if last else say("none yet")
        halves = say("Half in this computer's keyring, half from your passphrase")
        self._view.show_facts(
            (
                (say("Worker"), f"{who.name} ({who.worker})"),
                (say("This laptop"), who.device_id),
                (say("Last contact with the server"), contact),
                (say("People on this laptop"), f"{len(status.held):,}"),
                (say("Key of the store"), halves if uses_keyring else say("From your passphrase alone")),
                (say("Version"), self._version or say("not installed as a package")),
            )
        )

    def change(self, typed: Typed) -> None:
        """Change the passphrase, or say what is wrong with what was typed."""
        problems = {} if typed.old else {"old": say("Enter your present passphrase")}
        problems |= passphrase_problems(typed.new, typed.again, self._door.check)
        self._view.show_problems(problems)
        if problems:
            return
        self._view.show_changing()
        self._room.slow.run(
            lambda: self._door.change(typed.old, typed.new), lambda _: self._view.show_changed(), self._not_changed
        )

    def _not_changed(self, error: Circumstance) -> None:
        if isinstance(error, errors.WrongPassphrase):
            self._view.show_failed("", "")
            self._view.show_problems({"old": say("This is not your present passphrase")})
            return
        self._failed(error)

    def _failed(self, error: Circumstance) -> None:
        told = sentence(error)
        self._view.show_failed(told.title, told.words())
