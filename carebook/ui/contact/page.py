"""A page on which something is written: the person above, the form between, the state of saving and what can be done below."""

# ruff: noqa: D102 - what Qt calls needs no docstring of its own

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from carebook.actions.open_person import PersonRecord
from carebook.ui.contact.person import StayingBanner, person_words
from carebook.ui.kit.buttons import Button
from carebook.ui.kit.layout import clear, column, row, wrapping
from carebook.ui.kit.notices import ErrorSummary, NoticeBar
from carebook.ui.kit.pages import Page, ReflowArea
from carebook.ui.kit.states import EmptyState, SaveState
from carebook.ui.kit.text import Heading, Text
from carebook.ui.theme import theme


class WritingPage(Page):
    """The frame of a writing screen; put the form into `form_area.body`.

    finish_wanted: Finish or Ctrl+Return. discard_confirmed: discarding was asked and answered with yes. due: the wait
    that `wait` began is over. left: the page is hidden. notice_pressed: the button of the notice at the top.
    """

    finish_wanted = Signal()
    discard_confirmed = Signal()
    due = Signal()
    left = Signal()
    notice_pressed = Signal()
    problem_chosen = Signal(str)

    def __init__(self, title: str, *, finish: str, save_and_close: str = "Save and close", below: str = "") -> None:
        super().__init__(title, is_scrolling=False)
        self.banner = StayingBanner()
        self.hide_header()
        self.form_area = ReflowArea(width=1180)
        self.heading, self.second = Heading(title, "title"), Text("", ink="quiet")
        self.second.hide()
        self.notices: QVBoxLayout = column(gap=2)
        self.summary = ErrorSummary()
        self.state = SaveState()
        self.finish, self.close_ = Button(finish, "check", kind="primary"), Button(save_and_close, "save")
        self.discard = Button("Discard draft", "trash-2", kind="danger")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self.stack = QStackedWidget()
        self._writing = self._writing_part(below)
        self.stack.addWidget(self._writing)
        self.body.addWidget(self.banner)
        self.body.addWidget(self.stack, 1)
        self.banner.hide()
        theme().changed.connect(self._measure)
        self._measure()
        self.form_area.body.addLayout(column(self.heading, self.second, gap=0))
        self.form_area.body.addLayout(self.notices)
        self.form_area.body.addWidget(self.summary)
        self._connect()

    def _writing_part(self, below: str) -> QWidget:
        made = QWidget()
        made.setProperty("ground", "clear")
        bar = QFrame()
        bar.setProperty("surface", "head")
        bar.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._below = Text(below, "caption", ink="quiet")
        self.buttons = wrapping(self.discard, self.close_, self.finish)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.buttons.setSizePolicy(policy)
        inner = row(column(None, self.state, self._below, None, gap=0), self.buttons, gap=4)
        inner.setStretch(0, 1)
        edge = theme().space(5)
        inner.setContentsMargins(edge, theme().space(2), edge, theme().space(2))
        bar.setLayout(inner)
        layout = column(self.form_area, bar, gap=0)
        layout.setStretch(0, 1)
        made.setLayout(layout)
        return made

    def _measure(self) -> None:
        self._below.setVisible(theme().scale < 1.5)

    def _connect(self) -> None:
        self.finish.clicked.connect(self.finish_wanted)
        self.discard.clicked.connect(self.ask_discard)
        self._timer.timeout.connect(self.due)
        self.summary.chosen.connect(self.problem_chosen)
        finish = QShortcut(QKeySequence("Ctrl+Return"), self)
        finish.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        finish.activated.connect(self._finish_by_key)
        self.finish.setToolTip("Ctrl+Return")

    def _finish_by_key(self) -> None:
        if self.stack.currentWidget() is self._writing and self.finish.isEnabled():
            self.finish_wanted.emit()

    # ------------------------------------------------------------ the person and what is told

    def show_who(self, record: PersonRecord, today: date) -> None:
        """Show the banner of this person."""
        self.banner.show_person(person_words(record, today))
        self.banner.show()
        self.setAccessibleName(f"{self.heading.text()}: {self.banner.heading.text()}")

    def show_notice(self, tone: str, title: str, words: str, button: str = "") -> None:
        """Tell something at the top, in place of what was told before."""
        clear(self.notices)
        bar = NoticeBar(tone, title, words, button=button, may_dismiss=not button)
        bar.pressed.connect(self.notice_pressed)
        self.notices.addWidget(bar)

    def show_told(self, problems: Sequence[tuple[str, str]]) -> None:
        """Show the summary of problems as (field, words) and bring it into view."""
        self.summary.show_problems(problems)
        if problems:
            self.form_area.verticalScrollBar().setValue(0)

    # ------------------------------------------------------------ the state of saving

    def show_unsaved(self) -> None:
        self.state.show_unsaved()

    def show_saved(self, at: str) -> None:
        self.state.show_saved(at)

    def show_not_saved(self, words: str) -> None:
        self.state.show_failed(words)

    def wait(self, milliseconds: int) -> None:
        self._timer.start(milliseconds)

    def show_busy(self, is_busy: bool) -> None:
        """While it is being finished, nothing else can be pressed."""
        for button in (self.finish, self.close_, self.discard):
            button.setEnabled(not is_busy)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.left.emit()

    def save_before_lock(self) -> None:
        """carebook is being locked: what is not saved yet is saved at once."""
        self.left.emit()

    # ------------------------------------------------------------ in place of the form

    def ask_discard(self) -> None:
        """Ask before the draft is thrown away."""
        yes, no = Button("Discard the draft", "trash-2", kind="danger"), Button("Go on writing", kind="primary")
        no.clicked.connect(self.show_writing)
        yes.clicked.connect(self.discard_confirmed)
        words = "What you wrote here is thrown away, and nothing of it comes into the record. It cannot be brought back."
        self.show_instead("Discard this draft?", words, no, yes)

    def show_instead(self, title: str, words: str, *buttons: Button) -> None:
        """Show a heading, words and buttons in place of the form; the focus goes to the first button."""
        area = ReflowArea(width=680)
        heading = Heading(title, "page")
        area.body.addWidget(heading)
        area.body.addWidget(Text(words, "lead"))
        area.body.addWidget(wrapping(*buttons))
        self._turn(area)
        buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_failure(self, title: str, words: str) -> None:
        """The screen cannot be shown, and what to do."""
        self._turn(EmptyState("circle-alert", title, words))

    def focus_soon(self) -> None:
        """Put the focus where writing begins, once what was just built stands on the screen."""
        QTimer.singleShot(0, self, self.focus_first)

    def show_writing(self) -> None:
        """Back to the form."""
        self._turn(None)
        self.focus_first()

    def _turn(self, instead: QWidget | None) -> None:
        while (gone := self.stack.widget(1)) is not None:
            self.stack.removeWidget(gone)
            gone.deleteLater()
        if instead is not None:
            self.stack.addWidget(instead)
            self.stack.setCurrentWidget(instead)
