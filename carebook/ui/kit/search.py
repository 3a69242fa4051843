"""A search field that waits until typing pauses.

Use::

    search = SearchField("Search people", "Name, date of birth, NHS number or council number")
    search.searched.connect(presenter.search)     # after 150 ms without typing, or with Enter
    search.submitted.connect(table.setFocus)      # Enter or the down arrow: on into the list
"""

# ruff: noqa: D102 - what Qt calls needs no docstring of its own

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit

from carebook.ui.icons import pixmap
from carebook.ui.theme import theme

_PAUSE_MS = 150
_LONGEST = 200
"""Characters that are looked for at most: a whole letter pasted by mistake is cut to what could be a name."""


class SearchField(QLineEdit):
    """searched: the words, when typing pauses. submitted: Enter or the down arrow."""

    searched = Signal(str)
    submitted = Signal()

    def __init__(self, name: str, placeholder: str = "", *, width: int = 460) -> None:
        super().__init__()
        self.setProperty("kind", "search")
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setClearButtonEnabled(True)
        self.setMaxLength(_LONGEST)
        self._width = width
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.textChanged.connect(lambda _: self._pause.start())
        self._measure()
        theme().changed.connect(self._measure)

    def _measure(self) -> None:
        self.setMaximumWidth(theme().px(self._width))

    def _search(self) -> None:
        self._pause.stop()
        self.searched.emit(self.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
            if self._pause.isActive():
                self._search()
            self.submitted.emit()
            return
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        side = theme().px(16)
        picture = pixmap("search", "text2", side, self.devicePixelRatioF())
        painter.drawPixmap(theme().px(10), (self.height() - side) // 2, picture)
        painter.end()
