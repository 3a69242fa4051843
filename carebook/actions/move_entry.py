"""Written on the wrong person: the words move by new rows, and both records say so."""

from __future__ import annotations

import msgspec

from carebook.errors import ChangedMeanwhile, InputProblems, Problem
from carebook.models.record import MisplacedBody
from carebook.reads.entries import Entry, entries_of, entry
from carebook.store.work import Work


def move_entry(work: Work, row_id: str, to_person_id: str, reason: str) -> str:
    """Move an entry, and what was written with it, to the right person's record; returns its new row id there.

    The wrong record keeps that something was written on it by mistake and when, and no word of it in force; the right one
    says that it was first written elsewhere. Raises InputProblems, ChangedMeanwhile, NotHeld, NotAllowed (for either person).
    """
    if len(reason.strip()) < 5:
        raise InputProblems((Problem("reason", "reason_missing"),))
    old = entry(work.session, row_id)
    if to_person_id == old.person_id:
        raise InputProblems((Problem("to_person", "same_person"),))
    work.about(to_person_id, row_id)
    work.about(old.person_id)
    if old.body is None or not old.is_current:
        raise ChangedMeanwhile(row_id)
    contact_id = work.clock.new_id()
    moved = _move(work, old, to_person_id, reason, contact_id if old.body.contact_id is None else old.body.contact_id)
    if old.body.contact_id is None:
        for one in entries_of(work.session, old.person_id):
            if one.body is not None and one.body.contact_id == old.fact_id:
                _move(work, one, to_person_id, reason, contact_id, of_contact=contact_id)
    return moved


def _move(work: Work, old: Entry, to_person_id: str, reason: str, fact_id: str, of_contact: str | None = None) -> str:
    assert old.body is not None
    body = msgspec.structs.replace(
        old.body, reason=reason.strip(), moved_here=True, contact_id=of_contact, apart=(),
        passages=tuple(msgspec.structs.replace(one, passage_id=work.clock.new_id()) for one in old.passages),
    )
    row_id = work.keep(to_person_id, body, fact_id=None if of_contact else fact_id)
    work.keep(
        old.person_id,
        MisplacedBody(reason=reason.strip(), heading=old.heading, happened_at=old.happened_at),
        fact_id=old.fact_id,
        replaces=(old.row_id,),
    )
    return row_id
