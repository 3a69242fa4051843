"""Several of one thing in a form, each with the same fields: needs, risks, triggers; empty ones fall away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from carebook.ui.fields import ChoiceField, EditorField, Field, Form, TextField
from carebook.ui.fields_choice import ChecksField, RadioField
from carebook.ui.fields_dates import DateField
from carebook.ui.kit.buttons import Button
from carebook.ui.kit.layout import column, line
from carebook.ui.kit.text import Text
from carebook.ui.plan.draft import Row


def words_in(field: Field) -> str:
    """What stands in a field, as the words a draft keeps."""
    if isinstance(field, ChecksField):
        return ",".join(field.value())
    if isinstance(field, DateField):
        return field.typed()
    if isinstance(field, TextField | EditorField | ChoiceField | RadioField):
        return field.value()
    raise TypeError(type(field).__name__)


def show_in(field: Field, words: str) -> None:
    """Show in a field what a draft kept."""
    if isinstance(field, ChecksField):
        field.set_value(words.split(",") if words else ())
    elif isinstance(field, DateField):
        field.edit.setText(words)
    elif isinstance(field, TextField | EditorField | ChoiceField | RadioField):
        field.set_value(words)


class Several(QWidget):
    """Rows of fields; `make(number)` gives the fields of one row. told: the key of the field that makes a row count."""

    changed = Signal()

    def __init__(self, one: str, told: str, make: Callable[[int], Sequence[Field]]) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self._one, self._told, self._make = one, told, make
        self.forms: list[Form] = []
        self._kept: list[Row] = []
        self._list = column(gap=4)
        self.more = Button(f"Add {one}", "plus", kind="plain")
        self.more.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.more.clicked.connect(self.add_and_go)
        layout = column(self._list, self.more, gap=3)
        layout.setAlignment(self.more, Qt.AlignmentFlag.AlignLeft)
        self.setLayout(layout)

    def _add(self, row: Row) -> Form:
        number = len(self.forms) + 1
        form = Form()
        if number > 1:
            form.body.addWidget(line())
        form.body.addWidget(Text(f"{self._one.split(' ', 1)[-1].capitalize()} {number}", "section"))
        for field in self._make(number):
            form.add(field)
            show_in(field, row.get(field.key, ""))
        self._list.addWidget(form)
        self.forms.append(form)
        self._kept.append(row)
        form.changed.connect(self.changed)
        return form

    def add_and_go(self) -> None:
        """One more, with the focus in its first field."""
        form = self._add({})
        form.show()  # the focus does not go to what a layout has yet to show
        form.focus(next(iter(form.fields)))

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these; called once."""
        for row in rows:
            self._add(row)

    def value(self) -> list[Row]:
        """What stands in each, with what a row carried that is not shown (ids)."""
        return [
            {**kept, **{key: words_in(field) for key, field in form.fields.items()}}
            for kept, form in zip(self._kept, self.forms, strict=True)
        ]

    def told(self) -> list[Form]:
        """The rows that count, in the order that problems are numbered by."""
        return [form for form in self.forms if words_in(form.fields[self._told]).strip()]
