"""Writing under headings: passages, each an editor with its marks, as many as are needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from carebook.actions.finish_contact import WrittenPassage
from carebook.policy.headings import Heading
from carebook.ui.contact.draft import untouched
from carebook.ui.contact.growing import let_grow
from carebook.ui.contact.marks import Marked, PassageMarks
from carebook.ui.fields import EditorField
from carebook.ui.kit.buttons import Button
from carebook.ui.kit.cards import Card
from carebook.ui.kit.layout import column, line
from carebook.ui.kit.text import Text

ASKED = {
    Heading.CONTACTS: ("What happened", "What you saw, heard and did. Facts first; say what is opinion, and whose."),
    Heading.FAMILY: ("You and your family", "Who is around them, what came before, what is difficult."),
    Heading.DISCUSSIONS: ("What we discussed", "What you asked and talked about, in their own words where you can."),
    Heading.DECISIONS: ("Decisions and agreements", "What was decided, by whom and why, and where they do not agree."),
}
"""Each heading as it is asked for while writing, with a hint."""


class PassageEditor(QWidget):
    """One passage: its words and, once there are any, its marks."""

    changed = Signal()

    def __init__(self, name: str, who: str, today: Callable[[], date]) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.words = EditorField("words", name, lines=3)
        self.words.label.hide()
        self.marks = PassageMarks(name, who, today)
        self.marks.add_keys(self)
        self.setLayout(column(self.words, self.marks, gap=2))
        self.words.changed.connect(self._typed)
        self.marks.changed.connect(self.changed)
        let_grow(self.words.edit)
        self.marks.setVisible(False)

    def _typed(self) -> None:
        self.marks.setVisible(self.has_words() or self.marks.value() != Marked())
        self.changed.emit()

    def has_words(self) -> bool:
        """Whether anything was written; asked with each key stroke, so it does not copy the words."""
        return not self.words.edit.document().isEmpty()

    def show_marked(self, words: str, marked: Marked) -> None:
        """Show these words with these marks."""
        self.words.set_value(words)
        self.marks.set_value(marked)
        self.marks.setVisible(bool(words) or marked != Marked())

    def show_problem(self, code: str, words: str) -> None:
        """Show a problem of the words or of the marks; empty words take it away."""
        self.words.show_problem(words if code != "told_on_missing" else "")
        self.marks.show_problem(code, words)

    def focus_problem(self, code: str) -> None:
        """Put the focus where the problem is: the words, or the marks."""
        if code in {"known_missing", "told_on_missing"}:
            self.marks.focus_problem()
        else:
            self.words.take_focus()


class HeadingCard(Card):
    """All passages under one heading, and a button for another."""

    changed = Signal()

    def __init__(self, heading: Heading, who: str, today: Callable[[], date]) -> None:
        self.heading, self._who, self._today = heading, who, today
        title, hint = ASKED[heading]
        super().__init__(title)
        self.editors: list[PassageEditor] = []
        self._list = column(gap=3)
        self.more = Button("Add another passage", "plus", kind="plain", name=f"Add another passage under {title}")
        self.more.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.more.clicked.connect(self._add_and_go)
        self.body.addWidget(Text(hint, "small", ink="quiet"))
        self.body.addLayout(self._list)
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.more.hide()

    def show_passages(self, passages: Sequence[tuple[WrittenPassage, str]]) -> None:
        """Show these passages, each with what stands in its date field; at least one editor is there."""
        for written, told_typed in passages or [(untouched(self.heading.value), "")]:
            self._add().show_marked(
                written.words,
                Marked(
                    written.known, written.told_on, told_typed, written.third_parties, written.health, written.confidence,
                    written.own_words,
                ),
            )
        self._settle()

    def _add(self) -> PassageEditor:
        title = ASKED[self.heading][0]
        number = len(self.editors) + 1
        editor = PassageEditor(title if number == 1 else f"{title}, passage {number}", self._who, self._today)
        if number > 1:
            self._list.addWidget(line())
        self._list.addWidget(editor)
        self.editors.append(editor)
        editor.changed.connect(self._settle)
        editor.changed.connect(self.changed)
        return editor

    def _add_and_go(self) -> None:
        editor = self._add()
        editor.show()  # the focus does not go to what a layout has yet to show
        editor.words.take_focus()
        self._settle()

    def _settle(self) -> None:
        self.more.setVisible(bool(self.editors) and self.editors[-1].has_words())

    def value(self) -> list[tuple[WrittenPassage, str]]:
        """The passages as they stand, empty ones too, each with what stands in its date field."""
        return [(self._written(editor), editor.marks.value().told_typed) for editor in self.editors]

    def _written(self, editor: PassageEditor) -> WrittenPassage:
        marked = editor.marks.value()
        return WrittenPassage(
            heading=self.heading.value, words=editor.words.value(), known=marked.known, told_on=marked.told_on,
            third_parties=marked.third_parties, health=marked.health, confidence=marked.confidence, own_words=marked.own_words,
        )
