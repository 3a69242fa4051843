"""Setting a laptop up, step by step: the server, the passphrase, the first sync; and what is said when a step fails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Generic, Protocol, TypeVar
from urllib.parse import urlsplit

from carebook import errors
from carebook.errors import Circumstance
from carebook.ui.lane import Cancel, RunsJobs
from carebook.ui.problems import Sentence, sentence
from carebook.ui.settings.passphrases import passphrase_problems
from carebook.words import count, say

E = TypeVar("E")
S = TypeVar("S")

PORT: Final = 8443

STEPS: Final = {
    "sign-in": "Signing in to the server", "push": "Sending what was written here", "trace": "Sending who opened what",
    "pull": "Asking for what is new", "apply": "Keeping what is new", "backfill": "Fetching the people you work with",
    "check": "Comparing with the server", "answer": "Telling the server it is done",
}  # fmt: skip
USABLE_FROM: Final = frozenset({"check", "answer"})
"""From these steps on everybody is on the laptop, and work can begin."""

PLACE_OF: Final[tuple[tuple[type[Circumstance], str], ...]] = (
    (errors.CodeRefused, "code"), (errors.SignInRefused, "password"), (errors.Unreachable, "address"),
    (errors.NotTrusted, "address"),
)  # fmt: skip
"""Which field a refusal belongs to."""

REFUSED: Final = {
    "code": "That code does not work. It was used, has run out, or was typed differently: ask for a new one",
    "password": "The server does not accept this. Check your name and the password you use for the server",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the worker typed: address as https://host:port, code, the name the server knows them by, and their password."""

    address: str
    code: str
    worker: str
    password: str


class Enrols(Protocol[E, S]):
    """The steps themselves: see app.enrolling."""

    def has_keyring(self) -> bool:
        """Whether this computer has a keyring."""

    def enrol(self, asked: Asked) -> E:
        """The server knows this device."""

    def check(self, passphrase: str) -> None:
        """Raises PassphraseTooWeak."""

    def make(self, enrolment: E, passphrase: str) -> S:
        """The new store, open."""

    def first_sync(self, opened: S, progress: Callable[[str, int, int], None], is_cancelled: Callable[[], bool]) -> object:
        """What the server has is here."""


class Shows(Protocol):
    """What the view can show."""

    def show_step(self, step: str) -> None:
        """Show the step "server", "passphrase" or "sync"."""

    def show_busy(self, words: str) -> None:
        """Something takes a while; empty words end it."""

    def show_problems(self, problems: dict[str, str]) -> None:
        """Problems by field; none takes all away."""

    def show_failed(self, told: Sentence) -> None:
        """The step failed for a reason that is no field's."""

    def show_keyring(self, words: str, *, is_there: bool) -> None:
        """Where the halves of the key will be."""

    def show_progress(self, words: str, done: int, total: int, *, may_start: bool) -> None:
        """How far the first sync is."""

    def report(self, step: str, done: int, total: int) -> None:
        """Called on another thread: bring this to `EnrolPresenter.progressed` on the screen's."""

    def finished(self, opened: object) -> None:
        """The laptop is set up and open."""


def full_address(typed: str) -> str:
    """https://host:port of what was typed; empty when it makes no sense or is not https."""
    words = typed.strip().rstrip("/")
    parts = urlsplit(words if "://" in words else f"https://{words}")
    try:
        port = parts.port or PORT
    except ValueError:
        return ""
    if parts.scheme != "https" or not parts.hostname or parts.path or parts.query or " " in words:
        return ""
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"https://{host}:{port}"


def keyring_words(is_there: bool) -> str:
    """Where the key will be, said plainly."""
    if is_there:
        halves = say("Half of the key goes into this computer's keyring, the other half is your passphrase.")
        return f"{halves} " + say("Nobody can open the record with one of them alone.")
    alone = say("This computer has no keyring, so your passphrase alone protects the record: choose a long one.")
    return f"{alone} " + say("Your council can refuse laptops without a keyring.")


