"""What the amending screen shows and when; no Qt in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import carebook.ui.contact.problems  # noqa: F401 - registers the sentences
from carebook.actions.amend_entry import amend_entry
from carebook.actions.discard_draft import discard_draft
from carebook.actions.list_drafts import DraftFound, list_drafts
from carebook.actions.open_person import PersonRecord, open_person
from carebook.actions.read_entry import Entry, EntryRead, read_entry
from carebook.errors import ChangedMeanwhile, Circumstance, InputProblems, NotHeld, Problem
from carebook.ui.amend.draft import AmendDraft, begun, decode, encode
from carebook.ui.contact.asking import Asking
from carebook.ui.contact.keeping import DraftKeeper, Kept, ShowsSaving, when_written
from carebook.ui.contact.presenter import Told
from carebook.ui.problems import field_problem, sentence
from carebook.ui.room import Go, Room
from carebook.words import at_time


@dataclass(frozen=True, slots=True)
class _Found:
    read: EntryRead
    record: PersonRecord
    draft: DraftFound | None


class AmendScreen(ShowsSaving, Protocol):
    """What the presenter needs of the screen."""

    def show_person(self, record: PersonRecord) -> None:
        """Who it is about."""

    def show_draft(self, draft: AmendDraft, before: Sequence[Entry]) -> None:
        """Show the words to be changed, and beside them how they stand now: one version, or two that clash."""

    def show_notice(self, tone: str, title: str, words: str, button: str = "") -> None:
        """Tell something at the top."""

    def show_problems(self, problems: Sequence[Told]) -> None:
        """What stands in the way; the focus goes there."""

    def show_failure(self, title: str, words: str) -> None:
        """The screen cannot be shown, and what to do."""

    def show_finished(self, title: str, words: str) -> None:
        """It is the record now."""

    def show_busy(self, is_busy: bool) -> None:
        """Finishing is under way, or over."""

    def read(self) -> AmendDraft:
        """What stands in the form."""

    def wrong(self) -> Mapping[str, str]:
        """Codes of what was typed into date fields and is none, by field."""


class AmendPresenter:
    """Decides for one amendment. Where two versions stand beside each other, it stands in place of both."""

    def __init__(self, view: AmendScreen, room: Room, row_id: str, draft_id: str = "") -> None:
        self._view, self._room, self._row_id = view, room, row_id
        self._draft_id = draft_id or room.desk.clock.new_id()
        self.asking = Asking(room.quick)
        self.keeper: DraftKeeper | None = None
        self._heads: tuple[Entry, ...] = ()
        self.person_id = self.row_id = ""

    # ------------------------------------------------------------ opening

    def start(self) -> None:
        """Fetch the entry and the draft; once."""
        if self.keeper is None:
            self.asking.run(self._fetch, self._opened, self._not_opened)

    def _fetch(self) -> _Found:
        desk = self._room.desk
        drafts = desk.do(list_drafts, self._room.session_id)
        draft = next((one for one in drafts if one.draft_id == self._draft_id), None)
        row_id = decode(draft.body).row_id if draft else self._row_id
        if draft is None:
            draft = next((one for one in drafts if one.kind == "amendment" and decode(one.body).row_id == row_id), None)
        read = desk.do(read_entry, row_id)
        if not any(one.is_current and one.body is not None for one in read.versions):
            raise NotHeld(row_id)
        return _Found(read, desk.do(open_person, read.entry.person_id).record, draft)

    def _opened(self, found: _Found) -> None:
        self.person_id = found.read.entry.person_id
        if found.draft is not None:
            self._draft_id = found.draft.draft_id
        draft = decode(found.draft.body) if found.draft else None
        begins_from = draft.row_id if draft else found.read.entry.row_id
        heads = [one for one in found.read.versions if one.is_current]
        self._heads = tuple(sorted(heads, key=lambda one: (one.body is None, one.row_id != begins_from)))
        self.keeper = DraftKeeper(
            self._room, Kept(self._draft_id, self.person_id, "amendment"), lambda: encode(self._view.read()), self._view
        )
        self._view.show_person(found.record)
        self._view.show_draft(draft or begun(self._heads[0]), self._heads)
        self._tell(found, begins_from)

    def _tell(self, found: _Found, begins_from: str) -> None:
        if found.draft is not None:
            self._view.show_saved(at_time(found.draft.saved_at))
        if begins_from not in {one.row_id for one in self._heads}:
            self._view.show_notice(
                "warn", "Someone amended this meanwhile",
                "How it stands now is shown beside. What you finish stands in place of that.",
            )
        elif len(self._heads) > 1:
            self._view.show_notice(
                "info", "You are settling two versions", "What you finish stands in place of both. Both stay readable."
            )
        elif found.draft is not None and found.draft.is_recovered:
            told = f"Recovered. You last wrote {when_written(found.draft.saved_at, self._room.desk.clock.now())}."
            self._view.show_notice("info", told, "carebook ended before this was finished. Check the last lines.")
            self._room.say(told)

    def _not_opened(self, problem: Circumstance) -> None:
        told = sentence(problem)
        self._view.show_failure(told.title, told.words())

    # ------------------------------------------------------------ writing and finishing

    def typed(self) -> None:
        """Something changed on the screen."""
        if self.keeper is not None:
            self.keeper.typed()

    def due(self) -> None:
        """Save the draft."""
        if self.keeper is not None:
            self.keeper.due()

    def leave(self) -> None:
        """The screen is being left: keep what is not kept yet."""
        if self.keeper is not None:
            self.keeper.flush()

    def finish(self) -> None:
        """Check, then write the amended entry."""
        if self.keeper is None:
            return
        draft, first = self._view.read(), self._heads[0]
        amendment = draft.amendment(first, tuple(one.row_id for one in self._heads[1:]), self._draft_id)
        found = amendment.problems()
        if found:
            self._show(found)
            return
        self._view.show_problems(())
        self._view.show_busy(True)
        self.keeper.end()
        self.asking.run(
            lambda: self._room.desk.do(amend_entry, first.row_id, amendment), self._finished, self._not_finished
        )

    def _finished(self, row_id: str) -> None:
        self.row_id = row_id
        self._view.show_busy(False)
        self._view.show_finished("Amended. Waiting to be sent.", "The earlier version stays readable, with your reason.")
        self._room.refresh()

    def _not_finished(self, problem: Circumstance) -> None:
        self._view.show_busy(False)
        if self.keeper is not None:
            self.keeper.go_on()
        if isinstance(problem, InputProblems):
            self._show(problem.problems)
            return
        told = sentence(problem)
        button = "Read what is there now" if isinstance(problem, ChangedMeanwhile) else ""
        self._view.show_notice("danger", told.title, f"{told.words()} What you wrote is kept as a draft.", button)
        self._room.say(f"{told.title}. {told.words()}")

    def _show(self, problems: Sequence[Problem]) -> None:
        wrong = self._view.wrong()
        sharper = [
            Problem(one.field, wrong[one.field]) if one.code == "told_on_missing" and one.field in wrong else one
            for one in problems
        ]
        self._view.show_problems([Told(one.field, one.code, field_problem(one)) for one in sharper])

    def read_present(self) -> None:
        """Read the entry as it stands now."""
        self._room.go(Go("entry", self.person_id, row_id=self._row_id))

    def discard(self) -> None:
        """The worker said yes to throwing the draft away."""
        if self.keeper is not None:
            self.keeper.end()
        draft_id = self._draft_id
        self.asking.run(lambda: self._room.desk.do(discard_draft, draft_id), self._gone, self._not_finished)

    def _gone(self, _: None) -> None:
        self._room.say("Draft discarded. The entry stands as it was.")
        self._room.refresh()
        self._room.back()
