"""Read who works for the council, and what it has set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from carebook.reads.workers import Colleague, colleagues, council_settings
from carebook.store.work import Work


@dataclass(frozen=True, slots=True)
class Council:
    """Colleagues by worker id, and settings by name."""

    colleagues: Mapping[str, Colleague]
    settings: Mapping[str, str]


def read_workers(work: Work) -> Council:
    """The council as this device last heard of it."""
    work.is_traced = False
    return Council(colleagues(work.session), council_settings(work.session))
