"""Finishing a contact: what becomes the record, what is still missing, and what ends with it."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest
from make import SEAL_KEY, a_contact, audits, rows_of

from carebook.actions.discard_draft import discard_draft
from carebook.actions.finish_contact import ContactForm, FollowUp, WrittenPassage, finish_contact
from carebook.actions.list_drafts import list_drafts
from carebook.actions.open_person import open_person
from carebook.actions.read_contacts import read_contacts
from carebook.actions.read_entry import read_entry
from carebook.actions.read_today import read_today
from carebook.actions.save_draft import save_draft
from carebook.errors import InputProblems, NotAllowed, NotHeld
from carebook.models.sealed import SealedDraft, SealedRow, unpack
from carebook.sealing import unseal
from carebook.store.device_store import SEAL_PURPOSE

if TYPE_CHECKING:
    from held_clock import HeldClock
    from make import Caseload

    from carebook.desk import Desk

MONDAY = date(2026, 11, 23)


def problems(desk: Desk, person_id: str, form: ContactForm) -> dict[str, str]:
    with pytest.raises(InputProblems) as told:
        desk.do(finish_contact, person_id, form)
    return {one.field: one.code for one in told.value.problems}


def test_a_contact_and_each_other_heading_with_words_become_entries(desk: Desk, people: Caseload) -> None:
    row_id = desk.do(finish_contact, people.dennis, a_contact(MONDAY))
    contact, discussion = sorted(desk.do(read_contacts, people.dennis), key=lambda one: one.heading)
    assert (contact.row_id, contact.heading, discussion.heading) == (row_id, "contacts", "discussions")
    assert contact.title == "Home visit"
    assert contact.body is not None
    assert contact.body.present == ("Margaret", "Edwin")
    assert contact.author_name == "Peter Osei"
    assert discussion.body is not None
    assert discussion.body.contact_id == contact.fact_id
    assert discussion.passages[0].own_words


def test_what_was_written_together_is_read_together(desk: Desk, people: Caseload) -> None:
    row_id = desk.do(finish_contact, people.dennis, a_contact(MONDAY))
    read = desk.do(read_entry, row_id)
    assert [one.heading for one in read.together] == ["discussions"]
    assert read.is_waiting
    assert desk.do(read_entry, read.together[0].row_id).together[0].row_id == row_id


def test_a_follow_up_becomes_something_to_do(desk: Desk, people: Caseload) -> None:
    form = a_contact(MONDAY, follow_ups=(FollowUp(title=" Ring the GP ", due_on=MONDAY), FollowUp(title=" ")))
    desk.do(finish_contact, people.dennis, form)
    assert [task.title for task in desk.do(read_today).tasks if task.person.person_id == people.dennis] == [
        "Send the minutes of the meeting", "Ring the GP",
    ]  # fmt: skip


def test_a_planned_visit_is_done_with_its_contact(desk: Desk, people: Caseload) -> None:
    row_id = desk.do(finish_contact, people.margaret, a_contact(MONDAY, visit_row_id=people.visit))
    assert desk.do(read_today).visits == ()
    visit = next(fact for fact in desk.do(open_person, people.margaret).record.of("visit"))
    assert (visit.body.state, visit.body.entry_id) == ("done", desk.do(read_entry, row_id).entry.fact_id)


def test_a_visit_of_someone_else_cannot_be_closed_by_it(desk: Desk, people: Caseload) -> None:
    with pytest.raises(NotHeld):
        desk.do(finish_contact, people.dennis, a_contact(MONDAY, visit_row_id=people.visit))
    assert desk.do(read_contacts, people.dennis) == ()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"channel": ""}, {"channel": "channel_missing"}),
        ({"channel": "pigeon"}, {"channel": "channel_missing"}),
        ({"on": None}, {"on": "date_missing"}),
        ({"at": None}, {"at": "time_missing"}),
        ({"on": MONDAY + timedelta(days=1)}, {"on": "date_in_future"}),
        ({"at": time(9, 6)}, {"on": "date_in_future"}),
        ({"why": " "}, {"why": "why_missing"}),
        ({"passages": ()}, {"words": "words_missing"}),
        ({"passages": (WrittenPassage(heading="contacts", words=" "),)}, {"words": "words_missing"}),
        ({"passages": (WrittenPassage(heading="contacts", words="x", known="told"),)}, {"passage0": "told_on_missing"}),
        ({"follow_ups": (FollowUp(title="Ring"),)}, {"follow_up0": "due_on_missing"}),
    ],
)
def test_what_is_missing_is_said_field_by_field_and_nothing_is_kept(
    desk: Desk, people: Caseload, changed: dict[str, object], told: dict[str, str]
) -> None:
    before = desk.store.counts()
    assert problems(desk, people.dennis, a_contact(MONDAY, **changed)) == told
    assert desk.store.counts() == before


def test_a_clock_that_is_five_minutes_slow_does_not_stop_a_contact_of_now(desk: Desk, people: Caseload) -> None:
    assert desk.do(finish_contact, people.dennis, a_contact(MONDAY, at=time(9, 5)))


def test_passages_keep_their_marks(desk: Desk, people: Caseload) -> None:
    marked = WrittenPassage(
        heading="contacts", words="Ngozi rang.", known="told", told_on=MONDAY, third_parties="Ngozi Hale, Mr Pike",
        health=True, confidence="Ngozi Hale", category="safeguarding",
    )  # fmt: skip
    row_id = desk.do(finish_contact, people.dennis, a_contact(MONDAY, passages=(marked,)))
    (kept,) = desk.do(read_entry, row_id).entry.passages
    assert (kept.known, kept.told_on, kept.third_parties) == ("told", MONDAY, ("Ngozi Hale", "Mr Pike"))
    assert (kept.health, kept.confidence, kept.category) == (True, "Ngozi Hale", "safeguarding")


def test_every_row_lies_sealed_once_it_is_committed_and_opens_to_what_was_written(desk: Desk, people: Caseload) -> None:
    before = set(desk.store.place.seals.ids())
    row_id = desk.do(finish_contact, people.dennis, a_contact(MONDAY))
    new = set(desk.store.place.seals.ids()) - before
    sealed = [unpack(unseal(SEAL_KEY, desk.store.place.seals.read(name), SEAL_PURPOSE)) for name in new]
    rows = {one.row.row_id: one.row for one in sealed if isinstance(one, SealedRow)}
    written = {line["row_id"]: line["body"] for line in rows_of(desk, people.dennis) if line["row_id"] in rows}
    assert row_id in rows
    assert {key: row.body for key, row in rows.items()} == written
    assert len(rows) == 3  # the contact, the discussion, the follow-up


# ---------------------------------------------------------------- drafts


def draft(desk: Desk, person_id: str, words: str = "She was up") -> str:
    draft_id = desk.clock.new_id()
    body = msgspec.json.encode(a_contact(MONDAY, why=words)).decode()
    desk.do(save_draft, draft_id, person_id, "contact", body, desk.store.session_id)
    return draft_id


def test_a_draft_ends_with_its_contact_and_its_seal_goes(desk: Desk, people: Caseload) -> None:
    draft_id = draft(desk, people.dennis)
    assert draft_id in desk.store.place.seals.ids()
    desk.do(finish_contact, people.dennis, a_contact(MONDAY), draft_id)
    assert desk.do(list_drafts, desk.store.session_id) == ()
    assert draft_id not in desk.store.place.seals.ids()


def test_a_draft_stays_when_its_contact_cannot_be_finished(desk: Desk, people: Caseload) -> None:
    draft_id = draft(desk, people.dennis)
    with pytest.raises(InputProblems):
        desk.do(finish_contact, people.dennis, a_contact(MONDAY, why=""), draft_id)
    assert [one.draft_id for one in desk.do(list_drafts, desk.store.session_id)] == [draft_id]
    assert draft_id in desk.store.place.seals.ids()


def test_a_draft_keeps_when_it_was_begun_and_is_sealed_as_it_stands(desk: Desk, people: Caseload, clock: HeldClock) -> None:
    draft_id = draft(desk, people.dennis)
    clock.move(timedelta(minutes=5))
    desk.do(save_draft, draft_id, people.dennis, "contact", '{"why":"later"}', desk.store.session_id)
    (found,) = desk.do(list_drafts, desk.store.session_id)
    assert found.saved_at - found.started_at == timedelta(minutes=5)
    assert not found.is_recovered
    sealed = unpack(unseal(SEAL_KEY, desk.store.place.seals.read(draft_id), SEAL_PURPOSE))
    assert isinstance(sealed, SealedDraft)
    assert (sealed.body, sealed.author) == ('{"why":"later"}', "p.osei")


def test_a_draft_of_an_earlier_unlock_was_recovered(desk: Desk, people: Caseload) -> None:
    draft(desk, people.dennis)
    assert [one.is_recovered for one in desk.do(list_drafts, "the next unlock")] == [True]


def test_typing_leaves_no_audit_row_but_throwing_away_does(desk: Desk, people: Caseload) -> None:
    before = len(audits(desk))
    draft_id = draft(desk, people.dennis)
    assert len(audits(desk)) == before
    desk.do(discard_draft, draft_id)
    assert desk.do(list_drafts, desk.store.session_id) == ()
    (line,) = audits(desk)[before:]
    assert (line["action"], line["what"]) == ("discard_draft", [draft_id])


def test_no_draft_is_kept_about_someone_of_another_caseload(desk: Desk, people: Caseload) -> None:
    with pytest.raises(NotAllowed):
        draft(desk, people.priya)
    assert desk.do(list_drafts, desk.store.session_id) == ()
