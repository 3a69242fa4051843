"""A list of entries to read one of: title, date, first words, who wrote it.

Use::

    entries = EntriesList("Contacts")
    entries.chosen.connect(presenter.show_entry)      # the key of the entry that is marked
    entries.show_entries([EntryWords("k1", "Home visit", "20-Feb-2026", "Kitchen warm and tidy.", "A. Bello")])
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from carebook.ui.kit.cells import drawn
from carebook.ui.rows import Column, Roles, RowsModel
from carebook.ui.theme import theme

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True)
class EntryWords:
    """What the list says of one entry. mark: a word beside the author, such as "Draft" or "Amended"."""

    key: str
    title: str
    on: str
    preview: str = ""
    by: str = ""
    mark: str = ""

    def spoken(self) -> str:
        """What a screen reader says."""
        return ", ".join(part for part in (self.title, self.on, self.mark, self.by, self.preview) if part)


class _EntryDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        lines = ("strong", "small", "caption")
        high = sum(QFontMetrics(theme().font(role)).height() for role in lines) + theme().space(5) + theme().space(1)
        wide = sum(QFontMetrics(theme().font("caption")).horizontalAdvance(part) for part in ("30-Sep-2026", "wide"))
        return QSize(wide * 2, high)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        entry = index.data(Roles.ROW)
        if not isinstance(entry, EntryWords):
            return
        painter.save()
        rect: QRect = option.rect
        self._ground(painter, option.state, rect)
        inner = rect.adjusted(theme().space(4), theme().space(2), -theme().space(4), -theme().space(2))
        date_wide = self._words(painter, inner, "caption", "text2", entry.on, is_right=True)
        high = self._words(painter, inner.adjusted(0, 0, -date_wide - theme().space(2), 0), "strong", "text", entry.title)
        inner.setTop(inner.top() + high + theme().space(1) // 2)
        high = self._words(painter, inner, "small", "text2", entry.preview)
        inner.setTop(inner.top() + high + theme().space(1) // 2)
        told = " · ".join(part for part in (entry.mark, entry.by) if part)
        self._words(painter, inner, "caption", "warn" if entry.mark else "text2", told)
        painter.restore()

    def _ground(self, painter: QPainter, state: Any, rect: QRect) -> None:
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme().colour("selected"))
            painter.fillRect(rect.x(), rect.y(), 4, rect.height(), theme().colour("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme().colour("hover"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme().colour("border"))

    def _words(self, painter: QPainter, where: QRect, role: str, ink: str, words: str, *, is_right: bool = False) -> int:
        """Draw one line; the width it took when it stands at the right, else its height."""
        font = theme().font(role, is_tabular=True)
        measure = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(theme().colour(ink))
        one_line = drawn(" ".join(words.split()))
        shown = one_line if is_right else measure.elidedText(one_line, Qt.TextElideMode.ElideRight, where.width())
        painter.drawText(where, int(_RIGHT if is_right else _LEFT), shown)
        return measure.horizontalAdvance(shown) if is_right else measure.height()


class EntriesList(QListView):
    """Entries below each other; chosen: the key of the one that is marked; opened: Enter or a double click."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        spoken = Column[EntryWords]("Entry", lambda e: e.title, accessible=EntryWords.spoken)
        self._model: RowsModel[EntryWords] = RowsModel((spoken,), self)
        self.setModel(self._model)
        self.setItemDelegate(_EntryDelegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.selectionModel().currentChanged.connect(self._marked)
        self.activated.connect(lambda index: self._tell(index, self.opened))
        theme().changed.connect(self.doItemsLayout)

    def _marked(self, index: QModelIndex, _: QModelIndex) -> None:
        self._tell(index, self.chosen)

    def _tell(self, index: QModelIndex, signal: Any) -> None:
        entry = self._model.row_at(index)
        if entry is not None:
            signal.emit(entry.key)

    def show_entries(self, entries: Sequence[EntryWords]) -> None:
        """Show `entries` instead of what is shown; none is marked."""
        self._model.show(entries)

    def mark_entry(self, key: str) -> None:
        """Mark the entry with this key; an unknown one changes nothing."""
        for at, entry in enumerate(self._model.rows):
            if entry.key == key:
                self.setCurrentIndex(self._model.index(at, 0))
                return

    @property
    def key(self) -> str:
        """The key of the entry that is marked; empty when none is."""
        entry = self._model.row_at(self.currentIndex())
        return entry.key if entry is not None else ""
