"""What else the unlock screen can show: whose accounts there are, that there is none, and setting a store aside."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from carebook.ui.kit.buttons import Button
from carebook.ui.kit.cards import Item
from carebook.ui.kit.chips import Icon
from carebook.ui.kit.layout import column, line, row
from carebook.ui.kit.text import Heading, Text
from carebook.ui.unlock.presenter import Account
from carebook.words import say


class _Sheet(QWidget):
    """A heading, and the focus on it when the sheet is shown."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self.heading = Heading(title, "section")
        self.inner = column(self.heading, gap=2)
        self.setLayout(self.inner)

    def take_focus(self) -> None:
        """Put the focus on the heading."""
        self.heading.take_focus()


class AccountsSheet(_Sheet):
    """Everyone who has a store here. chosen: an Account."""

    chosen = Signal(object)
    enrol_wanted = Signal()
    went_back = Signal()

    def __init__(self, accounts: tuple[Account, ...]) -> None:
        super().__init__(say("Who is unlocking?"))
        for number, account in enumerate(accounts):
            if number:
                self.inner.addWidget(line())
            name = account.name or say("Name not readable")
            item = Item(name, account.worker or account.device, mark=name, open_=say("Choose"))
            item.opened.connect(lambda account=account: self.chosen.emit(account))
            self.inner.addWidget(item)
        enrol, back = Button(say("Set up this laptop for someone else"), "user-plus"), Button(say("Back"), kind="plain")
        enrol.clicked.connect(self.enrol_wanted)
        back.clicked.connect(self.went_back)
        self.inner.addWidget(enrol)
        self.inner.addWidget(back)


class NobodySheet(_Sheet):
    """No store is on this machine yet."""

    enrol_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(say("This laptop is not set up yet"))
        self.inner.addWidget(
            Text(say("You need the enrolment code from your administrator and your server password. It takes a minute."))
        )
        self.button = Button(say("Set up this laptop"), "laptop", kind="primary")
        self.button.clicked.connect(self.enrol_wanted)
        self.inner.addWidget(self.button)

    def take_focus(self) -> None:
        """Put the focus on the one button."""
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)


class AsideSheet(_Sheet):
    """Before a store is set aside: what that means, and the way back."""

    confirmed = Signal()
    went_back = Signal()

    def __init__(self, name: str) -> None:
        super().__init__(say("Set this store aside and enrol again?"))
        lines = (
            say("Nothing is deleted: the store of {} stays on this laptop, locked, in a folder of its own.").format(name),
            say("What was sent comes back from the server. What was not sent arrives by its sealed copies."),
            say("You need a new enrolment code from your administrator, and a connection."),
        )
        for words in lines:
            arrow = Icon("chevron-right", "text2", 18)
            told = row(arrow, Text(words), gap=2)
            told.setStretch(1, 1)
            told.setAlignment(arrow, Qt.AlignmentFlag.AlignTop)
            self.inner.addLayout(told)
        self.confirm, back = Button(say("Set aside and enrol again"), kind="primary"), Button(say("Go back"))
        self.confirm.clicked.connect(self._confirm)
        back.clicked.connect(self.went_back)
        self.inner.addWidget(self.confirm)
        self.inner.addWidget(back)

    def _confirm(self) -> None:
        self.confirm.setEnabled(False)
        self.confirmed.emit()
