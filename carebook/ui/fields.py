"""Form fields: a label above, a hint, the problem in words, and one control with an accessible name and description.

Use::

    name = TextField("family", "Family name", hint="As on their bank card")
    name.changed.connect(presenter.typed)       # name.value() is what was typed
    form = Form(name, born, nhs)
    form.show_problems({"family": "Enter a family name"})     # the summary leads here: form.focus("family")
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from carebook.ui.kit.layout import bring_into_view, column
from carebook.ui.kit.text import Text
from carebook.ui.theme import mark, theme


class Field(QWidget):
    """What every field has: key, label, hint, problem, control. `changed` is emitted with every change.

    key: the name a Problem gives the field. is_optional adds "(optional)" to the label. name: an accessible name where
    the label is not unique on the screen.
    """

    changed = Signal()

    def __init__(self, key: str, label: str, hint: str = "", *, is_optional: bool = False, name: str = "") -> None:
        super().__init__()
        self.key, self.name = key, name or label
        self.setProperty("ground", "clear")
        self.label = QLabel(f"{label} (optional)" if is_optional else label)
        self.label.setProperty("role", "strong")
        self.label.setWordWrap(True)
        self._hint = Text(hint, "small", ink="quiet")
        if not hint:
            self._hint.hide()
        self._problem = Text("", "strong", ink="danger")
        self._problem.hide()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme().space(1))
        for above in (self.label, self._hint, self._problem):
            self._layout.addWidget(above)
        self._controls: tuple[QWidget, ...] = ()

    def _set_controls(self, *controls: QWidget, holder: QWidget | None = None, is_named: bool = True) -> None:
        self._controls = controls
        self._layout.addWidget(holder or controls[0])
        self.label.setBuddy(controls[0])
        if is_named:
            for control in controls:
                control.setAccessibleName(self.name)
        self._describe()

    def _describe(self) -> None:
        problem = f"Problem: {self.problem}" if self.problem else ""
        told = ". ".join(words for words in (problem, self._hint.text()) if words)
        for control in self._controls:
            control.setAccessibleDescription(told)

    @property
    def problem(self) -> str:
        """The problem shown at the field; empty when there is none."""
        return self._problem.text()

    def show_problem(self, words: str) -> None:
        """Show a problem at the field in words; empty words take it away. What was typed stays."""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        for control in self._controls:
            mark(control, problem=bool(words))
        self._describe()

    def show_hint(self, words: str) -> None:
        """Change the hint."""
        self._hint.setText(words)
        self._hint.setVisible(bool(words))
        self._describe()

    def take_focus(self) -> None:
        """Put the focus into the field; the keyboard's ring shows."""
        self._controls[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        bring_into_view(self)


class TextField(Field):
    """One line. width: px at 100 %, or 0 for all there is. submitted: Enter was pressed."""

    submitted = Signal()

    def __init__(
        self,
        key: str,
        label: str,
        hint: str = "",
        *,
        width: int = 360,
        is_optional: bool = False,
        name: str = "",
    ) -> None:
        super().__init__(key, label, hint, is_optional=is_optional, name=name)
        self.edit = QLineEdit()
        self._width = width
        self._set_controls(self.edit)
        self._measure()
        theme().changed.connect(self._measure)
        self.edit.textChanged.connect(lambda _: self.changed.emit())
        self.edit.returnPressed.connect(self.submitted)

    def _measure(self) -> None:
        if self._width:
            self.edit.setMaximumWidth(theme().px(self._width))

    def value(self) -> str:
        """What was typed, without white space at either end."""
        return self.edit.text().strip()

    def set_value(self, words: str) -> None:
        """Show `words` in the field."""
        self.edit.setText(words)


class SecretField(TextField):
    """A passphrase: what is typed is hidden, and kept as it is, white space included."""

    def __init__(self, key: str, label: str, hint: str = "") -> None:
        super().__init__(key, label, hint)
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)

    def value(self) -> str:
        """What was typed."""
        return self.edit.text()


class EditorField(Field):
    """Several lines of plain words; the Tab key moves on. lines: how many show at least. It grows with the page."""

    def __init__(
        self, key: str, label: str, hint: str = "", *, lines: int = 5, is_optional: bool = False, name: str = ""
    ) -> None:
        super().__init__(key, label, hint, is_optional=is_optional, name=name)
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        self.edit.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lines = lines
        self._set_controls(self.edit)
        self._measure()
        theme().changed.connect(self._measure)
        self.edit.textChanged.connect(self.changed)

    def _measure(self) -> None:
        line = round(theme().font("body").pixelSize() * 1.35)
        self.edit.setMinimumHeight(line * self._lines + theme().space(4))

    def value(self) -> str:
        """What was typed, without white space at either end."""
        return self.edit.toPlainText().strip()

    def set_value(self, words: str) -> None:
        """Show `words`, with the caret at their end."""
        self.edit.setPlainText(words)
        cursor = self.edit.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.edit.setTextCursor(cursor)


class _Choices(QComboBox):
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolling the page must not change what was chosen


class ChoiceField(Field):
    """A list to choose one from. `choices` are (key, words); `empty` stands there until something is chosen."""

    def __init__(
        self,
        key: str,
        label: str,
        choices: Sequence[tuple[str, str]],
        hint: str = "",
        *,
        empty: str = "Choose one",
        is_optional: bool = False,
    ) -> None:
        super().__init__(key, label, hint, is_optional=is_optional)
        self.box: QComboBox = _Choices()
        self.box.setItemDelegate(QStyledItemDelegate(self.box))  # the one the style sheet can dress
        self.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(8)
        self._width, self._empty = 360, empty
        self._set_controls(self.box)
        self.set_choices(choices)
        self._measure()
        theme().changed.connect(self._measure)
        self.box.currentIndexChanged.connect(lambda _: self.changed.emit())

    def _measure(self) -> None:
        self.box.setMaximumWidth(theme().px(self._width) if self._width else 16777215)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer other choices; nothing is chosen afterwards."""
        self.box.clear()
        if self._empty:
            self.box.addItem(self._empty, "")
        for key, words in choices:
            self.box.addItem(words, key)

    def value(self) -> str:
        """The key that was chosen; empty when none was."""
        return str(self.box.currentData() or "")

    def set_value(self, key: str) -> None:
        """Choose `key`; an unknown one chooses nothing."""
        self.box.setCurrentIndex(max(0, self.box.findData(key)))


class Form(QWidget):
    """Fields below each other; finds them by key, shows their problems, gives their values."""

    changed = Signal()

    def __init__(self, *fields: Field) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self.fields: dict[str, Field] = {}
        self.body = column(gap=4)
        self.setLayout(self.body)
        for field in fields:
            self.add(field)

    def add(self, field: Field) -> None:
        """Put another field at the end."""
        self.body.addWidget(field)
        self.know(field)

    def know(self, field: Field) -> None:
        """Count a field in that stands elsewhere on the page."""
        self.fields[field.key] = field
        field.changed.connect(self.changed)

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Show each field its problem, and take away those that are solved."""
        for key, field in self.fields.items():
            field.show_problem(problems.get(key, ""))

    def focus(self, key: str) -> None:
        """Put the focus into a field; an unknown key changes nothing."""
        if key in self.fields:
            self.fields[key].take_focus()
