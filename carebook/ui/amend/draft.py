"""The form an amendment's draft is kept in; no Qt in it."""

from __future__ import annotations

from datetime import date

import msgspec

from carebook.actions.amend_entry import Amendment, Passage
from carebook.actions.finish_contact import WrittenPassage
from carebook.actions.read_entry import Entry


class AmendDraft(msgspec.Struct, frozen=True, kw_only=True):
    """An amendment as it is being written. passage_ids: of each passage, "" for a new one; row_id: what it begins from."""

    row_id: str
    reason: str = ""
    title: str = ""
    why: str = ""
    outcome: str = ""
    passages: tuple[WrittenPassage, ...] = ()
    passage_ids: tuple[str, ...] = ()
    told_typed: tuple[str, ...] = ()

    def amendment(self, before: Entry, also: tuple[str, ...], draft_id: str) -> Amendment:
        """What is handed in; passages keep their ids and categories."""
        categories = {one.passage_id: one.category for one in before.passages}
        return Amendment(
            reason=self.reason, title=self.title, why=self.why, outcome=self.outcome, also=also, draft_id=draft_id,
            passages=tuple(
                _passage(written, passage_id, categories.get(passage_id, written.heading))
                for written, passage_id in zip(self.passages, self.passage_ids, strict=True)
            ),
        )


def _passage(written: WrittenPassage, passage_id: str, category: str) -> Passage:
    told: date | None = written.told_on if written.known == "told" else None
    return Passage(
        passage_id=passage_id, category=category, words=written.words, known=written.known, told_on=told,
        third_parties=tuple(name.strip() for name in written.third_parties.split(",") if name.strip()),
        health=written.health, confidence=written.confidence, own_words=written.own_words,
    )


def begun(entry: Entry) -> AmendDraft:
    """The entry as it stands, to be changed; the reason is empty."""
    body = entry.body
    return AmendDraft(
        row_id=entry.row_id, title=entry.title, why=body.why if body else "", outcome=body.outcome if body else "",
        passages=tuple(
            WrittenPassage(
                heading=entry.heading, words=one.words, category=one.category, known=one.known, told_on=one.told_on,
                third_parties=", ".join(one.third_parties), health=one.health, confidence=one.confidence,
                own_words=one.own_words,
            )
            for one in entry.passages
        ),
        passage_ids=tuple(one.passage_id for one in entry.passages),
    )


def encode(draft: AmendDraft) -> str:
    """The draft as kept."""
    return msgspec.json.encode(draft).decode()


def decode(body: str) -> AmendDraft:
    """A kept draft."""
    return msgspec.json.decode(body, type=AmendDraft)