class EnrolPresenter(Generic[E, S]):
    """Leads through the three steps."""

    def __init__(self, view: Shows, enrols: Enrols[E, S], lane: RunsJobs) -> None:
        self._view, self._enrols, self._lane = view, enrols, lane
        self._enrolment: E | None = None
        self._opened: S | None = None
        self._cancel: Cancel | None = None
        self._is_busy = self._is_over = False

    def begin(self) -> None:
        """The first step; the keyring is looked for meanwhile."""
        self._view.show_step("server")
        self._lane.run(self._enrols.has_keyring, self._keyring_found, self._failed)

    def _keyring_found(self, is_there: bool) -> None:
        self._view.show_keyring(keyring_words(is_there), is_there=is_there)

    # ------------------------------------------------------------ the server

    def enrol(self, typed: Asked) -> None:
        """Ask the server, unless something is missing."""
        address = full_address(typed.address)
        needed = {
            "address": "" if address else say("Enter the server's address. It looks like carebook.example:8443"),
            "code": "" if typed.code.strip() else say("Enter the enrolment code"),
            "worker": "" if typed.worker.strip() else say("Enter your name on the server"),
            "password": "" if typed.password else say("Enter your server password"),
        }
        problems = {key: words for key, words in needed.items() if words}
        self._view.show_problems(problems)
        if problems or self._is_busy:
            return
        asked = Asked(address, typed.code.strip(), typed.worker.strip(), typed.password)
        self._start(say("Asking the server"))
        self._lane.run(lambda: self._enrols.enrol(asked), self._enrolled, self._refused)

    def _enrolled(self, enrolment: E) -> None:
        self._enrolment = enrolment
        self._end()
        self._view.show_step("passphrase")

    def _refused(self, error: Circumstance) -> None:
        self._end()
        field = next((key for kind, key in PLACE_OF if isinstance(error, kind)), "")
        told = sentence(error)
        if not field:
            self._view.show_failed(told)
            return
        self._view.show_problems({field: say(REFUSED[field]) if field in REFUSED else f"{told.title}. {told.next_step}"})

    # ------------------------------------------------------------ the passphrase

    def choose(self, passphrase: str, again: str) -> None:
        """Make the key and the store with this passphrase, unless something is wrong with it."""
        enrolment = self._enrolment
        problems = passphrase_problems(passphrase, again, self._enrols.check)
        self._view.show_problems(problems)
        if problems or enrolment is None or self._is_busy:
            return
        self._start(say("Making the encrypted store"))
        self._lane.run(lambda: self._enrols.make(enrolment, passphrase), self._made, self._failed)

    def _made(self, opened: S) -> None:
        self._opened = opened
        self._end()
        self._view.show_step("sync")
        self.sync()

    # ------------------------------------------------------------ the first sync

    def sync(self) -> None:
        """Fetch what the server has; again, after a failure."""
        opened = self._opened
        if opened is None or self._is_busy:
            return
        self._is_busy = True
        self._view.show_progress(say("Connecting"), 0, 0, may_start=False)
        self._cancel = self._lane.run_slowly(
            lambda cancel: self._enrols.first_sync(opened, self._view.report, lambda: cancel.is_cancelled),
            lambda _: self.start(),
            self._not_synced,
        )

    def progressed(self, step: str, done: int, total: int) -> None:
        """How far it is."""
        words = say(STEPS.get(step, step))
        if total and step == "backfill":
            words = say("{}: {} of {}").format(words, f"{done:,}", count(total, say("person"), say("people")))
        is_in = step in USABLE_FROM or (step == "backfill" and 0 < total <= done)
        self._view.show_progress(words, done, total, may_start=is_in)

    def _not_synced(self, error: Circumstance) -> None:
        self._end()
        self._view.show_failed(sentence(error))

    def start(self) -> None:
        """Begin to work; what still arrives, arrives in the background."""
        if self._is_over or self._opened is None:
            return
        self._is_over = True
        self._view.finished(self._opened)

    # ------------------------------------------------------------ waiting

    def _start(self, words: str) -> None:
        self._is_busy = True
        self._view.show_busy(words)

    def _end(self) -> None:
        self._is_busy = False
        self._view.show_busy("")

    def _failed(self, error: Circumstance) -> None:
        self._end()
        self._view.show_failed(sentence(error))
