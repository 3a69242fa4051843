"""The unlock screen: a sheet in the middle with who, passphrase and one button; nothing of the record."""

# ruff: noqa: D102 - the Shows protocol says what each promises

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from carebook.ui.kit.announce import announce
from carebook.ui.kit.buttons import Button
from carebook.ui.kit.cards import Card
from carebook.ui.kit.chips import Icon
from carebook.ui.kit.layout import column, row
from carebook.ui.kit.pages import ReflowArea
from carebook.ui.kit.text import Heading, Text
from carebook.ui.lane import RunsJobs
from carebook.ui.problems import Sentence
from carebook.ui.theme import theme
from carebook.ui.unlock.passphrase import PassphraseForm
from carebook.ui.unlock.presenter import Account, Doors, UnlockPresenter
from carebook.ui.unlock.sheets import AccountsSheet, AsideSheet, NobodySheet
from carebook.words import say


class UnlockView(ReflowArea):
    """Shows what the presenter says. opened gets the store; enrol shows "Set up this laptop"."""

    def __init__(self, doors: Doors[Any], lane: RunsJobs, *, opened: Callable[[Any], None], enrol: Callable[[], None]) -> None:
        super().__init__()
        self.setAccessibleName(say("Unlock carebook"))
        self.presenter: UnlockPresenter[Any] = UnlockPresenter(self, doors, lane, opened, enrol)
        self.form = PassphraseForm()
        self._sheet = Card()
        self._shown: QWidget = self.form
        self._sheet.body.addWidget(self.form)
        self._why = Text("", "small", ink="quiet")
        self._why.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._add_to_body()
        self._ticks = QTimer(self)
        self._ticks.setInterval(1000)
        self._ticks.timeout.connect(self.presenter.wait)
        self.form.submitted.connect(self.presenter.unlock)
        self.form.other_wanted.connect(self.presenter.other)
        self.form.enrol_wanted.connect(self.presenter.enrol)
        self.form.forgotten.connect(self.presenter.forgotten)
        theme().changed.connect(self._measure)
        self._measure()

    def _add_to_body(self) -> None:
        self._middle = QWidget()
        self._middle.setProperty("ground", "clear")
        head = row(None, Icon("heart-handshake", "accent", 40), Heading("Carebook"), None, gap=2)
        inner: QVBoxLayout = column(head, 2, self._sheet, 1, self._why, gap=1)
        self._middle.setLayout(inner)
        self.body.addSpacing(theme().space(6))
        self.body.addLayout(row(None, self._middle, None, gap=0))

    def _measure(self) -> None:
        self._middle.setFixedWidth(min(760, theme().px(400)))

    def _turn(self, sheet: QWidget) -> None:
        """Put another sheet in the place of the one shown; the form is kept for later."""
        if sheet is self._shown:
            return
        old, self._shown = self._shown, sheet
        self._sheet.body.removeWidget(old)
        old.hide()
        if old is not self.form:
            old.deleteLater()
        self._sheet.body.addWidget(sheet)
        sheet.show()

    # ------------------------------------------------------------ what the presenter shows

    def show_account(self, name: str, second: str, others: int) -> None:
        self._turn(self.form)
        self.form.begin(name, second, others)

    def show_accounts(self, accounts: tuple[Account, ...]) -> None:
        sheet = AccountsSheet(accounts)
        sheet.chosen.connect(self.presenter.choose)
        sheet.enrol_wanted.connect(self.presenter.enrol)
        sheet.went_back.connect(self.presenter.back)
        self._turn(sheet)
        sheet.take_focus()

    def show_nobody(self) -> None:
        sheet = NobodySheet()
        sheet.enrol_wanted.connect(self.presenter.enrol)
        self._turn(sheet)
        sheet.take_focus()

    def show_unlocking(self) -> None:
        self.form.show_unlocking()
        announce(self, say("Unlocking"))

    def show_wrong(self, words: str, hint: str) -> None:
        self.form.show_wrong(words, hint)

    def show_wait(self, words: str) -> None:
        self.form.show_wait(words)
        if words and not self._ticks.isActive():
            self._ticks.start()
            announce(self, words)
        elif not words and self._ticks.isActive():
            self._ticks.stop()
            announce(self, say("You can try again now."))

    def show_problem(self, told: Sentence, *, may_set_aside: bool, may_retry: bool) -> None:
        self._turn(self.form)
        self.form.show_problem(told, may_set_aside=may_set_aside, may_retry=may_retry)

    def ask_set_aside(self, name: str) -> None:
        sheet = AsideSheet(name)
        sheet.confirmed.connect(self.presenter.set_aside)
        sheet.went_back.connect(self.presenter.back)
        self._turn(sheet)
        sheet.take_focus()

    def show_why(self, words: str) -> None:
        self._why.setText(words)
        self._why.setVisible(bool(words))

    def take_focus(self) -> None:
        """Put the focus into the passphrase, or on the first button."""
        first = self._shown if self._shown is not self.form else None
        if first is None:
            self.form.take_focus()
        elif (button := first.findChild(Button)) is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)
