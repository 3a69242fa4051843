"""Whether a date of birth, as far as it is known, can be one."""

from __future__ import annotations

from datetime import date
from typing import Final

EARLIEST: Final = 1890
"""Nobody born before is alive; our own setting, to catch slips of typing."""


def problem(year: int | None, month: int | None, day: int | None, today: date) -> str | None:
    """The code of what is wrong, or None: birth_year_unlikely, no_such_day or date_in_future. Parts not known are None."""
    if year is None:
        return None
    if not EARLIEST <= year <= today.year:
        return "birth_year_unlikely"
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return "no_such_day"
    return "date_in_future" if first > today else None
