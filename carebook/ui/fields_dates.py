"""Fields for dates, times of day and NHS numbers, typed freely and shown as they were understood.

Use::

    born = DateField("born", "Date of birth", today=clock_today, may_be_part=True)
    born.value()      # PartDate, or None when nothing or nothing sensible was typed; born.wrong() is the code then
    at = TimeField("at", "Time")
    number = NhsNumberField("nhs_number", "NHS number")
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QDialog, QLineEdit, QToolButton, QVBoxLayout, QWidget

from carebook.ui.fields import Field, TextField
from carebook.ui.fields_typed import PartDate, WrongDate, read_date, read_time, spaced_nhs_number
from carebook.ui.icons import icon
from carebook.ui.kit.buttons import Button, IconButton
from carebook.ui.kit.layout import row
from carebook.ui.kit.text import Text
from carebook.ui.theme import theme

_USUAL_HINT = "For example 14 Jul 2026, today, +3m or -2d"
_PART_HINT = "For example 14 Jul 1945, Jul 1945, 1945 or Unknown"


class DateField(Field):
    """A date typed freely or picked from a calendar; what was understood stands below it.

    today: gives the present date (from the clock). may_be_part: whether a month, a year alone or "Unknown" will do.
    """

    def __init__(
        self,
        key: str,
        label: str,
        *,
        today: Callable[[], date],
        may_be_part: bool = False,
        hint: str = "",
        is_optional: bool = False,
    ) -> None:
        super().__init__(key, label, hint or (_PART_HINT if may_be_part else _USUAL_HINT), is_optional=is_optional)
        self._today, self._may_be_part = today, may_be_part
        self.edit = QLineEdit()
        self.pick = IconButton("calendar-days", f"{self.name}: choose from a calendar")
        self.pick.clicked.connect(self._open_calendar)
        self._understood = Text("", "small", ink="quiet")
        holder = QWidget()
        holder.setProperty("ground", "clear")
        holder.setLayout(row(self.edit, self.pick, None, gap=1))
        self._set_controls(self.edit, holder=holder)
        self._layout.addWidget(self._understood)
        self._understood.hide()
        self._measure()
        theme().changed.connect(self._measure)
        self.edit.textChanged.connect(self._typed)
        self.edit.editingFinished.connect(self._settle)

    def _measure(self) -> None:
        self.edit.setFixedWidth(theme().px(180))

    def _read(self) -> PartDate | WrongDate | None:
        found = read_date(self.edit.text(), self._today())
        if isinstance(found, PartDate) and found.whole is None and not self._may_be_part:
            return WrongDate("date_not_whole", 0, len(self.edit.text()))
        return found

    def _typed(self) -> None:
        found = self._read()
        words = found.words() if isinstance(found, PartDate) else ""
        self._understood.setText(f"Understood as {words}" if words else "")
        self._understood.setVisible(bool(words) and words != self.edit.text().strip())
        self.changed.emit()

    def _settle(self) -> None:
        found = self._read()
        if isinstance(found, PartDate):
            self.edit.setText(found.words())

    def value(self) -> PartDate | None:
        """What was understood; None when nothing was typed or it is no date."""
        found = self._read()
        return found if isinstance(found, PartDate) else None

    def wrong(self) -> str:
        """The code of what is wrong with what was typed; empty when it is a date or nothing was typed."""
        found = self._read()
        return found.code if isinstance(found, WrongDate) else ""

    def typed(self) -> str:
        """What was typed, as it stands."""
        return self.edit.text()

    def set_value(self, value: PartDate | date | None) -> None:
        """Show a date; None empties the field."""
        if isinstance(value, date):
            value = PartDate(value.year, value.month, value.day)
        self.edit.setText(value.words() if value else "")

    def take_focus(self) -> None:
        """Put the focus into the field and mark the first wrong part."""
        super().take_focus()
        found = self._read()
        if isinstance(found, WrongDate) and found.length:
            self.edit.setSelection(found.start, found.length)

    def _open_calendar(self) -> None:
        value = self.value()
        picker = CalendarDialog(self.name, (value.whole if value else None) or self._today(), self)
        picker.finished.connect(lambda result: self._picked(picker) if result else self.edit.setFocus())
        picker.open()

    def _picked(self, picker: CalendarDialog) -> None:
        self.set_value(picker.day())
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)


class CalendarDialog(QDialog):
    """A month to pick a day from, for the mouse and the arrow keys."""

    def __init__(self, name: str, day: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.calendar = QCalendarWidget()
        self.calendar.setAccessibleName(f"{name}: calendar")
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self._dress()
        self.calendar.activated.connect(lambda _: self.accept())
        choose, cancel = Button("Choose this day", kind="primary"), Button("Cancel")
        choose.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.calendar)
        layout.addLayout(row(None, cancel, choose))
        self.calendar.setFocus()

    def _dress(self) -> None:
        """Days big enough to hit, in the theme's colours; Qt's own paints weekends red and its arrows black."""
        self.calendar.setMinimumSize(theme().px(320), theme().px(300))
        ink = QTextCharFormat()
        ink.setForeground(theme().colour("text"))
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(weekday, ink)
        for name, picture in (("qt_calendar_prevmonth", "chevron-left"), ("qt_calendar_nextmonth", "chevron-right")):
            button = self.calendar.findChild(QToolButton, name)
            if button is not None:
                button.setIcon(icon(picture, "text"))

    def day(self) -> date:
        """The day that is marked."""
        chosen = self.calendar.selectedDate()
        return date(chosen.year(), chosen.month(), chosen.day())


class TimeField(TextField):
    """A time of day, typed as 15:40, 1540, 15.40, 9 or 3pm."""

    def __init__(
        self, key: str, label: str, hint: str = "24-hour clock, for example 15:40", *, is_optional: bool = False
    ) -> None:
        super().__init__(key, label, hint, width=110, is_optional=is_optional)
        self.edit.editingFinished.connect(self._settle)

    def _settle(self) -> None:
        found = self.clock_time()
        if found is not None:
            self.edit.setText(f"{found[0]:02d}:{found[1]:02d}")

    def clock_time(self) -> tuple[int, int] | None:
        """Hours and minutes; None when nothing was typed or it is no time."""
        found = read_time(self.edit.text())
        return found if isinstance(found, tuple) else None

    def wrong(self) -> str:
        """The code of what is wrong with what was typed; empty when it is a time or nothing was typed."""
        found = read_time(self.edit.text())
        return found if isinstance(found, str) else ""


class NhsNumberField(TextField):
    """An NHS number, shown in 3-3-4 as soon as the field is left; `value()` is the digits without white space."""

    def __init__(
        self,
        key: str,
        label: str = "NHS number",
        hint: str = "Ten digits. It is on letters from the hospital or GP.",
        *,
        is_optional: bool = True,
    ) -> None:
        super().__init__(key, label, hint, width=200, is_optional=is_optional)
        self.edit.editingFinished.connect(lambda: self.edit.setText(spaced_nhs_number(self.edit.text())))

    def value(self) -> str:
        """What was typed, without white space and hyphens."""
        return "".join(self.edit.text().replace("-", "").split())

    def set_value(self, words: str) -> None:
        """Show a number in 3-3-4."""
        self.edit.setText(spaced_nhs_number(words))
