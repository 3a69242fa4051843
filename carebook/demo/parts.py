"""The parts of the day that are lived at a laptop, each in a process of its own, by their names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from carebook.demo import part_kitchen, part_office, part_paper

PARTS: Final[dict[str, Callable[[Any], None]]] = {
    "morning": part_office.morning,
    "colleague-morning": part_office.colleague_morning,
    "call": part_office.call,
    "visit": part_kitchen.visit,
    "recovered": part_kitchen.recovered,
    "locked": part_kitchen.finished,
    "afternoon": part_paper.afternoon,
    "evening": part_office.evening,
    "colleague-evening": part_office.colleague_evening,
}
