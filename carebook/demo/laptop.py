"""One process of a laptop on the day: the real program, with a pair of hands in front of it that live one part of the story.

python -m carebook.demo.laptop PART OUT; further parts of the same process (after a lock) are named in CAREBOOK_DAY_PART.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from carebook.app import process
from carebook.app.program import DEVICE, WHY, Program, clock_of, dress, start_log
from carebook.demo.hands import DayBroke
from carebook.demo.parts import PARTS
from carebook.demo.seat import BROKE
from carebook.demo.seated import PART, Laptop
from carebook.settings import read_settings


def live(laptop: Laptop, part: Callable[[Laptop], None]) -> int:
    """One part from its beginning to its end; the process's exit status."""
    try:
        part(laptop)
    except DayBroke as broken:
        laptop.say(f"{BROKE}{broken}")
        laptop.hands.look("broken")
        return 1
    return 0


def main(arguments: Sequence[str]) -> int:
    """Open the program as `carebook` does, live the part, and close the window."""
    part, out = os.environ.pop(PART, "") or arguments[0], Path(arguments[1])
    process.protect()
    settings = read_settings()
    start_log(settings)
    app = QApplication(list(arguments[:1]))
    dress(app, settings)
    told = {name: os.environ.pop(name, "") for name in (WHY, DEVICE)}
    laptop = Laptop(out)
    program = laptop.program = Program(settings, clock_of(settings), restart=laptop.start_anew)
    program.ended.connect(app.quit)
    status = 1

    def begin() -> None:
        nonlocal status
        try:
            status = live(laptop, PARTS[part])
        finally:
            program.quit()

    sys.excepthook = _crashed(program)
    program.start(told)
    QTimer.singleShot(0, begin)
    app.exec()
    return status


def _crashed(program: Program) -> Callable[..., None]:
    def crashed(_: object, error: BaseException, __: object) -> None:
        sys.__excepthook__(type(error), error, error.__traceback__)
        program.show_crash(error)

    return crashed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
