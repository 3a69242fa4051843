"""The sync page: how things stand, the server's answers, what waits and why, and how old each copy is."""

# ruff: noqa: D102 - the Shows protocol says what each promises

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from carebook.ui.kit.buttons import Button
from carebook.ui.kit.cards import Card, Item
from carebook.ui.kit.layout import Columns
from carebook.ui.kit.notices import NoticeBar
from carebook.ui.kit.pages import Page, ReflowArea
from carebook.ui.kit.states import StateStack
from carebook.ui.kit.text import Text
from carebook.ui.room import Room
from carebook.ui.sync.presenter import Line, SyncPresenter, SyncState, SyncWords
from carebook.words import say

_AT_ONCE = 50


class SyncView(Page):
    """Shows what the presenter says. state: gives the present state of syncing."""

    def __init__(self, room: Room, state: Callable[[], SyncState]) -> None:
        second = say("What was sent, what waits, and how old this laptop's copy is")
        super().__init__(say("Sync"), second=second, is_scrolling=False)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.presenter = SyncPresenter(self, room, state)
        self.try_now = Button(say("Try now"), "refresh-cw", kind="primary")
        self.try_now.clicked.connect(self.presenter.try_now)
        self.header.add_action(self.try_now)
        self.bar, self.clock = NoticeBar("neutral", " "), NoticeBar("warn", say("The clocks differ"))
        self.clock.hide()
        self.answered, self.waiting = Card(say("What the server has answered")), Card(say("Waiting to be sent"))
        self.refused, self.held = Card(say("Not taken by the server")), Card(say("People on this laptop"))
        content = ReflowArea()
        both = Columns([self.refused, self.waiting, self.answered], [self.held])
        for part in (self.bar, self.clock, both):
            content.body.addWidget(part)
        self.stack = StateStack(content, loading=say("Reading the state of sync"))
        self.stack.retry.connect(self.presenter.read)
        self.body.addWidget(self.stack)

    def opened(self) -> None:
        self.presenter.read()

    def show_loading(self) -> None:
        self.stack.show_loading()

    def show_error(self, title: str, words: str) -> None:
        self.stack.show_error(title, words)

    def show_words(self, words: SyncWords, *, may_try: bool) -> None:
        self.try_now.setEnabled(may_try)
        told = words.headline
        self.bar.show_words(told.tone, told.words, told.more, icon=told.icon)
        self.clock.setVisible(bool(words.clock))
        self.clock.show_words("warn", say("The clocks differ"), words.clock)
        self.refused.setVisible(bool(words.refused))
        _fill(self.refused, words.refused, "", icon=("circle-alert", "danger"))
        _fill(self.waiting, words.waiting, say("Nothing waits."), icon=("cloud-upload", "text2"))
        _fill(self.answered, words.answered, say("Nothing has been sent from this laptop yet."), icon=("server", "text2"))
        _fill(self.held, words.held, say("This laptop holds nobody's record yet."))
        self.stack.show_content()


def _fill(card: Card, lines: Sequence[Line], empty: str, *, icon: tuple[str, str] | None = None) -> None:
    items: list[QWidget] = [
        Item(one.words, one.second, mark=None if icon else one.words, icon=icon, right=one.right) for one in lines[:_AT_ONCE]
    ]
    if len(lines) > _AT_ONCE:
        items.append(Text(say("and {} more").format(f"{len(lines) - _AT_ONCE:,}"), ink="quiet"))
    card.show_items(items or [Text(empty, ink="quiet")])
