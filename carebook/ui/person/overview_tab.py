"""The overview of a record: alerts and clashes first, then details, what matters, next steps, people and plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from carebook.ui.kit.buttons import Button
from carebook.ui.kit.cards import Card, Item
from carebook.ui.kit.chips import Chip
from carebook.ui.kit.layout import Columns, clear, column, row
from carebook.ui.kit.notices import NoticeBar
from carebook.ui.kit.pages import ReflowArea
from carebook.ui.kit.text import Text
from carebook.ui.person.clashes import Clash, Version
from carebook.ui.person.details import DetailLine
from carebook.ui.person.lines import FactLine, buttons_of
from carebook.ui.person.overview import Overview, Step
from carebook.ui.theme import mark, theme
from carebook.words import count, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from carebook.ui.person.presenter import PersonPresenter

ICONS = {"task": "circle-check", "visit": "calendar-check"}


class OverviewTab(ReflowArea):
    """Everything at a glance. `turn` shows another tab of the record by its key."""

    def __init__(self, presenter: PersonPresenter, turn: Callable[[str], None]) -> None:
        super().__init__()
        self._presenter, self._turn = presenter, turn
        self.setAccessibleName(say("Overview"))

    def show_overview(self, words: Overview, differ: Sequence[Clash]) -> None:
        """Show the record at a glance."""
        clear(self.body)
        for clash in differ:
            self.body.addWidget(self._clash(clash))
        for tone, line in words.alerts:
            self.body.addWidget(self._alert(tone, line))
        if words.unread:
            told = count(words.unread, "part of this record needs", "parts of this record need")
            self.body.addWidget(NoticeBar("warn", say("{} a later carebook").format(told), say("Update carebook to read it.")))
        left: list[QWidget] = [self._matters(words), self._details(words.details)]
        right: list[QWidget] = [self._steps(words.steps), self._plan(words), self._close(words), self._working(words)]
        self.body.addWidget(Columns(left, right))
        self.body.addWidget(Text(words.copy, "small", ink="quiet"))

    # ------------------------------------------------------------ what stands first

    def _alert(self, tone: str, line: DetailLine) -> NoticeBar:
        bar = NoticeBar(tone, line.fact.body.short, line.fact.body.words) if line.fact else NoticeBar(tone, line.words)
        layout = bar.layout()
        if layout is not None:
            for button in buttons_of(line, self._presenter.change, self._presenter.history):
                layout.addWidget(button)
        return bar

    def _clash(self, clash: Clash) -> QWidget:
        card = Card(clash.title)
        mark(card, surface="notice", tone="warn")
        told = say("Until someone chooses, all of them stand. What is not chosen stays in the history.")
        card.body.addWidget(Text(told, "small"))
        card.body.addWidget(column_of([self._version(version, clash) for version in clash.versions]))
        return card

    def _version(self, version: Version, clash: Clash) -> QWidget:
        made = Item(version.words, version.by)
        right = Button(say("This is right"), "check", name=f"{say('This is right')}: {version.words}, {version.by}")
        right.clicked.connect(lambda: self._presenter.settle(version))
        layout = made.layout()
        if layout is not None:
            layout.addWidget(right)
        return made

    # ------------------------------------------------------------ cards

    def _matters(self, words: Overview) -> Card:
        see = Button(say("See the plan"), kind="plain", name=say("See the plan: what matters to me"))
        see.clicked.connect(lambda: self._turn("plan"))
        card = Card(say("What matters to me"), action=see)
        if words.matters:
            card.body.addWidget(Text(f"“{words.matters}”", "lead"))
            card.body.addWidget(Text(words.matters_from, "small", ink="quiet"))
        else:
            card.body.addWidget(Text(say("Nothing is written yet. It is written in the care and support plan."), ink="quiet"))
        return card

    def _details(self, lines: Sequence[DetailLine]) -> Card:
        card = Card(say("Details"))
        card.body.setSpacing(theme().space(1))
        for line in lines:
            card.body.addWidget(FactLine(line, self._presenter.change, self._presenter.history))
        return card

    def _steps(self, steps: Sequence[Step]) -> Card:
        add = Button(say("Add"), "plus", kind="plain", name=say("Add something to do for them"))
        add.clicked.connect(lambda: self._presenter.add("task"))
        card = Card(say("Next steps"), action=add)
        card.show_items([self._step(step) for step in steps] or [Text(say("Nothing is planned."), ink="quiet")])
        return card

    def _step(self, step: Step) -> Item:
        words = say("Done") if step.sort == "task" else say("Start contact")
        made = Item(step.title, step.second, icon=(ICONS[step.sort], step.tone), open_=words)
        made.opened.connect(lambda: self._chosen(step))
        return made

    def _chosen(self, step: Step) -> None:
        if step.sort == "task":
            self._presenter.close_task(step)
        else:
            self._presenter.start_visit(step)

    def _plan(self, words: Overview) -> Card:
        see = Button(say("Open the plan"), kind="plain")
        see.clicked.connect(lambda: self._turn("plan"))
        card = Card(say("Care and support plan"), action=see)
        if words.plan is None:
            card.body.addWidget(Text(say("There is no plan yet."), ink="quiet"))
            return card
        card.body.addLayout(row(Chip(words.plan.state, words.plan.tone), Text(words.plan.words), gap=3))
        return card

    def _close(self, words: Overview) -> Card:
        see = Button(say("See all"), kind="plain", name=say("See all people close to them"))
        see.clicked.connect(lambda: self._turn("people"))
        card = Card(say("People close to them"), action=see)
        items = [Item(line.words, line.second, mark=line.words) for line in words.close]
        card.show_items(items or [Text(say("Nobody is recorded."), ink="quiet")], is_lined=False)
        return card

    def _working(self, words: Overview) -> Card:
        card = Card(say("Who is working with them"))
        items = [Item(name, second, mark=name) for name, second in words.working]
        items += [Item(line.words, line.second, mark=line.words) for line in words.involved]
        card.show_items(items or [Text(say("Nobody is recorded."), ink="quiet")], is_lined=False)
        return card


def column_of(widgets: Sequence[QWidget]) -> QWidget:
    """Widgets below each other."""
    made = QWidget()
    made.setProperty("ground", "clear")
    made.setLayout(column(*widgets, gap=1))
    return made
