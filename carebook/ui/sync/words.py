"""Plain words for what syncs: kinds of rows, the server's answers, why it did not take a row, how old a copy is."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from carebook.actions.read_sync_status import Summary
from carebook.words import count, how_long_ago, say

KINDS: Final = {
    "person": "Person added", "name": "Name", "birth": "Date of birth", "death": "Date of death", "address": "Address",
    "phone": "Telephone number", "email": "Email address", "language": "Language", "need": "Accessible-information need",
    "needs_asked": "Accessible-information answer", "alert": "Alert", "nhs_number": "NHS number",
    "relationship": "Relationship", "involvement": "Person involved in the care", "sameness": "Same person",
    "entry": "Entry", "apart": "Part of an entry", "visit": "Planned visit", "task": "Task", "plan": "Care and support plan",
    "plan_step": "Step of the plan", "allocation": "Allocation", "recipient": "Recipient", "issued": "Copy of a plan given out",
    "worker": "Colleague", "setting": "Council setting", "misplaced": "Moved to another person",
}  # fmt: skip
"""What each kind of row is called on a screen; a kind without a name here is "Change"."""

OUTCOMES: Final = {
    "accepted": ("The server has them", "They are in the council's record."),
    "clash": ("Kept beside somebody else's change", "Both stand in the record until a person chooses between them."),
    "quarantined": ("Kept by the server for a supervisor", "The person is not in your caseload any more. Nothing is lost."),
    "parked": ("Kept by the server until what they belong to arrives", "Nothing to do: it settles by itself."),
}

REFUSED: Final = {
    "malformed": "The server could not read it.",
    "character": "It holds a character that cannot be stored.",
    "author": "It was written under another name than the one this laptop is enrolled for.",
    "device": "It was written on another laptop.",
    "digest": "It was altered on the way.",
    "denies": "Its mark for a refusal does not fit its kind.",
    "op-reuse": "Its number was used for something else before.",
    "row-reuse": "The server already has something else under its number.",
    "replaces": "It would stand in place of something about somebody else.",
    "disposed": "The record it belongs to was disposed of because the law's time had come.",
}

WHAT_TO_DO: Final = {
    "disposed": "Talk to your manager before you write it again.",
    "character": "Open it, copy the words, and write them anew without special characters.",
}
USUALLY: Final = "It stays on this laptop. Tell the people who look after carebook; they can see why."


def kind_words(kind: str) -> str:
    """What a row is, for people."""
    return say(KINDS.get(kind, "Change"))


def who_words(person: Summary | None) -> str:
    """Whom it is about."""
    return person.full_name if person is not None else say("not about one person")


def answered_words(outcome: str, number: int) -> tuple[str, str, str]:
    """The server's answer, what it means, and how many got it."""
    words, meaning = OUTCOMES.get(outcome, ("Answered in a way this carebook does not know", "Update carebook on this laptop."))
    return say(words), say(meaning), f"{number:,}"


def refused_words(code: str) -> str:
    """Why the server did not take a row, and what to do."""
    why = (
        say(REFUSED[code])
        if code in REFUSED
        else say("The server gave a reason this carebook does not know ({}).").format(code)
    )
    return f"{why} {say(WHAT_TO_DO.get(code, USUALLY))}"


def held_words(synced_at: datetime | None, is_complete: bool, now: datetime) -> str:
    """How old the copy of one person is."""
    if not is_complete:
        return say("Still arriving. What is here so far may have gaps.")
    if synced_at is None:
        return say("Written on this laptop, not yet compared with the server.")
    ago = how_long_ago(synced_at, now)
    return say("Same as the server's, as of {}.").format(ago)


def copies(number: int) -> str:
    """So many people."""
    return count(number, say("person"), say("people"))
