"""New person: a form that keeps itself as a draft, and beside it whoever may be the same person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedWidget, QWidget

from carebook.ui.facts.lanes import own_room
from carebook.ui.facts.view import ShortEditor, in_order
from carebook.ui.fields import Field, Form, TextField
from carebook.ui.fields_choice import CheckField, RadioField
from carebook.ui.fields_dates import DateField, NhsNumberField
from carebook.ui.kit.announce import announce
from carebook.ui.kit.buttons import Button
from carebook.ui.kit.cards import Card, Item
from carebook.ui.kit.layout import Columns, clear, column, line, row, wrapping
from carebook.ui.kit.notices import ErrorSummary, NoticeBar
from carebook.ui.kit.pages import InterruptionPage, Page
from carebook.ui.kit.states import SaveState
from carebook.ui.kit.text import Text
from carebook.ui.new_person.presenter import MaybeSame, NewPersonPresenter, Typed
from carebook.ui.room import Room
from carebook.ui.theme import theme
from carebook.words import count, local, say

PAUSE_MS = 600
"""The draft is kept, and people who may be the same are looked for, when typing has paused this long."""

LONGEST_MS = 1500
"""The draft is kept at the latest after this, however fast someone types."""


class NewPersonView(Page):
    """Adds someone to the record; draft_id: a draft to go on with."""

    def __init__(self, room: Room, draft_id: str = "") -> None:
        super().__init__(say("New person"), back=say("People"), is_scrolling=False)
        self.header.back_wanted.connect(room.back)
        self._presenter = NewPersonPresenter(self, own_room(room, self), draft_id)
        self._room = room
        self.form_page = Page(say("New person"))
        self.form_page.hide_header()
        self.state = SaveState()
        self.summary = ErrorSummary()
        self.notice = NoticeBar("danger", "")
        self.notice.hide()
        self.form = self._form()
        self.maybe = Card(say("This may be someone already here"))
        self.nobody = Card(say("Is this person here already?"))
        self.nobody.body.addWidget(Text(say("People who may be the same are shown here while you type."), ink="quiet"))
        self.maybe.hide()
        self.question: InterruptionPage | None = None
        self.pages = QStackedWidget()
        self._writing = QWidget()
        self._writing.setProperty("ground", "clear")
        self.pages.addWidget(self._writing)
        self._build()
        self._pause, self._longest = self._timer(PAUSE_MS), self._timer(LONGEST_MS)
        self.form.changed.connect(self._changed)
        self._presenter.begin(is_draft=bool(draft_id))

    def _timer(self, milliseconds: int) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(milliseconds)
        made.timeout.connect(self.keep)
        return made

    def _form(self) -> Form:
        adult = (("adult", say("An adult")), ("child", say("A child")))
        asked = (
            ("some", say("Yes, and they need something")),
            ("none", say("Yes, and nothing is needed")),
            ("not asked", say("No, they were not asked")),
        )
        return Form(
            TextField("title", say("Title"), is_optional=True, width=120),
            TextField("given", say("Given names")),
            TextField("family", say("Family name")),
            TextField("preferred", say("Likes to be called"), is_optional=True),
            RadioField("life", say("Is this an adult or a child?"), adult, is_across=True),
            DateField("birth", say("Date of birth"), today=lambda: local(self._room.desk.clock.now()).date(), may_be_part=True),
            CheckField("estimated", say("The date of birth is an estimate")),
            ShortEditor("address", say("Address"), is_optional=True),
            TextField("postcode", say("Postcode"), width=160, is_optional=True),
            TextField("phone", say("Telephone"), width=240, is_optional=True),
            NhsNumberField("nhs_number"),
            RadioField(
                "needs_answer",
                say("Did you ask what they need to be able to read, hear and talk?"),
                asked,
                say("Everyone must be asked. Say what they need on their record, once they are added."),
            ),
            TextField("needs_reason", say("If they were not asked: why?"), is_optional=True),
        )

    def _build(self) -> None:
        self.summary.chosen.connect(self.form.focus)
        self.form.fields["life"].set_value("adult")  # type: ignore[attr-defined]
        self.save, self.leave = Button(say("Add this person"), "check", kind="primary"), Button(say("Leave it for now"))
        self.save.clicked.connect(self._save)
        self.leave.clicked.connect(self._leave)
        sheet = Card()
        sheet.body.addWidget(self.form)
        body = self.form_page.body
        body.setSpacing(theme().space(4))
        for widget in (self.summary, self.notice):
            body.addWidget(widget)
        self.columns = Columns([sheet], [self.maybe, self.nobody])
        body.addWidget(self.columns)
        whole = column(self.form_page, self._bar(), gap=0)
        whole.setStretch(0, 1)
        self._writing.setLayout(whole)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.pages, 1)

    def _bar(self) -> QFrame:
        """What can be done, at the foot, in sight however far down the form one is."""
        bar = QFrame()
        bar.setProperty("surface", "head")
        bar.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        buttons = wrapping(self.leave, self.save)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        buttons.setSizePolicy(policy)
        inner = row(self.state, buttons, gap=4)
        inner.setStretch(0, 1)
        edge = theme().space(5)
        inner.setContentsMargins(edge, theme().space(2), edge, theme().space(2))
        bar.setLayout(inner)
        return bar

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102 - Qt's own
        super().resizeEvent(event)
        self._place_maybe(is_narrow=event.size().width() < theme().px(880))

    def _place_maybe(self, *, is_narrow: bool) -> None:
        """Whoever may be the same stands beside the form, or above it where there is no room beside."""
        home = self.form_page.body if is_narrow else self.columns.right
        if home.indexOf(self.maybe) < 0:
            home.insertWidget(2 if is_narrow else 0, self.maybe)

    def focus_first(self) -> None:
        """Typing begins with the name."""
        self.form.focus("given")

    # ------------------------------------------------------------ what is typed

    def typed(self) -> Typed:
        """What stands in the form."""
        told = {one.name: self._value(self.form.fields[one.name]) for one in fields(Typed)}
        return Typed(**told)  # type: ignore[arg-type]

    def _value(self, field: Field) -> object:
        return field.typed() if isinstance(field, DateField) else field.value()  # type: ignore[attr-defined]

    def _changed(self) -> None:
        self.state.show_unsaved()
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()

    def keep(self) -> None:
        """Keep the draft now, and look for people who may be the same."""
        self._pause.stop()
        self._longest.stop()
        self._presenter.typed(self.typed())

    def _save(self) -> None:
        self.keep()
        self._presenter.save(self.typed())

    def _leave(self) -> None:
        self.keep()
        self._room.back()

    # ------------------------------------------------------------ what the presenter says

    def show_typed(self, typed: Typed) -> None:
        """Show a draft."""
        for key, value in asdict(typed).items():
            field = self.form.fields[key]
            if isinstance(field, DateField):
                field.edit.setText(value)
            else:
                field.set_value(value)  # type: ignore[attr-defined]

    def show_maybe(self, people: Sequence[MaybeSame]) -> None:
        """Show whoever may be the same."""
        clear(self.maybe.body)
        for at, one in enumerate(people):
            if at:
                self.maybe.body.addWidget(line())
            self.maybe.body.addWidget(self._one(one))
        self.maybe.setVisible(bool(people))
        self.nobody.setVisible(not people)
        if people:
            told = count(len(people), "person here may be the same", "people here may be the same")
            announce(self.maybe, f"{told}: {'; '.join(one.name for one in people)}")
        writing: QWidget | None = self.focusWidget()
        if writing is not None and self.form.isAncestorOf(writing):
            QTimer.singleShot(0, writing, lambda: self.form_page.area.ensureWidgetVisible(writing))

    def _one(self, one: MaybeSame) -> QWidget:
        item = Item(one.name, one.second, mark=one.name)
        open_ = Button(say("Open their record"), name=f"{say('Open their record')}: {one.name}, {one.second}")
        other = Button(say("Not the same person"), kind="plain", name=f"{say('Not the same person')}: {one.name}, {one.second}")
        open_.clicked.connect(lambda: self._open(one))
        other.clicked.connect(lambda: self._presenter.dismiss(one.person_id))
        made = QWidget()
        made.setProperty("ground", "clear")
        made.setLayout(column(item, Text(one.why, "small", ink="warn"), wrapping(open_, other), gap=1))
        return made

    def _open(self, one: MaybeSame) -> None:
        self.keep()
        self._presenter.open(one.person_id)

    def show_saved(self, at: str) -> None:
        """The draft is kept."""
        self.state.show_saved(at)

    def show_not_saved(self, words: str) -> None:
        """The draft is not kept."""
        self.state.show_failed(words)

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Show what stands in the way."""
        self.show_form()
        self.notice.hide()
        self.form.show_problems(problems)
        self.summary.show_problems([(key, problems[key]) for key in in_order(problems, self.form)])
        if problems:
            self.form_page.area.ensureWidgetVisible(self.summary)

    def show_failed(self, title: str, words: str) -> None:
        """The person was not added."""
        self.notice.show_words("danger", title, words)
        self.notice.show()
        self.form_page.area.ensureWidgetVisible(self.notice)
        announce(self, f"{title}. {words}", is_urgent=True)

    def ask_whether_different(self, people: Sequence[MaybeSame]) -> None:
        """Stop before someone is added twice."""
        self.question = InterruptionPage(
            say("This may be someone already here"),
            say("Two records about one person put them at risk: what is written in one is missed in the other."),
            tuple(f"{one.name}, {one.second}. {one.why}." for one in people),
            yes=say("They are different people: add this person"),
            no=say("Go back and look"),
        )
        self.question.continued.connect(lambda: self._presenter.save(self.typed(), are_different=True))
        self.question.went_back.connect(self.show_form)
        self.pages.addWidget(self.question)
        self.header.hide()
        self.pages.setCurrentWidget(self.question)
        self.question.focus_first()
        announce(self, self.question.accessibleName(), is_urgent=True)

    def show_form(self) -> None:
        """Back to the form."""
        if self.question is None:
            return
        self.header.show()
        self.pages.setCurrentWidget(self._writing)
        self.pages.removeWidget(self.question)
        self.question.deleteLater()
        self.question = None
        self.save.setFocus()
