"""Bars that tell something at the top of a page: notices, and the summary of what is wrong with a form.

Use::

    bar = NoticeBar("info", "You are working offline", "Three changes are kept on this laptop.", button="Try now")
    bar.pressed.connect(presenter.try_now)
    summary = ErrorSummary()
    summary.chosen.connect(form.focus)
    summary.show_problems([("family", "Enter a family name")])      # takes the focus
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy

from carebook.ui.kit.announce import announce
from carebook.ui.kit.buttons import Button, IconButton
from carebook.ui.kit.chips import Icon
from carebook.ui.kit.layout import bring_into_view, clear, column, row
from carebook.ui.kit.text import Heading, Text
from carebook.ui.theme import mark, theme

_ICONS = {"info": "info", "ok": "circle-check", "warn": "triangle-alert", "danger": "circle-alert", "neutral": "info"}


class NoticeBar(QFrame):
    """A notice with a tint, an icon, a title, words and, if given, a button.

    tone: info (offline, recovered draft), ok (done), warn, danger (error). pressed: the button. dismissed: the cross,
    which is there with may_dismiss.
    """

    pressed = Signal()
    dismissed = Signal()

    def __init__(
        self, tone: str, title: str, words: str = "", *, button: str = "", icon: str = "", may_dismiss: bool = False
    ) -> None:
        super().__init__()
        self.setProperty("surface", "notice")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._icon, self._title, self._words = Icon(icon or _ICONS[tone], tone, 20), Text(title, "strong"), Text(words)
        self.button = Button(button, name=f"{button}: {title}" if button else "")
        if not button:
            self.button.hide()
        self.button.clicked.connect(self.pressed)
        texts = column(self._title, self._words, gap=0)
        layout = row(self._icon, texts, self.button, gap=3)
        layout.setStretch(1, 1)
        layout.setAlignment(self._icon, Qt.AlignmentFlag.AlignTop)
        layout.setAlignment(self.button, Qt.AlignmentFlag.AlignVCenter)
        edge = theme().space(3)
        layout.setContentsMargins(edge, edge - 2, edge, edge - 2)
        if may_dismiss:
            close = IconButton("x", f"Close: {title}")
            close.clicked.connect(self.dismissed)
            close.clicked.connect(self.hide)
            layout.addWidget(close)
        self.setLayout(layout)
        self.show_words(tone, title, words, icon=icon)

    def show_words(self, tone: str, title: str, words: str = "", *, icon: str = "") -> None:
        """Show another notice in the same bar."""
        mark(self, tone=tone)
        self._icon.show_icon(icon or _ICONS[tone], tone)
        self._title.setText(title)
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self.setAccessibleName(f"{title}. {words}" if words else title)


class ErrorSummary(QFrame):
    """What is wrong with a form, as GOV.UK writes it; hidden while nothing is. chosen: the key of a line's field."""

    chosen = Signal(str)

    def __init__(self, title: str = "There is a problem") -> None:
        super().__init__()
        self.setProperty("surface", "problems")
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._lines = column(gap=0)
        layout = column(Heading(title, "title"), self._lines, gap=2)
        edge = theme().space(4)
        layout.setContentsMargins(edge, edge - 2, edge, edge - 4)
        self.setLayout(layout)
        self.hide()

    def show_problems(self, problems: Sequence[tuple[str, str]]) -> None:
        """Show (key of the field, words), and take the focus; with none, hide."""
        clear(self._lines)
        for key, words in problems:
            link = ProblemLink(words)
            link.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            self._lines.addWidget(link)
        self.setVisible(bool(problems))
        told = ". ".join(words for _, words in problems)
        self.setAccessibleDescription(told)
        if problems:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            bring_into_view(self)
            announce(self, f"{self.accessibleName()}. {told}")

    def links(self) -> list[ProblemLink]:
        """The lines, in order."""
        return self.findChildren(ProblemLink)


class ProblemLink(Button):
    """One line of the summary."""

    def __init__(self, words: str) -> None:
        super().__init__(words, kind="problem", name=f"{words} (go to the field)")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
