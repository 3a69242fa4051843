"""Parts of the reading pane: a passage with its marks, a version with what it changed, two versions side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QSizePolicy, QWidget

from carebook.actions.read_contacts import Passage
from carebook.actions.read_entry import Entry
from carebook.ui.entry.words import Change, changes, facts_of, heading_title, marks_of, version_words, written_by
from carebook.ui.kit.buttons import Button
from carebook.ui.kit.cards import Card, KeyValues
from carebook.ui.kit.chips import Chip
from carebook.ui.kit.layout import Columns, column, row, wrapping
from carebook.ui.kit.text import Text

_PAIRS = {("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'")}


def _clear(layout: object) -> QWidget:
    made = QWidget()
    made.setProperty("ground", "clear")
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    made.setLayout(layout)  # type: ignore[arg-type]
    return made


def quoted(words: str) -> str:
    """Somebody's own words in quotation marks, unless they stand in a pair already."""
    bare = words.strip()
    is_quoted = len(bare) > 1 and (bare[0], bare[-1]) in _PAIRS and not set(bare[1:-1]) & set(bare[0] + bare[-1])
    return words if is_quoted else f"“{words}”"


def passage_part(passage: Passage) -> QWidget:
    """A passage with its marks as chips below it."""
    words = quoted(passage.words) if passage.own_words else passage.words
    return _clear(
        column(Text(words).selectable(), wrapping(*(Chip(m.words, m.tone, m.icon) for m in marks_of(passage))), gap=1)
    )


def passages_part(heading: str, passages: Sequence[Passage]) -> QWidget:
    """The passages under their heading."""
    return _clear(column(Text(heading_title(heading), "section"), *(passage_part(one) for one in passages), gap=3))


def changes_part(found: Sequence[Change]) -> QWidget:
    """What a version changed: how it stood before, and after."""
    if not found:
        return Text("Nothing in the words was changed.", ink="quiet")
    parts: list[QWidget] = []
    for one in found:
        was = column(Text("Before", "caption", ink="quiet"), Text(one.before or "Not there").selectable(), gap=0)
        now = column(Text("After", "caption", ink="quiet"), Text(one.after or "Taken out").selectable(), gap=0)
        beside = Columns([_clear(was)], [_clear(now)], share=(1, 1), narrow=420)
        parts.append(_clear(column(Text(one.what, "strong"), beside, gap=1)))
    return _clear(column(*parts, gap=3))


class VersionPart(QWidget):
    """One version in a line, which opens to what it changed, or to its words where it was the first."""

    def __init__(self, entry: Entry, before: Entry | None) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self._entry, self._before = entry, before
        self._more: QWidget | None = None
        self.button = Button("", kind="plain")
        self.button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._open = "Show what changed" if before is not None else "Show this version"
        self.button.set_words(self._open, f"{self._open}: {version_words(entry)}")
        self.button.clicked.connect(self._toggle)
        if entry.body is None:
            self.button.hide()
        line = row(Text(version_words(entry)), self.button, gap=3)
        line.setStretch(0, 1)
        self._list = column(line, gap=2)
        self.setLayout(self._list)

    def _toggle(self) -> None:
        if self._more is None:
            self._more = self._made()
            self._list.addWidget(self._more)
            self._more.show()
        else:
            self._more.setVisible(not self._more.isVisibleTo(self))
        words = "Hide" if self._more.isVisibleTo(self) else self._open
        self.button.set_words(words, f"{words}: {version_words(self._entry)}")

    def _made(self) -> QWidget:
        if self._before is not None:
            return changes_part(changes(self._before, self._entry))
        return passages_part(self._entry.heading, self._entry.passages)


class ClashPart(Card):
    """Two or more versions that stand beside each other, with their authors and reasons; a person settles which holds."""

    def __init__(self, heads: Sequence[Entry], settle: Callable[[str], None]) -> None:
        super().__init__("Two versions stand beside each other")
        self.buttons: list[Button] = []
        self.body.addWidget(
            Text("Two people changed this at the same time. Both are kept. Write one that stands in place of both.")
        )
        cards = [self._side(number, head, settle) for number, head in enumerate(heads, 1)]
        self.body.addWidget(Columns(cards[::2], cards[1::2], share=(1, 1), narrow=640))

    def _side(self, number: int, head: Entry, settle: Callable[[str], None]) -> QWidget:
        card = Card(f"Version {number}")
        card.body.addWidget(Text(written_by(head), "small", ink="quiet"))
        card.body.addWidget(Text(version_words(head), "strong"))
        if head.body is not None:
            card.body.addWidget(KeyValues(facts_of(head)))
            card.body.addWidget(passages_part(head.heading, head.passages))
            if head.body.outcome:
                card.body.addWidget(KeyValues([("Outcome", head.body.outcome)]))
            button = Button("Settle, beginning from this one", "scale", name=f"Settle, beginning from version {number}")
            button.clicked.connect(lambda: settle(head.row_id))
            card.body.addWidget(wrapping(button))
            self.buttons.append(button)
        return card
