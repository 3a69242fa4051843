"""What the unlock screen shows and when: accounts, unlocking, a wrong passphrase, each thing that can stand in the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from carebook import errors
from carebook.errors import Circumstance
from carebook.ui.lane import RunsJobs
from carebook.ui.problems import Sentence, sentence
from carebook.words import count, say

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")

LEADS_TO_ENROLMENT = (
    errors.DeviceKeyMissing,
    errors.SlotUnreadable,
    errors.WrongKey,
    errors.KeyMalformed,
    errors.StoreDamaged,
    errors.StoreMissing,
    errors.KeyringRequired,
)
"""After these the store cannot be opened here again: it can be set aside, and the laptop enrolled anew."""

WHY_LOCKED = {
    "asked": "carebook is locked. Work you had not finished is saved.",
    "idle": "Locked because it was not used for a while. Work you had not finished is saved.",
    "asleep": "Locked because this laptop was asleep. Work you had not finished is saved.",
    "set_up": "This laptop is set up. Unlock it with the passphrase you chose.",
}


@dataclass(frozen=True, slots=True)
class Account:
    """A store on this machine: its folder, and the ids and name that its key file tells (empty when it cannot be read)."""

    folder: str
    worker: str
    name: str
    device: str


class Doors(Protocol[T_co]):
    """The way to the stores: see app.door."""

    def accounts(self) -> tuple[Account, ...]:
        """Every store here, the one last used first."""

    def wait(self, account: Account) -> int:
        """Seconds until the next passphrase may be tried."""

    def unlock(self, account: Account, passphrase: str) -> T_co:
        """The opened store; takes long."""

    def set_aside(self, account: Account) -> None:
        """The store is put beside, unaltered."""


class Shows(Protocol):
    """What the view can show."""

    def show_account(self, name: str, second: str, others: int) -> None:
        """Greet one worker, with an empty passphrase field; others: how many more accounts there are."""

    def show_accounts(self, accounts: tuple[Account, ...]) -> None:
        """Let one of several be chosen."""

    def show_nobody(self) -> None:
        """No store is on this machine yet."""

    def show_unlocking(self) -> None:
        """The passphrase is being tried."""

    def show_wrong(self, words: str, hint: str) -> None:
        """The passphrase was wrong: the field keeps the focus."""

    def show_wait(self, words: str) -> None:
        """No passphrase may be tried for a while; empty words end it."""

    def show_problem(self, told: Sentence, *, may_set_aside: bool, may_retry: bool) -> None:
        """Something else stands in the way."""

    def ask_set_aside(self, name: str) -> None:
        """Ask whether the store shall be set aside."""

    def show_why(self, words: str) -> None:
        """Say below why carebook is locked."""


class UnlockPresenter(Generic[T]):
    """Leads from the accounts to an opened store. opened: gets the store; enrol: shows "Set up this laptop"."""

    def __init__(
        self, view: Shows, doors: Doors[T], lane: RunsJobs, opened: Callable[[T], None], enrol: Callable[[], None]
    ) -> None:
        self._view, self._doors, self._lane, self._opened, self._enrol = view, doors, lane, opened, enrol
        self._accounts: tuple[Account, ...] = ()
        self._account: Account | None = None
        self._is_busy = False
        self.failures = 0

    def begin(self, device: str = "", why: str = "") -> None:
        """Show the account of this device, or the one last used; why: a key of WHY_LOCKED."""
        self._view.show_why(say(WHY_LOCKED[why]) if why in WHY_LOCKED else "")
        self._accounts = self._doors.accounts()
        if not self._accounts:
            self._view.show_nobody()
            return
        self.choose(next((one for one in self._accounts if one.device == device), self._accounts[0]))

    def choose(self, account: Account) -> None:
        """Go on with this account."""
        self._account, self.failures = account, 0
        name = account.name or say("Name not readable")
        self._view.show_account(name, account.worker or account.device, len(self._accounts) - 1)
        self.wait()

    def other(self) -> None:
        """Somebody else wants to unlock."""
        self._view.show_accounts(self._accounts)

    def back(self) -> None:
        """Back to the account that was chosen."""
        if self._account is not None:
            self.choose(self._account)
        else:
            self.begin()

    def enrol(self) -> None:
        """This laptop is to be set up for someone."""
        self._enrol()

    def unlock(self, passphrase: str) -> None:
        """Try the passphrase, unless one is being tried or has to wait."""
        account = self._account
        if account is None or self._is_busy or self.wait():
            return
        if not passphrase:
            self._view.show_wrong(say("Enter your passphrase"), "")
            return
        self._is_busy = True
        self._view.show_unlocking()
        self._lane.run(lambda: self._doors.unlock(account, passphrase), self._done, self._failed)

    def wait(self) -> bool:
        """Whether the next try has to wait; says how long. The view asks again every second meanwhile."""
        seconds = self._doors.wait(self._account) if self._account is not None else 0
        if not seconds:
            self._view.show_wait("")
            return False
        left = count(seconds, "second", "seconds")
        self._view.show_wait(say("Too many tries. You can try again in {}.").format(left))
        return True

    def forgotten(self) -> None:
        """The passphrase is forgotten, or the store cannot be opened: ask whether to set it aside."""
        if self._account is not None:
            self._view.ask_set_aside(self._account.name or self._account.device)

    def set_aside(self) -> None:
        """Set the store aside; then set this laptop up anew."""
        account = self._account
        if account is None or self._is_busy:
            return
        self._is_busy = True
        self._lane.run(lambda: self._doors.set_aside(account), self._aside, self._failed)

    def _aside(self, _: None) -> None:
        self._is_busy, self._account = False, None
        self._accounts = self._doors.accounts()
        self._enrol()

    def _done(self, opened: T) -> None:
        self._is_busy = False
        self._opened(opened)

    def _failed(self, error: Circumstance) -> None:
        self._is_busy = False
        told = sentence(error)
        if isinstance(error, errors.WrongPassphrase):
            self.failures += 1
            tries = count(self.failures, "try", "tries")
            counted = say("{} so far.").format(tries) if self.failures > 1 else ""
            self._view.show_wrong(told.title, f"{told.next_step} {counted}".strip())
            self.wait()
            return
        may_set_aside = isinstance(error, LEADS_TO_ENROLMENT)
        self._view.show_problem(told, may_set_aside=may_set_aside, may_retry=not isinstance(error, errors.StoreNewer))
