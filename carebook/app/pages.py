"""Which screen stands behind which name, read when it is first opened, and going from one to another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Final

from PySide6.QtWidgets import QWidget

from carebook.ui.background import Lanes
from carebook.ui.room import Go, Room
from carebook.ui.window import Shell
from carebook.words import say

SCREENS: Final = {
    "today": ("carebook.ui.today.view:TodayView", ()),
    "people": ("carebook.ui.people.view:PeopleView", ()),
    "new_person": ("carebook.ui.new_person.view:NewPersonView", ("draft_id",)),
    "person": ("carebook.ui.person.view:PersonView", ("person_id", "tab")),
    "contact": ("carebook.ui.contact.view:ContactView", ("person_id", "draft_id", "row_id")),
    "entry": ("carebook.ui.entry.view:EntryView", ("row_id",)),
    "amend": ("carebook.ui.amend.view:AmendView", ("row_id", "draft_id")),
    "plan": ("carebook.ui.plan.view:PlanEditView", ("person_id", "row_id", "draft_id")),
    "plan_preview": ("carebook.ui.plan.preview_view:PlanPreviewView", ("person_id", "row_id")),
}
"""Page of a Go: the class that shows it, and what it is given of the Go."""

RAIL: Final = (
    ("today", "Today", "house"),
    ("people", "People", "users"),
    ("sync", "Sync", "refresh-cw"),
    ("settings", "Settings", "settings"),
)
"""The pages of the rail, in the order of their keys Ctrl+1 to Ctrl+4."""


@dataclass(eq=False)
class Pages:
    """Makes screens and shows them in the shell. own: the screens that the program makes itself, by page."""

    shell: Shell
    lanes: Lanes
    room: Room
    own: dict[str, Callable[[Room], QWidget]]

    def begin(self) -> None:
        """Put the pages on the rail."""
        for key, name, icon in RAIL:
            self.shell.add_page(key, say(name), icon, lambda key=key: self._make(Go(key)))  # type: ignore[misc]

    def go(self, where: Go) -> None:
        """Show a screen."""
        if any(where.page == key for key, _, _ in RAIL):
            page = self.shell.show_page(where.page)
            search = getattr(page, "search", None)
            if where.words and callable(search):
                search(where.words)
            return
        self.shell.open_page(self._make(where), under="people")

    def _make(self, where: Go) -> QWidget:
        """A screen whose jobs are dropped with it: the token it holds goes when it goes."""
        token = QWidget()
        token.hide()
        mine = replace(self.room, quick=self.lanes.store.for_screen(token), slow=self.lanes.slow.for_screen(token))
        page = self.own[where.page](mine) if where.page in self.own else _screen(where, mine)
        token.setParent(page)
        return page


def _screen(where: Go, room: Room) -> QWidget:
    address, names = SCREENS["plan_preview" if (where.page, where.tab) == ("plan", "preview") else where.page]
    module, _, kind = address.partition(":")
    made: QWidget = getattr(import_module(module), kind)(room, **{name: getattr(where, name) for name in names})
    return made
