"""Lucide icons (ISC licence), tinted when they are drawn, so that they follow the theme."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from carebook.ui.theme import theme
from carebook.ui.theme_tokens import RESOURCES


@cache
def _source(name: str) -> str:
    return (RESOURCES / "icons" / f"{name}.svg").read_text("utf-8")


@lru_cache(maxsize=1024)
def _drawn(name: str, colour: str, width: int, height: int) -> QPixmap:
    """The icon in device pixels, in one colour."""
    made = QPixmap(width, height)
    made.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    painter = QPainter(made)
    side = min(width, height)  # what is wider than high has the picture at its left, and air beside it
    renderer.render(painter, QRectF(0, (height - side) / 2, side, side))
    painter.end()
    return made


def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """An icon of `size` logical pixels in a colour of the theme ("accent", "danger" ...) for a screen of `ratio`."""
    device = max(1, round(size * ratio))
    made = QPixmap(_drawn(name, theme().hex(colour), device, device))
    made.setDevicePixelRatio(ratio)
    return made


class _Engine(QIconEngine):
    """Draws one icon in the theme's colour of the moment; `on` is its colour when checked."""

    def __init__(self, name: str, colour: str, on: str) -> None:
        super().__init__()
        self._name, self._colour, self._on = name, colour, on

    def _ink(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        if mode is QIcon.Mode.Disabled:
            return theme().hex("text2")
        return theme().hex(self._on if state is QIcon.State.On else self._colour)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(rect, self.scaledPixmap(rect.size(), mode, state, ratio))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        """Qt 6.11 asks in logical sizes: what is returned has size x scale pixels."""
        width, height = max(1, round(size.width() * scale)), max(1, round(size.height() * scale))
        made = QPixmap(_drawn(self._name, self._ink(mode, state), width, height))
        made.setDevicePixelRatio(scale)
        return made

    def actualSize(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QSize:
        return size

    def clone(self) -> QIconEngine:
        return _kept(_Engine(self._name, self._colour, self._on))

    def key(self) -> str:
        return "carebook"


_engines: list[QIconEngine] = []  # Python's half of an engine must live as long as Qt's


def _kept(engine: _Engine) -> _Engine:
    _engines.append(engine)
    return engine


@lru_cache(maxsize=512)
def icon(name: str, colour: str = "text2", on: str = "") -> QIcon:
    """An icon by its Lucide name in a colour of the theme; `on` is its colour when a button is checked.

    Use: `button.setIcon(icon("printer"))`. Raises FileNotFoundError for a name that is not in resources/icons.
    """
    _source(name)
    return QIcon(_kept(_Engine(name, colour, on or colour)))


def draw(painter: QPainter, name: str, colour: str, where: QRect) -> None:
    """Draw an icon into a square of a delegate or a painted widget."""
    ratio = painter.device().devicePixelRatioF()
    side = min(where.width(), where.height())
    painter.drawPixmap(QPoint(where.x(), where.y()), pixmap(name, colour, side, ratio))
