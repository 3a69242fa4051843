"""Words about a new passphrase: what is wrong with it, and how strong it is; no Qt and nothing of the record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from carebook import errors
from carebook.words import count, say

RULE: Final = "At least 12 characters. Four words that do not belong together are easy to remember and hard to guess."


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
