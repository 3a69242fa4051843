"""Fields that are ticked: radio groups without a default, check boxes, and a list of check boxes.

Use::

    kind = RadioField("kind", "What kind of contact was it?", [("visit", "Visit"), ("call", "Telephone call")])
    alone = CheckField("in_pairs", "Visit in pairs")
    told = ChecksField("present", "Who was there?", [("a", "Amina Bello"), ("b", "Elaine Hughes")])
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QRadioButton, QWidget

from carebook.ui.fields import Field
from carebook.ui.kit.layout import bring_into_view, column, wrapping


class RadioField(Field):
    """One of a few choices, all in view; none is chosen until the worker does. is_across puts them beside each other."""

    def __init__(
        self,
        key: str,
        label: str,
        choices: Sequence[tuple[str, str]],
        hint: str = "",
        *,
        is_across: bool = False,
        is_optional: bool = False,
    ) -> None:
        super().__init__(key, label, hint, is_optional=is_optional)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QRadioButton] = {}
        for value, words in choices:
            button = QRadioButton(words)
            button.setAccessibleName(f"{label}: {words}")
            self._group.addButton(button)
            self._buttons[value] = button
            button.toggled.connect(lambda is_on: self.changed.emit() if is_on else None)
        self._set_controls(*self._buttons.values(), holder=_holder(self._buttons.values(), is_across), is_named=False)

    def value(self) -> str:
        """The key that was chosen; empty when none was."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def set_value(self, key: str) -> None:
        """Choose `key`; an empty or unknown one chooses none."""
        self._group.setExclusive(False)
        for value, button in self._buttons.items():
            button.setChecked(value == key)
        self._group.setExclusive(True)

    def take_focus(self) -> None:
        """Put the focus on what is chosen, or on the first."""
        chosen = self._buttons.get(self.value()) or next(iter(self._buttons.values()))
        chosen.setFocus(Qt.FocusReason.ShortcutFocusReason)
        bring_into_view(self)


def _holder(buttons: Iterable[QWidget], is_across: bool) -> QWidget:
    if is_across:
        return wrapping(*buttons, gap=4)
    made = QWidget()
    made.setProperty("ground", "clear")
    made.setLayout(column(*buttons, gap=0))
    return made


class CheckField(Field):
    """One box to tick; the words stand beside it."""

    def __init__(self, key: str, words: str, hint: str = "") -> None:
        super().__init__(key, words, hint)
        self.label.hide()
        self.box = QCheckBox(words)
        self._set_controls(self.box)
        self.box.toggled.connect(lambda _: self.changed.emit())

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.box.isChecked()

    def set_value(self, is_ticked: bool) -> None:
        """Tick it or not."""
        self.box.setChecked(is_ticked)


class ChecksField(Field):
    """Several boxes to tick. `choices` are (key, words)."""

    def __init__(
        self,
        key: str,
        label: str,
        choices: Sequence[tuple[str, str]],
        hint: str = "",
        *,
        is_across: bool = False,
        is_optional: bool = False,
    ) -> None:
        super().__init__(key, label, hint, is_optional=is_optional)
        self._boxes = {value: QCheckBox(words) for value, words in choices}
        for box in self._boxes.values():
            box.setAccessibleName(f"{label}: {box.text()}")
            box.toggled.connect(lambda _: self.changed.emit())
        self._set_controls(*self._boxes.values(), holder=_holder(self._boxes.values(), is_across), is_named=False)

    def value(self) -> tuple[str, ...]:
        """The keys that are ticked, in the order they stand."""
        return tuple(key for key, box in self._boxes.items() if box.isChecked())

    def set_value(self, keys: Iterable[str]) -> None:
        """Tick exactly `keys`."""
        wanted = set(keys)
        for key, box in self._boxes.items():
            box.setChecked(key in wanted)
