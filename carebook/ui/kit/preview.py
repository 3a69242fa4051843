"""Shows the pages of a document as they will be printed, with zoom and turning of pages.

Use::

    preview = PagesPreview()
    preview.show_pages([QImage, ...], words=["text of page 1", ...])   # the words are what a screen reader says
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from carebook.ui.kit.announce import announce
from carebook.ui.kit.buttons import IconButton
from carebook.ui.kit.layout import column, row
from carebook.ui.kit.text import Text
from carebook.ui.theme import theme

_ZOOMS = (50, 75, 100, 125, 150, 200, 300)


class _Paper(QWidget):
    """One page, drawn at the zoom."""

    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()
        self.percent = 100

    def sizeHint(self) -> QSize:
        return self.image.deviceIndependentSize().toSize() * (self.percent / 100)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        painter.drawImage(self.rect(), self.image)
        painter.setPen(theme().colour("field_border"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


class PagesPreview(QWidget):
    """One page at a time; PgUp and PgDn turn pages, + and - zoom."""

    def __init__(self, name: str = "Preview") -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self._pages: list[QImage] = []
        self._words: list[str] = []
        self.at = 0
        self._paper = _Paper()
        self._area = QScrollArea()
        self._area.setWidget(self._paper)
        self._area.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._area.setAccessibleName(f"{name}: page")
        self.previous = IconButton("chevron-left", f"{name}: previous page")
        self.next = IconButton("chevron-right", f"{name}: next page")
        self.smaller = IconButton("zoom-out", f"{name}: smaller")
        self.larger = IconButton("zoom-in", f"{name}: larger")
        self._where, self._zoom = Text("", "small", may_wrap=False), Text("", "small", may_wrap=False)
        bar = row(self.previous, self._where, self.next, None, self.smaller, self._zoom, self.larger, gap=2)
        layout = column(bar, self._area, gap=2)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        for button, key, step in ((self.previous, "PgUp", -1), (self.next, "PgDown", 1)):
            button.setShortcut(key)
            button.clicked.connect(lambda _=False, step=step: self.show_page(self.at + step))
        for button, key, step in ((self.smaller, "-", -1), (self.larger, "+", 1)):
            button.setShortcut(key)
            button.clicked.connect(lambda _=False, step=step: self._zoom_by(step))
        self.show_pages([])

    def show_pages(self, pages: Sequence[QImage], words: Sequence[str] = ()) -> None:
        """Show `pages`, the first one first; `words` are the text of each, for a screen reader."""
        self._pages, self._words = list(pages), list(words)
        self.show_page(0)

    @property
    def percent(self) -> int:
        """The zoom in per cent."""
        return self._paper.percent

    def show_page(self, at: int) -> None:
        """Turn to a page, counted from 0; beyond the ends nothing happens."""
        self.at = max(0, min(at, len(self._pages) - 1))
        told = f"Page {self.at + 1} of {len(self._pages)}" if self._pages else "No pages"
        self._where.setText(told)
        self._paper.image = self._pages[self.at] if self._pages else QImage()
        words = self._words[self.at] if self.at < len(self._words) else ""
        self._area.setAccessibleDescription(f"{told}. {words}" if words else told)
        self.previous.setEnabled(self.at > 0)
        self.next.setEnabled(self.at + 1 < len(self._pages))
        self._area.verticalScrollBar().setValue(0)
        self._redraw()
        announce(self, told)

    def _zoom_by(self, step: int) -> None:
        at = _ZOOMS.index(self._paper.percent) + step
        self._paper.percent = _ZOOMS[max(0, min(at, len(_ZOOMS) - 1))]
        self._redraw()

    def _redraw(self) -> None:
        self._zoom.setText(f"{self._paper.percent} %")
        self.smaller.setEnabled(self._paper.percent > _ZOOMS[0])
        self.larger.setEnabled(self._paper.percent < _ZOOMS[-1])
        self._paper.resize(self._paper.sizeHint())
        self._paper.update()
