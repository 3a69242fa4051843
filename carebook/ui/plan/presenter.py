"""What the plan tab shows and when: versions, the steps that may follow, and who may take them; no Qt in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import carebook.ui.contact.problems  # noqa: F401 - registers the sentences
from carebook.actions.read_plan import PlanVersion, read_plan
from carebook.actions.sign_off_plan import sign_off_plan
from carebook.actions.take_plan_step import take_plan_step
from carebook.errors import Circumstance, InputProblems, NotAllowed, Problem
from carebook.policy.plan_steps import NEEDS_VIEW, may_follow
from carebook.policy.roles import may
from carebook.ui.contact.asking import Asking
from carebook.ui.problems import field_problems, sentence
from carebook.ui.room import Go, Room

BUTTONS = {
    "shared": ("Share for comment", "message-circle"),
    "comment": ("Note a comment", "message-square-quote"),
    "agreed": ("Record that they agree", "handshake"),
    "not_agreed": ("Record that they do not agree", "hand"),
    "signed_off": ("Sign off", "badge-check"),
}
"""Each step as a button: words and icon, in the order they are offered."""

_DONE = {
    "shared": "Shared for comment", "comment": "Comment kept", "agreed": "Recorded: agreed",
    "not_agreed": "Recorded: not agreed", "signed_off": "Signed off",
}


@dataclass(frozen=True, slots=True)
class Offered:
    """What can be done with a version. refusals: sentences for what the role may not do."""

    steps: tuple[str, ...]
    may_write: bool
    may_print: bool
    refusals: tuple[str, ...]


def offered(role: str, version: PlanVersion | None) -> Offered:
    """What this role is offered for this version; without one, only writing the first."""
    following = may_follow(version.state) if version else frozenset()
    steps = tuple(step for step in BUTTONS if step in following and may(role, _action(step)).allowed)
    refused = [step for step in BUTTONS if step in following and not may(role, _action(step)).allowed]
    told = sentence(NotAllowed())
    return Offered(
        steps=steps, may_write=may(role, "write_plan").allowed,
        may_print=version is not None and may(role, "print_plan").allowed,
        refusals=tuple(f"{BUTTONS[step][0]}: {told.title[0].lower()}{told.title[1:]}. {told.next_step}" for step in refused),
    )


def _action(step: str) -> str:
    return "sign_off_plan" if step == "signed_off" else "take_plan_step"


class PlanScreen(Protocol):
    """What the presenter needs of the tab."""

    def show_plan(self, versions: Sequence[PlanVersion], shown: PlanVersion, offered: Offered) -> None:
        """Show one of the versions, and what can be done with it."""

    def show_empty(self, *, may_write: bool) -> None:
        """There is no plan yet."""

    def show_loading(self) -> None:
        """It is being fetched."""

    def show_failure(self, title: str, words: str) -> None:
        """It cannot be shown, and what to do."""

    def ask_step(self, step: str, *, needs_view: bool) -> None:
        """Ask what the person said before a step is taken."""

    def ask_sign_off(self, version: PlanVersion) -> None:
        """Stop before it is signed off."""

    def show_step_problems(self, problems: dict[str, str]) -> None:
        """What stands in the way of the step."""

    def show_notice(self, tone: str, title: str, words: str) -> None:
        """Tell something at the top."""


class PlanPresenter:
    """Decides for the plan tab of one person."""

    def __init__(self, view: PlanScreen, room: Room, person_id: str) -> None:
        self._view, self._room, self._person_id = view, room, person_id
        self.asking = Asking(room.quick)
        self._versions: tuple[PlanVersion, ...] | None = None
        self._row_id = self._step = ""

    @property
    def shown(self) -> PlanVersion | None:
        """The version that is shown."""
        versions = self._versions or ()
        return next((one for one in versions if one.row_id == self._row_id), versions[0] if versions else None)

    def fetch(self) -> None:
        """Read the plan; also again when something was written."""
        if self._versions is None:
            self._view.show_loading()
        self.asking.run(lambda: self._room.desk.do(read_plan, self._person_id), self._fetched, self._not_fetched)

    def _fetched(self, versions: tuple[PlanVersion, ...]) -> None:
        self._versions = versions
        self._show()

    def _show(self) -> None:
        version = self.shown
        told = offered(self._room.desk.identity.role, version)
        if version is None:
            self._view.show_empty(may_write=told.may_write)
        else:
            self._view.show_plan(self._versions or (), version, told)

    def _not_fetched(self, problem: Circumstance) -> None:
        told = sentence(problem)
        self._view.show_failure(told.title, told.words())

    def choose(self, row_id: str) -> None:
        """Show another version."""
        if row_id and row_id != self._row_id:
            self._row_id = row_id
            self._show()

    # ------------------------------------------------------------ steps

    def begin_step(self, step: str) -> None:
        """A step was pressed: ask what is to be known first."""
        self._step = step
        version = self.shown
        if version is None:
            return
        if step == "signed_off":
            self._view.ask_sign_off(version)
        else:
            self._view.ask_step(step, needs_view=step in NEEDS_VIEW)

    def stop_step(self) -> None:
        """It was not meant."""
        self._show()

    def take_step(self, view: str = "", supported_by: str = "") -> None:
        """Take the step that was begun, with what the person said."""
        version, step = self.shown, self._step
        if version is None:
            return
        if step in NEEDS_VIEW and not view.strip():
            self._view.show_step_problems(field_problems([Problem("view", "view_missing")]))
            return
        row_id = version.row_id

        def job() -> str:
            desk = self._room.desk
            if step == "signed_off":
                return desk.do(sign_off_plan, self._person_id, row_id)
            return desk.do(take_plan_step, self._person_id, row_id, step, view=view, supported_by=supported_by)

        self.asking.run(job, self._taken, self._not_taken)

    def _taken(self, _: str) -> None:
        done = _DONE[self._step]
        self._room.say(f"{done}. Waiting to be sent.")
        self._room.refresh()
        self.fetch()
        self._view.show_notice("ok", done, "Waiting to be sent.")

    def _not_taken(self, problem: Circumstance) -> None:
        if isinstance(problem, InputProblems):
            self._view.show_step_problems(field_problems(problem.problems))
            return
        told = sentence(problem)
        self.fetch()
        self._view.show_notice("danger", told.title, told.words())

    # ------------------------------------------------------------ elsewhere

    def write(self) -> None:
        """Write the first plan, or a new version of the one in force."""
        version = self.shown
        self._room.go(Go("plan", self._person_id, row_id=version.row_id if version else ""))

    def preview(self) -> None:
        """Look at the copy that would be given to the person."""
        version = self.shown
        if version is not None:
            self._room.go(Go("plan_preview", self._person_id, row_id=version.row_id))
