"""Small marks: chips (word, tint, icon), round pictures with initials, and filter chips.

Use::

    Chip("Visit in pairs", "danger", "triangle-alert")
    filters = FilterChips([("all", "All people"), ("mine", "My people")], name="Show")
    filters.chosen.connect(presenter.filter)      # the key of the filter
"""

# ruff: noqa: D102 - what Qt calls needs no docstring of its own

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from carebook.ui.icons import pixmap
from carebook.ui.kit.buttons import ToggleButton
from carebook.ui.kit.layout import FlowLayout
from carebook.ui.theme import mark, theme

_USUAL_ICON = {"danger": "triangle-alert", "warn": "circle-alert", "ok": "circle-check", "info": "info", "purple": "shield"}
_AVATAR_TONES = ("info", "ok", "warn", "purple", "danger", "neutral")


class Icon(QLabel):
    """A picture beside words that say the same; a screen reader passes over it."""

    def __init__(self, name: str, colour: str = "text2", size: int = 20) -> None:
        super().__init__()
        self._name, self._colour, self._size = name, colour, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._draw()
        theme().changed.connect(self._draw)

    def show_icon(self, name: str, colour: str = "text2") -> None:
        """Show another picture."""
        self._name, self._colour = name, colour
        self._draw()

    def _draw(self) -> None:
        side = theme().px(self._size)
        self.setFixedSize(side, side)
        self.setPixmap(pixmap(self._name, self._colour, side, self.devicePixelRatioF()))


class Chip(QFrame):
    """A word with a tint and an icon, never colour alone. tone: neutral, info, ok, warn, danger, purple."""

    def __init__(self, words: str, tone: str = "neutral", icon: str = "") -> None:
        super().__init__()
        self.words = words
        self.setProperty("surface", "chip")
        self.setProperty("tone", tone)
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme().space(2), 3, theme().space(2), 3)
        layout.setSpacing(theme().space(1))
        shown = icon or _USUAL_ICON.get(tone, "")
        if shown:
            layout.addWidget(Icon(shown, tone, 14))
        label = QLabel(words)
        label.setTextFormat(Qt.TextFormat.PlainText)
        layout.addWidget(label)
        layout.addStretch(1)


def initials(name: str) -> str:
    """The first letters of the first and last word of a name, family name last or before a comma."""
    family, comma, given = name.partition(",")
    words = (f"{given} {family}" if comma else name).split()
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper() if words else ""


def avatar_tone(name: str) -> str:
    """The tint of a name: the same name has the same tint, everywhere."""
    return _AVATAR_TONES[zlib.crc32(" ".join(sorted(name.replace(",", " ").upper().split())).encode()) % len(_AVATAR_TONES)]


def draw_avatar(painter: QPainter, where: QRectF, name: str) -> None:
    """Draw a round picture with initials; delegates use it too."""
    tone = avatar_tone(name)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme().colour(f"{tone}_border"))
    painter.setBrush(theme().colour(f"{tone}_bg"))
    painter.drawEllipse(where.adjusted(0.5, 0.5, -0.5, -0.5))
    font = theme().font("strong")
    font.setPixelSize(max(9, round(where.height() * 0.38)))
    painter.setFont(font)
    painter.setPen(theme().colour(tone))
    painter.drawText(where, Qt.AlignmentFlag.AlignCenter, initials(name))
    painter.restore()


class Avatar(QWidget):
    """A round picture with the initials of a name; the name stands beside it, so a screen reader passes over it."""

    def __init__(self, name: str = "", size: int = 40) -> None:
        super().__init__()
        self._name, self._size = name, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.updateGeometry)

    def show_name(self, name: str) -> None:
        """Show the initials of another name."""
        self._name = name
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(self._size), theme().px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_avatar(painter, QRectF(self.rect()), self._name)
        painter.end()


class FilterChips(QWidget):
    """One of several filters is on. `choices` are (key, words); `chosen(key)` says which was chosen."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], *, name: str) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, ToggleButton] = {}
        layout = FlowLayout(self)
        for key, words in choices:
            button = ToggleButton(words, name=f"{name}: {words}")
            self._group.addButton(button)
            layout.addWidget(button)
            self._buttons[key] = button
            button.toggled.connect(lambda is_on, key=key: self.chosen.emit(key) if is_on else None)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.choose(choices[0][0])

    def choose(self, key: str) -> None:
        """Switch a filter on; `chosen` is emitted when it was not on already."""
        self._buttons[key].setChecked(True)

    @property
    def key(self) -> str:
        """The key of the filter that is on."""
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def set_words(self, key: str, words: str) -> None:
        """Change the words of a filter, for a count: "Waiting (3)"."""
        self._buttons[key].set_words(words, f"{self.accessibleName()}: {words}")


def chips(shown: Iterable[tuple[str, str, str]]) -> list[Chip]:
    """Chips of (words, tone, icon)."""
    return [Chip(words, tone, icon) for words, tone, icon in shown]


def badge(words: str, tone: str = "") -> QLabel:
    """A small count in a pill."""
    made = QLabel(words)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    mark(made, role="badge", tone=tone)
    return made
