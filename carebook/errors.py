"""The error tree.

    CarebookError
    ├── Circumstance              the world's doing: each has a sentence in ui/problems.py
    │   ├── InputProblems         what was typed cannot be kept as it is (carries the list of problems)
    │   ├── NotAllowed            this role or relationship may not do this
    │   ├── NotHeld               this device does not hold that person or row
    │   ├── ChangedMeanwhile      what was to be replaced has been replaced by someone else
    │   ├── StoreProblem
    │   │   ├── WrongPassphrase
    │   │   ├── PassphraseTooWeak
    │   │   ├── DeviceKeyMissing      the keyring no longer holds this device's half of the key
    │   │   ├── KeyringUnavailable    no trustworthy keyring, or it would not answer
    │   │   ├── KeyringRequired       the council does not allow a laptop without a keyring
    │   │   ├── SlotUnreadable        the key slot file is missing or damaged
    │   │   ├── KeyMalformed          not 32 bytes
    │   │   ├── WrongKey              the file does not open with this key
    │   │   ├── StoreMissing
    │   │   ├── StoreExists           would overwrite a store that is there
    │   │   ├── StoreDamaged          truncated, altered or not a store
    │   │   ├── StoreNewer            written by a later version of carebook
    │   │   ├── StoreInUse            open in another window
    │   │   ├── StoreLocked           locked meanwhile
    │   │   ├── DiskFull
    │   │   ├── OutcomeUnknown        the disk failed while saving: may or may not have been kept
    │   │   └── NotEncrypting         the database library would write plain text
    │   ├── ServerProblem
    │   │   ├── Unreachable
    │   │   ├── NotTrusted            not the server this laptop was enrolled with
    │   │   ├── SignInRefused
    │   │   ├── CodeRefused           enrolment code used, expired or mistyped
    │   │   ├── ServerBusy            asked to come back later (carries seconds)
    │   │   ├── UpgradeNeeded         this version is too old to send
    │   │   └── ServerFailed          the server met a fault of its own (carries its reference)
    │   └── PrintingFailed        the document could not be made or the printer did not take it
    └── Fault                     ours: goes to the crash page with a reference number
        ├── GateUnsure            a check of the start-up gate could not be carried out
        ├── ChainBroken           an audit chain does not fit together
        ├── BodyUnreadable        a ledger row of a known kind that cannot be read
        └── RuleFailed            a rule of practice raised: nothing is shared

No message ever carries a word about a person: only codes, counts and ids.
"""

from __future__ import annotations

from dataclasses import dataclass


class CarebookError(Exception):
    """Anything carebook raises on purpose."""


class Circumstance(CarebookError):
    """The world's doing: the worker is told what happened and what to do next."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with what was typed: the field it is about and a code that has a sentence."""

    field: str
    code: str
    detail: str = ""  # a count or a limit, never what was typed


class InputProblems(Circumstance):
    """What was typed cannot be kept as it is; `problems` says what, field by field."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(", ".join(f"{p.field}:{p.code}" for p in problems))
        self.problems = problems


class NotAllowed(Circumstance):
    """This role or relationship may not do this."""


class NotHeld(Circumstance):
    """This device does not hold that person or row."""


class ChangedMeanwhile(Circumstance):
    """What was to be replaced has been replaced already."""


class StoreProblem(Circumstance):
    """Something about this device's store."""


class WrongPassphrase(StoreProblem):
    """The passphrase does not open the key slot."""


class PassphraseTooWeak(StoreProblem):
    """The passphrase is shorter than the least length, or known to be common."""


class DeviceKeyMissing(StoreProblem):
    """The keyring no longer holds this device's half of the key."""


class KeyringUnavailable(StoreProblem):
    """There is no trustworthy keyring here, or it would not answer."""


class KeyringRequired(StoreProblem):
    """The council does not allow a laptop without a keyring."""


class SlotUnreadable(StoreProblem):
    """The key slot file is missing, damaged or of a later version."""


class KeyMalformed(StoreProblem):
    """The store key is not 32 bytes."""


class WrongKey(StoreProblem):
    """The file does not open with this key."""


class StoreMissing(StoreProblem):
    """There is no store at the place given."""


class StoreExists(StoreProblem):
    """There is a store already; it is never overwritten."""


class StoreDamaged(StoreProblem):
    """The file is truncated, altered or not a store."""


class StoreNewer(StoreProblem):
    """The store was written by a later version of carebook."""


class StoreInUse(StoreProblem):
    """The store is open in another window."""


class StoreLocked(StoreProblem):
    """The store was locked meanwhile."""


class DiskFull(StoreProblem):
    """There is no room left on the disk."""


class OutcomeUnknown(StoreProblem):
    """The disk failed while saving: the work may or may not have been kept."""


class NotEncrypting(StoreProblem):
    """The database library in use would write plain text."""


class ServerProblem(Circumstance):
    """Something about the server or the way to it."""


class Unreachable(ServerProblem):
    """No answer from the server."""


class NotTrusted(ServerProblem):
    """Not the server this laptop was enrolled with."""


class SignInRefused(ServerProblem):
    """The server does not accept this worker or this device."""


class CodeRefused(ServerProblem):
    """The enrolment code is used, expired or mistyped."""


class ServerBusy(ServerProblem):
    """The server asks to come back later."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"come back in {seconds} seconds")
        self.seconds = seconds


class UpgradeNeeded(ServerProblem):
    """This version of carebook is too old to send to the server."""


class ServerFailed(ServerProblem):
    """The server met a fault of its own; `reference` finds it in the server's log."""

    def __init__(self, reference: str = "") -> None:
        super().__init__(reference)
        self.reference = reference


class PrintingFailed(Circumstance):
    """The document could not be made, or the printer did not take it."""


class Fault(CarebookError):
    """Our own mistake: goes to the crash page with a reference number."""


class GateUnsure(Fault):
    """A check of the start-up gate could not be carried out."""


class ChainBroken(Fault):
    """An audit chain does not fit together."""


class BodyUnreadable(Fault):
    """A ledger row of a known kind that cannot be read."""


class RuleFailed(Fault):
    """A rule of practice raised: nothing is shared."""
