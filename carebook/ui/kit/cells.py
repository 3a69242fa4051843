"""Draws the cells of a table: words with quieter words below, chips, initials, an icon; fonts are kept between cells."""

# ruff: noqa: D102 - what Qt calls needs no docstring of its own

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from carebook.ui.icons import draw
from carebook.ui.kit.chips import draw_avatar
from carebook.ui.rows import ChipWords, Column, Roles
from carebook.ui.theme import theme

Index = QModelIndex | QPersistentModelIndex


def drawn(words: str) -> str:
    """Words as they are drawn with tabular figures: hyphens as U+2010, which keeps its own narrow width."""
    return words.replace("-", "\u2010")


_VERTICAL = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine


def _role(column: Column[Any], row: Any) -> str:
    """The font of a cell's words: what has a tone is bold as well, so that colour never stands alone."""
    return "strong" if column.is_strong or column.tone(row) else "body"


class CellDelegate(QStyledItemDelegate):
    """Draws one cell as its Column says."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._fonts: dict[str, tuple[QFont, QFontMetrics]] = {}

    def forget(self) -> None:
        """Forget measured fonts: the theme changed."""
        self._fonts.clear()

    def _font(self, role: str) -> tuple[QFont, QFontMetrics]:
        if role not in self._fonts:
            font = theme().font(role, is_tabular=True)
            self._fonts[role] = (font, QFontMetrics(font))
        return self._fonts[role]

    # ------------------------------------------------------------ measuring

    def width_of(self, words: str, font: QFont) -> int:
        """The width a cell of these words needs, with white space."""
        return QFontMetrics(font).horizontalAdvance(words) + 2 * theme().space(3) + 4

    def least_height(self, columns: Iterable[Column[Any]]) -> int:
        """The height of two lines of words, which every row has room for."""
        return self._font("strong")[1].height() + self._font("small")[1].height() + theme().space(1) if list(columns) else 0

    def cell_width(self, column: Column[Any], row: Any) -> int:
        """The width this cell needs so that nothing in it is cut."""
        role = _role(column, row)
        first = self._font(role)[1].horizontalAdvance(drawn(column.text(row)))
        second = self._font("small")[1].horizontalAdvance(drawn(column.second(row)))
        chips = sum(self._chip_width(chip) + theme().space(1) for chip in column.chips(row))
        before = theme().px(40) if column.initials(row) else theme().px(22) if column.icon(row) else 0
        return before + max(first + chips, second) + 2 * theme().space(3) + 4

    def _chip_width(self, chip: ChipWords) -> int:
        icon = theme().px(14) + theme().space(1) if chip.icon else 0
        return self._font("caption")[1].horizontalAdvance(chip.words) + icon + 2 * theme().space(2)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        column, row = index.data(Roles.COLUMN), index.data(Roles.ROW)
        return QSize(self.cell_width(column, row), theme().row_height()) if column is not None else QSize()

    # ------------------------------------------------------------ drawing

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        column, row = index.data(Roles.COLUMN), index.data(Roles.ROW)
        if column is None:
            return
        painter.save()
        rect: QRect = option.rect
        self._ground(painter, option, rect, is_first=rect.x() <= 0)
        inner = rect.adjusted(theme().space(3), 0, -theme().space(3), -1)
        inner = self._before(painter, column, row, inner)
        inner = self._words(painter, column, row, inner)
        for chip in column.chips(row):
            inner = self._chip(painter, chip, inner)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, *, is_first: bool) -> None:
        state = option.state
        is_marked = bool(state & QStyle.StateFlag.State_Selected)
        if is_marked or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme().colour("selected" if is_marked else "hover"))
        if is_marked and is_first:
            painter.fillRect(rect.x(), rect.y(), 4, rect.height(), theme().colour("accent"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme().colour("border"))

    def _before(self, painter: QPainter, column: Column[Any], row: Any, inner: QRect) -> QRect:
        name, icon = column.initials(row), column.icon(row)
        if name:
            side = min(theme().px(30), inner.height() - 6)
            where = QRectF(inner.x(), inner.center().y() - side / 2 + 0.5, side, side)
            draw_avatar(painter, where, name)
            return inner.adjusted(theme().px(40), 0, 0, 0)
        if icon:
            side = theme().px(16)
            draw(painter, icon, column.tone(row) or "text2", QRect(inner.x(), inner.center().y() - side // 2, side, side))
            return inner.adjusted(theme().px(22), 0, 0, 0)
        return inner

    def _words(self, painter: QPainter, column: Column[Any], row: Any, inner: QRect) -> QRect:
        first, second = drawn(column.text(row)), drawn(column.second(row))
        role = _role(column, row)
        font, measure = self._font(role)
        painter.setFont(font)
        painter.setPen(theme().colour(column.tone(row) or "text"))
        top = inner
        small, below = self._font("small")
        if second:
            high = measure.height() + below.height()
            top = QRect(inner.x(), inner.center().y() - high // 2, inner.width(), measure.height())
        painter.drawText(top, int(_VERTICAL), measure.elidedText(first, Qt.TextElideMode.ElideRight, inner.width()))
        if second:
            painter.setFont(small)
            painter.setPen(theme().colour("text2"))
            under = QRect(inner.x(), top.bottom() + 1, inner.width(), below.height())
            painter.drawText(under, int(_VERTICAL), below.elidedText(second, Qt.TextElideMode.ElideRight, inner.width()))
        taken = measure.horizontalAdvance(first) + theme().space(2) if first else 0
        return inner.adjusted(taken, 0, 0, 0)

    def _chip(self, painter: QPainter, chip: ChipWords, inner: QRect) -> QRect:
        font, measure = self._font("caption")
        wide, high = self._chip_width(chip), measure.height() + 8
        where = QRect(inner.x(), inner.center().y() - high // 2, wide, high)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme().colour(f"{chip.tone}_border"))
        painter.setBrush(theme().colour(f"{chip.tone}_bg"))
        painter.drawRoundedRect(QRectF(where).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        words = where.adjusted(theme().space(2), 0, 0, 0)
        if chip.icon:
            side = theme().px(14)
            draw(painter, chip.icon, chip.tone, QRect(words.x(), where.center().y() - side // 2 + 1, side, side))
            words.adjust(side + theme().space(1), 0, 0, 0)
        painter.setFont(font)
        painter.setPen(theme().colour(chip.tone))
        painter.drawText(words, int(_VERTICAL), chip.words)
        return inner.adjusted(wide + theme().space(1), 0, 0, 0)
