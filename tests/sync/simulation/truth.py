"""What must hold in the end: every row that was shown as saved, who may have it, and what a restore has taken for good."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from carebook.models.ledger import LedgerRow


@dataclass
class Truth:
    """saved: every row that a worker was shown as saved, by id. order: their ids as they were written.

    gone: rows whose only copies a restore has destroyed. malformed: rows that the server is right to refuse.
    drafts: whom each is about, by its id.
    """

    saved: dict[str, LedgerRow] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    malformed: set[str] = field(default_factory=set)
    drafts: dict[str, str] = field(default_factory=dict)

    def keep(self, rows: Iterable[LedgerRow]) -> None:
        """These rows are saved."""
        self.saved.update((row.row_id, row) for row in rows)

    def lose(self, still: set[str]) -> None:
        """A disk was set back: what is nowhere else is gone."""
        self.gone |= set(self.saved) - still


def heads(rows: Mapping[str, LedgerRow]) -> dict[str, frozenset[str]]:
    """The heads of each fact among these rows, reckoned without the program."""
    named = {parent for row in rows.values() for parent in row.replaces}
    found: dict[str, set[str]] = {}
    for row in rows.values():
        if row.row_id not in named:
            found.setdefault(row.fact_id, set()).add(row.row_id)
    return {fact: frozenset(ids) for fact, ids in found.items()}


def denied(rows: Mapping[str, LedgerRow]) -> set[str]:
    """The facts that deny: some head of theirs does."""
    return {fact for fact, ids in heads(rows).items() if any(rows[row_id].denies for row_id in ids)}
