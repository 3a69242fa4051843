"""Rows and tables: no date is cut, more is asked for once, and a cell says all its words."""

from __future__ import annotations

import pytest
from accessible import faults
from gallery_people import people_model
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from carebook.ui.kit.tables import TableView
from carebook.ui.rows import ChipWords, Column, RowsModel
from carebook.ui.theme import Appearance, theme


def test_the_rows_model_keeps_every_promise_qt_asks_for(dressed: QApplication) -> None:
    model: RowsModel[str] = RowsModel((Column("Name", str), Column("Length", lambda name: str(len(name)), is_whole=True)))
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(["Ann", "Bob"], is_more=True)
    model.append(["Cyd"])
    model.show([])
    model.append([])
    assert tester.model() is model


def test_a_table_asks_for_more_rows_once_at_its_end(dressed: QApplication, qtbot: QtBot) -> None:
    model: RowsModel[str] = RowsModel((Column("Name", str),))
    asked: list[int] = []
    model.wanted.connect(lambda: asked.append(len(model.rows)))
    table = TableView("Names", model)
    qtbot.addWidget(table)
    model.show([str(n) for n in range(5)], is_more=True)
    table.show()
    model.fetchMore(model.index(-1, -1))
    model.fetchMore(model.index(-1, -1))
    assert asked == [5]
    model.append(["6"])
    assert not model.canFetchMore(model.index(-1, -1))


def test_a_cell_says_its_words_and_its_chips(dressed: QApplication) -> None:
    model: RowsModel[str] = RowsModel(
        (Column("Name", str, second=lambda _: "C1", chips=lambda _: [ChipWords("Visit in pairs", "danger")]),)
    )
    model.show(["SMITH, Ann"])
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "SMITH, Ann, C1, Visit in pairs"


@pytest.mark.parametrize("width", [1100, 800, 600, 460])
def test_a_narrow_table_hides_columns_and_never_cuts_a_date(dressed: QApplication, qtbot: QtBot, width: int) -> None:
    table = TableView("People", people_model())
    qtbot.addWidget(table)
    table.resize(width, 400)
    table.show()
    qtbot.waitExposed(table)
    assert [fault for fault in faults(table) if fault.startswith("cut")] == []
    assert "Born" not in table.hidden_columns()
    if width < 700:
        assert "Address" in table.hidden_columns()


def test_enter_opens_the_row_that_is_marked(dressed: QApplication, qtbot: QtBot) -> None:
    table = TableView("People", people_model())
    qtbot.addWidget(table)
    table.show()
    table.mark_row(3)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args[0][0] == "SMITH, Marcus 3"


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_a_date_is_drawn_whole_even_where_it_is_bold_and_beside_an_icon(
    dressed: QApplication, qtbot: QtBot, percent: int
) -> None:
    theme().apply(Appearance(scheme="light", text_percent=percent))
    table = TableView("People", people_model())
    qtbot.addWidget(table)
    table.resize(1220, 400)
    table.show()
    qtbot.waitExposed(table)
    at = next(at for at, column in enumerate(table.rows.columns) if column.title == "Next review")
    words = QFontMetrics(theme().font("strong", is_tabular=True)).horizontalAdvance("30\u2010Sep\u20102026")
    if table.isColumnHidden(at):
        assert "Next review" in table.hidden_columns()
    else:
        assert table.columnWidth(at) >= words + theme().px(22) + 2 * theme().space(3)
