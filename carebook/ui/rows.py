"""The one table model: frozen rows, and columns that say how a row is read.

Use::

    model = RowsModel((
        Column("Name", lambda p: p.name, second=lambda p: p.number, width="stretch"),
        Column("Born", lambda p: p.born, is_whole=True),
        Column("Alerts", chips=lambda p: [ChipWords("Visit in pairs", "danger")], drop=1),
    ))
    model.show(rows)               # or model.append(rows, is_more=True)
"""

# ruff: noqa: D102 - what Qt calls needs no docstring of its own

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class ChipWords:
    """A word with a tint (neutral, info, ok, warn, danger, purple) and, if given, an icon."""

    words: str
    tone: str = "neutral"
    icon: str = ""


def _no_words(_: Any) -> str:
    return ""


def _no_chips(_: Any) -> Sequence[ChipWords]:
    return ()


@dataclass(frozen=True)
class Column(Generic[Row]):
    """How one column reads a row.

    title: the header. text: the words (strong). second: quieter words below. chips: words with a tint. initials: a
    name whose initials stand in a round picture before the words. icon: an icon before the words, with `tone` its and
    the words' colour. width: "fit" or "stretch". is_whole: a date or number, never cut. drop: when the table is too
    narrow, the column with the highest figure is hidden first; 0 is never hidden. accessible: words for a screen
    reader where they differ. is_strong: bold words.
    """

    title: str
    text: Callable[[Row], str] = _no_words
    second: Callable[[Row], str] = _no_words
    chips: Callable[[Row], Sequence[ChipWords]] = _no_chips
    initials: Callable[[Row], str] = _no_words
    icon: Callable[[Row], str] = _no_words
    tone: Callable[[Row], str] = _no_words
    accessible: Callable[[Row], str] | None = None
    width: str = "fit"
    is_whole: bool = False
    is_strong: bool = False
    drop: int = 0

    def spoken(self, row: Row) -> str:
        """What a screen reader says for this cell."""
        if self.accessible is not None:
            return self.accessible(row)
        parts = [self.text(row), self.second(row), *(chip.words for chip in self.chips(row))]
        return ", ".join(part for part in parts if part)


class Roles(IntEnum):
    """What a delegate asks the model for besides Qt's own roles."""

    COLUMN = Qt.ItemDataRole.UserRole + 1
    ROW = Qt.ItemDataRole.UserRole + 2


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Shows frozen rows through columns; rows are replaced or appended, never edited.

    wanted: emitted when the end of the list is reached and more rows are to be had; answer with `append`.
    """

    wanted = Signal()

    def __init__(self, columns: Sequence[Column[Row]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: list[Row] = []
        self._is_more = False

    def show(self, rows: Sequence[Row], *, is_more: bool = False) -> None:
        """Show `rows` instead of what is shown."""
        self.beginResetModel()
        self.rows = list(rows)
        self._is_more = is_more
        self.endResetModel()

    def append(self, rows: Sequence[Row], *, is_more: bool = False) -> None:
        """Add `rows` at the end."""
        self._is_more = is_more
        if rows:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows.extend(rows)
            self.endInsertRows()

    def row_at(self, index: Index) -> Row | None:
        """The row an index stands for."""
        return self.rows[index.row()] if index.isValid() and index.row() < len(self.rows) else None

    # ------------------------------------------------------------ Qt's questions

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return column.spoken(row)
        if role == Roles.COLUMN:
            return column
        return row if role == Roles.ROW else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(self.columns):
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section].title
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def canFetchMore(self, parent: Index) -> bool:
        return self._is_more and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        if self._is_more and not parent.isValid():
            self._is_more = False
            self.wanted.emit()
