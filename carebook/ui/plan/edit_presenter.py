"""What the plan form shows and when: a first plan, a new version of one, or a draft that was begun; no Qt in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import carebook.ui.contact.problems  # noqa: F401 - registers the sentences
from carebook.actions.discard_draft import discard_draft
from carebook.actions.list_drafts import DraftFound, list_drafts
from carebook.actions.open_person import PersonRecord, open_person
from carebook.actions.read_plan import PlanVersion, read_plan
from carebook.actions.write_plan import write_plan
from carebook.errors import ChangedMeanwhile, Circumstance, InputProblems, Problem
from carebook.ui.contact.asking import Asking
from carebook.ui.contact.keeping import DraftKeeper, Kept, ShowsSaving, when_written
from carebook.ui.plan.draft import PlanDraft, begun, body_of, decode, encode
from carebook.ui.problems import field_problems, sentence
from carebook.ui.room import Room
from carebook.words import at_time, local


@dataclass(frozen=True, slots=True)
class _Found:
    record: PersonRecord
    versions: tuple[PlanVersion, ...]
    draft: DraftFound | None


class PlanEditScreen(ShowsSaving, Protocol):
    """What the presenter needs of the screen."""

    def show_person(self, record: PersonRecord) -> None:
        """Who it is about."""

    def show_draft(self, draft: PlanDraft) -> None:
        """Show the form with what stands in it."""

    def show_notice(self, tone: str, title: str, words: str, button: str = "") -> None:
        """Tell something at the top."""

    def show_problems(self, problems: dict[str, str]) -> None:
        """What stands in the way, in words by field; the focus goes there."""

    def show_failure(self, title: str, words: str) -> None:
        """The screen cannot be shown, and what to do."""

    def show_finished(self, title: str, words: str) -> None:
        """It is the record now."""

    def show_busy(self, is_busy: bool) -> None:
        """Finishing is under way, or over."""

    def read(self) -> PlanDraft:
        """What stands in the form."""


class PlanEditPresenter:
    """Decides for one plan that is being written. row_id: the version it is to stand in place of."""

    def __init__(self, view: PlanEditScreen, room: Room, person_id: str, row_id: str = "", draft_id: str = "") -> None:
        self._view, self._room, self._person_id, self._replaces = view, room, person_id, row_id
        self._draft_id = draft_id
        self.asking = Asking(room.quick)
        self.keeper: DraftKeeper | None = None

    def start(self) -> None:
        """Fetch the person, the plan and the draft; once."""
        if self.keeper is None:
            self.asking.run(self._fetch, self._opened, self._not_opened)

    def _fetch(self) -> _Found:
        desk = self._room.desk
        drafts = [
            one for one in desk.do(list_drafts, self._room.session_id)
            if one.kind == "plan" and one.person_id == self._person_id
        ]
        named = [one for one in drafts if one.draft_id == self._draft_id] or [
            one for one in drafts if not self._draft_id and decode(one.body).replaces == self._replaces
        ]
        record = desk.do(open_person, self._person_id).record
        return _Found(record, desk.do(read_plan, self._person_id), named[0] if named else None)

    def _opened(self, found: _Found) -> None:
        self._draft_id = found.draft.draft_id if found.draft else self._draft_id or self._room.desk.clock.new_id()
        earlier = next((one for one in found.versions if one.row_id == self._replaces), None)
        draft = decode(found.draft.body) if found.draft else begun(earlier.body, earlier.row_id) if earlier else PlanDraft()
        self._replaces = draft.replaces
        self.keeper = DraftKeeper(
            self._room, Kept(self._draft_id, self._person_id, "plan"), lambda: encode(self._view.read()), self._view
        )
        self._view.show_person(found.record)
        self._view.show_draft(draft)
        if found.draft is not None:
            self._tell(found.draft)

    def _tell(self, draft: DraftFound) -> None:
        self._view.show_saved(at_time(draft.saved_at))
        when = when_written(draft.saved_at, self._room.desk.clock.now())
        if draft.is_recovered:
            self._view.show_notice("info", f"Recovered. You last wrote {when}.", "carebook ended before this was finished.")
            self._room.say(f"Recovered. You last wrote {when}.")
        else:
            self._view.show_notice("info", "You go on with a draft", f"You last wrote {when}.")

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
        """Check, then keep it as a version."""
        if self.keeper is None:
            return
        plan, found = body_of(self._view.read(), local(self._room.desk.clock.now()).date())
        if found:
            self._show(found)
            return
        self._view.show_problems({})
        self._view.show_busy(True)
        self.keeper.end()
        replaces, draft_id = self._replaces, self._draft_id
        self.asking.run(
            lambda: self._room.desk.do(write_plan, self._person_id, plan, replaces=replaces, draft_id=draft_id),
            self._finished, self._not_finished,
        )

    def _finished(self, row_id: str) -> None:
        self._view.show_busy(False)
        self._view.show_finished(
            "The plan is written. Waiting to be sent.", "It is a draft of the plan until you share it for comment."
        )
        self._room.refresh()

    def _not_finished(self, problem: Circumstance) -> None:
        self._view.show_busy(False)
        if self.keeper is not None:
            self.keeper.go_on()
        if isinstance(problem, InputProblems):
            self._show(problem.problems)
            return
        told = sentence(problem)
        more = " Begin the new version from the one that is there now." if isinstance(problem, ChangedMeanwhile) else ""
        self._view.show_notice("danger", told.title, f"{told.words()}{more} What you wrote is kept as a draft.")
        self._room.say(f"{told.title}. {told.words()}")

    def _show(self, problems: Sequence[Problem]) -> None:
        self._view.show_problems(field_problems(problems))

    def discard(self) -> None:
        """The worker said yes to throwing the draft away."""
        if self.keeper is not None:
            self.keeper.end()
        draft_id = self._draft_id
        self.asking.run(lambda: self._room.desk.do(discard_draft, draft_id), self._gone, self._not_finished)

    def _gone(self, _: None) -> None:
        self._room.say("Draft discarded")
        self._room.refresh()
        self._room.back()
