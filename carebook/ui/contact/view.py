"""The contact screen: when, how, where and who; writing under headings; what comes of it."""

# ruff: noqa: D102 - what the presenter calls is told in its Protocol

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from carebook.actions.open_person import PersonRecord
from carebook.policy.headings import WRITTEN
from carebook.ui.contact.draft import ContactDraft
from carebook.ui.contact.marks import KEYS_HINT
from carebook.ui.contact.page import WritingPage
from carebook.ui.contact.parts import FollowUpsCard, OccasionCard
from carebook.ui.contact.passages import HeadingCard, PassageEditor
from carebook.ui.contact.presenter import ContactPresenter, Told
from carebook.ui.kit.buttons import Button
from carebook.ui.kit.layout import Columns
from carebook.ui.kit.text import Text
from carebook.ui.room import Go, Room
from carebook.words import local


class ContactView(WritingPage):
    """Writing a contact with a person; goes on with a draft where one is named. row_id: the planned visit it is."""

    def __init__(self, room: Room, person_id: str, draft_id: str = "", row_id: str = "") -> None:
        super().__init__(
            "New contact", finish="Finish", below="Only you can read a draft. Finish it to make it part of the record."
        )
        self._room, self._person_id = room, person_id
        self._visit_row_id = row_id
        self.occasion = OccasionCard(self._today)
        self.follow_ups = FollowUpsCard(self._today)
        self.headings: list[HeadingCard] = []
        self._columns: QWidget | None = None
        self.presenter = ContactPresenter(self, room, person_id, draft_id, row_id)
        self.finish_wanted.connect(self.presenter.finish)
        self.discard_confirmed.connect(self.presenter.discard)
        self.due.connect(self.presenter.keeper.due)
        self.left.connect(self.presenter.leave)
        self.notice_pressed.connect(self.presenter.go_on_with_other)
        self.problem_chosen.connect(self.focus_field)
        self.close_.clicked.connect(self._close)
        self.destroyed.connect(self.presenter.asking.end)
        self.destroyed.connect(self.presenter.keeper.asking.end)

    def _today(self) -> date:
        return local(self._room.desk.clock.now()).date()

    def opened(self) -> None:
        self.presenter.start()

    def focus_first(self) -> None:
        if self._columns is None:
            self.heading.take_focus()
        else:
            self.occasion.channel.take_focus()

    def _close(self) -> None:
        self.presenter.leave()
        self._room.say("The draft is kept")
        self._room.back()

    # ------------------------------------------------------------ what the presenter tells

    def show_person(self, record: PersonRecord) -> None:
        self.show_who(record, self._today())
        who = record.summary.preferred or record.summary.given or "the person"
        self.headings = [HeadingCard(heading, who, self._today) for heading in WRITTEN]

    def show_draft(self, draft: ContactDraft) -> None:
        self.occasion.show_draft(draft)
        told = (*draft.told_typed, *[""] * len(draft.passages))
        for card in self.headings:
            mine = [pair for pair in zip(draft.passages, told, strict=False) if pair[0].heading == card.heading]
            card.show_passages(mine)
            card.changed.connect(self.presenter.keeper.typed)
        self.follow_ups.show_draft(draft.outcome, draft.follow_ups, draft.due_typed)
        self._visit_row_id = draft.visit_row_id or self._visit_row_id
        self._columns = Columns(
            [self.occasion], [Text(KEYS_HINT, "small", ink="quiet"), *self.headings, self.follow_ups], share=(2, 3), narrow=860
        )
        self.form_area.body.addWidget(self._columns)
        self.occasion.form.changed.connect(self.presenter.keeper.typed)
        self.follow_ups.changed.connect(self.presenter.keeper.typed)
        self.focus_soon()

    def read(self) -> ContactDraft:
        pairs = [pair for card in self.headings for pair in card.value()]
        follow_ups, due_typed = self.follow_ups.value()
        return ContactDraft(
            **self.occasion.value(),  # type: ignore[arg-type]
            outcome=self.follow_ups.outcome.value(), passages=tuple(written for written, _ in pairs),
            told_typed=tuple(told for _, told in pairs), follow_ups=follow_ups, due_typed=due_typed,
            visit_row_id=self._visit_row_id,
        )

    def wrong(self) -> Mapping[str, str]:
        found = {"on": self.occasion.on.wrong(), "at": self.occasion.at.wrong()}
        found |= {f"passage{at}": editor.marks.told_on.wrong() for at, editor in enumerate(self._editors())}
        found |= {f"follow_up{at}": editor.due_on.wrong() for at, editor in enumerate(self.follow_ups.editors)}
        return {field: code for field, code in found.items() if code}

    def show_problems(self, problems: Sequence[Told]) -> None:
        told = {one.field: one for one in problems}
        words = {field: one.words for field, one in told.items()}
        self.occasion.form.show_problems(words)
        for at, editor in enumerate(self._editors()):
            problem = told.get(f"passage{at}")
            editor.show_problem(problem.code if problem else "", problem.words if problem else "")
        for at, follow_up in enumerate(self.follow_ups.editors):
            follow_up.due_on.show_problem(words.get(f"follow_up{at}", ""))
        if "words" in words:
            self._editors()[0].show_problem("words_missing", words["words"])
        self.show_told([(field, self._named(field, said)) for field, said in words.items()])

    def _named(self, field: str, said: str) -> str:
        """The words of a problem in the summary: those of a row that can repeat name the row and its field."""
        if not field.startswith("follow_up"):
            return said
        editor = self.follow_ups.editors[int(field.removeprefix("follow_up"))]
        return f"{editor.due_on.edit.accessibleName().replace(': ', ', ')}: {said}"

    def _editors(self) -> list[PassageEditor]:
        return [editor for card in self.headings for editor in card.editors]

    def focus_field(self, key: str) -> None:
        """Put the focus into the field that a line of the summary is about."""
        if key.startswith("passage"):
            editor = self._editors()[int(key.removeprefix("passage"))]
            editor.focus_problem("known_missing" if not editor.marks.value().known else "told_on_missing")
        elif key.startswith("follow_up"):
            self.follow_ups.editors[int(key.removeprefix("follow_up"))].due_on.take_focus()
        elif key == "words":
            self._editors()[0].words.take_focus()
        else:
            self.occasion.form.focus(key)

    def show_finished(self, title: str, words: str) -> None:
        read, back = Button("Read it", "book-open", kind="primary"), Button("Back to the record", "arrow-left")
        read.clicked.connect(lambda: self._room.go(Go("entry", self._person_id, row_id=self.presenter.row_id)))
        back.clicked.connect(lambda: self._room.go(Go("person", self._person_id, tab="contacts")))
        self.state.show_finished(title)
        self.show_instead(title, words, read, back)
        self._room.say(f"{title} {words}")
