"""A person's record at a glance: everything the overview, the people tab and the banner show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from carebook.errors import NotHeld
from carebook.reads.facts import Fact, facts_of, in_force, unread_count
from carebook.reads.people import Summary, summaries
from carebook.reads.plans import PlanVersion, plans_of
from carebook.reads.workers import Colleague, colleagues

KINDS = (
    "name", "birth", "death", "address", "phone", "email", "language", "need", "needs_asked", "alert", "nhs_number",
    "relationship", "involvement", "sameness", "task", "visit", "allocation", "recipient", "issued",
)


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """What is known of a person now. Each tuple holds current facts only; `ended` holds those whose time has passed.

    facts: heads by kind (see reads.facts). working: colleagues allocated to the person, with their relation.
    clashes: kinds of facts that have two values and wait for a person. unread: rows of a later carebook.
    """

    summary: Summary
    facts: Mapping[str, tuple[Fact[Any], ...]]
    ended: Mapping[str, tuple[Fact[Any], ...]]
    working: tuple[tuple[Colleague, str], ...]
    plan: PlanVersion | None
    clashes: tuple[str, ...]
    unread: int

    def of(self, kind: str) -> tuple[Fact[Any], ...]:
        """The current facts of one kind."""
        return self.facts.get(kind, ())


def person_record(session: Session, person_id: str, today: date) -> PersonRecord:
    """The record of one person; NotHeld if this store does not hold them."""
    found = summaries(session, [person_id], today)
    if not found:
        raise NotHeld(person_id)
    heads = facts_of(session, person_id, KINDS)
    now = {kind: tuple(fact for fact in facts if _is_current(fact, today)) for kind, facts in heads.items()}
    ended = {kind: tuple(fact for fact in facts if not _is_current(fact, today)) for kind, facts in heads.items()}
    staff = colleagues(session)
    plans = plans_of(session, person_id)
    return PersonRecord(
        summary=found[0],
        facts=now,
        ended=ended,
        working=tuple((staff[a.body.worker], a.body.relation) for a in now["allocation"] if a.body.worker in staff),  # type: ignore[attr-defined]
        plan=plans[0] if plans else None,
        clashes=tuple(sorted({kind for kind, facts in heads.items() if any(fact.is_clash for fact in facts)})),
        unread=unread_count(session, person_id),
    )


def _is_current(fact: Fact[Any], today: date) -> bool:
    return in_force(getattr(fact.body, "from_on", None), getattr(fact.body, "to_on", None), today)
