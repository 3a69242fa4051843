"""The parts of a contact beside its words: when, how, where, who was there and why; and what is to be done next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, time

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from carebook.actions.finish_contact import CHANNELS, FollowUp
from carebook.ui.contact.draft import ContactDraft
from carebook.ui.contact.growing import let_grow
from carebook.ui.fields import ChoiceField, EditorField, Field, Form, TextField
from carebook.ui.fields_choice import RadioField
from carebook.ui.fields_dates import DateField, TimeField
from carebook.ui.kit.buttons import Button
from carebook.ui.kit.cards import Card
from carebook.ui.kit.layout import column, line, row
from carebook.ui.kit.text import Text

_YES_NO = (("yes", "Yes"), ("no", "No"))


def _yes_no(is_so: bool | None) -> str:
    return "" if is_so is None else ("yes" if is_so else "no")


def _is_so(key: str) -> bool | None:
    return None if not key else key == "yes"


def _beside(*fields: Field) -> QHBoxLayout:
    """Short fields beside each other, level at the top."""
    made = row(*fields, None, gap=4)
    made.setAlignment(Qt.AlignmentFlag.AlignTop)
    for field in fields:
        made.setAlignment(field, Qt.AlignmentFlag.AlignTop)
    return made


class OccasionCard(Card):
    """How, when and where the contact was, who was there and why."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__("The contact")
        self.channel = ChoiceField("channel", "How was it made?", tuple(CHANNELS.items()))
        self.on = DateField("on", "Day", today=today, hint="Like 23 Nov 2026 or today")
        self.at = TimeField("at", "Time", "Like 15:40")
        self.place = TextField("place", "Where", is_optional=True)
        self.present = TextField("present", "Who was there", "Names with commas between them", is_optional=True)
        self.why = EditorField("why", "Why was this contact made?", "A review that was due, a fall, a wish.", lines=2)
        self.identity = RadioField(
            "identity_checked", "Did you check who they are?", _YES_NO, "Name with date of birth, address or number.",
            is_across=True,
        )
        self.alone = RadioField("seen_alone", "Did you see them alone?", _YES_NO, is_across=True)
        let_grow(self.why.edit, 2, 8)
        self.form = Form(self.channel)
        self.form.body.addLayout(_beside(self.on, self.at))
        for beside in (self.on, self.at):
            self.form.know(beside)
        for field in (self.place, self.present, self.why, self.identity, self.alone):
            self.form.add(field)
        self.body.addWidget(self.form)

    def show_draft(self, draft: ContactDraft) -> None:
        """Show what stands in the draft."""
        self.channel.set_value(draft.channel)
        self.on.set_value(draft.on)
        if draft.on is None:
            self.on.edit.setText(draft.on_typed)
        self.at.set_value(draft.at.strftime("%H:%M") if draft.at else draft.at_typed)
        for field, words in ((self.place, draft.place), (self.present, draft.present), (self.why, draft.why)):
            field.set_value(words)
        self.identity.set_value(_yes_no(draft.identity_checked))
        self.alone.set_value(_yes_no(draft.seen_alone))

    def value(self) -> dict[str, object]:
        """The fields of a ContactDraft that stand here."""
        on, at = self.on.value(), self.at.clock_time()
        return {
            "channel": self.channel.value(), "on": on.whole if on else None, "at": time(*at) if at else None,
            "on_typed": self.on.typed(), "at_typed": self.at.value(), "place": self.place.value(),
            "present": self.present.value(), "why": self.why.value(), "identity_checked": _is_so(self.identity.value()),
            "seen_alone": _is_so(self.alone.value()),
        }


class FollowUpEditor(QWidget):
    """One thing to do, and the day it is to be done by."""

    changed = Signal()

    def __init__(self, number: int, today: Callable[[], date]) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self.title = TextField("title", "What is to be done", name=f"Follow-up {number}: what is to be done", width=0)
        self.due_on = DateField("due_on", "By when", today=today, hint="Like 4 Dec 2026 or +2w")
        self.due_on.edit.setAccessibleName(f"Follow-up {number}: by when")
        self.due_on.pick.setAccessibleName(f"Follow-up {number}: by when, choose from a calendar")
        self.setLayout(column(self.title, self.due_on, gap=2))
        for field in (self.title, self.due_on):
            field.changed.connect(self.changed)


class FollowUpsCard(Card):
    """What came of the contact, and what is to be done next."""

    changed = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__("What comes of it")
        self._today = today
        self.editors: list[FollowUpEditor] = []
        self.outcome = EditorField("outcome", "Outcome", "What is different now, in a sentence.", lines=2, is_optional=True)
        let_grow(self.outcome.edit, 2, 8)
        self._list = column(gap=3)
        self.more = Button("Add something to do", "plus", kind="plain")
        self.more.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.more.clicked.connect(self._add_and_go)
        self.body.addWidget(self.outcome)
        self.body.addWidget(Text("To do", "strong"))
        self.body.addLayout(self._list)
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.outcome.changed.connect(self.changed)

    def _add(self) -> FollowUpEditor:
        editor = FollowUpEditor(len(self.editors) + 1, self._today)
        if self.editors:
            self._list.addWidget(line())
        self._list.addWidget(editor)
        self.editors.append(editor)
        editor.changed.connect(self.changed)
        return editor

    def _add_and_go(self) -> None:
        editor = self._add()
        editor.show()  # the focus does not go to what a layout has yet to show
        editor.title.take_focus()

    def show_draft(self, outcome: str, follow_ups: Sequence[FollowUp], due_typed: Sequence[str]) -> None:
        """Show what stands in the draft."""
        self.outcome.set_value(outcome)
        for number, follow_up in enumerate(follow_ups):
            editor = self._add()
            editor.title.set_value(follow_up.title)
            editor.due_on.set_value(follow_up.due_on)
            if follow_up.due_on is None and number < len(due_typed):
                editor.due_on.edit.setText(due_typed[number])

    def value(self) -> tuple[tuple[FollowUp, ...], tuple[str, ...]]:
        """The follow-ups as they stand, and what stands in their date fields."""
        found = []
        for editor in self.editors:
            due = editor.due_on.value()
            found.append(FollowUp(title=editor.title.value(), due_on=due.whole if due else None))
        return tuple(found), tuple(editor.due_on.typed() for editor in self.editors)
