"""The life of a care and support plan: draft, shared for comment, agreed or not, signed off, superseded.

Source: Care Act 2014 s.25 (agreeing the plan with the adult); domain state machine SM11.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

STEPS: Final = {
    "shared": "Shared for comment",
    "comment": "Comment",
    "agreed": "Agreed",
    "not_agreed": "Not agreed",
    "signed_off": "Signed off",
}

_FOLLOWS: Final = {
    "draft": frozenset({"shared"}),
    "shared": frozenset({"comment", "agreed", "not_agreed"}),
    "agreed": frozenset({"comment", "signed_off", "not_agreed"}),
    "not_agreed": frozenset({"comment", "signed_off", "agreed"}),
    "signed_off": frozenset(),
    "superseded": frozenset(),
}

NEEDS_VIEW: Final = frozenset({"comment", "not_agreed"})
"""Steps that cannot be recorded without what the person, or whoever speaks for them, said."""


def state(steps: Iterable[str], *, replaced: bool) -> str:
    """Where a plan version stands, from its steps in any order.

    Two agreements that contradict each other count as not agreed: the more protective reading holds until a person settles it.
    """
    taken = set(steps)
    if replaced:
        return "superseded"
    for step in ("signed_off", "not_agreed", "agreed", "shared"):
        if step in taken:
            return step
    return "draft"


def may_follow(now: str) -> frozenset[str]:
    """The steps that can be taken from a state."""
    return _FOLLOWS[now]
