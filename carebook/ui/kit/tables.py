"""A table of rows: columns as wide as their dates and numbers need, and one hidden rather than a date cut.

Use::

    table = TableView("People", model)             # model: rows.RowsModel
    table.opened.connect(presenter.open_person)    # the row: double click, Enter, or a click on its name
    table.hidden_columns()                         # titles of those there was no room for
"""

# ruff: noqa: D102 - what Qt calls needs no docstring of its own

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from carebook.ui.kit.cells import CellDelegate
from carebook.ui.rows import RowsModel
from carebook.ui.theme import theme

_MEASURED_ROWS = 200


class TableView(QTableView):
    """A table whose rows are chosen whole. opened: a row was opened. chosen: another row is marked."""

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(self, name: str, model: RowsModel[Any]) -> None:
        super().__init__()
        self.rows = model
        self.setAccessibleName(name)
        self._wide: list[int] = []
        self.setItemDelegate(CellDelegate(self))
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(24)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.measure)
        for signal in (model.modelReset, model.rowsInserted, theme().changed):
            signal.connect(self._later.start)
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentRowChanged.connect(lambda index, _: self.chosen.emit(self.rows.row_at(index)))
        self.measure()

    def _open(self, index: QModelIndex) -> None:
        row = self.rows.row_at(index)
        if row is not None:
            self.opened.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def mark_row(self, at: int) -> None:
        """Mark the row at this place and bring it into view."""
        self.selectRow(at)
        self.setCurrentIndex(self.rows.index(at, self._first_shown()))

    def _first_shown(self) -> int:
        return next(at for at in range(len(self.rows.columns)) if not self.isColumnHidden(at))

    def measure(self) -> None:
        """Measure what the columns need, then share the width out."""
        delegate = self.itemDelegate()
        assert isinstance(delegate, CellDelegate)
        delegate.forget()
        self.verticalHeader().setDefaultSectionSize(max(theme().row_height(), delegate.least_height(self.rows.columns)))
        shown = self.rows.rows[:_MEASURED_ROWS]
        head = theme().font("strong")
        self._wide = [
            max([delegate.width_of(column.title, head), *(delegate.cell_width(column, row) for row in shown)])
            for column in self.rows.columns
        ]
        self._share()

    def _share(self) -> None:
        columns = self.rows.columns
        room = self.viewport().width()
        least = [
            wide if c.width == "fit" else min(wide, theme().px(140 if c.drop else 240))
            for c, wide in zip(columns, self._wide, strict=True)
        ]
        shown = set(range(len(columns)))
        for at in sorted((at for at in shown if columns[at].drop), key=lambda at: -columns[at].drop):
            if sum(least[each] for each in shown) <= room:
                break
            shown.discard(at)
        stretching = [at for at in shown if columns[at].width == "stretch"]
        spare = max(0, room - sum(least[at] for at in shown))
        for at in range(len(columns)):
            self.setColumnHidden(at, at not in shown)
            more = spare // len(stretching) if at in stretching else 0
            self.setColumnWidth(at, least[at] + more)

    def hidden_columns(self) -> tuple[str, ...]:
        """The titles of the columns there is no room for."""
        return tuple(c.title for at, c in enumerate(self.rows.columns) if self.isColumnHidden(at))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._wide and event.size().width() != event.oldSize().width():
            self._share()
