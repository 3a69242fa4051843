"""Editors as tall as what is written in them, between a fewest and a most number of lines."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit

from carebook.ui.theme import theme


def let_grow(edit: QPlainTextEdit, fewest: int = 3, most: int = 16) -> None:
    """Keep the editor as tall as its words, from `fewest` to `most` lines; beyond that it scrolls."""

    def grow() -> None:
        lines = min(most, max(fewest, round(edit.document().size().height())))
        high = edit.fontMetrics().lineSpacing() * lines + theme().space(5)
        edit.setMinimumHeight(high)
        edit.setMaximumHeight(high)

    edit.document().documentLayout().documentSizeChanged.connect(lambda _: grow())
    theme().changed.connect(grow)
    grow()
