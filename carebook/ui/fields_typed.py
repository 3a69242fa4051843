"""Reads dates, times and NHS numbers as people type them; no Qt in it.

Dates follow the NHS Common User Interface guidance for date entry: typed freely, relative ("today", "+3m", "-2d"),
known in part ("1945", "Jul 1945") or not at all ("Unknown").
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from carebook.words import part_date

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_RELATIVE = re.compile(r"([+-])\s*(\d{1,3})\s*([dwmy])")
_WORDS = {"today": 0, "t": 0, "yesterday": -1, "tomorrow": 1}
_UNKNOWN = {"unknown", "not known", "u", "?", "nk"}


@dataclass(frozen=True)
class PartDate:
    """A date that may be known only in part: year alone, year and month, or all three; all None means not known."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def whole(self) -> date | None:
        """The date when it is known to the day."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)

    def words(self) -> str:
        """As people read it: 14-Jul-1945, Jul-1945, 1945, or "Unknown"."""
        return "Unknown" if self.year is None else part_date(self.year, self.month, self.day)


@dataclass(frozen=True)
class WrongDate:
    """Why what was typed is no date: a code (date_not_understood, date_day, date_month, date_year, date_two_digit_year)
    and the first wrong part as (start, length) in what was typed.
    """

    code: str
    start: int = 0
    length: int = 0


def read_date(typed: str, today: date) -> PartDate | WrongDate | None:
    """What `typed` means on `today`; None when nothing was typed."""
    words = typed.strip().lower()
    if not words:
        return None
    if words in _UNKNOWN:
        return PartDate()
    if words in _WORDS:
        return _of(today + timedelta(days=_WORDS[words]))
    relative = _RELATIVE.fullmatch(words)
    return _shifted(today, relative) if relative else _absolute(typed)


def _of(day: date) -> PartDate:
    return PartDate(day.year, day.month, day.day)


def _shifted(today: date, found: re.Match[str]) -> PartDate | WrongDate:
    count = int(found[2]) * (1 if found[1] == "+" else -1)
    if found[3] in "dw":
        return _of(today + timedelta(days=count * (7 if found[3] == "w" else 1)))
    months = today.year * 12 + today.month - 1 + count * (12 if found[3] == "y" else 1)
    year, month = months // 12, months % 12 + 1
    if not 1 <= year <= 9999:
        return WrongDate("date_year", 0, len(found[0]))
    return PartDate(year, month, min(today.day, calendar.monthrange(year, month)[1]))


def _month(word: str) -> int | None:
    if word.isdigit():
        return int(word) if 1 <= int(word) <= 12 else None
    found = [number for number, name in enumerate(_MONTHS, 1) if len(word) >= 3 and name.startswith(word.lower())]
    return found[0] if len(found) == 1 else None


def _absolute(typed: str) -> PartDate | WrongDate:
    parts = list(re.finditer(r"\d+|[A-Za-z]+", typed))
    if len(parts) == 1 and re.fullmatch(r"\d{6}|\d{8}", parts[0][0]):
        start = parts[0].start()
        parts = [
            m for m in (re.compile(r"\d+").match(typed, start + at, start + to) for at, to in ((0, 2), (2, 4), (4, 8))) if m
        ]
    if len(parts) == 3 and len(parts[0][0]) == 4 and parts[0][0].isdigit():
        parts.reverse()
    if not 1 <= len(parts) <= 3:
        return WrongDate("date_not_understood", 0, len(typed))
    return _checked([None] * (3 - len(parts)) + parts)


def _wrong(code: str, part: re.Match[str]) -> WrongDate:
    return WrongDate(code, part.start(), part.end() - part.start())


def _checked(parts: list[re.Match[str] | None]) -> PartDate | WrongDate:
    """The date of (day, month, year), the first two of which may be missing."""
    day, month, year = parts
    if day is not None and not (day[0].isdigit() and 1 <= int(day[0]) <= 31):
        return _wrong("date_day", day)
    number = _month(month[0]) if month is not None else None
    if month is not None and number is None:
        return _wrong("date_month", month)
    if year is None or not year[0].isdigit():
        return WrongDate("date_not_understood") if year is None else _wrong("date_year", year)
    if len(year[0]) != 4 or not 1800 <= int(year[0]) <= 2200:
        return _wrong("date_two_digit_year" if len(year[0]) <= 2 else "date_year", year)
    if day is not None and number is not None and int(day[0]) > calendar.monthrange(int(year[0]), number)[1]:
        return _wrong("date_day", day)
    return PartDate(int(year[0]), number, int(day[0]) if day is not None else None)


def read_time(typed: str) -> tuple[int, int] | str | None:
    """Hours and minutes of a time of day typed as 15:40, 15.40, 1540, 9 or 3pm; a problem's code; None when empty."""
    words = typed.strip().lower()
    if not words:
        return None
    found = re.fullmatch(r"(\d{1,2})(?:[:.\s]?(\d{2}))?\s*(am|pm)?", words)
    if found is None:
        return "time_not_understood"
    hours, minutes = int(found[1]), int(found[2] or 0)
    if found[3] and 1 <= hours <= 12:
        hours = hours % 12 + (12 if found[3] == "pm" else 0)
    return (hours, minutes) if hours < 24 and minutes < 60 else "time_not_understood"


def spaced_nhs_number(typed: str) -> str:
    """Digits in 3-3-4 as far as they were typed (ISB 0149); anything else that was typed is kept as it is."""
    digits = re.sub(r"[\s-]", "", typed)
    if not digits.isdigit() or len(digits) > 10:
        return typed
    return " ".join(part for part in (digits[:3], digits[3:6], digits[6:]) if part)
