"""The figures of the appearance: colours, space, type and sizes, read from resources/theme/tokens.json."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


@dataclass(frozen=True)
class Tokens:
    """What tokens.json says; sizes are px at 100 % text size, colours are #RRGGBB.

    schemes: colours by scheme ("light", "dark", "contrast", "contrast_dark") and name.
    space: the steps of white space. radius: corner radii. type: (px, weight) by role. row: row heights by density.
    target: least height of anything to click. control: usual height of a button or field. appear_ms: how long a wait
    stays unannounced. text_pairs and shape_pairs: (colour, ground) that must reach 4.5:1 and 3:1 (WCAG 2.2, 1.4.3 and
    1.4.11). ring_grounds: where one of the two colours of the focus ring must reach 3:1.
    """

    schemes: Mapping[str, Mapping[str, str]]
    space: tuple[int, ...]
    radius: Mapping[str, int]
    type: Mapping[str, tuple[int, int]]
    row: Mapping[str, int]
    target: int
    control: int
    appear_ms: int
    text_pairs: tuple[tuple[str, str], ...]
    shape_pairs: tuple[tuple[str, str], ...]
    ring_grounds: tuple[str, ...]


def _pairs(found: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((colour, ground) for colour, ground in found)


@cache
def tokens() -> Tokens:
    """The tokens, read once."""
    told = json.loads((RESOURCES / "theme" / "tokens.json").read_text("utf-8"))
    return Tokens(
        schemes=told["schemes"],
        space=tuple(told["space"]),
        radius=told["radius"],
        type={role: (px, weight) for role, (px, weight) in told["type"].items()},
        row=told["row"],
        target=told["target"],
        control=told["control"],
        appear_ms=told["appear_ms"],
        text_pairs=_pairs(told["text_pairs"]),
        shape_pairs=_pairs(told["shape_pairs"]),
        ring_grounds=tuple(told["ring_grounds"]),
    )


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two #RRGGBB colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
