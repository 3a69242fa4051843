"""Walks a widget tree as a screen reader and a low-vision reader would, and returns what stands in their way.

Use: `assert faults(screen) == []`, with the screen shown at the size and text size in question.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QTabBar,
    QTextEdit,
    QWidget,
)

from carebook.ui.kit.cells import CellDelegate
from carebook.ui.kit.tables import TableView

_CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QTextEdit, QAbstractItemView, QTabBar)
_INNER = (QLineEdit, QComboBox, QTabBar, QCalendarWidget, QAbstractItemView)
_LEAST = 32


def faults(root: QWidget) -> list[str]:
    """All faults: controls without a name, named alike, too small to hit, and words that are cut."""
    return [*nameless(root), *named_alike(root), *too_small(root), *cut(root), *sideways(root)]


def _inside(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, _INNER):
            return True
        parent = parent.parentWidget()
    return False


def _shown(root: QWidget) -> Iterator[QWidget]:
    for widget in [root, *root.findChildren(QWidget)]:
        if widget.isVisibleTo(root) and not _inside(widget):
            yield widget


def controls(root: QWidget) -> list[QWidget]:
    """What can be clicked or typed into, in view."""
    return [widget for widget in _shown(root) if isinstance(widget, _CONTROLS)]


def name_of(widget: QWidget) -> str:
    """The name a screen reader says."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def _where(widget: QWidget) -> str:
    words = getattr(widget, "text", lambda: "")()
    return f"{type(widget).__name__} {name_of(widget) or words!r}"


def nameless(root: QWidget) -> list[str]:
    return [f"no name: {_where(widget)}" for widget in controls(root) if not name_of(widget).strip()]


def named_alike(root: QWidget) -> list[str]:
    told = Counter((type(widget).__name__, name_of(widget)) for widget in controls(root))
    return [f"named alike: {count} x {kind} {name!r}" for (kind, name), count in told.items() if count > 1]


def too_small(root: QWidget) -> list[str]:
    found = []
    for widget in controls(root):
        high = widget.tabRect(0).height() if isinstance(widget, QTabBar) else widget.height()
        if high < _LEAST or widget.width() < _LEAST:
            found.append(f"too small: {_where(widget)} {widget.width()}x{high}")
    return found


def cut(root: QWidget) -> list[str]:
    """Words that do not fit: labels, buttons, choices, placeholders, whole columns of tables."""
    found = []
    for widget in _shown(root):
        if isinstance(widget, TableView):
            found += _cut_cells(widget)
        elif _is_cut(widget):
            found.append(f"cut: {_where(widget)} {widget.width()}x{widget.height()}")
        elif isinstance(widget, QLabel | QPushButton) and _words(widget) and _is_clipped(widget, root):
            found.append(f"clipped: {_where(widget)}")
    return found


def _words(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""


def _is_cut(widget: QWidget) -> bool:
    if isinstance(widget, QLabel) and widget.text():
        if widget.wordWrap():
            return widget.heightForWidth(widget.width()) > widget.height() + 1
        return widget.sizeHint().width() > widget.width() + 1 or widget.sizeHint().height() > widget.height() + 1
    if isinstance(widget, QPushButton | QCheckBox | QRadioButton) and widget.text():
        return widget.sizeHint().width() > widget.width() + 1 or widget.fontMetrics().height() > widget.height()
    if isinstance(widget, QLineEdit) and widget.placeholderText():
        return widget.fontMetrics().horizontalAdvance(widget.placeholderText()) > widget.width() - 12
    if isinstance(widget, QComboBox):
        return widget.fontMetrics().horizontalAdvance(widget.currentText()) > widget.width() - 24
    return False


def _cut_cells(table: TableView) -> list[str]:
    delegate = table.itemDelegate()
    assert isinstance(delegate, CellDelegate)
    return [
        f"cut: {column.title} of row {number}"
        for at, column in enumerate(table.rows.columns)
        if not table.isColumnHidden(at) and column.is_whole
        for number, row in enumerate(table.rows.rows[:50])
        if delegate.cell_width(column, row) > table.columnWidth(at)
    ]


def _is_clipped(widget: QWidget, root: QWidget) -> bool:
    """Whether part of the widget lies outside what holds it, where no scrolling brings it into view."""
    holder = widget.parentWidget()
    while holder is not None and widget is not root:
        above = holder.parentWidget()
        if isinstance(above, QAbstractScrollArea):
            return False
        where = QRect(widget.mapTo(holder, QPoint(0, 0)), widget.size())
        if not holder.rect().adjusted(-1, -1, 1, 1).contains(where):
            return True
        if holder is root:
            return False
        holder = above
    return False


def sideways(root: QWidget) -> list[str]:
    """Pages that scroll sideways, which readers at 200 % must not have to do (WCAG 2.2, 1.4.10)."""
    return [
        f"scrolls sideways by {area.horizontalScrollBar().maximum()}: {type(area.widget()).__name__}"
        for area in root.findChildren(QScrollArea)
        if area.isVisibleTo(root)
        and area.widgetResizable()
        and area.horizontalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        and area.horizontalScrollBar().maximum() > 0
    ]
