"""Finish a contact: the visit, call or letter, and what was written on it, become the record."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import msgspec
import sqlalchemy as sa

from carebook.errors import InputProblems, NotHeld, Problem
from carebook.models.ledger import ledger
from carebook.models.record import EntryBody, Passage, TaskBody, VisitBody
from carebook.policy.headings import TITLES, WRITTEN, Heading
from carebook.store.work import Work
from carebook.words import LONDON

CHANNELS = {
    "visit": "Home visit", "call": "Telephone call", "letter": "Letter", "email": "E-mail", "office": "Seen at the office",
    "video": "Video call", "meeting": "Meeting", "text": "Text message",
}

KNOWN = ("yes", "no", "told")
"""Whether the person knows that something is written: to be said of every passage (ICO, creating care records, 2025)."""


class WrittenPassage(msgspec.Struct, frozen=True, kw_only=True):
    """One passage as typed under a heading.

    third_parties: names parted by commas; known: one of KNOWN (told: then told_on), or "" while it
    is not decided.
    """

    heading: str
    words: str
    category: str = ""
    known: str = "yes"
    told_on: date | None = None
    third_parties: str = ""
    health: bool = False
    confidence: str = ""
    own_words: bool = False


class FollowUp(msgspec.Struct, frozen=True, kw_only=True):
    """Something to do that the contact gave rise to."""

    title: str
    due_on: date | None = None


class ContactForm(msgspec.Struct, frozen=True, kw_only=True):
    """A contact as it is being written; also the form its draft is kept in.

    on, at: when it happened, as far as typed. present: who was there, parted by commas. visit_row_id: the planned visit
    that this contact is, if it was planned.
    """

    channel: str = ""
    on: date | None = None
    at: time | None = None
    place: str = ""
    present: str = ""
    why: str = ""
    outcome: str = ""
    title: str = ""
    seen_alone: bool | None = None
    identity_checked: bool | None = None
    passages: tuple[WrittenPassage, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    visit_row_id: str = ""

    def problems(self, now: datetime) -> tuple[Problem, ...]:
        """What stands in the way of finishing, field by field."""
        found = []
        if self.channel not in CHANNELS:
            found.append(Problem("channel", "channel_missing"))
        if self.on is None:
            found.append(Problem("on", "date_missing"))
        if self.at is None:
            found.append(Problem("at", "time_missing"))
        if self.on and self.at and datetime.combine(self.on, self.at, LONDON) > now + timedelta(minutes=5):
            found.append(Problem("on", "date_in_future"))
        if self.on and self.on.year < 1900:
            found.append(Problem("on", "date_too_early"))
        if not self.why.strip():
            found.append(Problem("why", "why_missing"))
        return (*found, *self._problems_in_words())

    def _problems_in_words(self) -> tuple[Problem, ...]:
        found = []
        if any(passage.heading not in set(WRITTEN) for passage in self.passages):
            raise ValueError("a passage under no heading of the record")
        if not any(passage.words.strip() for passage in self.passages):
            found.append(Problem("words", "words_missing"))
        for number, passage in enumerate(self.passages):
            if passage.words.strip() and passage.known not in KNOWN:
                found.append(Problem(f"passage{number}", "known_missing"))
            elif passage.words.strip() and passage.known == "told" and passage.told_on is None:
                found.append(Problem(f"passage{number}", "told_on_missing"))
        for number, follow_up in enumerate(self.follow_ups):
            if follow_up.title.strip() and follow_up.due_on is None:
                found.append(Problem(f"follow_up{number}", "due_on_missing"))
        return tuple(found)


def finish_contact(work: Work, person_id: str, form: ContactForm, draft_id: str = "") -> str:
    """Write the contact, an entry for each other heading that has words, and its follow-ups; the draft ends with it.

    Returns the contact's row id. Raises InputProblems (the draft stays), NotHeld, NotAllowed.
    """
    problems = form.problems(work.at)
    if problems:
        raise InputProblems(problems)
    work.about(person_id)
    contact_id = work.clock.new_id()
    row_id = work.keep(person_id, _entry(form, Heading.CONTACTS, work, None), fact_id=contact_id)
    for heading in WRITTEN[1:]:
        if any(passage.heading == heading and passage.words.strip() for passage in form.passages):
            work.keep(person_id, _entry(form, heading, work, contact_id))
    for follow_up in form.follow_ups:
        if follow_up.title.strip() and follow_up.due_on:
            work.keep(
                person_id,
                TaskBody(title=follow_up.title.strip(), due_on=follow_up.due_on, for_worker=work.identity.worker),
            )
    if form.visit_row_id:
        _close_visit(work, person_id, form.visit_row_id, contact_id)
    if draft_id:
        work.drop_draft(draft_id)
    return row_id


def _entry(form: ContactForm, heading: Heading, work: Work, contact_id: str | None) -> EntryBody:
    assert form.on is not None
    assert form.at is not None
    is_contact = heading is Heading.CONTACTS
    return EntryBody(
        heading=heading.value,
        happened_at=datetime.combine(form.on, form.at, LONDON),
        title=(form.title.strip() or CHANNELS[form.channel]) if is_contact else TITLES[heading],
        passages=tuple(
            _passage(work, written) for written in form.passages if written.heading == heading and written.words.strip()
        ),
        contact_id=contact_id,
        channel=form.channel,
        place=form.place.strip(),
        present=_names(form.present),
        why=form.why.strip() if is_contact else "",
        outcome=form.outcome.strip() if is_contact else "",
        seen_alone=form.seen_alone if is_contact else None,
        identity_checked=form.identity_checked if is_contact else None,
        decided_by=work.identity.name if heading is Heading.DECISIONS else "",
    )


def _passage(work: Work, written: WrittenPassage) -> Passage:
    return Passage(
        passage_id=work.clock.new_id(), category=written.category or written.heading, words=written.words.strip(),
        known=written.known, told_on=written.told_on, third_parties=_names(written.third_parties), health=written.health,
        confidence=written.confidence.strip(), own_words=written.own_words,
    )


def _names(typed: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in typed.split(",") if name.strip())


def _close_visit(work: Work, person_id: str, row_id: str, contact_id: str) -> None:
    line = work.session.execute(
        sa.select(ledger.c.fact_id, ledger.c.body).where(ledger.c.row_id == row_id, ledger.c.person_id == person_id)
    ).first()
    if line is None:
        raise NotHeld(row_id)
    if row_id not in work.heads(line.fact_id):
        return  # changed on another laptop meanwhile: the visit's later state stands
    planned = msgspec.json.decode(line.body, type=VisitBody)
    done = msgspec.structs.replace(planned, state="done", entry_id=contact_id)
    work.keep(person_id, done, fact_id=line.fact_id, replaces=(row_id,))
