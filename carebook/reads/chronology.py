"""The chronology: everything that happened around a person, in the order it happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy.orm import Session

from carebook.policy.headings import TITLES, Heading
from carebook.policy.plan_steps import STEPS
from carebook.reads.entries import Entry, entries_of
from carebook.reads.facts import facts_of
from carebook.reads.plans import PlanVersion, plans_of
from carebook.reads.workers import names
from carebook.words import LONDON


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing in the chronology. sort: contacts, family, discussions, decisions, plan or document; row_id opens it."""

    sort: str
    at: datetime
    title: str
    words: str
    who: str
    row_id: str
    has_time: bool = True
    is_amended: bool = False
    is_clash: bool = False
    is_misplaced: bool = False


def chronology(session: Session, person_id: str) -> tuple[Happening, ...]:
    """Everything about the person that this store holds, the newest first."""
    found = [_of_entry(entry) for entry in entries_of(session, person_id)]
    for version in plans_of(session, person_id):
        found.extend(_of_plan(version))
    staff = names(session)
    for fact in facts_of(session, person_id, ("issued",))["issued"]:
        body = fact.body
        found.append(
            Happening("document", body.issued_at, f"Copy {body.copy_number} of the plan given to {body.for_whom}", "",  # type: ignore[attr-defined]
                      staff.get(fact.author, fact.author), fact.row_id)
        )
    return tuple(sorted(found, key=lambda one: (one.at, one.row_id), reverse=True))


def _of_entry(entry: Entry) -> Happening:
    words = " ".join(passage.words for passage in entry.passages)
    title = entry.title or TITLES[Heading(entry.heading)]
    return Happening(
        sort=entry.heading, at=entry.happened_at, title=title, words=words, who=entry.author_name, row_id=entry.row_id,
        is_amended=bool(entry.replaces), is_clash=entry.is_clash, is_misplaced=entry.is_misplaced,
    )


def _of_plan(version: PlanVersion) -> list[Happening]:
    made = Happening(
        "plan", version.written_at, f"Care and support plan, version {version.body.number}", version.body.reason,
        version.author_name, version.row_id, is_clash=version.is_clash,
    )
    steps = [
        Happening(
            "plan", datetime.combine(step.on, time(12), LONDON),
            f"Plan version {version.body.number}: {STEPS[step.step].lower()}",
            step.view, step.by, version.row_id, has_time=False,
        )
        for step in version.steps
    ]
    return [made, *steps]
