"""What a sync did, in words a manager can read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from carebook.words import at, count, say


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that the server would not take, and why, as a code."""

    row_id: str
    kind: str
    code: str


@dataclass(frozen=True, slots=True)
class Report:
    """One sync, from its beginning to its end.

    sent: rows the server said it has. clashes: of those, rows that stand beside another for a person to settle.
    held_back: rows the server keeps for a supervisor or until their parent comes. waiting: rows still to be sent.
    is_copy: this laptop was restored from an image or has a clone, and is to be enrolled anew.
    differing: units whose count or digest did not agree at the end. missing: numbers the server has never had.
    """

    started_at: datetime
    finished_at: datetime
    sent: int = 0
    received: int = 0
    waiting: int = 0
    clashes: int = 0
    held_back: int = 0
    refused: tuple[Refusal, ...] = ()
    people_added: tuple[str, ...] = ()
    people_removed: tuple[str, ...] = ()
    repaired: int = 0
    differing: int = 0
    missing: int = 0
    trace_broken: bool = False
    is_copy: bool = False
    server_restored: bool = False
    cancelled: bool = False

    @property
    def is_clean(self) -> bool:
        """Everything was sent and taken, and both ends agree."""
        return not (self.cancelled or self.waiting or self.refused or self.differing or self.held_back or self.is_in_doubt)

    @property
    def is_in_doubt(self) -> bool:
        """The audit trail does not fit together, or there is a copy of this laptop."""
        return self.trace_broken or self.is_copy

    def sentences(self) -> tuple[str, ...]:
        """What happened, one plain sentence each."""
        told = [say("You stopped this sync before it finished.")] if self.cancelled else []
        told.append(
            say("{} sent and {} received, finished {}.").format(
                count(self.sent, "item", "items"), count(self.received, "item", "items"), at(self.finished_at)
            )
        )
        parts = (
            (len(self.people_added), say("{} added to this laptop."), "person", "people"),
            (len(self.people_removed), say("{} removed from this laptop."), "person", "people"),
            (self.waiting, say("{} still to be sent."), "item", "items"),
            (len(self.refused), say("The server did not take {} on this laptop."), "item, which stays", "items, which stay"),
            (self.held_back, say("The server keeps {} for a supervisor to look at."), "item", "items"),
            (self.clashes, say("{} changed by two people. Someone needs to choose."), "item was", "items were"),
            (self.repaired, say("{} fetched again, to match the server."), "record was", "records were"),
            (self.differing, say("{} not match the server. Tell your administrator."), "record does", "records do"),
            (self.missing, say("The server has never had {} from this laptop. Tell your administrator."), "item", "items"),
        )
        told += [words.format(count(number, one, many)) for number, words, one, many in parts if number]
        if self.trace_broken:
            told.append(say("The audit trail of this laptop does not fit together. Tell your administrator."))
        if self.is_copy:
            told.append(say("This laptop, or a copy of it, was set back. Nothing is lost. Enrol it again."))
        if self.server_restored:
            told.append(say("The server was restored from a backup. This laptop has sent again what it may lack."))
        return tuple(told)
