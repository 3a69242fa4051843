"""People around the person: those close to them, those involved in their care, and those who no longer are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from carebook.actions.open_person import PersonRecord
from carebook.ui.kit.buttons import Button
from carebook.ui.kit.cards import Card, Item
from carebook.ui.kit.layout import Columns, clear
from carebook.ui.kit.pages import ReflowArea
from carebook.ui.kit.text import Text
from carebook.ui.person.details import DetailLine, line_of
from carebook.ui.person.lines import buttons_of, person_line
from carebook.ui.person.overview import Overview
from carebook.words import say

if TYPE_CHECKING:
    from carebook.ui.person.presenter import PersonPresenter


class PeopleTab(ReflowArea):
    """Who is around the person; each can be added, changed and ended."""

    def __init__(self, presenter: PersonPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self.setAccessibleName(say("People"))

    def show_people(self, record: PersonRecord, words: Overview) -> None:
        """Show everyone around the person."""
        clear(self.body)
        close = self._card(say("People close to them"), "relationship", words.close, say("Nobody is recorded yet."))
        involved = self._card(say("Involved in their care"), "involvement", words.involved, say("Nobody is recorded yet."))
        right: list[QWidget] = [involved, self._working(words)]
        ended = [line_of(kind, fact) for kind in ("relationship", "involvement") for fact in record.ended.get(kind, ())]
        if ended:
            right.append(self._ended(ended))
        self.body.addWidget(Columns([close], right, share=(1, 1)))

    def _card(self, title: str, key: str, lines: Sequence[DetailLine], none: str) -> Card:
        add = Button(say("Add"), "plus", name=f"{say('Add')}: {title}")
        add.clicked.connect(lambda: self._presenter.add(key))
        card = Card(title, action=add)
        card.show_items([self._line(line) for line in lines] or [Text(none, ink="quiet")])
        return card

    def _line(self, line: DetailLine) -> QWidget:
        made = buttons_of(line, self._presenter.change, self._presenter.history)
        end = Button(say("End"), kind="plain", name=f"{say('End')} {line.name}")
        end.clicked.connect(lambda: self._presenter.end(line))
        other = getattr(line.fact.body, "other_person_id", None) if line.fact else None
        if other:
            record = Button(say("Open their record"), kind="plain", name=f"{say('Open their record')}: {line.words}")
            record.clicked.connect(lambda: self._presenter.open_other(other))
            made.insert(0, record)
        return person_line(line, buttons=[*made[:-1], end, made[-1]])

    def _working(self, words: Overview) -> Card:
        card = Card(say("From the council"))
        items = [Item(name, second, mark=name) for name, second in words.working]
        card.show_items(items or [Text(say("Nobody is allocated."), ink="quiet")])
        return card

    def _ended(self, lines: Sequence[DetailLine]) -> Card:
        card = Card(say("No longer"))
        shown = [person_line(line, buttons=buttons_of(line, self._presenter.change, self._presenter.history)) for line in lines]
        card.show_items(shown)
        return card
