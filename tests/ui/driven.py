"""carebook in a process of its own, for tests: does what it is told on standard input, and says what it shows.

Lines in: `unlock WORDS`, `people`, `lock`, `quit`. Lines out: `locked`, `unlocked`, `shown`, each with its process id.
"""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from carebook.app.program import DEVICE, WHY, Program, clock_of, dress, start_log
from carebook.settings import read_settings
from carebook.ui.room import Go


def tell(words: str) -> None:
    os.write(1, f"{words} {os.getpid()}\n".encode())


def obey(program: Program, line: str) -> None:
    command, _, words = line.partition(" ")
    if command == "unlock":
        form = program.unlock_view.form
        form.field.set_value(words)
        form.unlock_button.click()
    elif command == "people":
        program.sitting.go(Go("people"))
        QTimer.singleShot(700, lambda: tell("shown"))
    elif command == "lock":
        program.lock()
    elif command == "quit":
        program.quit()


def main() -> int:
    settings = read_settings()
    start_log(settings)
    app = QApplication(sys.argv[:1])
    dress(app, settings)
    program = Program(settings, clock_of(settings))
    program.ended.connect(app.quit)
    program.unlocked.connect(lambda _: QTimer.singleShot(300, lambda: tell("unlocked")))
    program.window.painted.connect(lambda: tell("locked"))
    heard = QSocketNotifier(0, QSocketNotifier.Type.Read)
    heard.activated.connect(lambda *_: obey(program, os.read(0, 4096).decode().strip()))
    program.start({name: os.environ.pop(name, "") for name in (WHY, DEVICE)})
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
