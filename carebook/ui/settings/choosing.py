"""Choosing a passphrase: the rule, the words typed twice, how strong they are, and a way to see them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QLineEdit

from carebook.ui.fields import Form, SecretField
from carebook.ui.fields_choice import CheckField
from carebook.ui.kit.text import Text
from carebook.ui.settings.passphrases import RULE, strength
from carebook.words import say


class NewPassphrase(Form):
    """Fields "old" (if it asks for it), "new" and "again"."""

    def __init__(self, *, asks_old: bool = False) -> None:
        super().__init__()
        self.old = SecretField("old", say("Present passphrase"))
        self.new = SecretField("new", say("New passphrase") if asks_old else say("Passphrase"), say(RULE))
        self.again = SecretField("again", say("New passphrase again") if asks_old else say("Passphrase again"))
        self.seen = CheckField("seen", say("Show what I type"))
        self.strength = Text("", "small", ink="quiet")
        self.strength.hide()
        if asks_old:
            self.add(self.old)
        self.add(self.new)
        self.body.addWidget(self.strength)
        for field in (self.again, self.seen):
            self.add(field)
        self.new.changed.connect(self._measure)
        self.seen.changed.connect(self._reveal)

    def _measure(self) -> None:
        words = strength(self.new.value())
        self.strength.setText(words)
        self.strength.setVisible(bool(words))
        self.strength.setAccessibleName(say("Strength: {}").format(words))

    def _reveal(self) -> None:
        mode = QLineEdit.EchoMode.Normal if self.seen.value() else QLineEdit.EchoMode.Password
        for field in (self.old, self.new, self.again):
            field.edit.setEchoMode(mode)

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Show each field its problem; the first takes the focus."""
        super().show_problems(problems)
        first = next((key for key in self.fields if problems.get(key)), "")
        self.focus(first)

    def clear(self) -> None:
        """Nothing is typed any more."""
        for field in (self.old, self.new, self.again):
            field.set_value("")
        self.seen.set_value(False)
