"""The care plan tab: the versions, where each stands, what can be done, and the whole plan by section."""

# ruff: noqa: D102 - what Qt and the presenter call needs no docstring of its own

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from carebook.actions.read_plan import PlanVersion
from carebook.ui.contact.growing import let_grow
from carebook.ui.fields import ChoiceField, EditorField, Form, TextField
from carebook.ui.kit.buttons import Button
from carebook.ui.kit.cards import Card
from carebook.ui.kit.layout import clear, column, wrapping
from carebook.ui.kit.notices import NoticeBar
from carebook.ui.kit.pages import InterruptionPage, ReflowArea
from carebook.ui.kit.states import EmptyState, StateStack
from carebook.ui.kit.text import Heading, Text
from carebook.ui.plan.edit_view import PlanEditView as PlanEditView
from carebook.ui.plan.presenter import BUTTONS, Offered, PlanPresenter
from carebook.ui.plan.reading import plan_part, stages_part
from carebook.ui.plan.words import version_line
from carebook.ui.room import Room

_ASKED = {
    "shared": ("Share this plan for comment", "It is sent when this laptop next syncs, and colleagues can read it."),
    "comment": ("Note a comment", "In their own words where you can."),
    "agreed": ("Record that they agree", "Go through the plan together first."),
    "not_agreed": ("Record that they do not agree", "What they do not agree with stands on the plan, and is printed with it."),
}


class StepPart(ReflowArea):
    """Asks what the person said, before a step is taken."""

    def __init__(self, presenter: PlanPresenter, step: str, *, needs_view: bool) -> None:
        super().__init__(width=760)
        title, words = _ASKED[step]
        self.heading = Heading(title, "title")
        self.view = EditorField("view", "What did they say?", "Their own words, or an advocate's.", is_optional=not needs_view)
        let_grow(self.view.edit, 3, 10)
        self.helped = TextField(
            "supported_by", "Who helped them", "A representative, an advocate, someone close.", is_optional=True
        )
        self.form = Form(self.view, self.helped)
        self.yes, no = Button(BUTTONS[step][0], BUTTONS[step][1], kind="primary"), Button("Go back")
        self.yes.clicked.connect(lambda: presenter.take_step(self.view.value(), self.helped.value()))
        no.clicked.connect(presenter.stop_step)
        card = Card()
        card.body.addWidget(Text(words))
        card.body.addWidget(self.form)
        card.body.addWidget(wrapping(self.yes, no))
        if step == "shared":
            self.form.hide()
        self.body.addWidget(self.heading)
        self.body.addWidget(card)


class PlanTab(QWidget):
    """The care and support plan of one person."""

    def __init__(self, room: Room, person_id: str) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self.presenter = PlanPresenter(self, room, person_id)
        self.destroyed.connect(self.presenter.asking.end)
        self.area = ReflowArea(width=1080)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.area)
        self._notices: QVBoxLayout = column(gap=2)
        self._content: QVBoxLayout = column(gap=4)
        self.area.body.addLayout(self._notices)
        self.area.body.addLayout(self._content)
        self.buttons: dict[str, Button] = {}
        self._empty = EmptyState(
            "clipboard-list", "There is no care and support plan yet",
            "Write it with the person, after the assessment. It stays a draft until you finish it.",
            button="Write the plan", button_icon="pencil",
        )
        self._empty.pressed.connect(self.presenter.write)
        self.states = StateStack(self.stack, self._empty, loading="Reading the plan")
        self.states.retry.connect(self.presenter.fetch)
        self.setLayout(column(self.states, gap=0))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.presenter.fetch()

    # ------------------------------------------------------------ what the presenter tells

    def show_plan(self, versions: Sequence[PlanVersion], shown: PlanVersion, offered: Offered) -> None:
        clear(self._content)
        if shown.is_clash:
            words = "Two people wrote a version at the same time. Both are kept. Write a new version from the one to keep."
            self._content.addWidget(NoticeBar("warn", "Two versions stand beside each other", words))
        self._content.addWidget(self._top(versions, shown, offered))
        self._content.addWidget(plan_part(shown))
        self._show(self.area)
        self.states.show_content()

    def _top(self, versions: Sequence[PlanVersion], shown: PlanVersion, offered: Offered) -> Card:
        card = Card()
        if len(versions) > 1:
            self.chooser = ChoiceField("version", "Version", [(one.row_id, version_line(one)) for one in versions], empty="")
            self.chooser.box.setMaximumWidth(16777215)
            self.chooser.set_value(shown.row_id)
            self.chooser.changed.connect(lambda: self.presenter.choose(self.chooser.value()))
            card.body.addWidget(self.chooser)
        card.body.addWidget(stages_part(shown))
        card.body.addWidget(wrapping(*self._buttons(offered, is_superseded=shown.state == "superseded")))
        for words in offered.refusals:
            card.body.addWidget(Text(words, "small", ink="quiet"))
        return card

    def _buttons(self, offered: Offered, *, is_superseded: bool) -> list[Button]:
        self.buttons = {}
        if offered.may_print:
            self.buttons["preview"] = Button("Preview and print", "printer", kind="primary")
            self.buttons["preview"].clicked.connect(self.presenter.preview)
        for step in offered.steps:
            words, icon = BUTTONS[step]
            self.buttons[step] = Button(words, icon)
            self.buttons[step].clicked.connect(lambda _=False, step=step: self.presenter.begin_step(step))
        if offered.may_write and not is_superseded:
            self.buttons["write"] = Button("Write a new version", "pencil")
            self.buttons["write"].clicked.connect(self.presenter.write)
        return list(self.buttons.values())

    def show_empty(self, *, may_write: bool) -> None:
        self._empty.button.setVisible(may_write)
        self.states.show_empty()

    def show_loading(self) -> None:
        self.states.show_loading()

    def show_failure(self, title: str, words: str) -> None:
        self.states.show_error(title, words)

    def show_notice(self, tone: str, title: str, words: str) -> None:
        clear(self._notices)
        self._notices.addWidget(NoticeBar(tone, title, words, may_dismiss=True))

    # ------------------------------------------------------------ steps

    def ask_step(self, step: str, *, needs_view: bool) -> None:
        clear(self._notices)
        part = StepPart(self.presenter, step, needs_view=needs_view)
        self._show(part)
        if step == "shared":
            part.yes.setFocus()
        else:
            part.view.take_focus()

    def show_step_problems(self, problems: dict[str, str]) -> None:
        part = self.stack.currentWidget()
        if isinstance(part, StepPart):
            part.form.show_problems(problems)
            part.form.focus(next(iter(problems), ""))

    def ask_sign_off(self, version: PlanVersion) -> None:
        lines = ["From then on it is the plan that care is given by. It can be replaced by a new version, not changed."]
        if version.state == "not_agreed":
            lines.insert(0, "The person does not agree with it. What they said stands on the plan and is printed with it.")
        title = f"Sign off version {version.body.number}?"
        page = InterruptionPage(title, "You sign as yourself.", tuple(lines), yes="Sign off")
        page.continued.connect(self.presenter.take_step)
        page.went_back.connect(self.presenter.stop_step)
        self._show(page)
        page.focus_first()

    def _show(self, part: QWidget) -> None:
        for at in range(self.stack.count() - 1, 0, -1):
            gone = self.stack.widget(at)
            if gone is not None:
                self.stack.removeWidget(gone)
                gone.deleteLater()
        if part is not self.area:
            self.stack.addWidget(part)
        self.stack.setCurrentWidget(part)
