"""The settings page: appearance, applied at once; the passphrase; locking; what this copy of carebook is."""

# ruff: noqa: D102 - the Shows protocol says what each promises

from __future__ import annotations

from dataclasses import dataclass

from carebook.settings import Settings
from carebook.ui.kit.announce import announce
from carebook.ui.kit.buttons import Button
from carebook.ui.kit.cards import Card, KeyValues
from carebook.ui.kit.layout import Columns, wrapping
from carebook.ui.kit.notices import NoticeBar
from carebook.ui.kit.pages import Page
from carebook.ui.kit.text import Text
from carebook.ui.room import Room
from carebook.ui.settings.appearance import AppearanceCard
from carebook.ui.settings.choosing import NewPassphrase
from carebook.ui.settings.presenter import PassphraseDoor, SettingsPresenter, Typed
from carebook.words import count, say


@dataclass(frozen=True, slots=True)
class Around:
    """What the page is told besides its room. minutes: how long without use until carebook locks itself."""

    settings: Settings
    version: str
    minutes: int
    passphrase: PassphraseDoor


class SettingsView(Page):
    """Four cards."""

    def __init__(self, room: Room, around: Around) -> None:
        super().__init__(say("Settings"), second=say("How carebook looks and locks on this laptop"))
        self.presenter = SettingsPresenter(self, room, around.passphrase, around.version)
        self.appearance = AppearanceCard(around.settings.appearance_file)
        self.passphrase = NewPassphrase(asks_old=True)
        self.change = Button(say("Change passphrase"), "key-round")
        self.change.clicked.connect(self._change)
        self.told = NoticeBar("ok", say("Your passphrase is changed"))
        self.told.hide()
        self.facts = KeyValues()
        secret = Card(say("Passphrase"))
        for widget in (self.told, self.passphrase, wrapping(self.change)):
            secret.body.addWidget(widget)
        locks = Card(say("Locking"))
        minutes = count(around.minutes, say("minute"), say("minutes"))
        locks.body.addWidget(
            Text(
                say("carebook locks itself after {} without use and when this laptop sleeps. Your council sets this.").format(
                    minutes
                )
            )
        )
        locks.body.addWidget(Text(say("To lock it yourself press Ctrl+L. What you are writing is kept."), ink="quiet"))
        about = Card(say("About this carebook"))
        about.body.addWidget(self.facts)
        self.body.addWidget(Columns([self.appearance, locks], [secret, about], share=(1, 1)))

    def opened(self) -> None:
        self.told.hide()
        self.presenter.read()

    def _change(self) -> None:
        fields = self.passphrase
        self.presenter.change(Typed(fields.old.value(), fields.new.value(), fields.again.value()))

    def show_facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        self.facts.show_facts(facts)

    def show_problems(self, problems: dict[str, str]) -> None:
        self.passphrase.show_problems(problems)

    def show_changing(self) -> None:
        self.told.hide()
        self.change.setEnabled(False)
        self.change.set_words(say("Changing"))

    def show_changed(self) -> None:
        self._settle()
        self.passphrase.clear()
        self.told.show_words("ok", say("Your passphrase is changed"), say("Use the new one from the next unlock on."))
        self.told.show()
        announce(self, say("Your passphrase is changed"))

    def show_failed(self, title: str, words: str) -> None:
        self._settle()
        if title:
            self.told.show_words("danger", title, words)
            self.told.show()
            announce(self, f"{title}. {words}", is_urgent=True)

    def _settle(self) -> None:
        self.change.setEnabled(True)
        self.change.set_words(say("Change passphrase"))
