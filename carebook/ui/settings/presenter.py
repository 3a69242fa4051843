"""What the settings page decides: which appearance is chosen, whether a passphrase will do, what is told about this copy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from carebook import errors
from carebook.actions.read_sync_status import SyncStatus, read_sync_status
from carebook.errors import Circumstance
from carebook.ui.problems import sentence
from carebook.ui.room import Room
from carebook.ui.settings.passphrases import passphrase_problems
from carebook.words import at, how_long_ago, say


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
