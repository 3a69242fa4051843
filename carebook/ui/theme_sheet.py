"""Writes the one style sheet from resources/theme/*.qss for the present scheme, text size, font and density.

In those files `@name` is a colour, `@px(n)` and `@space(n)` a length and a step of white space (a second figure is added),
`@control(n)` the height of a control and n, `@ring(n)` the radius that makes a circle of a box n wide with a border of 2,
`@type(role)` size and weight, `@radius(name)`, `@mark(name)` a picture's path.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Protocol

from carebook.ui.theme_tokens import RESOURCES, tokens

TONES = ("neutral", "info", "ok", "warn", "danger", "purple")
_MARK = re.compile(r"@(\w+)(?:\(([^)]*)\))?")


class Figures(Protocol):
    """The part of the theme a sheet is written from."""

    scheme: str

    def hex(self, name: str) -> str:
        """A colour of the scheme."""

    def px(self, size: float) -> int:
        """A length that grows with the text."""

    def space(self, step: int) -> int:
        """White space."""

    def control_height(self) -> int:
        """The height of a button or field."""


@cache
def _source() -> str:
    folder = RESOURCES / "theme"
    tones = (folder / "tones.qss").read_text("utf-8")
    roles = "\n".join(f'QLabel[role="{role}"] {{ @type({role}); }}' for role in tokens().type)
    # a role's size comes before what a surface says about the labels on it
    return "\n".join([roles, (folder / "screens.qss").read_text("utf-8"), *(tones.replace("TONE", tone) for tone in TONES)])


def sheet(to: Figures) -> str:
    """The style sheet in the figures of `to`. Raises KeyError for a mark that means nothing."""
    return _MARK.sub(lambda found: _value(to, found[1], (found[2] or "").split(",")), _source())


def _value(to: Figures, name: str, told: list[str]) -> str:
    if name in {"px", "space"}:
        more = int(told[1]) if len(told) > 1 else 0
        return f"{max(0, (to.px if name == 'px' else to.space)(int(told[0])) + more)}px"
    if name == "type":
        px, weight = tokens().type[told[0]]
        return f"font-size: {to.px(px)}px; font-weight: {weight}"
    lengths = {
        "control": lambda: to.control_height() + int(told[0]),
        "half": lambda: to.control_height() // 2,
        "radius": lambda: tokens().radius[told[0]],
        "ring": lambda: (to.px(int(told[0])) + 4) // 2,  # Qt draws a square where a radius is more than half
    }
    if name in lengths:
        return f"{lengths[name]()}px"
    if name == "mark":
        return _picture(to, told[0])
    return to.hex(name)


def _picture(to: Figures, name: str) -> str:
    """The path of a picture the sheet itself draws (it cannot be tinted: there is one for dark schemes)."""
    dark = "-dark" if to.scheme in {"dark", "contrast_dark"} else ""
    return (RESOURCES / "theme" / f"{name}{dark}.svg").as_posix()
