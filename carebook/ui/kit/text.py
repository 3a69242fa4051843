"""Words on a screen: headings, text that wraps, quiet text.

Use: `Text("Good afternoon, Amina", "page")`, `Text("Due in 11 days", "small", ink="quiet")`.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from carebook.ui.theme import mark


class Text(QLabel):
    """Words in a role (caption, small, body, strong, lead, section, title, page, figure), which wrap.

    ink: "" (usual), "quiet", "danger", "warn", "ok", "info". may_wrap=False keeps one line (dates, numbers).
    Words are plain text, always; `setText` changes them.
    """

    def __init__(self, words: str = "", role: str = "body", *, ink: str = "", may_wrap: bool = True) -> None:
        super().__init__(words)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(may_wrap)
        self.setProperty("role", role)
        self.setProperty("ink", ink)
        self.setMinimumWidth(1 if may_wrap else 0)
        if may_wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)

    def set_ink(self, ink: str) -> None:
        """Change the ink."""
        mark(self, ink=ink)

    def selectable(self) -> Text:
        """Let people mark and copy the words with the mouse; the label itself."""
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return self


class Heading(Text):
    """A heading that can take the focus when a page opens, so that a screen reader starts there."""

    def __init__(self, words: str = "", role: str = "page") -> None:
        super().__init__(words, role)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(words)

    def setText(self, words: str) -> None:
        """Change the words, also for a screen reader."""
        super().setText(words)
        self.setAccessibleName(words)

    def take_focus(self) -> None:
        """Put the focus here without making the heading a stop of the Tab key."""
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
