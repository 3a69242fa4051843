"""Ways to put things beside and below each other: columns, rows, rows that wrap, and columns that reflow when narrow.

Use::

    card.body.addWidget(wrapping(chip, other_chip))
    page.body.addWidget(Columns(left, right, share=(3, 2), narrow=760))
"""

# ruff: noqa: D102 - what Qt calls needs no docstring of its own

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from carebook.ui.theme import theme


class FlowLayout(QLayout):
    """A row that wraps onto further lines when it is too narrow."""

    def __init__(self, parent: QWidget | None = None, gap: int = 2) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), is_real=False)

    def setGeometry(self, where: QRect) -> None:
        super().setGeometry(where)
        self._place(where, is_real=True)

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._shown()]
        gap = theme().space(self._gap)
        width = sum(size.width() for size in sizes) + gap * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._shown()]
        return QSize(max((s.width() for s in sizes), default=0), max((s.height() for s in sizes), default=0))

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, where: QRect, *, is_real: bool) -> int:
        gap = theme().space(self._gap)
        x, y = where.x(), where.y()
        line: list[tuple[QLayoutItem, QRect]] = []
        for item in self._shown():
            wide = min(item.sizeHint().width(), max(where.width(), item.minimumSize().width()))
            high = item.heightForWidth(wide) if item.hasHeightForWidth() else item.sizeHint().height()
            if line and x + wide > where.x() + where.width():
                y += _settle(line, is_real=is_real) + gap
                x, line = where.x(), []
            line.append((item, QRect(QPoint(x, y), QSize(wide, high))))
            x += wide + gap
        return y + _settle(line, is_real=is_real) - where.y()


def _settle(line: list[tuple[QLayoutItem, QRect]], *, is_real: bool) -> int:
    """Put one line's items in place, centred on its height, which is returned."""
    tall = max((where.height() for _, where in line), default=0)
    if is_real:
        for item, where in line:
            item.setGeometry(where.translated(0, (tall - where.height()) // 2))
    return tall


def wrapping(*widgets: QWidget, gap: int = 2) -> QWidget:
    """A widget with `widgets` in a row that wraps; gap is a step of white space."""
    made = QWidget()
    made.setProperty("ground", "clear")
    layout = FlowLayout(made, gap)
    for widget in widgets:
        layout.addWidget(widget)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    return made


def _fill(layout: QBoxLayout, items: tuple[QWidget | QLayout | int | None, ...], gap: int) -> None:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme().space(gap))
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(theme().space(item))
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        else:
            layout.addWidget(item)


def column(*items: QWidget | QLayout | int | None, gap: int = 2) -> QVBoxLayout:
    """A layout with `items` below each other; a number is that step of white space, None takes what is left."""
    made = QVBoxLayout()
    _fill(made, items, gap)
    return made


def row(*items: QWidget | QLayout | int | None, gap: int = 2) -> QHBoxLayout:
    """A layout with `items` beside each other; a number is that step of white space, None takes what is left."""
    made = QHBoxLayout()
    _fill(made, items, gap)
    return made


def clear(layout: QLayout) -> None:
    """Take every widget out of `layout` and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


def bring_into_view(widget: QWidget) -> None:
    """Scroll what holds `widget` until it is in view, once the page has been laid out."""
    QTimer.singleShot(0, widget, lambda: _scroll_to(widget))


def _scroll_to(widget: QWidget) -> None:
    holder = widget.parentWidget()
    while holder is not None:
        if isinstance(holder, QScrollArea):
            inner = holder.widget()
            laid_out = inner.layout() if inner is not None else None
            if laid_out is not None:
                laid_out.activate()
            holder.ensureWidgetVisible(widget, 0, theme().space(5))
        holder = holder.parentWidget()


def line() -> QFrame:
    """A thin line between things."""
    made = QFrame()
    made.setProperty("surface", "line")
    return made


class Columns(QWidget):
    """Two columns side by side that become one when narrower than `narrow` px at 100 %.

    Use: `Columns(left, right, share=(3, 2))`; `left` and `right` are lists of widgets.
    """

    def __init__(self, left: list[QWidget], right: list[QWidget], share: tuple[int, int] = (3, 2), narrow: int = 820) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self._narrow = narrow
        self.left, self.right = column(*left, gap=4), column(*right, gap=4)
        self.left.addStretch(1)
        self.right.addStretch(1)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(theme().space(4))
        self._both.addLayout(self.left, share[0])
        self._both.addLayout(self.right, share[1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        is_narrow = event.size().width() < theme().px(self._narrow)
        way = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        if way is not self._both.direction():
            self._both.setDirection(way)
        super().resizeEvent(event)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider of the two: it will be one column by then."""
        wide = max(self.left.minimumSize().width(), self.right.minimumSize().width())
        return QSize(wide, super().minimumSizeHint().height())
