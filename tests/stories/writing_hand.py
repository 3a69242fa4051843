"""A hand that writes in a process of its own, so that it can be killed: shows the contact screen on a store, and types.

Arguments: folder of the store, person's id, draft's id or "-", the words to type, the instant it is. It says "new ID" of the
draft once the form stands there, "there N" with the characters that stand in it, "said WORDS" for a screen reader, and
"typed N" with each key stroke.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from made_desk import KEY
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from carebook.clock import clock_starting_at
from carebook.desk import Desk
from carebook.store.opening import open_store
from carebook.store.place import Place
from carebook.ui.background import Lanes
from carebook.ui.contact.view import ContactView
from carebook.ui.room import Room
from carebook.ui.theme import Appearance, theme


def tell(words: str) -> None:
    os.write(1, f"{words}\n".encode())


def main() -> None:
    folder, person_id, draft_id, words, now = sys.argv[1:]
    app = QApplication([])
    theme().install(app, Appearance(scheme="light"))
    lanes = Lanes()
    desk = Desk(open_store(Place(Path(folder)), KEY, clock_starting_at(datetime.fromisoformat(now))))

    def no(*_: object) -> None:
        """Nothing else is there to go to."""

    room = Room(desk, lanes.store, lanes.slow, no, no, lambda told: tell(f"said {told}"), no, no)
    view = ContactView(room, person_id, "" if draft_id == "-" else draft_id)
    view.resize(1150, 700)
    view.show()
    view.activateWindow()
    view.opened()
    while not (view.headings and view.headings[0].editors):
        QTest.qWait(5)
    tell(f"new {view.presenter.keeper.kept.draft_id}")
    editor = view.headings[0].editors[0].words
    tell(f"there {len(editor.edit.toPlainText())}")
    QTest.qWait(20)
    editor.take_focus()
    for number, letter in enumerate(words, 1):
        QTest.keyClicks(editor.edit, letter)
        tell(f"typed {number}")
        QTest.qWait(15)


if __name__ == "__main__":
    main()
