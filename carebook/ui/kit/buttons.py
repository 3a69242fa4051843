"""Buttons with words, buttons with a picture alone, and links.

Use::

    save = Button("Finish and sign", "check", kind="primary")
    save.clicked.connect(presenter.finish)
    open_ = Button("Open", kind="plain", name="Open Safeguarding visit: Margaret Smith")   # names are unique on a screen
"""

# ruff: noqa: D102 - what Qt calls needs no docstring of its own

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy

from carebook.ui.icons import icon
from carebook.ui.theme import theme

_INK = {"primary": "on_accent", "plain": "link", "danger": "danger", "picture": "text2", "back": "link"}


class Button(QPushButton):
    """A button with words and, if given, an icon.

    kind: "secondary" (usual), "primary" (one on a page), "plain" (no border), "danger", "link" (underlined words).
    name: what a screen reader says where the words alone are not unique; it begins with the words.
    """

    def __init__(self, words: str, icon_name: str = "", *, kind: str = "secondary", name: str = "") -> None:
        super().__init__(words)
        self.setProperty("kind", kind)
        self.setAccessibleName(name or words)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._icon_name = icon_name
        if icon_name:
            self.setIcon(icon(icon_name, _INK.get(kind, "text2")))
        self._measure()
        theme().changed.connect(self._measure)

    def _measure(self) -> None:
        side = theme().px(18)
        self.setIconSize(QSize(side + (theme().px(4) if self.text() else 0), side))

    def set_words(self, words: str, name: str = "") -> None:
        """Change the words and the accessible name."""
        self.setText(words)
        self.setAccessibleName(name or words)

    def sizeHint(self) -> QSize:
        """Wide enough for the words: the style sheet's own hint forgets the gap after an icon."""
        hint = super().sizeHint()
        return hint + QSize(theme().px(4), 0) if self._icon_name and self.text() else hint

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class IconButton(Button):
    """A picture alone; `name` is what it does, in words, and shows as its tip."""

    def __init__(self, icon_name: str, name: str) -> None:
        super().__init__("", icon_name, kind="picture", name=name)
        self.setToolTip(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class ToggleButton(Button):
    """A button that stays pressed; connect `toggled`, which a screen reader fires too."""

    def __init__(self, words: str, icon_name: str = "", *, kind: str = "filter", name: str = "") -> None:
        super().__init__(words, icon_name, kind=kind, name=name)
        self.setCheckable(True)
        if icon_name:
            self.setIcon(icon(icon_name, "text2", "accent"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.updateGeometry()
