"""How carebook looks: theme, text size, reading font, density; applied at once and remembered outside the store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from carebook.ui.fields import Field
from carebook.ui.fields_choice import RadioField
from carebook.ui.kit.cards import Card
from carebook.ui.kit.notices import NoticeBar
from carebook.ui.theme import TEXT_SIZES, theme, write_appearance
from carebook.ui.theme_fonts import choices
from carebook.words import say

THEMES: Final = (
    ("system", "As the computer"), ("light", "Light"), ("dark", "Dark"), ("contrast", "High contrast"),
    ("contrast_dark", "High contrast, dark"),
)  # fmt: skip
FONTS: Final = {"inter": "Inter", "atkinson": "Atkinson Hyperlegible, made for low vision"}
DENSITIES: Final = (("normal", "Roomy"), ("compact", "More on the screen"))


class AppearanceCard(Card):
    """Radio buttons; each choice shows at once. file: where it is remembered."""

    def __init__(self, file: Path) -> None:
        super().__init__(say("Appearance"))
        self._file = file
        self.problem = NoticeBar("warn", say("This choice could not be remembered"), say("It holds until carebook is closed."))
        self.problem.hide()
        self.body.addWidget(self.problem)
        now = theme().appearance
        self.scheme = self._add(RadioField("scheme", say("Colours"), [(key, say(words)) for key, words in THEMES]), now.scheme)
        sizes = [(str(size), f"{size} %") for size in TEXT_SIZES]
        self.text_size = self._add(RadioField("size", say("Text size"), sizes, is_across=True), str(now.text_percent))
        fonts = [(key, FONTS[key]) for key in choices()]
        self.font_choice = self._add(RadioField("font", say("Letters"), fonts), now.font)
        density = [(key, say(words)) for key, words in DENSITIES]
        self.density = self._add(RadioField("density", say("Space between rows"), density, is_across=True), now.density)

    def _add(self, field: RadioField, value: str) -> RadioField:
        field.set_value(value)
        self.body.addWidget(field)
        field.changed.connect(partial(self._apply, field))
        return field

    def _apply(self, field: Field) -> None:
        name: str = {"scheme": "scheme", "size": "text_percent", "font": "font", "density": "density"}[field.key]
        read: Callable[[str], Any] = int if name == "text_percent" else str
        value = read(field.value())  # type: ignore[attr-defined]
        theme().apply(replace(theme().appearance, **{name: value}))
        try:
            write_appearance(self._file, theme().appearance)
            self.problem.hide()
        except OSError:
            self.problem.show()
