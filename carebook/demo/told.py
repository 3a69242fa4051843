"""How the demonstration's record is written down: who said what about whom and when, and the ledger rows it becomes."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from carebook.models.ids import ORDINARY
from carebook.models.kinds import KIND_OF, fixed_fact, write_body
from carebook.models.ledger import LedgerRow
from carebook.models.people import Body
from carebook.words import LONDON


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that was written: by whom, when, about whom."""

    row_id: str
    person_id: str
    body: Body
    by: str
    at: datetime
    fact_id: str = ""
    replaces: tuple[str, ...] = ()
    class_: str = ORDINARY


@dataclass(slots=True)
class Teller:
    """Collects what is told, with ids that are the same at every run of the same seed."""

    seed: int
    told: list[Told] = field(default_factory=list)
    _dice: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)  # noqa: S311  a demonstration must be the same each time

    def new_id(self, at: datetime) -> str:
        """A UUIDv7 of that instant, its random part from the seed."""
        moment = int(at.timestamp() * 1000) << 80
        return str(UUID(int=moment | 0x7 << 76 | self._dice.getrandbits(12) << 64 | 0x2 << 62 | self._dice.getrandbits(62)))

    def tell(self, person_id: str, body: Body, by: str, at: datetime, **more: object) -> str:
        """Write one thing down; returns its row id."""
        row_id = self.new_id(at)
        self.told.append(Told(row_id, person_id, body, by, at, **more))  # type: ignore[arg-type]
        return row_id


def rows(told: Iterable[Told], roles: dict[str, str], device_id: str) -> list[LedgerRow]:
    """The ledger rows of what was told, numbered in the order of writing."""
    in_order = sorted(told, key=lambda one: (one.at, one.row_id))
    return [
        LedgerRow(
            row_id=one.row_id, kind=KIND_OF[type(one.body)].name, version=KIND_OF[type(one.body)].version,
            person_id=one.person_id, class_=one.class_,
            fact_id=one.fact_id or fixed_fact(one.person_id, one.body) or one.row_id, body=write_body(one.body),
            author=one.by, role=roles.get(one.by, "BS"), device_id=device_id, number=number, written_at=one.at,
            replaces=one.replaces, denies=KIND_OF[type(one.body)].denies,
        )
        for number, one in enumerate(in_order, start=1)
    ]


def when(day: str, clock: str = "10:00") -> datetime:
    """A local moment: when("2026-11-23", "15:40")."""
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), LONDON)
