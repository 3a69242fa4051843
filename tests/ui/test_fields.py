"""Dates, times and NHS numbers as people type them; fields that keep what was typed and say what is wrong."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from carebook.ui.fields import ChoiceField, EditorField, Form, SecretField, TextField
from carebook.ui.fields_choice import CheckField, ChecksField, RadioField
from carebook.ui.fields_dates import CalendarDialog, DateField, NhsNumberField, TimeField
from carebook.ui.fields_typed import PartDate, WrongDate, read_date, read_time, spaced_nhs_number
from carebook.ui.kit.notices import ErrorSummary

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("14 Jul 1945", PartDate(1945, 7, 14)),
        ("14-Jul-1945", PartDate(1945, 7, 14)),
        ("14/7/1945", PartDate(1945, 7, 14)),
        ("14.07.1945", PartDate(1945, 7, 14)),
        ("14071945", PartDate(1945, 7, 14)),
        ("1945-07-14", PartDate(1945, 7, 14)),
        ("14 july 1945", PartDate(1945, 7, 14)),
        ("jul 1945", PartDate(1945, 7)),
        ("7/1945", PartDate(1945, 7)),
        ("1945", PartDate(1945)),
        ("Unknown", PartDate()),
        ("today", PartDate(2026, 11, 23)),
        ("yesterday", PartDate(2026, 11, 22)),
        ("-2d", PartDate(2026, 11, 21)),
        ("+1w", PartDate(2026, 11, 30)),
        ("+3m", PartDate(2027, 2, 23)),
        ("- 1 y", PartDate(2025, 11, 23)),
        ("29 Feb 2024", PartDate(2024, 2, 29)),
        ("", None),
    ],
)
def test_a_date_is_read_as_people_type_it(typed: str, meant: PartDate | None) -> None:
    assert read_date(typed, TODAY) == meant


@pytest.mark.parametrize(
    ("typed", "code", "wrong"),
    [
        ("27 3 48", "date_two_digit_year", "48"),
        ("31 Feb 1945", "date_day", "31"),
        ("32 1 1945", "date_day", "32"),
        ("14 13 1945", "date_month", "13"),
        ("14 Ju 1945", "date_month", "Ju"),
        ("14 Jul 19455", "date_year", "19455"),
        ("14 Jul Friday", "date_year", "Friday"),
        ("140745", "date_two_digit_year", "45"),
        ("1 2 3 4", "date_not_understood", "1 2 3 4"),
        ("!!", "date_not_understood", "!!"),
    ],
)
def test_the_first_wrong_part_of_a_date_is_found(typed: str, code: str, wrong: str) -> None:
    found = read_date(typed, TODAY)
    assert isinstance(found, WrongDate)
    assert found.code == code
    assert typed[found.start : found.start + found.length] == wrong


@given(st.dates(date(1800, 1, 1), date(2200, 12, 31)))
def test_a_date_as_carebook_writes_it_is_read_back(day: date) -> None:
    written = PartDate(day.year, day.month, day.day).words()
    assert read_date(written, TODAY) == PartDate(day.year, day.month, day.day)


@given(st.text(max_size=20))
def test_whatever_is_typed_for_a_date_is_answered(typed: str) -> None:
    found = read_date(typed, TODAY)
    assert found is None or isinstance(found, PartDate | WrongDate)


def test_three_months_after_the_end_of_november_is_the_end_of_february() -> None:
    assert read_date("+3m", date(2026, 11, 30)) == PartDate(2027, 2, 28)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("15:40", (15, 40)), ("1540", (15, 40)), ("15.40", (15, 40)), ("9", (9, 0)), ("3pm", (15, 0)), ("12am", (0, 0)),
     ("12:30 pm", (12, 30)), ("", None), ("25:00", "time_not_understood"), ("9:70", "time_not_understood"),
     ("soon", "time_not_understood")],
)  # fmt: skip
def test_a_time_is_read_as_people_type_it(typed: str, meant: object) -> None:
    assert read_time(typed) == meant


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("9990001014", "999 000 1014"),
        ("999-000-1014", "999 000 1014"),
        ("9990", "999 0"),
        ("abc", "abc"),
        ("12345678901", "12345678901"),
    ],
)
def test_an_nhs_number_is_shown_in_three_three_four(typed: str, shown: str) -> None:
    assert spaced_nhs_number(typed) == shown


# ---------------------------------------------------------------- widgets


@pytest.fixture
def form(dressed: QApplication, qtbot: QtBot) -> Form:
    made = Form(
        TextField("family", "Family name", "As on their bank card"),
        DateField("born", "Date of birth", today=lambda: TODAY, may_be_part=True),
        NhsNumberField("nhs"),
        EditorField("words", "What was said"),
        ChoiceField("who", "Who was it with?", [("a", "Margaret Smith"), ("b", "Elaine Hughes")]),
        RadioField("kind", "Kind", [("visit", "Visit"), ("call", "Call")]),
        CheckField("pairs", "Visit in pairs"),
        ChecksField("told", "Who was told?", [("gp", "GP"), ("family", "Family")], is_across=True),
        TimeField("at", "Time"),
        SecretField("passphrase", "Passphrase"),
    )
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def _edit(form: Form, key: str) -> QLineEdit:
    field = form.fields[key]
    assert isinstance(field, TextField | DateField)
    return field.edit


def _description(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Description)


def test_values_go_in_and_come_out(form: Form) -> None:
    given_values = {"family": "Okonkwo", "born": PartDate(1945, 7), "nhs": "9990001014", "words": "A\nB", "who": "b",
                    "kind": "call", "pairs": True, "told": ("family",), "at": "15:40",
                    "passphrase": " four words "}  # fmt: skip
    for key, value in given_values.items():
        form.fields[key].set_value(value)
    assert {key: field.value() for key, field in form.fields.items()} == given_values


def test_nothing_is_chosen_until_the_worker_chooses(form: Form) -> None:
    assert form.fields["kind"].value() == ""
    assert form.fields["who"].value() == ""
    form.fields["kind"].set_value("visit")
    form.fields["kind"].set_value("")
    assert form.fields["kind"].value() == ""


def test_typing_says_that_the_form_changed(form: Form, qtbot: QtBot) -> None:
    with qtbot.waitSignal(form.changed):
        qtbot.keyClicks(_edit(form, "family"), "O")


def test_a_date_is_shown_as_it_was_understood_when_the_field_is_left(form: Form, qtbot: QtBot) -> None:
    form.fields["born"].take_focus()
    qtbot.keyClicks(_edit(form, "born"), "14 7 1945")
    qtbot.keyClick(_edit(form, "born"), Qt.Key.Key_Tab)
    assert _edit(form, "born").text() == "14-Jul-1945"


def test_what_was_typed_wrongly_stays(form: Form, qtbot: QtBot) -> None:
    qtbot.keyClicks(_edit(form, "born"), "27 3 48")
    qtbot.keyClick(_edit(form, "born"), Qt.Key.Key_Tab)
    born = form.fields["born"]
    assert isinstance(born, DateField)
    assert (born.typed(), born.value(), born.wrong()) == ("27 3 48", None, "date_two_digit_year")


def test_a_date_that_must_be_whole_refuses_a_year_alone(dressed: QApplication, qtbot: QtBot) -> None:
    field = DateField("on", "When", today=lambda: TODAY)
    qtbot.addWidget(field)
    field.edit.setText("1945")
    assert (field.value(), field.wrong()) == (None, "date_not_whole")


def test_the_summary_leads_to_the_field_and_to_the_wrong_part_of_a_date(form: Form, qtbot: QtBot) -> None:
    summary = ErrorSummary()
    form.body.insertWidget(0, summary)
    summary.chosen.connect(form.focus)
    _edit(form, "born").setText("27 3 48")
    form.show_problems({"born": "Enter the year with 4 figures, like 1945"})
    summary.show_problems([("born", "Enter the year with 4 figures, like 1945")])
    qtbot.waitUntil(summary.hasFocus)
    qtbot.keyClick(summary.links()[0], Qt.Key.Key_Space)
    assert _edit(form, "born").hasFocus()
    assert _edit(form, "born").selectedText() == "48"


def test_a_problem_stands_at_the_field_and_in_its_description_and_goes_when_solved(form: Form) -> None:
    form.show_problems({"family": "Enter a family name"})
    field = form.fields["family"]
    assert field.problem == "Enter a family name"
    assert _description(_edit(form, "family")) == "Problem: Enter a family name. As on their bank card"
    form.show_problems({})
    assert field.problem == ""
    assert _description(_edit(form, "family")) == "As on their bank card"


def test_the_tab_key_leaves_an_editor(form: Form, qtbot: QtBot) -> None:
    editor = form.fields["words"]
    assert isinstance(editor, EditorField)
    editor.take_focus()
    qtbot.keyClicks(editor.edit, "She said")
    qtbot.keyClick(editor.edit, Qt.Key.Key_Tab)
    assert editor.value() == "She said"
    assert not editor.edit.hasFocus()


def test_a_passphrase_is_hidden_from_the_screen_and_from_a_screen_reader(form: Form) -> None:
    form.fields["passphrase"].set_value("four words here")
    spoken = QAccessible.queryAccessibleInterface(_edit(form, "passphrase")).text(QAccessible.Text.Value)
    assert "four" not in spoken


def test_a_calendar_picks_a_day(form: Form, qtbot: QtBot) -> None:
    born = form.fields["born"]
    assert isinstance(born, DateField)
    born.set_value(date(1945, 7, 14))
    qtbot.keyClick(born.pick, Qt.Key.Key_Space)
    picker = born.findChild(CalendarDialog)
    assert picker is not None
    qtbot.keyClick(picker.calendar, Qt.Key.Key_Return)
    assert picker.day() == date(1945, 7, 14)
    picker.calendar.setSelectedDate(picker.calendar.selectedDate().addDays(1))
    picker.accept()
    assert born.value() == PartDate(1945, 7, 15)
