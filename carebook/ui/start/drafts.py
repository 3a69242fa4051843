"""Tells, after unlocking, what was being written when carebook closed, and leads back to it."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import Signal

from carebook.actions.list_drafts import DraftFound
from carebook.ui.kit.buttons import Button
from carebook.ui.kit.notices import NoticeBar
from carebook.ui.room import Go
from carebook.words import at_time, count, local, on_date, say

PAGES: Final = {"contact": "contact", "amendment": "amend", "plan": "plan", "person": "new_person"}
"""Where a draft of each kind is gone on with."""


def draft_go(draft: DraftFound) -> Go:
    """Where this draft is gone on with."""
    return Go(PAGES.get(draft.kind, "today"), person_id=draft.person_id, draft_id=draft.draft_id)


def draft_words(drafts: tuple[DraftFound, ...], today: date) -> str:
    """What was being written, and when it was last saved; drafts: at least one, the last written first."""
    first = drafts[0]
    name = first.person.full_name if first.person is not None else say("a new person")
    day = local(first.saved_at).date()
    when = at_time(first.saved_at) if day == today else say("{} on {}").format(at_time(first.saved_at), on_date(day))
    words = say("You were writing about {} when carebook closed. Saved at {}.").format(name, when)
    if len(drafts) == 1:
        return words
    return f"{words} " + say("There are {} in all.").format(count(len(drafts), say("draft"), say("drafts")))


class DraftsNotice(NoticeBar):
    """pressed: go on with the first. list_wanted: see them all."""

    list_wanted = Signal()

    def __init__(self, drafts: tuple[DraftFound, ...], today: date) -> None:
        title = say("Your unfinished work is safe")
        super().__init__(
            "info", title, draft_words(drafts, today), button=say("Continue"), icon="notebook-pen", may_dismiss=True
        )
        self.every = Button(say("See drafts"))
        self.every.setVisible(len(drafts) > 1)
        self.every.clicked.connect(self.list_wanted)
        layout = self.layout()
        assert layout is not None
        layout.removeWidget(self.button)
        at = 2
        layout.insertWidget(at, self.every)  # type: ignore[attr-defined]
        layout.insertWidget(at + 1, self.button)  # type: ignore[attr-defined]
