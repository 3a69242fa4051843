"""The amending screen: why, the words to be changed, and beside them how they stand now."""

# ruff: noqa: D102 - what the presenter calls is told in its Protocol

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from carebook.actions.open_person import PersonRecord
from carebook.actions.read_entry import Entry
from carebook.policy.headings import Heading
from carebook.ui.amend.draft import AmendDraft
from carebook.ui.amend.presenter import AmendPresenter
from carebook.ui.contact.growing import let_grow
from carebook.ui.contact.page import WritingPage
from carebook.ui.contact.passages import HeadingCard
from carebook.ui.contact.presenter import Told
from carebook.ui.entry.parts import passages_part
from carebook.ui.entry.words import facts_of, occasion, title_of, version_words
from carebook.ui.fields import EditorField, Form, TextField
from carebook.ui.kit.buttons import Button
from carebook.ui.kit.cards import Card, KeyValues
from carebook.ui.kit.layout import Columns
from carebook.ui.kit.text import Text
from carebook.ui.room import Go, Room
from carebook.words import local


class AmendView(WritingPage):
    """Amending an entry; goes on with a draft where there is one."""

    def __init__(self, room: Room, row_id: str, draft_id: str = "") -> None:
        super().__init__(
            "Amend", finish="Finish the amendment", below="The entry stands as it is until you finish."
        )
        self._room = room
        self.reason = EditorField("reason", "Why is it amended?", "It stays with the record. The person may read it.", lines=2)
        self.title = TextField("title", "Title", width=0)
        self.why = EditorField("why", "Why was this contact made?", lines=2)
        self.outcome = EditorField("outcome", "Outcome", lines=2, is_optional=True)
        for editor in (self.reason, self.why, self.outcome):
            let_grow(editor.edit, 2, 8)
        self.form = Form(self.reason, self.title, self.why, self.outcome)
        self.words: HeadingCard | None = None
        self._ids: tuple[str, ...] = ()
        self._begins_from = row_id
        self.presenter = AmendPresenter(self, room, row_id, draft_id)
        self.finish_wanted.connect(self.presenter.finish)
        self.discard_confirmed.connect(self.presenter.discard)
        self.due.connect(self.presenter.due)
        self.left.connect(self.presenter.leave)
        self.notice_pressed.connect(self.presenter.read_present)
        self.problem_chosen.connect(self.focus_field)
        self.close_.clicked.connect(self._close)
        self.destroyed.connect(self.presenter.asking.end)

    def _today(self) -> date:
        return local(self._room.desk.clock.now()).date()

    def opened(self) -> None:
        self.presenter.start()

    def focus_first(self) -> None:
        if self.words is None:
            self.heading.take_focus()
        else:
            self.reason.take_focus()

    def _close(self) -> None:
        self.presenter.leave()
        self._room.say("The draft is kept")
        self._room.back()

    # ------------------------------------------------------------ what the presenter tells

    def show_person(self, record: PersonRecord) -> None:
        self.show_who(record, self._today())
        self._who = record.summary.preferred or record.summary.given or "the person"

    def show_draft(self, draft: AmendDraft, before: Sequence[Entry]) -> None:
        first = before[0]
        self.heading.setText(f"Amend: {title_of(first)}")
        self.second.setText(occasion(first))
        self.second.show()
        self._begins_from, self._ids = draft.row_id, draft.passage_ids
        is_contact = first.heading == Heading.CONTACTS
        for field, words in ((self.reason, draft.reason), (self.title, draft.title), (self.why, draft.why),
                             (self.outcome, draft.outcome)):  # fmt: skip
            field.set_value(words)
        for field in (self.why, self.outcome):
            field.setVisible(is_contact)
        self.words = HeadingCard(Heading(first.heading), self._who, self._today)
        told = (*draft.told_typed, *[""] * len(draft.passages))
        self.words.show_passages(list(zip(draft.passages, told, strict=False)))
        card = Card()
        card.body.addWidget(self.form)
        stands = [_as_it_stands(one) for one in before]
        self.form_area.body.addWidget(Columns([card, self.words], list(stands), share=(3, 2), narrow=860))
        self.form.changed.connect(self.presenter.typed)
        self.words.changed.connect(self.presenter.typed)
        self.focus_soon()

    def read(self) -> AmendDraft:
        pairs = self.words.value() if self.words else []
        ids = (*self._ids, *[""] * len(pairs))[: len(pairs)]
        return AmendDraft(
            row_id=self._begins_from, reason=self.reason.value(), title=self.title.value(), why=self.why.value(),
            outcome=self.outcome.value(), passages=tuple(written for written, _ in pairs), passage_ids=ids,
            told_typed=tuple(told for _, told in pairs),
        )

    def wrong(self) -> Mapping[str, str]:
        editors = self.words.editors if self.words else []
        found = {f"passage{at}": editor.marks.told_on.wrong() for at, editor in enumerate(editors)}
        return {field: code for field, code in found.items() if code}

    def show_problems(self, problems: Sequence[Told]) -> None:
        told = {one.field: one for one in problems}
        self.form.show_problems({field: one.words for field, one in told.items()})
        for at, editor in enumerate(self.words.editors if self.words else []):
            problem = told.get(f"passage{at}") or (told.get("words") if at == 0 else None)
            editor.show_problem(problem.code if problem else "", problem.words if problem else "")
        self.show_told([(field, one.words) for field, one in told.items()])

    def focus_field(self, key: str) -> None:
        """Put the focus into the field that a line of the summary is about."""
        if self.words is not None and key.startswith("passage"):
            editor = self.words.editors[int(key.removeprefix("passage"))]
            editor.focus_problem("known_missing" if not editor.marks.value().known else "told_on_missing")
        elif self.words is not None and key == "words":
            self.words.editors[0].words.take_focus()
        else:
            self.form.focus(key)

    def show_finished(self, title: str, words: str) -> None:
        read, back = Button("Read it", "book-open", kind="primary"), Button("Back to the record", "arrow-left")
        person_id = self.presenter.person_id
        read.clicked.connect(lambda: self._room.go(Go("entry", person_id, row_id=self.presenter.row_id)))
        back.clicked.connect(lambda: self._room.go(Go("person", person_id, tab="contacts")))
        self.show_instead(title, words, read, back)
        self._room.say(f"{title} {words}")


def _as_it_stands(entry: Entry) -> Card:
    card = Card("As it stands now")
    card.body.addWidget(Text(version_words(entry), "small", ink="quiet"))
    card.body.addWidget(KeyValues(facts_of(entry)))
    if entry.body is None:
        card.body.addWidget(Text("Moved to another record, as written on the wrong person."))
        return card
    card.body.addWidget(passages_part(entry.heading, entry.passages))
    if entry.body.outcome:
        card.body.addWidget(KeyValues([("Outcome", entry.body.outcome)]))
    return card
