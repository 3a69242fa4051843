"""The focus ring: 2 px dark and 2 px yellow around what the keyboard moved to, and only then.

Use: `FocusRing(window)`, once for each window.
"""

# ruff: noqa: D102 - what Qt calls needs no docstring of its own

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QSplitter, QWidget
from shiboken6 import isValid

from carebook.ui.theme import theme

_WIDE = 4


class Ring(QWidget):
    """The ring itself: it lies over the others and lets the mouse through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def surround(self, where: QRect) -> None:
        """Lie around `where`, in the coordinates of the parent."""
        self.setGeometry(where)
        inside = self.rect().adjusted(_WIDE + 3, _WIDE + 3, -_WIDE - 3, -_WIDE - 3)
        self.setMask(QRegion(self.rect()).subtracted(QRegion(inside)))
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outer = QRectF(self.rect())
        for colour, inset, radius in (("focus_halo", 1.0, 8.0), ("focus", 3.0, 6.0)):
            painter.setPen(QPen(theme().colour(colour), 2))
            painter.drawRoundedRect(outer.adjusted(inset, inset, -inset, -inset), radius, radius)
        painter.end()


class FocusRing(QObject):
    """Follows the focus within one window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._ring = Ring(window)
        self._window = window
        self._widget: QWidget | None = None
        self._watched: list[QWidget] = []
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._moved)

    def _moved(self, _: QWidget | None, now: QWidget | None) -> None:
        if not isValid(self._window):
            return
        self._leave()
        if now is None or now.window() is not self._window or now is self._window:
            return
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange, False)
        if self._window.testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange):
            self._follow(now)

    def _leave(self) -> None:
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._watched, self._widget = [], None
        if not isValid(self._ring):  # it went with the page it lay on
            self._ring = Ring(self._window)
        self._ring.setParent(self._window)
        self._ring.hide()

    def _follow(self, widget: QWidget) -> None:
        self._widget = widget
        home = widget
        while home is not self._window:
            self._watch(home)
            parent = home.parentWidget()
            if parent is None:
                break
            home = parent
            if self._is_home(home, widget):
                break
        self._ring.setParent(home)
        self._place()

    def _is_home(self, home: QWidget, widget: QWidget) -> bool:
        """Whether the ring can lie in `home`: it has room there, or is what scrolls."""
        if isinstance(home, QSplitter | QAbstractScrollArea):
            return False
        where = QRect(widget.mapTo(home, QPoint(0, 0)), widget.size()).adjusted(-_WIDE, -_WIDE, _WIDE, _WIDE)
        holder = home.parentWidget()
        scrolls = holder is not None and isinstance(holder.parentWidget(), QAbstractScrollArea)
        return home.rect().contains(where) or scrolls

    def _watch(self, widget: QWidget) -> None:
        widget.installEventFilter(self)
        self._watched.append(widget)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watches only the widget with the focus and what holds it."""
        if event.type() in {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show}:
            self._place()
        elif event.type() is QEvent.Type.Hide and watched is self._widget and isValid(self._ring):
            self._ring.hide()
        return False

    def _place(self) -> None:
        if self._widget is None or not isValid(self._widget) or not isValid(self._ring):
            return
        widget, home = self._widget, self._ring.parentWidget()
        if home is None or not widget.isVisible():
            return
        where = QRect(widget.mapTo(home, QPoint(0, 0)), widget.size()).adjusted(-_WIDE, -_WIDE, _WIDE, _WIDE)
        self._ring.surround(where)
