"""At a kitchen table: a visit written in the real screen on a real encrypted store, the process killed twice, and nothing lost
but the last moment; recovered, finished, amended, the plan agreed and a copy printed from memory.
"""

from __future__ import annotations

import io
import os
import re
import selectors
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from held_clock import HeldClock
from make import KEY, MONDAY, a_caseload, make_room
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from carebook.actions.list_drafts import list_drafts
from carebook.actions.read_contacts import read_contacts
from carebook.actions.read_plan import read_plan
from carebook.desk import Desk
from carebook.store.opening import open_store
from carebook.store.place import Place
from carebook.ui.amend.view import AmendView
from carebook.ui.contact.draft import decode
from carebook.ui.contact.view import ContactView
from carebook.ui.plan import preview_view
from carebook.ui.plan.paper import JOB_TITLE
from carebook.ui.plan.preview_view import PlanPreviewView
from carebook.ui.plan.view import PlanTab, StepPart
from carebook.ui.theme import Appearance, theme

HERE = Path(__file__).resolve().parent
WORDS = (
    "Edwin let me in at twenty to four. The hall was clear and the heating on. Margaret sat by the window with the cat and "
    "knew me at once. She has not had her calls since Friday. Edwin has done all of it and is tired. "
) * 3


class Killed:
    """What a writer said before it was killed."""

    def __init__(self) -> None:
        self.draft_id, self.said = "", []
        self.typed: list[float] = []
        self.there = 0

    def hear(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        if word == "new":
            self.draft_id = rest
        elif word == "said":
            self.said.append(rest)
        elif word == "there":
            self.there = int(rest)
        elif word == "typed":
            self.typed.append(time.monotonic())


def write_and_be_killed(store: Path, person_id: str, draft_id: str, now: datetime, after: float) -> tuple[Killed, float]:
    """Have a process of its own type for `after` seconds, then kill it outright; what it said, and when it was killed."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (HERE.parents[1], HERE.parent, HERE.parent / "ui")))}
    command = [sys.executable, str(HERE / "writing_hand.py"), str(store), person_id, draft_id or "-", WORDS, now.isoformat()]
    told = Killed()
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as writer:
        assert writer.stdout is not None
        watch = selectors.DefaultSelector()
        watch.register(writer.stdout, selectors.EVENT_READ)
        rest, deadline = b"", time.monotonic() + 60
        while not told.typed or time.monotonic() - told.typed[0] < after:
            assert time.monotonic() < deadline, "the writer did not begin"
            if watch.select(0.05):
                *lines, rest = (rest + os.read(writer.stdout.fileno(), 65536)).split(b"\n")
                for line in lines:
                    told.hear(line.decode())
        writer.kill()
        killed_at = time.monotonic()
        watch.close()
    return told, killed_at


@contextmanager
def at_desk(store: Path, clock: HeldClock) -> Iterator[Desk]:
    desk = Desk(open_store(Place(store), KEY, clock))
    try:
        yield desk
    finally:
        desk.store.lock()


def lost_seconds(desk: Desk, told: Killed, killed_at: float) -> tuple[str, float]:
    """The words the draft holds, and how old the first key stroke was that it does not hold, when the writer was killed."""
    (kept,) = desk.do(list_drafts, desk.store.session_id)
    assert kept.is_recovered
    assert kept.draft_id == told.draft_id
    words = decode(kept.body).passages[0].words
    count = len(words) - told.there
    while count < len(told.typed) and WORDS[:count].rstrip() == WORDS[: count + 1].rstrip():
        count += 1  # white space at the end is not kept
    return words, killed_at - told.typed[count] if count < len(told.typed) else 0.0


@pytest.mark.timeout(280)
def test_a_visit_survives_two_kills_and_is_finished_amended_agreed_and_printed(
    tmp_path: Path, qapp: QApplication, figure, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme().install(qapp, Appearance(scheme="light"))
    clock = HeldClock(MONDAY)
    with a_caseload(tmp_path, clock) as (desk, people):
        at_first = len(desk.do(read_contacts, people.margaret))
    store, lost, draft_id, known = tmp_path / "store", [], "", ""
    for kill, seconds in enumerate((2.4, 3.1)):
        now = datetime(2026, 11, 23, 15, 42, tzinfo=UTC) + timedelta(minutes=9 * kill)
        told, killed_at = write_and_be_killed(store, people.margaret, draft_id, now, seconds)
        if kill:
            assert "Recovered. You last wrote at 15:42." in told.said
            assert told.there == len(known)
        clock.show(now + timedelta(minutes=1))
        with at_desk(store, clock) as desk:
            words, seconds_lost = lost_seconds(desk, told, killed_at)
        assert words.startswith(known)
        assert words[len(known) :] == WORDS[: len(words) - len(known)]
        lost.append(seconds_lost)
        draft_id, known = told.draft_id, words
    figure("writing lost by a kill, of two", f"{max(lost):.2f} s", "2 s")
    assert max(lost) <= 2.0
    clock.show(datetime(2026, 11, 23, 16, 0, tzinfo=UTC))
    with at_desk(store, clock) as desk:
        row_id = finish(desk, people.margaret, draft_id, known)
        assert len(desk.do(read_contacts, people.margaret)) == at_first + 1
        amend(desk, row_id)
        agree(desk, people.margaret)
        print_copy(desk, people.margaret, people.plan, tmp_path / "paper.pdf", monkeypatch)
    assert_no_words_on_disk(store, (known[:40], "Margaret", "too tired to go on"))


def shown(view: ContactView | AmendView | PlanTab | PlanPreviewView) -> None:
    view.resize(1150, 700)
    view.show()
    view.activateWindow()
    opened = getattr(view, "opened", None)
    if opened is not None:
        opened()
    QTest.qWait(20)


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, held)


def finish(desk: Desk, person_id: str, draft_id: str, known: str) -> str:
    room, trail = make_room(desk)
    view = ContactView(room, person_id, draft_id)
    shown(view)
    assert "Recovered. You last wrote at 15:51." in trail.said
    QTest.keyClicks(QApplication.focusWidget(), "Home")
    for words in ("today", "1540"):
        (view.occasion.on if words == "today" else view.occasion.at).take_focus()
        QTest.keyClicks(QApplication.focusWidget(), words)
    view.occasion.why.take_focus()
    QTest.keyClicks(QApplication.focusWidget(), "The calls stopped")
    view.headings[0].editors[0].words.take_focus()
    press(Qt.Key.Key_Y, Qt.KeyboardModifier.AltModifier)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert trail.said[-1].startswith("Finished. Waiting to be sent.")
    assert desk.do(list_drafts, desk.store.session_id) == ()
    entry = next(one for one in desk.do(read_contacts, person_id) if one.row_id == view.presenter.row_id)
    assert entry.passages[0].words == known.strip()
    view.close()
    return entry.row_id


def amend(desk: Desk, row_id: str) -> None:
    room, trail = make_room(desk)
    view = AmendView(room, row_id)
    shown(view)
    QTest.keyClicks(QApplication.focusWidget(), "Edwin asked me to add this")
    assert view.words is not None
    view.words.editors[0].words.take_focus()
    QTest.keyClicks(QApplication.focusWidget(), " He is too tired to go on.")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert trail.said[-1].startswith("Amended. Waiting to be sent.")
    view.close()


def agree(desk: Desk, person_id: str) -> None:
    room, _ = make_room(desk)
    tab = PlanTab(room, person_id)
    shown(tab)
    for step, view in (("shared", ""), ("agreed", "If the calls come back on Monday")):
        tab.buttons[step].setFocus()
        press(Qt.Key.Key_Space)
        part = tab.stack.currentWidget()
        assert isinstance(part, StepPart)
        QTest.qWait(10)
        if view:
            QTest.keyClicks(part.view.edit, view)
        part.yes.setFocus()
        press(Qt.Key.Key_Space)
        QTest.qWait(10)
    version = desk.do(read_plan, person_id)[0]
    assert (version.state, version.steps[-1].view) == ("agreed", "If the calls come back on Monday")
    tab.close()


def print_copy(desk: Desk, person_id: str, plan_row_id: str, paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Through the screen, onto a printer that is a file."""
    used: list[QPrinter] = []

    def named(_: str) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(paper))
        used.append(printer)
        return printer

    monkeypatch.setattr(preview_view, "printer_named", named)
    room, trail = make_room(desk)
    view = PlanPreviewView(room, person_id, plan_row_id)
    shown(view)
    view.show_printers(["The office printer"])
    view.print.setFocus()
    press(Qt.Key.Key_Space)
    assert trail.said[-1].startswith("Copy 1 was sent to the printer.")
    assert used[0].docName() == JOB_TITLE
    view.close()
    with pdfium.PdfDocument(io.BytesIO(paper.read_bytes())) as printed:
        assert len(printed) == len(view.pages._pages) > 1
        assert len(set(bytes(printed[0].render(scale=0.5).buffer))) > 20  # something is drawn on it


def assert_no_words_on_disk(store: Path, words: tuple[str, ...]) -> None:
    for path in store.rglob("*"):
        if path.is_file():
            held = path.read_bytes()
            assert not [told for told in words if re.search(re.escape(told.encode()), held)], path.name
