"""Sizes and colours of paper for each accessible format (UKAAF clear and large print; DAPB1605)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from carebook.reports.page_canvas import Colour

INK: Colour = (0.082, 0.137, 0.169)
SOFT: Colour = (0.235, 0.302, 0.345)  # at least 7 to 1 on white
ACCENT: Colour = (0.043, 0.373, 0.4)
ALARM: Colour = (0.604, 0.11, 0.082)
TINT: Colour = (0.918, 0.953, 0.953)
RULE: Colour = (0.698, 0.8, 0.808)
HAIR: Colour = (0.827, 0.859, 0.875)

_POINTS = {"F01": 12.0, "F02": 14.0, "F03": 16.0, "F04": 18.0, "F05": 22.0}
LARGE_PRINT = 16.0
"""From here on the line spacing is one and a half. Labels, footers and page numbers are as large as the text in all."""


@dataclass(frozen=True, slots=True)
class Style:
    """How one kind of text looks."""

    weight: str
    size: float
    leading: float
    colour: Colour = INK
    before: float = 0.0
    after: float = 0.0


@dataclass(frozen=True, slots=True)
class Paper:
    """The measures of one format: everything follows from the size of the text."""

    points: float

    @property
    def is_large(self) -> bool:
        """Whether this is large print."""
        return self.points >= LARGE_PRINT

    @property
    def margin(self) -> float:
        """The margin at the sides, in points."""
        return 60.0 if self.points < 20 else 44.0

    @property
    def spacing(self) -> float:
        """The line spacing of running text."""
        return 1.5 if self.is_large else 1.42

    def style(self, name: str) -> Style:
        """The style of that name: body, strong, accent, alarm, soft, label, council, h1, h2, h3, name, footer."""
        return _styles(self.points, self.points * self.spacing)[name]

    def makes_lists_of(self, columns: int) -> bool:
        """Whether a table of so many columns is set as a list of labels and values."""
        return self.points >= 18 or (self.points >= LARGE_PRINT and columns > 3)


@cache
def _styles(p: float, line: float) -> dict[str, Style]:
    return {
        "body": Style("regular", p, line, after=p * 0.55),
        "strong": Style("bold", p, line, after=p * 0.3),
        "accent": Style("bold", p, line, ACCENT, after=p * 0.3),
        "alarm": Style("bold", p, line, ALARM, after=p * 0.3),
        "soft": Style("regular", p, line, SOFT, after=p * 0.4),
        "label": Style("bold", p, line, SOFT),
        "council": Style("bold", p + 1 if p < 16 else p, line, ACCENT, after=p * 0.2),
        "h1": Style("bold", p + 14, (p + 14) * 1.15, INK, after=p * 0.4),
        "name": Style("regular", p + 7, (p + 7) * 1.25, ACCENT, after=p * 0.6),
        "h2": Style("bold", p + 6, (p + 6) * 1.2, ACCENT, before=p * 1.9, after=p * 0.9),
        "h3": Style("bold", p + 1.5, (p + 1.5) * 1.3, INK, before=p * 0.9, after=p * 0.35),
        "footer": Style("regular", p, p * 1.25, SOFT),
    }


def paper_for(code: str, giant_points: float = 30.0) -> Paper:
    """The measures for a format code: F01 to F05 as named, F06 giant at `giant_points`; 14 point for any other."""
    if code == "F06":
        return Paper(float(min(max(giant_points, 24.0), 48.0)))
    return Paper(_POINTS.get(code, 14.0))
