"""What an administrator typed, checked before anything is written: InputProblems carries a code that has a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from ipaddress import ip_address
from typing import Final

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError

from carebook.errors import InputProblems, Problem

HIGHEST_PORT: Final = 65535
POSTGRES: Final = "postgresql://"
_LABEL: Final = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST: Final = re.compile(rf"{_LABEL}(\.{_LABEL})*")
_WORKER: Final = re.compile(r"[^\s/\\]{1,64}")
_YES_OR_NO: Final = {"true": "1", "yes": "1", "1": "1", "false": "", "no": "", "0": "", "": ""}


def check_server(names: Sequence[str], host: str, port: int, database: str) -> None:
    """The names and address of a new server, its port (1 to 65535), and its database: "sqlite" or postgresql://…"""
    for name in names:
        _must(_is_place(name), "server-name")
    _must(_is_place(host), "host")
    check_port(port, least=1)
    _must(database == "sqlite" or _is_postgres(database), "database")


def check_port(port: int, *, least: int = 0) -> None:
    """A port that can be listened on; 0 means any that is free."""
    _must(least <= port <= HIGHEST_PORT, "port")


def check_worker(worker: str, name: str) -> None:
    """What a worker signs in as: no spaces or slashes. Their name: not empty."""
    _must(bool(_WORKER.fullmatch(worker)) and worker.isprintable(), "worker-id")
    _must(bool(name.strip()) and name.isprintable(), "worker-name")


def setting_value(setting: str, value: str) -> str:
    """The value as it is kept: "1" or nothing for true or false, digits for a whole number."""
    _must(setting in SETTINGS, "setting")
    return SETTINGS[setting](value.strip())


def _words(value: str) -> str:
    _must(value.isprintable(), "value-words")
    return value


def _some_words(value: str) -> str:
    _must(bool(value), "value-words")
    return _words(value)


def _true_or_false(value: str) -> str:
    _must(value.lower() in _YES_OR_NO, "value-true-or-false")
    return _YES_OR_NO[value.lower()]


def _whole_number(value: str) -> str:
    _must(bool(re.fullmatch(r"[0-9]{1,3}", value)) and int(value) > 0, "value-whole-number")
    return str(int(value))


def _is_place(words: str) -> bool:
    try:
        ip_address(words)
    except ValueError:
        return len(words) <= 253 and bool(_HOST.fullmatch(words)) and not re.fullmatch(r"[0-9.]+", words)
    return True


def _is_postgres(words: str) -> bool:
    try:
        sa.make_url(words)
    except (ArgumentError, ValueError):
        return False
    return words.startswith(POSTGRES)


def _must(holds: bool, field: str) -> None:
    if not holds:
        raise InputProblems((Problem(field, "not-taken"),))


SETTINGS: Final[Mapping[str, Callable[[str], str]]] = {
    "council_name": _some_words,
    "out_of_hours": _words,
    "lock_after_minutes": _whole_number,
    "keyring_required": _true_or_false,
    "review_needs_after_months": _whole_number,
    "lease_working_days": _whole_number,
}
"""Every council setting that some part of the program reads, and how its value is read."""
