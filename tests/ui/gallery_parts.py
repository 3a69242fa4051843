"""The small parts one under another, as the gallery shows them: notices, chips, buttons, states and sizes of text."""

from __future__ import annotations

from carebook.ui.kit.buttons import Button, IconButton, ToggleButton
from carebook.ui.kit.chips import Avatar, Chip
from carebook.ui.kit.layout import wrapping
from carebook.ui.kit.notices import NoticeBar
from carebook.ui.kit.pages import Page
from carebook.ui.kit.states import SaveState
from carebook.ui.kit.text import Text


class PartsGallery(Page):
    def __init__(self) -> None:
        super().__init__("Parts")
        for tone, title in (
            ("info", "A draft was recovered"),
            ("ok", "Sent"),
            ("warn", "Your sign-in ends today"),
            ("danger", "The disk is full"),
        ):
            self.body.addWidget(
                NoticeBar(tone, title, "What happened, and what to do next, in a sentence.", button="Open it", may_dismiss=True)
            )
        self.body.addWidget(
            wrapping(
                *(Chip(t.title(), t) for t in ("neutral", "info", "ok", "warn", "danger", "purple")),
                Avatar("Amina Bello"),
                Avatar("Doris Fitzgerald"),
                Avatar("Jean Walker"),
            )
        )
        off, off_first = Button("Not now"), Button("Not yet", kind="primary")
        off.setEnabled(False)
        off_first.setEnabled(False)
        self.body.addWidget(
            wrapping(
                Button("Primary", "check", kind="primary"),
                Button("Secondary", "printer"),
                Button("Plain", "pencil", kind="plain"),
                Button("Danger", "trash-2", kind="danger"),
                IconButton("lock", "Lock it"),
                ToggleButton("Toggle"),
                off,
                off_first,
            )
        )
        saved, failed = SaveState(), SaveState()
        saved.show_saved("15:42")
        failed.show_failed("Not saved: the disk is full")
        self.body.addWidget(wrapping(saved, failed, gap=4))
        for role in ("page", "title", "section", "lead", "strong", "body", "small", "caption"):
            self.body.addWidget(Text(f"{role}: The quick brown fox 0123456789 14-Jul-1945", role))
