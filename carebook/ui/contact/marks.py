"""The marks of a passage, each one key stroke away: known to the person, others named, health, in confidence, own words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QWidget

from carebook.ui.contact.draft import KNOWN
from carebook.ui.fields import TextField
from carebook.ui.fields_dates import DateField
from carebook.ui.kit.buttons import ToggleButton
from carebook.ui.kit.layout import column, wrapping
from carebook.ui.kit.text import Text
from carebook.ui.theme import mark

KEYS = {
    "yes": "Alt+Y", "no": "Alt+N", "told": "Alt+T", "others": "Alt+P", "health": "Alt+H", "confidence": "Alt+C",
    "own": "Alt+O",
}
KEYS_HINT = (
    "While you write: Alt+Y they know, Alt+N they do not, Alt+T told on a day, Alt+P other people, Alt+H health, "
    "Alt+C in confidence, Alt+O own words."
)


@dataclass(frozen=True)
class Marked:
    """The marks as they stand. known: yes, no, told or "" while undecided; told_typed: what stands in the date field."""

    known: str = ""
    told_on: date | None = None
    told_typed: str = ""
    third_parties: str = ""
    health: bool = False
    confidence: str = ""
    own_words: bool = False


class PassageMarks(QWidget):
    """The marks of one passage. name: of the passage, for a screen reader; who: how the person is called."""

    changed = Signal()

    def __init__(self, name: str, who: str, today: Callable[[], date]) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self.name = name
        self._group = QButtonGroup(self)
        self.known = {key: self._toggle(words, "", f"known to them: {words}", key) for key, words in KNOWN}
        for button in self.known.values():
            self._group.addButton(button)
        self.told_on = DateField("told_on", "Day they were told", today=today)
        self.told_on.edit.setAccessibleName(f"{name}: day they were told")
        self.told_on.pick.setAccessibleName(f"{name}: day they were told, choose from a calendar")
        self.others = self._toggle("Names other people", "users", "names other people", "others")
        self.health = self._toggle("Health", "stethoscope", "about health", "health")
        self.in_confidence = self._toggle("In confidence", "lock", "given in confidence", "confidence")
        self.own = self._toggle("Own words", "message-square-quote", "in their own words", "own")
        self.names = TextField("third_parties", "Who is named", "Names with commas between them", name=f"{name}: who is named")
        self.giver = TextField("confidence", "Given in confidence by", name=f"{name}: given in confidence by")
        self._asked = Text(f"Does {who} know this is written here?", "small")
        self.setLayout(
            column(
                self._asked,
                wrapping(*self.known.values()),
                self.told_on,
                wrapping(self.others, self.health, self.in_confidence, self.own),
                self.names,
                self.giver,
                gap=2,
            )
        )
        self._follow()

    def _toggle(self, words: str, icon: str, name: str, key: str) -> ToggleButton:
        made = ToggleButton(words, icon, name=f"{self.name}: {name}")
        made.setToolTip(f"{words} ({KEYS[key]})")
        made.toggled.connect(self._toggled)
        return made

    def _follow(self) -> None:
        for toggle, field in ((self.known["told"], self.told_on), (self.others, self.names), (self.in_confidence, self.giver)):
            toggle.toggled.connect(field.setVisible)
            field.setVisible(toggle.isChecked())
            field.changed.connect(self.changed)

    def _toggled(self) -> None:
        self.changed.emit()

    def add_keys(self, within: QWidget) -> None:
        """Make the keys of KEYS work anywhere within that widget."""
        told = {**self.known, "others": self.others, "health": self.health, "confidence": self.in_confidence, "own": self.own}
        for key, button in told.items():
            shortcut = QShortcut(QKeySequence(KEYS[key]), within)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda button=button: self._pressed(button))

    def _pressed(self, button: ToggleButton) -> None:
        if button in self.known.values():
            button.setChecked(True)
        else:
            button.toggle()
        field = {self.known["told"]: self.told_on, self.others: self.names, self.in_confidence: self.giver}.get(button)
        if field is not None and button.isChecked():
            field.take_focus()

    def value(self) -> Marked:
        """The marks as they stand; what stands in a field whose mark was taken away is not among them."""
        known = next((key for key, button in self.known.items() if button.isChecked()), "")
        told = self.told_on.value() if known == "told" else None
        return Marked(
            known=known, told_on=told.whole if told else None, told_typed=self.told_on.typed() if known == "told" else "",
            third_parties=self.names.value() if self.others.isChecked() else "", health=self.health.isChecked(),
            confidence=self.giver.value() if self.in_confidence.isChecked() else "", own_words=self.own.isChecked(),
        )

    def set_value(self, marked: Marked) -> None:
        """Show these marks."""
        self._group.setExclusive(False)
        for key, button in self.known.items():
            button.setChecked(key == marked.known)
        self._group.setExclusive(True)
        self.told_on.set_value(marked.told_on)
        if marked.told_on is None:
            self.told_on.edit.setText(marked.told_typed)
        self.others.setChecked(bool(marked.third_parties))
        self.names.set_value(marked.third_parties)
        self.health.setChecked(marked.health)
        self.in_confidence.setChecked(bool(marked.confidence))
        self.giver.set_value(marked.confidence)
        self.own.setChecked(marked.own_words)

    def show_problem(self, code: str, words: str) -> None:
        """Show a problem of the marks where it belongs; empty words take it away."""
        self.told_on.show_problem(words if code == "told_on_missing" else "")
        self._asked.set_ink("danger" if words and code == "known_missing" else "")
        for button in self.known.values():
            mark(button, problem=bool(words) and code == "known_missing")

    def focus_problem(self) -> None:
        """Put the focus where the problem is."""
        if self.known["told"].isChecked():
            self.told_on.take_focus()
        else:
            self.known["yes"].setFocus(Qt.FocusReason.ShortcutFocusReason)
