"""Facts that have two values, written by people who did not see each other's: said plainly, for a person to settle; no Qt."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from carebook.actions.open_person import Fact, OpenedPerson
from carebook.ui.person.details import body_words
from carebook.words import at, local, on_date, say

NOUNS = {
    "name": "names", "birth": "dates of birth", "death": "dates of death", "address": "versions of an address",
    "phone": "versions of a telephone number", "email": "versions of an email address", "language": "languages",
    "need": "versions of a need", "needs_asked": "answers about information", "alert": "versions of an alert",
    "nhs_number": "NHS numbers", "relationship": "versions of someone close to them",
    "involvement": "versions of someone involved", "task": "versions of something to do", "visit": "versions of a visit",
    "allocation": "versions of who works with them", "recipient": "versions of a recipient",
}  # fmt: skip
NUMBERS = {2: "Two", 3: "Three", 4: "Four"}


@dataclass(frozen=True)
class Version:
    """One of the values: words, who wrote it and when. names: the rows a row that settles it replaces."""

    words: str
    by: str
    body: Any
    names: tuple[str, ...]


@dataclass(frozen=True)
class Clash:
    """One fact with several values. title: "Two dates of birth are recorded. Choose which is right.\""""

    title: str
    versions: tuple[Version, ...]


def clashes(opened: OpenedPerson, today: date) -> tuple[Clash, ...]:
    """Every clash of the record, in the order of its kinds; values that have ended count too."""
    found = []
    for kind in opened.record.clashes:
        by_fact: dict[str, list[Fact[Any]]] = defaultdict(list)
        for fact in (*opened.record.facts.get(kind, ()), *opened.record.ended.get(kind, ())):
            if fact.is_clash:
                by_fact[fact.fact_id].append(fact)
        found += [_clash(kind, facts, opened) for facts in by_fact.values() if len(facts) > 1]
    return tuple(found)


def _clash(kind: str, facts: list[Fact[Any]], opened: OpenedPerson) -> Clash:
    names = tuple(fact.row_id for fact in facts)
    number = say(NUMBERS.get(len(facts), str(len(facts))))
    noun = say(NOUNS.get(kind, "versions of a fact"))
    versions = tuple(
        Version(
            value_words(kind, fact.body),
            say("{} on {}").format(opened.staff.get(fact.author, fact.author), at(fact.written_at)),
            fact.body,
            names,
        )
        for fact in sorted(facts, key=lambda one: (one.written_at, one.row_id))
    )
    return Clash(say("{} {} are recorded. Choose which is right.").format(number, noun), versions)


def value_words(kind: str, body: Any) -> str:
    """What one of the values says."""
    if kind == "task":
        return say("{}, by {}").format(body.title, on_date(body.due_on)) + ("" if body.state == "open" else f" ({body.state})")
    if kind == "visit":
        when = local(body.planned_at)
        return f"{on_date(when.date())} {when:%H:%M}, {body.purpose} ({body.state})"
    if kind == "allocation":
        return " ".join(part for part in (body.worker, body.relation) if part)
    _, words, second = body_words(kind, body)
    return " · ".join(part for part in (words, second) if part)
