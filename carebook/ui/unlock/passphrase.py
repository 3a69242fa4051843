"""The form of the unlock screen: whom it greets, the passphrase with its show button, and what stood in the way."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from carebook.ui.fields import SecretField
from carebook.ui.kit.buttons import Button, ToggleButton
from carebook.ui.kit.chips import Avatar
from carebook.ui.kit.layout import column, row
from carebook.ui.kit.notices import NoticeBar
from carebook.ui.kit.text import Text
from carebook.ui.problems import Sentence
from carebook.words import say


class PassphraseForm(QWidget):
    """submitted: the passphrase. other_wanted, enrol_wanted, forgotten: the links below."""

    submitted = Signal(str)
    other_wanted = Signal()
    enrol_wanted = Signal()
    forgotten = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self.avatar, self.name, self.second = Avatar("", 44), Text("", "section"), Text("", "small", ink="quiet")
        self.field = SecretField("passphrase", say("Passphrase"))
        self.show_button = ToggleButton(say("Show"), "eye", kind="secondary", name=say("Show passphrase"))
        self.unlock_button = Button(say("Unlock"), "lock-open", kind="primary")
        self.other = Button(say("Use a different account"), kind="plain")
        self.forgot = Button(say("I cannot remember my passphrase"), kind="plain")
        self.notice = NoticeBar("danger", "", "")
        self.notice.hide()
        self.aside = Button(say("Set this store aside and enrol again"))
        self.aside.hide()
        self._is_waiting, self._others = False, 0
        self._lay_out()
        self.show_button.toggled.connect(self._reveal)
        self.unlock_button.clicked.connect(self._submit)
        self.field.submitted.connect(self._submit)
        self.other.clicked.connect(self._other)
        self.forgot.clicked.connect(self.forgotten)
        self.aside.clicked.connect(self.forgotten)

    def _lay_out(self) -> None:
        who = row(self.avatar, column(self.name, self.second, gap=0), gap=3)
        who.setStretch(1, 1)
        entry = row(self.field, self.show_button, gap=2)
        entry.setStretch(0, 1)
        entry.setAlignment(self.show_button, Qt.AlignmentFlag.AlignBottom)
        links = column(self.other, self.forgot, gap=0)
        self.setLayout(column(who, self.notice, self.aside, 1, entry, self.unlock_button, links, gap=2))

    def _other(self) -> None:
        if self._others:
            self.other_wanted.emit()
        else:
            self.enrol_wanted.emit()

    def _reveal(self, is_on: bool) -> None:
        mode = QLineEdit.EchoMode
        self.field.edit.setEchoMode(mode.Normal if is_on else mode.Password)
        self.show_button.set_words(
            say("Hide") if is_on else say("Show"), say("Hide passphrase") if is_on else say("Show passphrase")
        )

    def _submit(self) -> None:
        if self.unlock_button.isEnabled():
            self.submitted.emit(self.field.value())

    # ------------------------------------------------------------ states

    def begin(self, name: str, second: str, others: int) -> None:
        """Greet a worker; nothing is typed yet."""
        self.avatar.show_name(name)
        self.name.setText(name)
        self.second.setText(second)
        self._others = others
        self.other.set_words(say("Use a different account") if others else say("Set up this laptop for someone else"))
        self.field.set_value("")
        self.field.show_problem("")
        self.field.show_hint("")
        self.show_button.setChecked(False)
        self.notice.hide()
        self.aside.hide()
        self._settle(is_busy=False)
        self.take_focus()

    def show_unlocking(self) -> None:
        """The passphrase is being tried."""
        self.notice.hide()
        self.aside.hide()
        self.field.show_problem("")
        self.show_button.setChecked(False)
        self._settle(is_busy=True)

    def show_wrong(self, words: str, hint: str) -> None:
        """The passphrase did not open it: say so at the field, which keeps the focus with its words marked."""
        self._settle(is_busy=False)
        self.field.show_hint(hint)
        self.field.show_problem(words)
        self.take_focus()
        self.field.edit.selectAll()

    def show_wait(self, words: str) -> None:
        """Nothing can be tried for a while; empty words end that."""
        ended, self._is_waiting = self._is_waiting and not words, bool(words)
        if words:
            self.notice.show_words("warn", words)
            self.notice.show()
        elif ended:
            self.notice.hide()
        self.unlock_button.setEnabled(not words)

    def show_problem(self, told: Sentence, *, may_set_aside: bool, may_retry: bool) -> None:
        """Something else stands in the way: what happened, what to do next, and a way out where there is one."""
        self._settle(is_busy=False)
        self.notice.show_words("danger", told.title, told.words())
        self.notice.show()
        self.aside.setVisible(may_set_aside)
        self.unlock_button.setEnabled(may_retry)
        self.take_focus()

    def take_focus(self) -> None:
        """Put the focus into the passphrase."""
        self.field.take_focus()

    def _settle(self, *, is_busy: bool) -> None:
        self.field.edit.setReadOnly(is_busy)
        self.unlock_button.setEnabled(not is_busy)
        self.unlock_button.set_words(say("Unlocking") if is_busy else say("Unlock"))
        for button in (self.other, self.forgot, self.show_button, self.aside):
            button.setEnabled(not is_busy)
