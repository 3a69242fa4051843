"""Decides what Today says: what is due, whom the worker visits, what they can go on with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from carebook.actions.discard_draft import discard_draft
from carebook.actions.find_people import PeopleFound, find_people
from carebook.actions.list_drafts import DraftFound, list_drafts
from carebook.actions.read_today import DueTask, PlannedVisit, ReviewDue, Today, read_today
from carebook.errors import Circumstance
from carebook.ui.facts.asks import SheetForm
from carebook.ui.facts.sheets import close_task, new_task, new_visit
from carebook.ui.person_words import due_words, listed_name, visit_hints, where
from carebook.ui.problems import sentence
from carebook.ui.room import Go, Room
from carebook.words import at_time, count, how_long_ago, local, on_date, on_day, say

DUE = {
    "overdue": ("Overdue", "danger"),
    "today": ("Today", "warn"),
    "week": ("This week", "info"),
    "later": ("Later", "neutral"),
}
DRAFTS = {
    "contact": ("contact", "Contact"),
    "amendment": ("amend", "Amendment"),
    "plan": ("plan", "Care and support plan"),
    "person": ("new_person", "New person"),
}
"""For each kind of draft the page it is gone on with, and what it is called."""


@dataclass(frozen=True)
class TaskLine:
    """Something to do: title, whom it is about, when in words with its tone."""

    row_id: str
    person_id: str
    title: str
    second: str
    chip: str
    tone: str
    due: str


@dataclass(frozen=True)
class VisitLine:
    """A visit: when, whom, where; alerts as (words, tone), and what to know to talk with them."""

    row_id: str
    person_id: str
    when: str
    name: str
    second: str
    alerts: tuple[tuple[str, str], ...]
    hints: str


@dataclass(frozen=True)
class ReviewLine:
    """A plan to be reviewed."""

    person_id: str
    name: str
    due: str
    is_overdue: bool


@dataclass(frozen=True)
class DraftLine:
    """Something begun: where it is gone on with, what it is, when it was last saved."""

    draft_id: str
    go: Go
    title: str
    second: str
    is_recovered: bool


@dataclass(frozen=True)
class TodayWords:
    """All that Today shows."""

    greeting: str
    day: str
    tasks: tuple[TaskLine, ...]
    visits: tuple[VisitLine, ...]
    coming: tuple[VisitLine, ...]
    reviews: tuple[ReviewLine, ...]
    drafts: tuple[DraftLine, ...]
    caseload: int
    overdue: int
    reviews_overdue: int


class TodayShown(Protocol):
    """What Today shows."""

    def show_today(self, words: TodayWords) -> None:
        """The worker's day."""

    def show_problem(self, title: str, words: str) -> None:
        """It could not be read, and what to do next."""

    def open_sheet(self, form: SheetForm) -> None:
        """Ask something over the page."""


