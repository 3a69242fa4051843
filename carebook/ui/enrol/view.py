"""The set-up screen: three steps on one sheet, with what is wrong at the field it is about."""

# ruff: noqa: D102 - the Shows protocol says what each promises

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from carebook.ui.enrol.presenter import Asked, EnrolPresenter, Enrols
from carebook.ui.fields import Form, SecretField, TextField
from carebook.ui.kit.announce import announce
from carebook.ui.kit.buttons import Button
from carebook.ui.kit.cards import Card
from carebook.ui.kit.layout import column, row, wrapping
from carebook.ui.kit.notices import ErrorSummary, NoticeBar
from carebook.ui.kit.pages import ReflowArea
from carebook.ui.kit.text import Heading, Text
from carebook.ui.lane import RunsJobs
from carebook.ui.problems import Sentence
from carebook.ui.settings.choosing import NewPassphrase
from carebook.ui.theme import theme
from carebook.words import say

STEPS = ("server", "passphrase", "sync")
TITLES = {
    "server": "Connect to your council's server", "passphrase": "Choose a passphrase for this laptop",
    "sync": "Fetching the people you work with",
}  # fmt: skip


class EnrolView(ReflowArea):
    """went_back: the worker gave up. enrolled: an opened store."""

    went_back = Signal()
    enrolled = Signal(object)
    _reported = Signal(str, int, int)

    def __init__(self, enrols: Enrols[Any, Any], lane: RunsJobs) -> None:
        super().__init__()
        self.setAccessibleName(say("Set up this laptop"))
        self.presenter: EnrolPresenter[Any, Any] = EnrolPresenter(self, enrols, lane)
        self.step = "server"
        self.heading, self.count = Heading(say("Set up this laptop")), Text("", ink="quiet")
        self.summary, self.notice = ErrorSummary(), NoticeBar("danger", " ")
        self.notice.hide()
        self.summary.chosen.connect(self._focus)
        self.sheets = {"server": self._server(), "passphrase": self._passphrase(), "sync": self._sync()}
        self._sheet = Card()
        for sheet in self.sheets.values():
            self._sheet.body.addWidget(sheet)
        self._middle = QWidget()
        self._middle.setProperty("ground", "clear")
        parts = (self.heading, self.count, self.summary, self.notice, self._sheet)
        self._middle.setLayout(column(*parts, None, gap=2))
        self.body.addLayout(row(None, self._middle, None, gap=0))
        self._reported.connect(self.presenter.progressed)
        theme().changed.connect(self._measure)
        self._measure()
        self.presenter.begin()

    def _measure(self) -> None:
        self._middle.setFixedWidth(min(880, theme().px(460)))

    # ------------------------------------------------------------ the steps

    def _server(self) -> QWidget:
        self.address = TextField(
            "address", say("Server address"), say("Your administrator told you, for example carebook.example:8443")
        )
        self.code = TextField("code", say("Enrolment code"), say("It works once. Upper or lower case does not matter."))
        self.worker = TextField("worker", say("Your name on the server"), say("For example amina.bello"))
        self.password = SecretField("password", say("Server password"))
        self.server_form = Form(self.address, self.code, self.worker, self.password)
        self.go_on, back = Button(say("Continue"), kind="primary"), Button(say("Cancel"))
        self.go_on.clicked.connect(self._enrol)
        self.password.submitted.connect(self._enrol)
        back.clicked.connect(self.went_back)
        return _sheet(self.server_form, wrapping(self.go_on, back))

    def _passphrase(self) -> QWidget:
        self.keyring = NoticeBar("neutral", say("Looking for this computer's keyring"))
        self.passphrase = NewPassphrase()
        self.make = Button(say("Set up this laptop"), kind="primary")
        self.make.clicked.connect(self._choose)
        self.passphrase.again.submitted.connect(self._choose)
        words = Text(say("It unlocks carebook on this laptop and nowhere else. Nobody can read it or reset it."))
        return _sheet(words, self.keyring, self.passphrase, wrapping(self.make))

    def _sync(self) -> QWidget:
        self.told, self.bar = Text(""), QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(say("How much has arrived"))
        self.start, self.again = Button(say("Start working"), kind="primary"), Button(say("Try again"), "refresh-cw")
        self.later = Button(say("Go on without"))
        self.start.clicked.connect(self.presenter.start)
        self.later.clicked.connect(self.presenter.start)
        self.again.clicked.connect(self._again)
        return _sheet(self.told, self.bar, wrapping(self.start, self.again, self.later))

    def _enrol(self) -> None:
        if self.go_on.isEnabled():
            self.presenter.enrol(Asked(self.address.value(), self.code.value(), self.worker.value(), self.password.value()))

    def _choose(self) -> None:
        if self.make.isEnabled():
            self.presenter.choose(self.passphrase.new.value(), self.passphrase.again.value())

    def _again(self) -> None:
        self.notice.hide()
        self.presenter.sync()

    @property
    def _form(self) -> Form:
        return self.server_form if self.step == "server" else self.passphrase

    def _focus(self, key: str) -> None:
        self._form.focus(key)

    def take_focus(self) -> None:
        """Put the focus into the first field."""
        self.address.take_focus()

    # ------------------------------------------------------------ what the presenter shows

    def show_step(self, step: str) -> None:
        self.step = step
        number = STEPS.index(step) + 1
        self.count.setText(say("Step {} of {}: {}").format(number, len(STEPS), say(TITLES[step])))
        self.notice.hide()
        self.summary.show_problems([])
        for key, sheet in self.sheets.items():
            sheet.setVisible(key == step)
        announce(self, self.count.text())
        if step == "sync":
            self.passphrase.clear()
        if step == "passphrase":
            self.password.set_value("")
            self.passphrase.new.take_focus()

    def show_busy(self, words: str) -> None:
        for button, usual in ((self.go_on, say("Continue")), (self.make, say("Set up this laptop"))):
            button.setEnabled(not words)
            button.set_words(words or usual)
        if words:
            self.notice.hide()
            announce(self, words)

    def show_problems(self, problems: dict[str, str]) -> None:
        self._form.show_problems(problems)
        self.summary.show_problems([(key, words.partition(". ")[0]) for key, words in problems.items()])
        if problems:
            self.ensureWidgetVisible(self.summary)

    def show_failed(self, told: Sentence) -> None:
        self.notice.show_words("danger", told.title, told.words())
        self.notice.show()
        announce(self, f"{told.title}. {told.words()}", is_urgent=True)
        if self.step == "sync":
            self.told.setText(say("The store is ready. The people you work with have not all arrived."))
            self._offer(may_start=False, failed=True)

    def show_keyring(self, words: str, *, is_there: bool) -> None:
        title = say("Two halves of one key") if is_there else say("No keyring on this computer")
        self.keyring.show_words("ok" if is_there else "warn", title, words, icon="key-round")

    def show_progress(self, words: str, done: int, total: int, *, may_start: bool) -> None:
        self.told.setText(words)
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self._offer(may_start=may_start, failed=False)

    def _offer(self, *, may_start: bool, failed: bool) -> None:
        self.bar.setVisible(not failed)
        self.start.setVisible(may_start)
        self.again.setVisible(failed)
        self.later.setVisible(failed)
        if failed:
            self.again.setFocus()

    def report(self, step: str, done: int, total: int) -> None:
        self._reported.emit(step, done, total)

    def finished(self, opened: object) -> None:
        self.enrolled.emit(opened)


def _sheet(*parts: QWidget) -> QWidget:
    made = QWidget()
    made.setProperty("ground", "clear")
    made.setLayout(column(*parts, gap=3))
    return made
