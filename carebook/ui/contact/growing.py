"""Editors as tall as what is written in them, between a fewest and a most number of lines."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPlainTextEdit

from carebook.ui.theme import theme


class _Growing(QObject):
    """Belongs to the editor and goes with it, and with it what it listens to."""

    def __init__(self, edit: QPlainTextEdit, fewest: int, most: int) -> None:
        super().__init__(edit)
        self._edit, self._fewest, self._most = edit, fewest, most
        edit.document().documentLayout().documentSizeChanged.connect(self.grow)
        theme().changed.connect(self.grow)
        self.grow()

    def grow(self) -> None:
        """Make the editor as tall as its words."""
        lines = min(self._most, max(self._fewest, round(self._edit.document().size().height())))
        high = self._edit.fontMetrics().lineSpacing() * lines + theme().space(5)
        self._edit.setMinimumHeight(high)
        self._edit.setMaximumHeight(high)


def let_grow(edit: QPlainTextEdit, fewest: int = 3, most: int = 16) -> None:
    """Keep the editor as tall as its words, from `fewest` to `most` lines; beyond that it scrolls."""
    _Growing(edit, fewest, most)