class TodayPresenter:
    """The worker's day."""

    def __init__(self, view: TodayShown, room: Room) -> None:
        self._view, self._room = view, room

    def refresh(self) -> None:
        """Read the day again."""
        desk, session_id = self._room.desk, self._room.session_id
        self._room.quick.run(
            lambda: (desk.do(read_today), desk.do(list_drafts, session_id)), lambda told: self._show(*told), self._failed
        )

    def _show(self, today: Today, drafts: tuple[DraftFound, ...]) -> None:
        now = self._room.desk.clock.now()
        self._view.show_today(
            TodayWords(
                greeting=greeting(self._room.desk.identity.name, now),
                day=on_day(today.day),
                tasks=tuple(_task(task, today.day) for task in today.tasks),
                visits=tuple(_visit(visit, at_time(visit.planned_at)) for visit in today.visits),
                coming=tuple(_visit(visit, _on(visit)) for visit in today.coming),
                reviews=tuple(_review(review) for review in today.reviews),
                drafts=tuple(_draft(found, now) for found in drafts),
                caseload=today.caseload,
                overdue=sum(task.when == "overdue" for task in today.tasks),
                reviews_overdue=sum(review.is_overdue for review in today.reviews),
            )
        )

    def _failed(self, error: Circumstance) -> None:
        told = sentence(error)
        self._view.show_problem(told.title, told.words())

    # ------------------------------------------------------------ what was chosen

    def open_person(self, person_id: str) -> None:
        """Open someone's record."""
        self._room.go(Go("person", person_id))

    def start_contact(self, visit: VisitLine) -> None:
        """Write the contact that a planned visit is."""
        self._room.go(Go("contact", visit.person_id, row_id=visit.row_id))

    def go_on(self, draft: DraftLine) -> None:
        """Go on with a draft."""
        self._room.go(draft.go)

    def discard(self, draft: DraftLine) -> None:
        """Throw a draft away, once the worker has said so."""
        desk = self._room.desk
        self._room.quick.run(lambda: desk.do(discard_draft, draft.draft_id), lambda _: self._discarded(), self._failed)

    def _discarded(self) -> None:
        self._room.say(say("The draft is thrown away"))
        self._room.refresh()
        self.refresh()

    def close_task(self, task: TaskLine) -> None:
        """Ask what came of a task."""
        self._view.open_sheet(close_task(self._room, task.row_id, task.title))

    def add_task(self) -> None:
        """Ask for something to do, for one of the worker's people."""
        self._with_people(lambda people: self._view.open_sheet(new_task(self._room, people=people)))

    def plan_visit(self) -> None:
        """Ask for a visit to one of the worker's people."""
        self._with_people(lambda people: self._view.open_sheet(new_visit(self._room, people=people)))

    def _with_people(self, then: _WithPeople) -> None:
        desk = self._room.desk

        def told(found: PeopleFound) -> None:
            then(tuple((one.person_id, listed_name(one)) for one in found.people))

        self._room.quick.run(lambda: desk.do(find_people, "", mine=True), told, self._failed)


class _WithPeople(Protocol):
    def __call__(self, people: tuple[tuple[str, str], ...], /) -> None: ...


def greeting(name: str, now: datetime) -> str:
    """Good morning, afternoon or evening, with the first name."""
    hour = local(now).hour
    words = say("Good morning") if hour < 12 else say("Good afternoon") if hour < 18 else say("Good evening")
    first = name.split(" ", maxsplit=1)[0] if name else ""
    return f"{words}, {first}" if first else words


def _task(task: DueTask, today: date) -> TaskLine:
    words, tone = DUE[task.when]
    second = " · ".join(part for part in (listed_name(task.person), task.detail) if part)
    return TaskLine(task.row_id, task.person.person_id, task.title, second, say(words), tone, due_words(task.due_on, today))


def _on(visit: PlannedVisit) -> str:
    return f"{on_date(local(visit.planned_at).date())} {at_time(visit.planned_at)}"


def _visit(visit: PlannedVisit, when: str) -> VisitLine:
    place = visit.place or where(visit.person)
    return VisitLine(
        row_id=visit.row_id,
        person_id=visit.person.person_id,
        when=when,
        name=listed_name(visit.person),
        second=" · ".join(part for part in (place, visit.purpose) if part),
        alerts=tuple((alert.short, alert.tone) for alert in visit.person.alerts),
        hints=" · ".join(visit_hints(visit.person)),
    )


def _review(review: ReviewDue) -> ReviewLine:
    return ReviewLine(review.person.person_id, listed_name(review.person), on_date(review.review_on), review.is_overdue)


def _draft(found: DraftFound, now: datetime) -> DraftLine:
    page, kind = DRAFTS[found.kind]
    who = listed_name(found.person) if found.person else say("Not added yet")
    saved = say("saved {}").format(how_long_ago(found.saved_at, now))
    return DraftLine(
        found.draft_id, Go(page, found.person_id, draft_id=found.draft_id), f"{say(kind)}: {who}", saved, found.is_recovered
    )


def todo_words(words: TodayWords) -> str:
    """What a screen reader says when the day is shown."""
    parts = [count(len(words.tasks), "thing to do", "things to do"), count(len(words.visits), "visit today", "visits today")]
    if words.overdue:
        parts.insert(1, say("{} overdue").format(words.overdue))
    return ", ".join(parts)
