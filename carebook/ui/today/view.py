"""Today, the first page: to do, visits, reviews, drafts and the caseload in figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from carebook.ui.facts.asks import SheetForm
from carebook.ui.facts.lanes import own_room
from carebook.ui.facts.view import Sheet
from carebook.ui.kit.announce import announce
from carebook.ui.kit.buttons import Button
from carebook.ui.kit.cards import Card, Figure, Item
from carebook.ui.kit.chips import Chip
from carebook.ui.kit.layout import Columns, clear, column, row, wrapping
from carebook.ui.kit.notices import NoticeBar
from carebook.ui.kit.pages import Page
from carebook.ui.kit.states import EmptyState
from carebook.ui.kit.text import Text
from carebook.ui.room import Room
from carebook.ui.rows import ChipWords
from carebook.ui.theme import theme
from carebook.ui.today.presenter import DraftLine, ReviewLine, TaskLine, TodayPresenter, TodayWords, VisitLine, todo_words
from carebook.words import local, on_day, say

AT_ONCE = 6
"""Things to do that are shown before the rest is asked for."""

T = TypeVar("T")


class TodayView(Page):
    """The worker's day."""

    def __init__(self, room: Room) -> None:
        now = local(room.desk.clock.now())
        super().__init__(say("Today"), second=on_day(now.date()))
        self._presenter = TodayPresenter(self, own_room(room, self))
        self._room = room
        self._words: TodayWords | None = None
        self._is_whole = False
        task, visit = Button(say("Add something to do"), "plus"), Button(say("Plan a visit"), "calendar-plus")
        task.clicked.connect(self._presenter.add_task)
        visit.clicked.connect(self._presenter.plan_visit)
        for button in (task, visit):
            self.header.add_action(button)
        self.add_task, self.plan_visit = task, visit
        self.notice = NoticeBar("danger", "", button=say("Try again"))
        self.notice.pressed.connect(self._presenter.refresh)
        self.notice.hide()
        self._below = column(gap=4)
        self.body.addWidget(self.notice)
        self.body.addLayout(self._below)

    def opened(self) -> None:
        """Read the day again."""
        self._presenter.refresh()

    # ------------------------------------------------------------ what the presenter says

    def show_today(self, words: TodayWords) -> None:
        """Show the day."""
        self.notice.hide()
        is_new = words != self._words
        self._words = words
        self.header.set_title(words.greeting, words.day)
        if is_new:
            self._draw(words)
            announce(self, todo_words(words))

    def show_problem(self, title: str, words: str) -> None:
        """Say what stood in the way."""
        self.notice.show_words("danger", title, words)
        self.notice.show()
        announce(self, f"{title}. {words}", is_urgent=True)

    def open_sheet(self, form: SheetForm) -> None:
        """Ask over the page; afterwards read the day again."""
        sheet = Sheet(self._room, form, self)
        sheet.accepted.connect(self._presenter.refresh)
        sheet.open()

    # ------------------------------------------------------------ drawing

    def _draw(self, words: TodayWords) -> None:
        clear(self._below)
        if not words.caseload and not words.tasks and not words.drafts:
            self._below.addWidget(self._empty())
            return
        left: list[QWidget] = [self._todo(words.tasks)]
        right: list[QWidget] = [self._visits(words.visits)]
        if words.drafts:
            left.append(_card(say("Go on with"), words.drafts, self._draft))
        if words.coming:
            right.append(_card(say("Coming visits"), words.coming, self._coming))
        if words.reviews:
            left.append(_card(say("Reviews due within 30 days"), words.reviews, self._review))
        right.append(self._caseload(words))
        self._below.addWidget(Columns(left, right))

    def _empty(self) -> QWidget:
        empty = EmptyState(
            "house",
            say("Nobody is allocated to you on this laptop yet"),
            say("Sync to fetch your people, or add someone. People who are restricted are not listed."),
            button=say("Sync now"),
            button_icon="refresh-cw",
        )
        empty.pressed.connect(self._room.sync_now)
        empty.setMinimumHeight(theme().px(420))
        return empty

    def _todo(self, tasks: Sequence[TaskLine]) -> Card:
        shown = tasks if self._is_whole else tasks[:AT_ONCE]
        more = None
        if len(tasks) > AT_ONCE:
            words = say("Show fewer") if self._is_whole else say("See all {}").format(len(tasks))
            more = Button(words, kind="plain", name=f"{words}: {say('to do')}")
            more.clicked.connect(self._turn)
        card = Card(say("To do"), action=more)
        card.show_items([self._task(task) for task in shown] or [Text(say("Nothing is waiting for you."), ink="quiet")])
        return card

    def _turn(self) -> None:
        self._is_whole = not self._is_whole
        if self._words:
            self._draw(self._words)

    def _task(self, task: TaskLine) -> Item:
        made = Item(task.title, task.second, mark=ChipWords(task.chip, task.tone), right=task.due, open_=say("Open"))
        made.opened.connect(lambda: self._presenter.open_person(task.person_id))
        close = Button(say("Done"), kind="plain", name=f"{say('Done')}: {task.title}, {task.second}")
        close.clicked.connect(lambda: self._presenter.close_task(task))
        _beside(made, close)
        return made

    def _visits(self, visits: Sequence[VisitLine]) -> Card:
        card = Card(say("Visits today"))
        none = Text(say("No visits are planned for today."), ink="quiet")
        card.show_items([self._visit(visit) for visit in visits] or [none])
        return card

    def _visit(self, visit: VisitLine) -> QWidget:
        head = Item(f"{visit.when}  {visit.name}", visit.second, icon=("map-pin", "accent"))
        told = (visit.when, visit.name, visit.second, *(words for words, _ in visit.alerts), visit.hints)
        head.setAccessibleName(", ".join(part for part in told if part))
        parts: list[QWidget] = [head]
        if visit.alerts:
            parts.append(wrapping(*(Chip(words, tone) for words, tone in visit.alerts), gap=1))
        if visit.hints:
            parts.append(Text(visit.hints, "small", ink="info"))
        begin = Button(say("Start contact"), "notebook-pen", name=f"{say('Start contact')} {visit.when} {visit.name}")
        begin.clicked.connect(lambda: self._presenter.start_contact(visit))
        record = Button(say("Open record"), kind="plain", name=f"{say('Open record')} {visit.when} {visit.name}")
        record.clicked.connect(lambda: self._presenter.open_person(visit.person_id))
        parts.append(wrapping(begin, record))
        return _below(parts)

    def _coming(self, visit: VisitLine) -> QWidget:
        made = Item(visit.name, visit.second, right=visit.when, open_=say("Open"))
        made.opened.connect(lambda: self._presenter.open_person(visit.person_id))
        return _named(made, f"{say('Open')} {visit.name}, {visit.when}")

    def _review(self, review: ReviewLine) -> QWidget:
        chip = ChipWords(say("Overdue"), "danger") if review.is_overdue else ChipWords(say("Review"), "info")
        made = Item(review.name, say("Care and support plan"), mark=chip, right=review.due, open_=say("Open"))
        made.opened.connect(lambda: self._presenter.open_person(review.person_id))
        return _named(made, f"{say('Open')} {review.name}: {say('review due')} {review.due}")

    def _draft(self, draft: DraftLine) -> QWidget:
        chip = ChipWords(say("Recovered"), "warn", "history") if draft.is_recovered else ChipWords(say("Draft"), "neutral")
        made = Item(draft.title, draft.second, mark=chip, open_=say("Go on"))
        made.opened.connect(lambda: self._presenter.go_on(draft))
        away = Button(say("Throw away"), kind="plain", name=f"{say('Throw away')} {draft.title}, {draft.second}")
        away.clicked.connect(lambda: self._ask_to_discard(draft, away))
        _beside(made, away)
        return made

    def _ask_to_discard(self, draft: DraftLine, button: Button) -> None:
        """Ask on the button itself: what was typed cannot be had back."""
        if button.text() == say("Throw away"):
            button.set_words(say("Yes, throw it away"), f"{say('Yes, throw it away')}: {draft.title}, {draft.second}")
            announce(self, say("What was typed cannot be had back. Press again to throw it away."), is_urgent=True)
            return
        self._presenter.discard(draft)

    def _caseload(self, words: TodayWords) -> Card:
        card = Card(say("My caseload"))
        figures = [Figure(words.caseload, say("people allocated to me"))]
        figures.append(Figure(words.overdue, say("things overdue"), ink="danger" if words.overdue else ""))
        figures.append(Figure(words.reviews_overdue, say("reviews overdue"), ink="danger" if words.reviews_overdue else ""))
        across = row(*figures, gap=4)
        for at in range(len(figures)):
            across.setStretch(at, 1)
        card.body.addLayout(across)
        return card


def _card(title: str, lines: Sequence[T], draw: Callable[[T], QWidget]) -> Card:
    card = Card(title)
    card.show_items([draw(one) for one in lines])
    return card


def _beside(item: Item, button: Button) -> None:
    layout = item.layout()
    if layout is not None:
        layout.addWidget(button)


def _named(item: Item, name: str) -> Item:
    if item.button is not None:
        item.button.setAccessibleName(name)
    return item


def _below(parts: Sequence[QWidget]) -> QWidget:
    made = QWidget()
    made.setProperty("ground", "clear")
    made.setLayout(column(*parts, gap=1))
    return made
