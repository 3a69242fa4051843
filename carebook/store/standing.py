"""Where this device stands: its last row number and the end of its audit chain, read and written once a work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from carebook.models.audit import FIRST

_ASKED: Final = "SELECT name, value FROM state WHERE name IN ('last_number', 'audit_number', 'audit_hash', 'skew_ms')"
_PUT: Final = (
    "INSERT INTO state (name, value) VALUES ('last_number', ?), ('audit_number', ?), ('audit_hash', ?) "
    "ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)


@dataclass(slots=True)
class Standing:
    """last_number: of this device's ledger rows. audit_number, audit_hash: the last row of its chain.

    skew_ms: as in LedgerRow. is_moved: it has gone on since it was last kept.
    """

    last_number: int = 0
    audit_number: int = 0
    audit_hash: str = FIRST
    skew_ms: int | None = None
    is_moved: bool = False

    def next_number(self) -> int:
        """The number of the ledger row that is being written."""
        self.last_number += 1
        self.is_moved = True
        return self.last_number

    def keep(self, session: Session) -> None:
        """Remember it, in the transaction of what moved it on."""
        told = (str(self.last_number), str(self.audit_number), self.audit_hash)
        session.connection().exec_driver_sql(_PUT, told)
        self.is_moved = False


def standing(session: Session) -> Standing:
    """As the last work left it."""
    told: dict[str, str] = dict(session.connection().exec_driver_sql(_ASKED).all())
    return Standing(
        last_number=int(told.get("last_number") or 0),
        audit_number=int(told.get("audit_number") or 0),
        audit_hash=told.get("audit_hash") or FIRST,
        skew_ms=int(told["skew_ms"]) if told.get("skew_ms") else None,
    )
