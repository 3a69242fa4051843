"""Locking: every page saved, the store closed, when nobody is there, and nothing left in the memory of the process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from held_clock import HeldClock
from made_home import PASSPHRASE, MadeHome, make_home
from process_memory import counts, every_form, key_forms
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from staged import Stage, stages

from carebook.actions.list_drafts import list_drafts
from carebook.actions.save_draft import save_draft
from carebook.app import process
from carebook.app.idle import ASLEEP, Idle
from carebook.app.program import DEVICE, WHY
from carebook.app.sitting import Sitting
from carebook.errors import DiskFull
from carebook.ui.room import Go

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def stage(dressed: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Stage]]:
    with stages(qtbot, tmp_path) as make:
        yield make


# ---------------------------------------------------------------- out


def test_a_store_on_a_full_disk_still_locks(stage: Callable[..., Stage]) -> None:
    one = stage()
    sitting = one.unlock()
    pages = [Unsaved(sitting, is_full=True), Unsaved(sitting)]
    for page in pages:
        sitting.shell.open_page(page)
    sitting.lock_wanted.emit("asked")
    assert len(one.restarts) == 1


class Unsaved(QWidget):
    """A page with something unsaved."""

    person_id = ""

    def __init__(self, sitting: Sitting, *, is_full: bool = False) -> None:
        super().__init__()
        self._sitting, self._is_full = sitting, is_full

    def save_before_lock(self) -> None:
        if self._is_full:
            raise DiskFull
        desk = self._sitting.desk
        desk.do(save_draft, desk.clock.new_id(), "", "person", '{"last": "words"}', desk.store.session_id)


@pytest.mark.parametrize("why", ["asked", "idle", "asleep"])
def test_locking_saves_every_page_closes_the_store_and_begins_the_process_anew(stage: Callable[..., Stage], why: str) -> None:
    one = stage()
    sitting = one.unlock()
    sitting.shell.open_page(Unsaved(sitting, is_full=True))
    sitting.shell.open_page(Unsaved(sitting))
    sitting.lock_wanted.emit(why)
    assert one.restarts == [{WHY: why, DEVICE: "dev-0001"}]
    assert not sitting.shell.isVisible()
    assert sitting.desk.store.engine is None
    assert sitting.shell.page is None
    one.program.lock()
    assert len(one.restarts) == 1
    desk = one.made.desk()
    assert [draft.body for draft in desk.do(list_drafts, "")] == ['{"last": "words"}']
    desk.store.lock()


def test_it_locks_even_while_a_sync_reads_the_store(stage: Callable[..., Stage]) -> None:
    one = stage()
    sitting = one.unlock()
    desk = sitting.desk
    desk.do(save_draft, desk.clock.new_id(), "", "person", "{}", desk.store.session_id)
    with desk.store.read() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM draft").scalar() == 1
        sitting.lock_wanted.emit("asked")
    assert len(one.restarts) == 1
    assert desk.store.engine is None
    again = one.made.desk()
    assert len(again.do(list_drafts, "")) == 1
    again.store.lock()


def test_closing_the_window_locks_the_store_and_ends_the_program(stage: Callable[..., Stage], qtbot: QtBot) -> None:
    one = stage()
    sitting = one.unlock()
    with qtbot.waitSignal(one.program.ended):
        sitting.shell.close()
    assert sitting.desk.store.engine is None
    assert one.restarts == []
    one.made.desk().store.lock()


def test_the_last_words_typed_before_the_lock_are_in_the_draft(stage: Callable[..., Stage], qtbot: QtBot) -> None:
    one = stage()
    sitting = one.unlock()
    sitting.go(Go("contact", one.made.people.margaret))
    qtbot.waitUntil(lambda: not one.program.lanes.store.is_busy, timeout=20_000)
    page = sitting.shell.page
    assert page is not None
    editor = next(edit for edit in page.findChildren(QPlainTextEdit) if edit.isVisibleTo(page) and edit.isEnabled())
    QTest.keyClicks(editor, "Her last words today")
    sitting.lock_wanted.emit("idle")
    desk = one.made.desk()
    (draft,) = desk.do(list_drafts, "")
    desk.store.lock()
    assert (draft.kind, draft.person_id) == ("contact", one.made.people.margaret)
    assert "Her last words today" in draft.body


def test_words_copied_in_carebook_do_not_stay_in_the_clipboard_and_others_do(
    stage: Callable[..., Stage], qtbot: QtBot
) -> None:
    clipboard = QGuiApplication.clipboard()
    for is_replaced in (False, True):
        sitting = stage().unlock()
        with qtbot.waitActive(sitting.shell):
            sitting.shell.activateWindow()
        clipboard.setText("Words of a record")
        if is_replaced:
            clipboard.blockSignals(True)  # copied in another program
            clipboard.setText("A shopping list")
            clipboard.blockSignals(False)
        sitting.lock_wanted.emit("asked")
        assert clipboard.text() == ("A shopping list" if is_replaced else "")


def test_the_lock_screen_says_why_and_greets_the_one_who_was_locked_out(stage: Callable[..., Stage], tmp_path: Path) -> None:
    make_home(tmp_path, worker="m.lund", device="dev-0002")
    one = stage(make_home(tmp_path))
    one.program.start({WHY: "idle", DEVICE: "dev-0002"})
    assert one.program.unlock_view.form.name.text() == "Marit Lund"
    assert "not used for a while" in one.program.unlock_view._why.text()


# ---------------------------------------------------------------- idle


def test_it_locks_after_the_councils_minutes_without_a_sign_and_not_before(dressed: QApplication, qtbot: QtBot) -> None:
    clock, gone = HeldClock(), []
    idle, window = Idle(clock, 10), QWindow()
    idle.gone.connect(gone.append)
    idle.watch(window)
    for _ in range(11):
        clock.move(timedelta(seconds=30))
        idle.tick()
    assert gone == []
    here = window.position().toPointF()
    buttons = Qt.MouseButton.NoButton
    move = QMouseEvent(QEvent.Type.MouseMove, here, here, buttons, buttons, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, move)
    for _ in range(19):
        clock.move(timedelta(seconds=30))
        idle.tick()
    assert gone == []
    clock.move(timedelta(seconds=30))
    idle.tick()
    assert gone == ["idle"]


def test_it_locks_when_the_laptop_was_asleep(dressed: QApplication) -> None:
    clock, gone = HeldClock(), []
    idle = Idle(clock, 10)
    idle.gone.connect(gone.append)
    clock.show(clock.now() + ASLEEP)  # the wall clock went on; the other one stood still
    idle.tick()
    assert gone == []
    clock.show(clock.now() + ASLEEP + timedelta(seconds=1))
    idle.tick()
    assert gone == ["asleep"]


@pytest.mark.parametrize(("set_to", "holds"), [(0, 1), (1, 1), (5, 5), (15, 15), (600, 15)])
def test_no_council_can_switch_locking_off(dressed: QApplication, set_to: int, holds: int) -> None:
    assert Idle(HeldClock(), set_to).minutes == holds


# ---------------------------------------------------------------- the process


def run_python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True, timeout=60)
    return done.stdout.strip()


@pytest.mark.parametrize(("does", "is_safe"), [("process.protect()", True), ("None", False)])
def test_no_core_file_and_no_look_from_outside(does: str, is_safe: bool) -> None:
    says = (
        "import ctypes, resource; from carebook.app import process; "
        f"resource.setrlimit(resource.RLIMIT_CORE, (1, resource.getrlimit(resource.RLIMIT_CORE)[1])); {does}; "
        "print(resource.getrlimit(resource.RLIMIT_CORE)[0], ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    )
    assert (run_python(says) == "0 0") is is_safe


def test_starting_anew_keeps_the_command_line_and_the_process(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import os, sys\nfrom carebook.app import process\n"
        "print(os.getpid(), sys.argv[1:], os.environ.get('TOLD'), flush=True)\n"
        "os.environ.get('TOLD') or process.start_anew({'TOLD': 'idle'})\n"
    )
    done = subprocess.run(
        [sys.executable, str(script), "--some", "thing"], env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True,
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    first, second = done.stdout.splitlines()
    assert first.endswith("['--some', 'thing'] None")
    assert second == first.replace("None", "idle")
    assert process.PR_SET_DUMPABLE == 4


class Driven:
    """carebook in a process of its own."""

    def __init__(self, made: MadeHome) -> None:
        paths = os.pathsep.join((str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "ui")))
        theirs = {"CAREBOOK_HOME": str(made.settings.home), "CAREBOOK_KEYRING": "none", "PYTHONPATH": paths}
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "tests" / "ui" / "driven.py")],
            env={**os.environ, **theirs, "QT_QPA_PLATFORM": "offscreen"},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def expect(self, words: str) -> None:
        assert self.process.stdout is not None
        assert self.process.stdout.readline().decode().split() == [words, str(self.process.pid)]

    def tell(self, words: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{words}\n".encode())
        self.process.stdin.flush()

    def end(self) -> None:
        self.process.kill()
        self.process.wait(timeout=20)
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            pipe.close()


def test_after_locking_neither_key_nor_passphrase_nor_record_is_left_in_the_memory_of_the_process(
    tmp_path: Path, figure: Callable[..., None]
) -> None:
    made = make_home(tmp_path, is_peopled=True)
    wanted = {"key": key_forms(made.key), "passphrase": every_form(PASSPHRASE), "record": every_form("Okafor-Hale")}
    carebook = Driven(made)
    try:
        carebook.expect("locked")
        assert counts(carebook.process.pid, wanted) == {"key": 0, "passphrase": 0, "record": 0}
        carebook.tell(f"unlock {PASSPHRASE}")
        carebook.expect("unlocked")
        carebook.tell("people")
        carebook.expect("shown")
        unlocked = counts(carebook.process.pid, wanted)
        assert all(unlocked.values()), unlocked
        carebook.tell("lock")
        carebook.expect("locked")
        locked = counts(carebook.process.pid, wanted)
        assert locked == {"key": 0, "passphrase": 0, "record": 0}
        carebook.tell(f"unlock {PASSPHRASE}")
        carebook.expect("unlocked")
    finally:
        carebook.end()
    figure("found in memory, unlocked", unlocked)
    figure("found in memory, locked", locked, "0 of each")
