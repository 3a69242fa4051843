"""Questions answered live: limited, audited with their reason, and with the fewest fields that answer them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from carebook.models.access import allocation, worker
from carebook.models.ids import ORDINARY
from carebook.models.people import birth, name, person
from carebook.models.projection import is_head
from carebook.policy.roles import may
from carebook.server import chain
from carebook.server.refusal import Refusal, come_back, not_accepted
from carebook.server.site import Sender, Site
from carebook.server.tables import asked as asked_table
from carebook.sync import wire
from carebook.words import fold

HOURLY: Final = 20
LINES: Final = 10
LEAST_LETTERS: Final = 3
LEAST_REASON: Final = 10


def ask(session: Session, site: Site, sender: Sender, asked: wire.Ask) -> wire.Answer:
    """The answer to a question that this version knows; written down before it is given.

    Refusals: "question" (404), "role" (403), "reason" or "words" (422) when too short, "busy" (429) beyond twenty an hour.
    """
    question = QUESTIONS.get(asked.question)
    if question is None:
        raise Refusal(404, "question")
    if not may(sender.role, "find_people").allowed:
        raise not_accepted("role")
    if len(asked.reason.strip()) < LEAST_REASON:
        raise Refusal(422, "reason")
    _count(session, site, sender, asked.question)
    answer = question(session, asked.words)
    people = tuple(line["person_id"] for line in answer.lines)
    what = (asked.question, *people)
    chain.add(session, chain.Deed(site.now(), sender.worker, "ask", what=what, words=asked.reason))
    return answer


def find_person(session: Session, words: Mapping[str, str]) -> wire.Answer:
    """Whether carebook has a record of someone, beyond the caseload: name, year of birth, and whom to talk to.

    words: "name", at least three letters of each part. Only what is in the ordinary class is looked at.
    """
    parts = fold(words.get("name", "")).split()
    if not parts or any(len(part) < LEAST_LETTERS for part in parts):
        raise Refusal(422, "words")
    query = sa.select(name.c.person_id, name.c.given, name.c.family).where(
        is_head(name), name.c.class_ == ORDINARY, *(_has_word(part) for part in parts)
    )
    lines = session.execute(query.distinct().order_by(name.c.family, name.c.given, name.c.person_id).limit(LINES + 1)).all()
    found = tuple(
        {
            "person_id": line.person_id, "name": f"{line.given} {line.family}".strip(),
            "born": _year(session, line.person_id), "worker": _worker(session, line.person_id),
        }
        for line in lines[:LINES]
        if session.scalar(sa.select(person.c.row_id).where(person.c.person_id == line.person_id))
    )
    return wire.Answer(lines=found, more=len(lines) > LINES)


QUESTIONS: Final[Mapping[str, Callable[[Session, Mapping[str, str]], wire.Answer]]] = {"find-person": find_person}
"""What may be asked, by name."""


def _has_word(part: str) -> sa.ColumnElement[bool]:
    return sa.or_(name.c.folded.startswith(part, autoescape=True), name.c.folded.contains(f" {part}", autoescape=True))


def _year(session: Session, person_id: str) -> str:
    years = set(session.scalars(sa.select(birth.c.year).where(birth.c.person_id == person_id, is_head(birth))))
    return str(years.pop() or "") if len(years) == 1 else ""


def _worker(session: Session, person_id: str) -> str:
    lines = session.scalars(
        sa.select(worker.c.name)
        .join(allocation, allocation.c.worker == worker.c.worker)
        .where(allocation.c.person_id == person_id, allocation.c.to_on.is_(None), is_head(allocation), is_head(worker))
        .order_by(allocation.c.row_id)
    )
    return next(iter(lines), "")


def _count(session: Session, site: Site, sender: Sender, question: str) -> None:
    now = site.now()
    lately = sa.select(sa.func.count()).where(
        asked_table.c.worker == sender.worker, asked_table.c.at > now - timedelta(hours=1)
    )
    if (session.scalar(lately) or 0) >= HOURLY:
        raise come_back(600)
    line = {"asked_id": site.keeping.clock.new_id(), "worker": sender.worker, "question": question, "at": now}
    session.execute(sa.insert(asked_table), [line])
