"""Turns what went wrong into sentences: what happened, and what to do next; no Qt in it.

`sentence(error)` gives title, what and next_step; `field_problems(error.problems)` words by field; a screen adds its own
with `say_also({"plan_no_outcome": "Say what the person wants to achieve"})`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from carebook import errors
from carebook.errors import Circumstance, Problem
from carebook.ui.lane import Cancelled
from carebook.words import count, say


@dataclass(frozen=True)
class Sentence:
    """A title, what happened, and what to do next."""

    title: str
    what: str
    next_step: str

    def words(self) -> str:
        """What happened and what to do next, as one text."""
        return f"{self.what} {self.next_step}".strip()


_LINE_MANAGER = "Ask the person who looks after carebook in your council."

SENTENCES: dict[type[Circumstance], Sentence] = {
    Circumstance: Sentence(
        "That could not be done",
        "Something stood in the way.",
        "Try again. If it happens again, tell the people who look after carebook.",
    ),
    errors.InputProblems: Sentence(
        "There is a problem",
        "Some of what was typed cannot be kept as it is.",
        "Put right what is listed. What you typed is still there.",
    ),
    errors.NotAllowed: Sentence(
        "Your role does not allow this", "Nothing was changed.", "If you need it for your work, ask your manager."
    ),
    errors.NotHeld: Sentence(
        "This record is not on this laptop",
        "The person or the entry is not among those this laptop holds.",
        "Connect and sync, or ask your manager to allocate the person to you.",
    ),
    errors.ChangedMeanwhile: Sentence(
        "Someone else changed this first",
        "What you were changing has been replaced already. Nothing was lost.",
        "Read what is there now, then make your change again.",
    ),
    errors.StoreProblem: Sentence(
        "The store could not be used", "carebook could not read or write this laptop's store.", _LINE_MANAGER
    ),
    errors.WrongPassphrase: Sentence(
        "That passphrase does not open carebook",
        "Nothing was opened.",
        "Check Caps Lock and type it again. If you have forgotten it, ask for a new enrolment code.",
    ),
    errors.PassphraseTooWeak: Sentence(
        "Choose a longer passphrase",
        "This one is too short or too common to keep a record safe.",
        "Use at least four words that do not belong together.",
    ),
    errors.DeviceKeyMissing: Sentence(
        "This laptop's half of the key is missing",
        "The keyring of this computer no longer holds it, so the store cannot be opened here.",
        "Sign in to the computer as usual and try again. If that fails, ask for a new enrolment code: sent work is safe.",
    ),
    errors.KeyringUnavailable: Sentence(
        "The keyring did not answer",
        "carebook keeps half of its key in the keyring of this computer, and it is locked or not there.",
        "Unlock the keyring, or sign out of the computer and in again, then try once more.",
    ),
    errors.KeyringRequired: Sentence(
        "This computer has no keyring", "Your council does not allow carebook on a laptop without one.", _LINE_MANAGER
    ),
    errors.SlotUnreadable: Sentence(
        "The key file cannot be read",
        "The file that opens the store is missing, damaged or of a later version.",
        "Do not delete anything. Ask for a new enrolment code: sent work is safe.",
    ),
    errors.KeyMalformed: Sentence(
        "The key is not whole",
        "The key of this store is not of the right length, so it was not tried.",
        "Do not delete anything. " + _LINE_MANAGER,
    ),
    errors.WrongKey: Sentence(
        "The key does not open this store",
        "The store belongs to another key. It was not changed.",
        "Check that you chose your own name. If so, ask for a new enrolment code.",
    ),
    errors.StoreMissing: Sentence(
        "There is no store here",
        "This laptop holds no record for you yet, or its folder was moved.",
        "Enrol this laptop with a code from your administrator.",
    ),
    errors.StoreExists: Sentence(
        "There is a store here already",
        "A store is never overwritten, so nothing was done.",
        "Open the one that is there, or ask your administrator to set it aside.",
    ),
    errors.StoreDamaged: Sentence(
        "The store is damaged",
        "The file is not whole. It was not opened and not changed.",
        "Ask for a new enrolment code: what was sent comes back from the server.",
    ),
    errors.StoreNewer: Sentence(
        "The store is from a later carebook",
        "A later version wrote it, and this one left it unchanged.",
        "Update carebook on this laptop, then open it again.",
    ),
    errors.StoreInUse: Sentence(
        "carebook is open in another window",
        "Two windows cannot write in one store.",
        "Go to the other window, or close it and try again.",
    ),
    errors.StoreLocked: Sentence(
        "carebook is locked",
        "It was locked before this could be done. Nothing was changed.",
        "Unlock it and do this again. Drafts are kept.",
    ),
    errors.DiskFull: Sentence(
        "The disk is full",
        "There was no room to save. What was saved before is safe.",
        "Delete or move other files, then save again.",
    ),
    errors.OutcomeUnknown: Sentence(
        "carebook cannot tell whether this was saved",
        "The disk failed at the moment of saving.",
        "Close carebook, open it again, and look whether it is there before you write it again.",
    ),
    errors.NotEncrypting: Sentence(
        "carebook will not open without encryption",
        "The part that encrypts the store is not the right one on this computer, so nothing was written.",
        _LINE_MANAGER,
    ),
    errors.ServerProblem: Sentence(
        "The server could not do this",
        "Your work is safe on this laptop.",
        "Try again later. If it happens again, tell the people who look after carebook.",
    ),
    errors.Unreachable: Sentence(
        "The server cannot be reached",
        "Your work is safe on this laptop and will be sent when you are connected.",
        "Carry on. To send now, check the connection and try again.",
    ),
    errors.NotTrusted: Sentence(
        "This is not your council's server",
        "Something else answered in its place. Nothing was sent.",
        "Do not use this network for carebook. Tell the people who look after it.",
    ),
    errors.SignInRefused: Sentence(
        "The server does not accept this sign-in",
        "This worker or this laptop is not known to it any more. Nothing was sent.",
        "Ask your administrator for a new enrolment code.",
    ),
    errors.CodeRefused: Sentence(
        "That code does not work",
        "It has been used, has run out, or was typed differently.",
        "Check it letter by letter, or ask your administrator for a new one.",
    ),
    errors.ServerBusy: Sentence("The server is busy", "Your work is safe on this laptop.", "carebook tries again by itself."),
    errors.UpgradeNeeded: Sentence(
        "This carebook is too old to send",
        "The server needs a later version. Your work is safe on this laptop.",
        "Update carebook, then sync again.",
    ),
    errors.ServerFailed: Sentence(
        "The server met a fault",
        "Your work is safe on this laptop.",
        "Try again later. If it happens again, tell the people who look after carebook.",
    ),
    errors.PrintingFailed: Sentence(
        "The document was not printed",
        "It could not be made, or the printer did not take it.",
        "Check the printer and try again. Nothing of it was left on the disk.",
    ),
    Cancelled: Sentence(
        "Stopped", "It was stopped before it was finished. Nothing was changed.", "Start it again when you are ready."
    ),
}


VARIANTS: dict[tuple[type[Circumstance], str], Sentence] = {
    (errors.NotEncrypting, "library"): Sentence(
        "Another database library is in the way",
        "A library that does not encrypt was loaded in place of carebook's own, so nothing was opened or written.",
        _LINE_MANAGER,
    ),
    (errors.NotEncrypting, "temporary-files"): Sentence(
        "Temporary files would not be encrypted",
        "The database on this computer is set to write temporary files as plain text, so nothing was opened.",
        _LINE_MANAGER,
    ),
    (errors.NotEncrypting, "plain-header"): Sentence(
        "The store came out unencrypted",
        "The file on the disk does not look encrypted, so carebook stopped before anything was written to it.",
        _LINE_MANAGER,
    ),
    (errors.StoreDamaged, "plain"): Sentence(
        "This store is not encrypted",
        "A plain database lies where the encrypted store should be. It was not opened and not changed.",
        _LINE_MANAGER,
    ),
    (errors.StoreDamaged, "cut"): Sentence(
        "The store is cut short",
        "The end of the file is missing. It was not opened and not changed.",
        "Ask for a new enrolment code: what was sent comes back from the server.",
    ),
    (errors.StoreDamaged, "empty"): Sentence(
        "The store is empty",
        "The file holds nothing at all. It was not opened and not changed.",
        "Ask for a new enrolment code: what was sent comes back from the server.",
    ),
    (errors.KeyringUnavailable, "read-back"): Sentence(
        "The keyring did not keep the key",
        "What carebook put into the keyring of this computer did not come back the same, so it is not relied on.",
        _LINE_MANAGER,
    ),
    (errors.PassphraseTooWeak, "common"): Sentence(
        "Choose a passphrase that is harder to guess",
        "This one is among those that are tried first.",
        "Use at least four words that do not belong together.",
    ),
}
"""Sentences for a class with a code of its own, where the code changes what there is to say or do."""


def sentence(error: Circumstance) -> Sentence:
    """The sentence of `error`: of its class and code where there is one, else of its nearest class; figures are said."""
    own = VARIANTS.get((type(error), str(error)))
    if own is not None:
        return own
    found = next(SENTENCES[kind] for kind in type(error).__mro__ if kind in SENTENCES)
    if isinstance(error, errors.ServerBusy):
        wait = count(error.seconds, "second", "seconds")
        return Sentence(found.title, found.what, f"carebook tries again by itself in {wait}.")
    if isinstance(error, errors.ServerFailed) and error.reference:
        return Sentence(found.title, found.what, f"{found.next_step} Say reference {error.reference}.")
    return found


FIELD_PROBLEMS: dict[str, str] = {
    "needed": "Fill this in",
    "too_long": "Use at most {detail} characters",
    "too_short": "Use at least {detail} characters",
    "not_chosen": "Choose one",
    "date_needed": "Enter a date",
    "date_not_understood": "Enter a date like 14 Jul 1945",
    "date_not_whole": "Enter a date with day, month and year",
    "date_day": "Check the day: that month does not have it",
    "date_month": "Check the month: use a number from 1 to 12 or a name",
    "date_year": "Check the year: it has 4 figures, like 1945",
    "date_two_digit_year": "Enter the year with 4 figures, like 1945",
    "date_in_future": "Enter a date that is not in the future",
    "date_in_past": "Enter a date that is not in the past",
    "date_before_birth": "Enter a date after the date of birth",
    "time_needed": "Enter a time",
    "time_not_understood": "Enter a time like 15:40",
    "time_in_future": "Enter a time that is not in the future",
    "nhs_number_length": "NHS number must be 10 digits",
    "nhs_number_digits": "NHS number must be digits only",
    "nhs_number_check": "Check the NHS number: one of its digits is not right",
    "postcode": "Enter a whole postcode, like HX1 2AB",
    "phone": "Enter a telephone number, like 01632 960001",
    "email": "Enter an email address, like name@example.com",
    "reason_needed": "Say why",
    "words_too_long": "Shorten this: one entry takes at most {detail} characters",
    "character_not_kept": "Take out what cannot be shown: there is a character in it that no record keeps",
    "date_too_early": "Check the year: it is before 1900",
    "passphrases_differ": "The two passphrases differ: type the same twice",
}


def say_also(said: Mapping[str, str]) -> None:
    """Add a screen's own sentences; ValueError for a code that has other words already: one problem, one sentence."""
    if differing := sorted(code for code, words in said.items() if FIELD_PROBLEMS.setdefault(code, words) != words):
        raise ValueError(f"other words already: {', '.join(differing)}")


def field_problem(problem: Problem) -> str:
    """The words of one problem; a code without words is said plainly, with the code, so that nothing is silent."""
    words = FIELD_PROBLEMS.get(problem.code)
    if words is None:
        return say("Check this ({})").format(problem.code)
    return say(words).format(detail=problem.detail)


def field_problems(problems: Iterable[Problem]) -> dict[str, str]:
    """Words by field, the first problem of each field, in the order they came."""
    told: dict[str, str] = {}
    for problem in problems:
        told.setdefault(problem.field, field_problem(problem))
    return told
