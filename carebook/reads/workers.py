"""Colleagues and what the council has set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from carebook.models.access import setting, worker
from carebook.models.projection import is_head

DEFAULTS: Final = {
    "council_name": "Your council",
    "out_of_hours": "",
    "lock_after_minutes": "10",
    "keyring_required": "",
    "review_needs_after_months": "12",
}
"""Council settings with the value they have until a council sets its own."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member of staff as others see them."""

    worker: str
    name: str
    role: str
    job: str
    team: str
    phone: str
    is_active: bool


def colleagues(session: Session) -> Mapping[str, Colleague]:
    """Everyone the council lists, by worker id."""
    lines = session.execute(sa.select(worker).where(is_head(worker)).order_by(worker.c.name))
    return {
        line.worker: Colleague(line.worker, line.name, line.role, line.job, line.team, line.phone, line.active)
        for line in lines
    }


def names(session: Session) -> Mapping[str, str]:
    """Names of staff by worker id."""
    return {key: one.name for key, one in colleagues(session).items()}


def council_settings(session: Session) -> Mapping[str, str]:
    """Every council setting, with its default where the council has set nothing."""
    lines = session.execute(sa.select(setting.c.setting, setting.c.value).where(is_head(setting)))
    return {**DEFAULTS, **{line.setting: line.value for line in lines}}
