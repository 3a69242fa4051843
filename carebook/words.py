"""How carebook writes for people: translations, plurals, dates, times and numbers."""

from __future__ import annotations

import gettext
import unicodedata
from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "'": "", "’": ""}
)

_translation = gettext.NullTranslations()


def say(text: str) -> str:
    """`text` in the worker's language (English until a translation is installed)."""
    return _translation.gettext(text)


def count(number: int, one: str, many: str) -> str:
    """A number with its noun: count(1, "visit", "visits") is "1 visit"."""
    return f"{number:,} {_translation.ngettext(one, many, number)}"


def local(instant: datetime) -> datetime:
    """An aware instant as the clock on the wall in England shows it."""
    return instant.astimezone(LONDON)


def on_date(day: date) -> str:
    """dd-MMM-yyyy as the NHS date display standard (ISB 1503) asks: 14-Jul-1945."""
    return f"{day.day:02d}-{MONTHS[day.month - 1]}-{day.year:04d}"


def on_day(day: date) -> str:
    """A date with its weekday: Monday 23-Nov-2026."""
    return f"{WEEKDAYS[day.weekday()]} {on_date(day)}"


def at_time(instant: datetime) -> str:
    """24-hour local time (ISB 1501): 15:40."""
    return local(instant).strftime("%H:%M")


def at(instant: datetime) -> str:
    """Local date and time: 23-Nov-2026 15:40."""
    return f"{on_date(local(instant).date())} {at_time(instant)}"


def part_date(year: int | None, month: int | None, day: int | None) -> str:
    """A date that may be known only in part: 14-Jul-1945, Jul-1945, 1945 or "not known"."""
    if year is None:
        return say("not known")
    if month is None:
        return f"{year:04d}"
    if day is None:
        return f"{MONTHS[month - 1]}-{year:04d}"
    return on_date(date(year, month, day))


def age(born: date, today: date) -> int:
    """Whole years lived on `today`; someone born on 29 February turns a year older on 1 March."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def nhs_number(digits: str) -> str:
    """An NHS number in 3-3-4 (ISB 0149): 999 000 1014."""
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"


def how_long_ago(then: datetime, now: datetime) -> str:
    """A plain measure of the time between two instants: just now, 5 minutes ago, yesterday, 3 days ago."""
    seconds = (now - then).total_seconds()
    if seconds < 60:
        return say("just now")
    if seconds < 3600:
        return say("{} ago").format(count(int(seconds // 60), "minute", "minutes"))
    days = (local(now).date() - local(then).date()).days
    if days == 0:
        return say("{} ago").format(count(int(seconds // 3600), "hour", "hours"))
    if days == 1:
        return say("yesterday at {}").format(at_time(then))
    return say("{} ago").format(count(days, "day", "days"))


def fold(text: str) -> str:
    """Text made easy to search: lower case, without accents or apostrophes, words parted by one space.

    fold("Wójcik-O'Neill") is "wojcik oneill".
    """
    apart = unicodedata.normalize("NFKD", text.casefold()).translate(_PLAIN)
    kept = (mark if mark.isalnum() else " " for mark in apart if not unicodedata.combining(mark))
    return " ".join("".join(kept).split())
