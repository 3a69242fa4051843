"""What the contact screen shows and when: opening, recovering, keeping the draft, finishing, discarding; no Qt in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import carebook.ui.contact.problems  # noqa: F401 - registers the sentences
from carebook.actions.discard_draft import discard_draft
from carebook.actions.finish_contact import finish_contact
from carebook.actions.list_drafts import DraftFound, list_drafts
from carebook.actions.open_person import OpenedPerson, PersonRecord, open_person
from carebook.errors import Circumstance, InputProblems, Problem
from carebook.ui.contact.asking import Asking
from carebook.ui.contact.draft import ContactDraft, decode, encode
from carebook.ui.contact.keeping import DraftKeeper, Kept, ShowsSaving, when_written
from carebook.ui.problems import field_problem, sentence
from carebook.ui.room import Go, Room
from carebook.words import at, at_time, local


@dataclass(frozen=True, slots=True)
class Told:
    """One problem in words, with the field it stands at and its code."""

    field: str
    code: str
    words: str


class ContactScreen(ShowsSaving, Protocol):
    """What the presenter needs of the screen."""

    def show_person(self, record: PersonRecord) -> None:
        """Who it is about."""

    def show_draft(self, draft: ContactDraft) -> None:
        """Show the form, with what was typed already."""

    def show_notice(self, tone: str, title: str, words: str, button: str = "") -> None:
        """Tell something at the top."""

    def show_problems(self, problems: Sequence[Told]) -> None:
        """What stands in the way of finishing; the focus goes there."""

    def show_failure(self, title: str, words: str) -> None:
        """The screen cannot be shown, and what to do."""

    def show_finished(self, title: str, words: str) -> None:
        """It is the record now."""

    def show_busy(self, is_busy: bool) -> None:
        """Finishing is under way, or over."""

    def read(self) -> ContactDraft:
        """What stands in the form."""

    def wrong(self) -> Mapping[str, str]:
        """Codes of what was typed into date and time fields and is none, by field."""


class ContactPresenter:
    """Decides for one contact that is being written."""

    def __init__(self, view: ContactScreen, room: Room, person_id: str, draft_id: str = "", row_id: str = "") -> None:
        self._view, self._room, self._person_id, self._visit_row_id = view, room, person_id, row_id
        self.asking = Asking(room.quick)
        is_new = not draft_id
        self._draft_id = room.desk.clock.new_id() if is_new else draft_id
        self._is_new, self._is_there = is_new, False
        self.keeper = DraftKeeper(room, Kept(self._draft_id, person_id, "contact"), self._body, view)
        self._other: DraftFound | None = None
        self.row_id = ""

    # ------------------------------------------------------------ opening

    def start(self) -> None:
        """Fetch the person and the draft; once."""
        if not self._is_there:
            self.asking.run(self._fetch, self._opened, self._not_opened)

    def _fetch(self) -> tuple[OpenedPerson, tuple[DraftFound, ...]]:
        desk = self._room.desk
        return desk.do(open_person, self._person_id), desk.do(list_drafts, self._room.session_id)

    def _opened(self, found: tuple[OpenedPerson, tuple[DraftFound, ...]]) -> None:
        opened, drafts = found
        self._is_there = True
        self._view.show_person(opened.record)
        mine = next((one for one in drafts if one.draft_id == self._draft_id), None)
        self._view.show_draft(decode(mine.body) if mine else self._of_visit(opened.record))
        if mine is not None:
            self._tell_draft(mine)
        else:
            self._tell_other([one for one in drafts if one.kind == "contact" and one.person_id == self._person_id])

    def _of_visit(self, record: PersonRecord) -> ContactDraft:
        """An empty form; for a planned visit with what was planned."""
        for fact in record.of("visit"):
            if fact.row_id == self._visit_row_id:
                planned = local(fact.body.planned_at)
                return ContactDraft(
                    channel="visit", on=planned.date(), at=planned.time(), place=fact.body.place, why=fact.body.purpose,
                    visit_row_id=fact.row_id,
                )
        return ContactDraft(visit_row_id=self._visit_row_id)

    def _tell_draft(self, mine: DraftFound) -> None:
        when = when_written(mine.saved_at, self._room.desk.clock.now())
        if mine.is_recovered:
            self._view.show_notice(
                "info", f"Recovered. You last wrote {when}.", "carebook ended before this was finished. Check the last lines."
            )
            self._room.say(f"Recovered. You last wrote {when}.")
        self._view.show_saved(at_time(mine.saved_at))

    def _tell_other(self, others: list[DraftFound]) -> None:
        if others:
            self._other = others[0]
            self._view.show_notice(
                "info", "You have an unfinished contact with this person",
                f"You last wrote on {at(others[0].saved_at)}.", "Go on with it",
            )

    def go_on_with_other(self) -> None:
        """The worker wants the draft that was begun before."""
        if self._other is not None:
            self._room.go(Go("contact", self._person_id, draft_id=self._other.draft_id))

    def _not_opened(self, problem: Circumstance) -> None:
        told = sentence(problem)
        self._view.show_failure(told.title, told.words())

    # ------------------------------------------------------------ keeping

    def _body(self) -> str:
        return encode(self._view.read())

    def leave(self) -> None:
        """The screen is being left: keep what is not kept yet."""
        if self._is_there:
            self.keeper.flush()

    # ------------------------------------------------------------ finishing

    def finish(self) -> None:
        """Check, then make it the record."""
        draft, wrong = self._view.read(), self._view.wrong()
        found = draft.form.problems(self._room.desk.clock.now())
        if found:
            self._show([_sharper(problem, wrong) for problem in found])
            return
        self._view.show_problems(())
        self._view.show_busy(True)
        self.keeper.end()
        form, draft_id = draft.form, self._draft_id
        self.asking.run(
            lambda: self._room.desk.do(finish_contact, self._person_id, form, draft_id), self._finished, self._not_finished
        )

    def _finished(self, row_id: str) -> None:
        self.row_id = row_id
        self._view.show_busy(False)
        self._view.show_finished(
            "Finished. Waiting to be sent.", "It is part of the record now. It is sent when this laptop next syncs."
        )
        self._room.refresh()

    def _not_finished(self, problem: Circumstance) -> None:
        self._view.show_busy(False)
        self.keeper.go_on()
        if isinstance(problem, InputProblems):
            self._show(problem.problems)
            return
        told = sentence(problem)
        self._view.show_notice("danger", told.title, f"{told.words()} What you wrote is kept as a draft.")
        self._room.say(f"{told.title}. {told.words()}")

    def _show(self, problems: Sequence[Problem]) -> None:
        self._view.show_problems([Told(one.field, one.code, field_problem(one)) for one in problems])

    def discard(self) -> None:
        """The worker said yes to throwing the draft away."""
        self.keeper.end()
        draft_id = self._draft_id
        self.asking.run(lambda: self._room.desk.do(discard_draft, draft_id), self._gone, self._not_finished)

    def _gone(self, _: None) -> None:
        self._room.say("Draft discarded")
        self._room.refresh()
        self._room.back()


def _sharper(problem: Problem, wrong: Mapping[str, str]) -> Problem:
    """A date that was typed but is none is told as what is wrong with it, not as missing."""
    code = wrong.get(problem.field) if problem.code.endswith("_missing") and problem.code != "known_missing" else None
    return Problem(problem.field, code or problem.code, problem.detail)
