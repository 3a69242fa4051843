"""Lines with right-to-left words: which runs there are and where each stands (Unicode Annex 9)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from bidi import algorithm

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one direction: right to left where the level is odd."""

    text: str
    level: int


def has_right_to_left(text: str) -> bool:
    """Whether any letter is of a script written from the right."""
    return _RIGHT_TO_LEFT.search(text) is not None


def runs_of(text: str) -> tuple[int, list[Run]]:
    """The base level of a line (0 from the left, 1 from the right) and its runs in the order they are read."""
    base = algorithm.get_base_level(text)
    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, ("L", "R")[base]
    algorithm.get_embedding_levels(text, storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    levels = [char["level"] for char in storage["chars"]]
    pairs = list(zip(text, levels, strict=True))
    return base, [Run("".join(c for c, _ in group), level) for level, group in groupby(pairs, key=lambda pair: pair[1])]


def visual_order(levels: list[int]) -> list[int]:
    """The indexes of runs from left to right as they stand on the line (rule L2)."""
    order = list(range(len(levels)))
    for level in range(max(levels, default=0), 0, -1):
        place = 0
        while place < len(order):
            end = place
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[place:end] = reversed(order[place:end])
            place = max(end, place + 1)
    return order
