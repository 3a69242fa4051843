"""A sheet: a small window over the page that asks for one thing, lists what is wrong, and keeps it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QLayout, QVBoxLayout, QWidget

from carebook.ui.facts.asks import Ask, SheetForm
from carebook.ui.facts.lanes import own_room
from carebook.ui.facts.presenter import SheetPresenter
from carebook.ui.fields import ChoiceField, EditorField, Field, Form, TextField
from carebook.ui.fields_choice import CheckField, ChecksField, RadioField
from carebook.ui.fields_dates import DateField, NhsNumberField, TimeField
from carebook.ui.kit.announce import announce
from carebook.ui.kit.buttons import Button
from carebook.ui.kit.focus import FocusRing
from carebook.ui.kit.layout import row, wrapping
from carebook.ui.kit.notices import ErrorSummary, NoticeBar
from carebook.ui.kit.pages import ReflowArea
from carebook.ui.kit.text import Heading, Text
from carebook.ui.room import Room
from carebook.ui.theme import mark, theme
from carebook.words import local


def field_of(ask: Ask, today: Callable[[], date]) -> Field:
    """The field that asks `ask`."""
    makers: dict[str, Callable[[], Field]] = {
        "text": lambda: TextField(ask.key, ask.label, ask.hint, width=ask.width, is_optional=ask.is_optional),
        "lines": lambda: ShortEditor(ask.key, ask.label, ask.hint, is_optional=ask.is_optional),
        "date": lambda: DateField(ask.key, ask.label, today=today, hint=ask.hint, is_optional=ask.is_optional),
        "part_date": lambda: DateField(ask.key, ask.label, today=today, may_be_part=True, is_optional=ask.is_optional),
        "time": lambda: TimeField(ask.key, ask.label, is_optional=ask.is_optional),
        "choice": lambda: ChoiceField(ask.key, ask.label, ask.choices, ask.hint, is_optional=ask.is_optional),
        "radio": lambda: RadioField(ask.key, ask.label, ask.choices, ask.hint, is_optional=ask.is_optional),
        "check": lambda: CheckField(ask.key, ask.label, ask.hint),
        "checks": lambda: ChecksField(ask.key, ask.label, ask.choices, ask.hint, is_optional=ask.is_optional),
        "nhs": lambda: NhsNumberField(ask.key, ask.label, is_optional=ask.is_optional),
    }
    return makers[ask.sort]()


class ShortEditor(EditorField):
    """An editor of three lines that does not take the room of its neighbours."""

    def __init__(self, key: str, label: str, hint: str = "", *, is_optional: bool = False) -> None:
        super().__init__(key, label, hint, lines=3, is_optional=is_optional)
        self._level()
        theme().changed.connect(self._level)

    def _level(self) -> None:
        self.edit.setMaximumHeight(self.edit.minimumHeight())


def read_field(field: Field, sort: str) -> Any:
    """What was typed into a field, as Values hold it."""
    if isinstance(field, DateField):
        value = field.value()
        return value if sort == "part_date" or value is None else value.whole
    if isinstance(field, TimeField):
        told = field.clock_time()
        return time(*told) if told else None
    return field.value()  # type: ignore[attr-defined]


def in_order(problems: Mapping[str, str], form: Form) -> list[str]:
    """The keys of fields with problems as the fields stand, then those of no field."""
    keys = [key for key in form.fields if key in problems]
    return keys + [key for key in problems if key not in form.fields]


def foot_of(*buttons: QWidget) -> QWidget:
    """The buttons at the foot of a sheet, in line with what stands above."""
    made = QWidget()
    made.setProperty("ground", "clear")
    layout = row(wrapping(*buttons))
    layout.setContentsMargins(theme().space(5), 0, theme().space(5), 0)
    made.setLayout(layout)
    return made


def fitting(window: QWidget, area: ReflowArea, foot: QWidget, width: int) -> QSize:
    """The size of a window in which all of `area` shows above `foot`, unless the window below it is smaller."""
    parent = window.parentWidget()
    whole = parent.window().size() if parent else QSize(1366, 768)
    wide = min(width, whole.width() - 40)
    for inner in area.findChildren(QWidget):
        inner.ensurePolished()
    inside = wide - 2 * theme().space(5)
    words = area.body.totalHeightForWidth(inside) if area.body.hasHeightForWidth() else area.body.totalSizeHint().height()
    tall = words + theme().space(4) + theme().space(5)
    wanted = tall + foot.sizeHint().height() + theme().space(4) + theme().space(3)
    return QSize(wide, max(theme().px(220), min(wanted, whole.height() - 60)))


class Sheet(QDialog):
    """Asks what `form` asks; `accepted` once it is kept. Open it with `open()`."""

    def __init__(self, room: Room, form: SheetForm, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", "page")
        self.setWindowTitle(form.title)
        self.setAccessibleName(form.title)
        room = own_room(room, self)
        self._presenter = SheetPresenter(self, room, form)
        self._sorts = {ask.key: ask.sort for ask in form.asks}
        self._is_changed = self._was_warned = False
        self.summary = ErrorSummary()
        self.notice = NoticeBar("danger", "")
        self.notice.hide()
        today = lambda: local(room.desk.clock.now()).date()  # noqa: E731 - a field asks for it again and again
        self.form = Form(*(field_of(ask, today) for ask in form.asks))
        self.summary.chosen.connect(self.form.focus)
        self._fill(form)
        self._build(form)
        self.form.changed.connect(self._typed)
        self._ring = FocusRing(self)

    def _build(self, form: SheetForm) -> None:
        area = ReflowArea()
        area.body.addWidget(Heading(form.title, "title"))
        if form.intro:
            area.body.addWidget(Text(form.intro))
        for widget in (self.summary, self.notice, self.form):
            area.body.addWidget(widget)
        self.save, self.cancel = Button(form.save, kind="primary"), Button("Cancel")
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.reject)
        buttons = foot_of(self.save, self.cancel)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, theme().space(4))
        outer.setSpacing(theme().space(3))
        outer.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        outer.addWidget(area, 1)
        outer.addWidget(buttons)
        self._area, self._buttons = area, buttons

    def _fill(self, form: SheetForm) -> None:
        for key, value in form.values.items():
            field = self.form.fields.get(key)
            if isinstance(field, TimeField):
                field.set_value(value.strftime("%H:%M") if value else "")
            elif field is not None:
                field.set_value(value)  # type: ignore[attr-defined]

    def open(self) -> None:
        """Show the sheet as large as what it asks, with the focus in its first field."""
        self.ensurePolished()
        self.resize(fitting(self, self._area, self._buttons, theme().px(620)))
        super().open()
        next(iter(self.form.fields.values())).take_focus()

    def _typed(self) -> None:
        self._is_changed = True

    def values(self) -> dict[str, Any]:
        """What stands in the fields."""
        return {key: read_field(field, self._sorts[key]) for key, field in self.form.fields.items()}

    def _save(self) -> None:
        wrong = {
            key: field.wrong()
            for key, field in self.form.fields.items()
            if isinstance(field, DateField | TimeField) and field.wrong()
        }
        self._presenter.save(self.values(), wrong)

    def reject(self) -> None:
        """Leave the sheet; when something was typed, say so first."""
        if self._is_changed and not self._was_warned:
            self._was_warned = True
            self.cancel.set_words("Leave without saving")
            self._notify("warn", "You have not saved this", "Save it, or leave without saving.")
            self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().reject()

    def _notify(self, tone: str, title: str, words: str) -> None:
        self.notice.show_words(tone, title, words)
        self.notice.show()
        announce(self, f"{title}. {words}", is_urgent=True)

    # ------------------------------------------------------------ what the presenter says

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Show what stands in the way, at the top and at each field."""
        self.notice.hide()
        self.form.show_problems(problems)
        self.summary.show_problems([(key, problems[key]) for key in in_order(problems, self.form)])
        if problems:
            self._area.ensureWidgetVisible(self.summary)

    def show_failed(self, title: str, words: str) -> None:
        """It was not kept."""
        self._notify("danger", title, words)

    def show_busy(self, is_busy: bool) -> None:
        """It is being kept."""
        self.save.setEnabled(not is_busy)
        mark(self.save, busy=is_busy)

    def close_kept(self) -> None:
        """It is kept."""
        self._is_changed = False
        self.accept()
