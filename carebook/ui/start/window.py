"""The first window, with a neutral title; it is small enough to be there before anything else has been read."""

# ruff: noqa: D102 - what Qt calls needs no docstring of its own

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from carebook.ui.kit.focus import FocusRing
from carebook.ui.kit.layout import column
from carebook.ui.theme import theme


class StartWindow(QWidget):
    """One screen at a time. closed: the window was closed by the worker. painted: it was drawn for the first time."""

    closed = Signal()
    painted = Signal()

    def __init__(self, title: str = "Carebook") -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.setProperty("ground", "page")
        self._stack, self._is_painted = QStackedWidget(), False
        self.setLayout(column(self._stack, gap=0))
        self._ring = FocusRing(self)
        self.resize(min(1000, theme().px(560)), min(760, theme().px(620)))

    @property
    def screen_shown(self) -> QWidget | None:
        """The screen that is shown."""
        return self._stack.currentWidget()

    def show_screen(self, screen: QWidget) -> None:
        """Show a screen in place of the one shown, which is kept."""
        if self._stack.indexOf(screen) < 0:
            self._stack.addWidget(screen)
        self._stack.setCurrentWidget(screen)

    def let_go(self, screen: QWidget) -> None:
        """Take a screen away that is not needed any more."""
        self._stack.removeWidget(screen)
        screen.hide()
        screen.deleteLater()

    def minimumSizeHint(self) -> QSize:
        return QSize(360, 420)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()
