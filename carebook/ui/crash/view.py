"""The crash page: what happened, a reference number to pass on, and two ways to go on."""

from __future__ import annotations

from PySide6.QtCore import Signal

from carebook.ui.crash.presenter import TITLE, lines
from carebook.ui.kit.buttons import Button
from carebook.ui.kit.cards import Card
from carebook.ui.kit.layout import column, wrapping
from carebook.ui.kit.pages import Page
from carebook.ui.kit.text import Text
from carebook.words import say


class CrashPage(Page):
    """lock_wanted: lock and start again. went_on: close this page."""

    lock_wanted = Signal()
    went_on = Signal()

    def __init__(self, reference: str) -> None:
        super().__init__(say(TITLE), width=680)
        self.reference = reference
        card = Card()
        number = Text(reference, "page", may_wrap=False).selectable()
        number.setAccessibleName(say("Reference number {}").format(reference))
        card.body.addLayout(column(Text(say("Reference number"), "small", ink="quiet"), number, gap=0))
        self.body.addWidget(card)
        for words in lines():
            self.body.addWidget(Text(words))
        again, on = Button(say("Lock and start again"), "lock", kind="primary"), Button(say("Go on"))
        again.clicked.connect(self.lock_wanted)
        on.clicked.connect(self.went_on)
        self.body.addWidget(wrapping(again, on))
