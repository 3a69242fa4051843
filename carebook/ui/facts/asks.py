"""What a sheet asks: its fields, what they begin with, and how what was typed is kept; no Qt in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from carebook.errors import Problem

Values = Mapping[str, Any]
"""What was typed, by the key of its field: words, a date or None, a PartDate or None, a time or None, True or False, keys."""


@dataclass(frozen=True)
class Ask:
    """One field. sort: text, lines, date, part_date, time, choice, radio, check, checks or nhs.

    choices: (key, words) for choice, radio and checks. width: of a text field, in px at 100 %.
    """

    key: str
    label: str
    sort: str = "text"
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    is_optional: bool = False
    width: int = 420


def _no_problems(_: Values) -> tuple[Problem, ...]:
    return ()


@dataclass(frozen=True)
class SheetForm:
    """A sheet: title, words under it, what it asks, what stands there already.

    keep: does the writing, on the store's lane; it may raise any Circumstance. checks: problems that are seen before.
    says: sentences of its own for problem codes, by (field, code). done: what a screen reader says once it is saved.
    """

    title: str
    asks: tuple[Ask, ...]
    keep: Callable[[Values], object]
    intro: str = ""
    values: Values = field(default_factory=dict)
    checks: Callable[[Values], tuple[Problem, ...]] = _no_problems
    says: Mapping[tuple[str, str], str] = field(default_factory=dict)
    save: str = "Save"
    done: str = "Saved"
