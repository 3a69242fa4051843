"""Amending an entry with a reason, and moving one that was written on the wrong person."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec
import pytest
from make import a_contact, arrive, audits, row_from

from carebook.actions.amend_entry import Amendment, Passage, amend_entry
from carebook.actions.finish_contact import finish_contact
from carebook.actions.move_entry import move_entry
from carebook.actions.read_chronology import read_chronology
from carebook.actions.read_contacts import read_contacts
from carebook.actions.read_entry import read_entry
from carebook.errors import ChangedMeanwhile, InputProblems, NotAllowed, NotHeld

if TYPE_CHECKING:
    from held_clock import HeldClock
    from make import Caseload

    from carebook.desk import Desk

MONDAY = date(2026, 11, 23)


def amended(desk: Desk, row_id: str, words: str) -> Amendment:
    old = desk.do(read_entry, row_id).entry
    passages = tuple(msgspec.structs.replace(one, words=words) for one in old.passages)
    return Amendment(reason="Mistyped the room", passages=passages)


def test_an_amendment_stands_in_place_and_what_it_corrects_stays_readable(
    desk: Desk, people: Caseload, clock: HeldClock
) -> None:
    clock.move()
    new = desk.do(amend_entry, people.contact, amended(desk, people.contact, "She was in bed."))
    read = desk.do(read_entry, new)
    words = [one.passages[0].words for one in read.versions]
    assert words == ["She was up and dressed. The hall was clear.", "She was in bed."]
    assert [one.is_current for one in read.versions] == [False, True]
    assert (read.entry.reason, read.entry.replaces) == ("Mistyped the room", (people.contact,))
    assert read.entry.fact_id == read.versions[0].fact_id


def test_passages_keep_their_ids_and_new_ones_get_one(desk: Desk, people: Caseload) -> None:
    old = desk.do(read_entry, people.contact).entry.passages
    more = (*old, Passage(passage_id="", category="contacts", words="The cat was out."))
    new = desk.do(amend_entry, people.contact, Amendment(reason="Forgot the cat", passages=more))
    kept = desk.do(read_entry, new).entry.passages
    assert kept[0].passage_id == old[0].passage_id
    assert kept[1].passage_id
    assert kept[1].passage_id != kept[0].passage_id


@pytest.mark.parametrize(("reason", "words", "told"), [("typo", "x", "reason"), ("a good reason", " ", "words")])
def test_an_amendment_needs_a_reason_and_words(desk: Desk, people: Caseload, reason: str, words: str, told: str) -> None:
    amendment = Amendment(reason=reason, passages=(Passage(passage_id="", category="contacts", words=words),))
    with pytest.raises(InputProblems) as found:
        desk.do(amend_entry, people.contact, amendment)
    assert [one.field for one in found.value.problems] == [told]


def test_what_was_amended_meanwhile_cannot_be_amended_again(desk: Desk, people: Caseload) -> None:
    amendment = amended(desk, people.contact, "She was in bed.")
    desk.do(amend_entry, people.contact, amendment)
    with pytest.raises(ChangedMeanwhile):
        desk.do(amend_entry, people.contact, amendment)


def test_two_amendments_of_one_entry_are_both_kept_and_one_row_settles_them(desk: Desk, people: Caseload) -> None:
    entry = desk.do(read_entry, people.contact).entry
    assert entry.body is not None
    body = msgspec.structs.replace(entry.body, reason="theirs", title="Their title")
    theirs = row_from(desk, people.margaret, body, replaces=[people.contact], fact_id=entry.fact_id)
    mine = desk.do(amend_entry, people.contact, amended(desk, people.contact, "Mine."))
    arrive(desk, theirs)
    both = [one for one in desk.do(read_contacts, people.margaret, "contacts") if one.fact_id == entry.fact_id]
    assert {one.row_id for one in both} == {mine, theirs.row_id}
    assert all(one.is_clash for one in both)
    settled = amended(desk, mine, "Both are right.")
    desk.do(amend_entry, mine, Amendment(reason="Both put together", passages=settled.passages, also=(theirs.row_id,)))
    (left,) = [one for one in desk.do(read_contacts, people.margaret, "contacts") if one.fact_id == entry.fact_id]
    assert not left.is_clash


def test_a_row_this_device_does_not_hold_cannot_be_read_or_amended(desk: Desk) -> None:
    with pytest.raises(NotHeld):
        desk.do(read_entry, "nothing")
    passage = Passage(passage_id="", category="contacts", words="w")
    with pytest.raises(NotHeld):
        desk.do(amend_entry, "nothing", Amendment(reason="whatever", passages=(passage,)))


# ---------------------------------------------------------------- written on the wrong person


def test_a_moved_entry_takes_its_words_along_and_both_records_say_so(desk: Desk, people: Caseload) -> None:
    wrong = desk.do(finish_contact, people.dennis, a_contact(MONDAY))
    right = desk.do(move_entry, wrong, people.ines, "Wrote it on the wrong record")
    there = desk.do(read_contacts, people.ines)
    assert {one.heading for one in there} == {"contacts", "discussions"}
    assert all(one.body is not None and one.body.moved_here for one in there)
    assert desk.do(read_entry, right).entry.passages[0].words == "She was up and dressed. The hall was clear."
    here = desk.do(read_contacts, people.dennis)
    assert [(one.is_misplaced, one.passages) for one in here] == [(True, ()), (True, ())]
    assert {one.reason for one in here} == {"Wrote it on the wrong record"}


def test_what_was_written_together_stays_together(desk: Desk, people: Caseload) -> None:
    wrong = desk.do(finish_contact, people.dennis, a_contact(MONDAY))
    right = desk.do(move_entry, wrong, people.ines, "Wrote it on the wrong record")
    assert [one.heading for one in desk.do(read_entry, right).together] == ["discussions"]


def test_no_word_of_a_moved_entry_stands_in_force_on_the_wrong_record(desk: Desk, people: Caseload) -> None:
    wrong = desk.do(finish_contact, people.dennis, a_contact(MONDAY))
    desk.do(move_entry, wrong, people.ines, "Wrote it on the wrong record")
    told = " ".join(one.words for one in desk.do(read_chronology, people.dennis))
    assert "up and dressed" not in told


def test_an_entry_cannot_be_moved_twice_or_to_the_person_it_is_about(desk: Desk, people: Caseload) -> None:
    wrong = desk.do(finish_contact, people.dennis, a_contact(MONDAY))
    with pytest.raises(InputProblems):
        desk.do(move_entry, wrong, people.dennis, "Wrote it on the wrong record")
    with pytest.raises(InputProblems):
        desk.do(move_entry, wrong, people.ines, "oops")
    desk.do(move_entry, wrong, people.ines, "Wrote it on the wrong record")
    with pytest.raises(ChangedMeanwhile):
        desk.do(move_entry, wrong, people.tomasz, "Wrote it on the wrong record")


def test_an_entry_cannot_be_moved_to_someone_of_another_caseload(desk: Desk, people: Caseload) -> None:
    wrong = desk.do(finish_contact, people.dennis, a_contact(MONDAY))
    with pytest.raises(NotAllowed):
        desk.do(move_entry, wrong, people.priya, "Wrote it on the wrong record")
    assert not desk.do(read_contacts, people.dennis)[0].is_misplaced
    refused = [line for line in audits(desk) if line["result"] == "refused"]
    assert [(line["action"], line["person_id"]) for line in refused] == [("move_entry", people.priya)]
