"""Amend an entry: a new row with a reason stands in place of the old one, which stays readable."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from carebook.actions.finish_contact import KNOWN
from carebook.errors import ChangedMeanwhile, InputProblems, Problem
from carebook.models.record import Passage as Passage
from carebook.reads.entries import entry
from carebook.store.work import Work


@dataclass(frozen=True, slots=True)
class Amendment:
    """An entry as it should read. passages keep their ids; a passage with an empty id is new. also: other heads it settles."""

    reason: str
    passages: tuple[Passage, ...]
    title: str = ""
    why: str = ""
    outcome: str = ""
    also: tuple[str, ...] = ()
    draft_id: str = ""

    def problems(self) -> tuple[Problem, ...]:
        """What stands in the way of keeping it."""
        found = []
        if len(self.reason.strip()) < 5:
            found.append(Problem("reason", "reason_missing"))
        if not any(passage.words.strip() for passage in self.passages):
            found.append(Problem("words", "words_missing"))
        for number, passage in enumerate(self.passages):
            if passage.words.strip() and passage.known not in KNOWN:
                found.append(Problem(f"passage{number}", "known_missing"))
            elif passage.words.strip() and passage.known == "told" and passage.told_on is None:
                found.append(Problem(f"passage{number}", "told_on_missing"))
        return tuple(found)


def amend_entry(work: Work, row_id: str, amendment: Amendment) -> str:
    """Write the amended entry; returns its row id.

    Raises InputProblems, ChangedMeanwhile if the entry was amended or moved by someone else meanwhile, NotHeld, NotAllowed.
    """
    problems = amendment.problems()
    if problems:
        raise InputProblems(problems)
    old = entry(work.session, row_id)
    work.about(old.person_id, row_id)
    if old.body is None:
        raise ChangedMeanwhile(row_id)
    passages = tuple(
        passage if passage.passage_id else msgspec.structs.replace(passage, passage_id=work.clock.new_id())
        for passage in amendment.passages
        if passage.words.strip()
    )
    body = msgspec.structs.replace(
        old.body, passages=passages, reason=amendment.reason.strip(), title=amendment.title.strip() or old.body.title,
        why=amendment.why.strip() or old.body.why, outcome=amendment.outcome.strip() or old.body.outcome,
    )
    if amendment.draft_id:
        work.drop_draft(amendment.draft_id)
    return work.keep(old.person_id, body, fact_id=old.fact_id, replaces=(row_id, *amendment.also))
