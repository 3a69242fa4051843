"""The program as a whole: unlock to shell, drafts announced, offline told, faults, and nothing left beside the store."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from made_home import make_home
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from staged import Stage, stages

from carebook.actions.save_draft import save_draft
from carebook.app.program import dress
from carebook.ui.room import Go
from carebook.ui.theme import Appearance, write_appearance


@pytest.fixture
def stage(dressed: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Stage]]:
    with stages(qtbot, tmp_path) as make:
        yield make


# ---------------------------------------------------------------- in


def test_the_passphrase_leads_to_today_with_the_worker_and_the_state_of_sync_on_the_rail(stage: Callable[..., Stage]) -> None:
    one = stage()
    sitting = one.unlock()
    assert sitting.shell.isVisible()
    assert not one.program.window.isVisible()
    assert sitting.shell.key == "today"
    assert sitting.shell.rail.sync_words.text() == "No server is set up"
    assert sitting.shell.windowTitle() == "Carebook"


def test_the_keys_lead_to_the_pages_and_to_a_new_contact_with_whoever_is_open(stage: Callable[..., Stage]) -> None:
    one = stage()
    sitting = one.unlock()
    shell = sitting.shell
    for key in ("people", "sync", "settings", "today"):
        sitting.go(Go(key))
        assert shell.key == key
    shell.new_contact_wanted.emit()
    assert shell.key == "people"
    assert "whom" in shell._notices
    sitting.go(Go("person", one.made.people.margaret))
    assert "whom" not in shell._notices
    shell.new_contact_wanted.emit()
    assert type(shell.page).__name__ == "ContactView"


def test_a_page_that_is_closed_gets_no_answer_any_more(stage: Callable[..., Stage], qtbot: QtBot) -> None:
    one = stage()
    sitting = one.unlock()
    for _ in range(5):
        sitting.go(Go("person", one.made.people.margaret))
        sitting.shell.back()
    qtbot.waitUntil(lambda: not one.program.lanes.store.is_busy, timeout=20_000)
    assert sitting.shell.key == "today"


def test_what_was_being_written_is_announced_after_the_next_unlock(stage: Callable[..., Stage], tmp_path: Path) -> None:
    made = make_home(tmp_path, is_peopled=True)
    desk = made.desk()
    desk.do(save_draft, made.clock.new_id(), made.people.margaret, "contact", "{}", desk.store.session_id)
    desk.store.lock()
    sitting = stage(made).unlock()
    bar = sitting.shell._notices["drafts"]
    assert bar.accessibleName().startswith("Your unfinished work is safe. You were writing about Margaret ")
    assert "when carebook closed. Saved at 09:00." in bar.accessibleName()
    bar.button.click()
    assert type(sitting.shell.page).__name__ == "ContactView"
    assert "drafts" not in sitting.shell._notices


def test_a_server_out_of_reach_is_told_on_every_page_with_how_much_waits(
    stage: Callable[..., Stage], tmp_path: Path, qtbot: QtBot
) -> None:
    made = make_home(tmp_path, is_peopled=True)
    desk = made.desk()
    with desk.store.begin() as session:
        from carebook.store.state import put

        told = {"address": "https://127.0.0.1:9", "authority": a_certificate(), "device_key": "11" * 32, "seal_key": "22" * 32}
        for name, value in {**told, "signing_key": "33" * 32, "epoch": "e"}.items():
            put(session, name, value)
    waiting, _ = desk.store.counts()
    desk.store.lock()
    one = stage(made)
    sitting = one.unlock()
    qtbot.waitUntil(lambda: "sync" in sitting.shell._notices, timeout=20_000)
    words = sitting.shell._notices["sync"].accessibleName()
    assert words.startswith(f"You are working offline. {waiting:,} changes are kept safely on this laptop and will be sent")
    assert sitting.shell.rail.sync_words.text() == f"Offline. {waiting:,} changes to send"
    sitting.go(Go("sync"))
    qtbot.waitUntil(lambda: "sync" not in sitting.shell._notices, timeout=20_000)  # the page itself says it


def a_certificate() -> str:
    import trustme

    return trustme.CA().cert_pem.bytes().decode()


# ---------------------------------------------------------------- faults


def test_a_fault_shows_a_reference_number_that_the_log_has_and_no_words_of_it(
    stage: Callable[..., Stage], capsys: pytest.CaptureFixture[str]
) -> None:
    from carebook import logs

    logs.start(sys.stderr)
    one = stage()
    sitting = one.unlock()
    one.program.show_crash(RuntimeError("Margaret Okafor-Hale"))
    page = sitting.shell.page
    assert type(page).__name__ == "CrashPage"
    logged = capsys.readouterr().err
    assert f"reference={page.reference}" in logged
    assert "error=RuntimeError" in logged
    assert "Margaret" not in logged
    page.went_on.emit()
    assert sitting.shell.key == "today"


def test_a_fault_on_a_lane_reaches_the_crash_page(stage: Callable[..., Stage], qtbot: QtBot) -> None:
    one = stage()
    sitting = one.unlock()
    sitting.room.quick.run(lambda: 1 // 0, lambda _: None, lambda _: None)
    qtbot.waitUntil(lambda: type(sitting.shell.page).__name__ == "CrashPage", timeout=20_000)


# ---------------------------------------------------------------- nothing beside the store


def test_a_file_dialog_leaves_no_names_of_folders_behind(dressed: QApplication, home: Path, tmp_path: Path) -> None:
    made = make_home(tmp_path)
    dress(dressed, made.settings)
    (tmp_path / "Margaret Okafor-Hale").mkdir()
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setDirectory(str(tmp_path / "Margaret Okafor-Hale"))
    dialog.show()
    dialog.accept()
    dialog.close()
    del dialog
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert [path for path in home.rglob("*") if path.is_file() and b"Okafor" in path.read_bytes()] == []


def test_appearance_is_remembered_outside_the_store(dressed: QApplication, tmp_path: Path) -> None:
    from carebook.ui.theme import theme

    made = make_home(tmp_path)
    write_appearance(made.settings.appearance_file, Appearance(scheme="dark", text_percent=150))
    dress(dressed, made.settings)
    assert theme().appearance == Appearance(scheme="dark", text_percent=150)
