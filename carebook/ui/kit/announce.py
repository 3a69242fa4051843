"""Tells a screen reader what changed on the screen without moving the focus.

Use: `announce(self, "Draft saved")`; `announce(self, "The laptop is offline", is_urgent=True)`.
"""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(about: QWidget, words: str, *, is_urgent: bool = False) -> None:
    """Have `words` spoken; urgent ones interrupt what is being spoken."""
    event = QAccessibleAnnouncementEvent(about, words)
    urgency = QAccessible.AnnouncementPoliteness
    event.setPoliteness(urgency.Assertive if is_urgent else urgency.Polite)
    QAccessible.updateAccessibility(event)
