"""Loads the bundled fonts and makes the fonts of the screens."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from carebook.ui.theme_tokens import RESOURCES

FAMILIES = {"inter": "Inter", "atkinson": "Atkinson Hyperlegible Next"}
_FILES = {"inter": "Inter-*.ttf", "atkinson": "AtkinsonHyperlegibleNext*.ttf"}
_NEEDED = ("Regular", "Medium", "SemiBold", "Bold")


@cache
def load(choice: str) -> bool:
    """Load the files of a reading font ("inter" or "atkinson") once; False when they are not bundled."""
    found = sorted((RESOURCES / "fonts").rglob(_FILES[choice]))
    wanted = [file for file in found if file.stem.endswith(_NEEDED)]
    return bool([number for file in wanted if (number := QFontDatabase.addApplicationFont(str(file))) >= 0])


def choices() -> tuple[str, ...]:
    """The reading fonts that are bundled, the usual one first."""
    return tuple(name for name, pattern in _FILES.items() if any((RESOURCES / "fonts").rglob(pattern)))


def family(choice: str) -> str:
    """The family of a reading font; Inter where the other is not bundled."""
    return FAMILIES[choice] if load(choice) else FAMILIES["inter"]


def make(choice: str, px: int, weight: int = 400, *, is_tabular: bool = False) -> QFont:
    """A font of `px` logical pixels; with tabular figures where numbers stand in columns."""
    load("inter")
    font = QFont([family(choice), FAMILIES["inter"]])
    font.setPixelSize(px)
    font.setWeight(QFont.Weight(weight))
    if is_tabular:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font
