"""The kinds of id, so that one is never handed over for another; all are text."""

from __future__ import annotations

from typing import Final, NewType

PersonId = NewType("PersonId", str)
RowId = NewType("RowId", str)
FactId = NewType("FactId", str)
WorkerId = NewType("WorkerId", str)
DeviceId = NewType("DeviceId", str)

COUNCIL: Final = PersonId("council")
"""Stands where a person's id would for rows about the council itself: settings, workers, teams."""

ORDINARY: Final = "ordinary"
"""The class of a row that nothing sets apart."""
