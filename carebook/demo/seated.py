"""What a part of the day is given: hands at the real program, and a voice that the day hears."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from carebook.app import process
from carebook.demo.hands import Hands

if TYPE_CHECKING:
    from carebook.app.program import Program

PART: Final = "CAREBOOK_DAY_PART"


class Laptop:
    """What a part of the day is given: hands, the program, and a voice that the day hears."""

    program: Program

    def __init__(self, out: Path) -> None:
        self.hands = Hands(out)
        self.out = out
        self.after_lock = ""

    def say(self, words: str) -> None:
        """Tell the day."""
        print(words, flush=True)

    def start_anew(self, told: Mapping[str, str]) -> None:
        """Lock as the program does, by a new process image; the story goes on there."""
        process.start_anew({**told, PART: self.after_lock})
