"""The shell: pages built when first shown, the way back, the keys that work everywhere, notices, and the rail."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from carebook.ui.kit.buttons import Button
from carebook.ui.kit.focus import Ring
from carebook.ui.kit.notices import NoticeBar
from carebook.ui.kit.pages import Page
from carebook.ui.theme import Appearance, theme
from carebook.ui.window import Shell


class CountingPage(Page):
    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.times_opened = 0
        self.first, self.second = Button(f"First of {title}"), Button(f"Second of {title}")
        self.body.addWidget(self.first)
        self.body.addWidget(self.second)

    def opened(self) -> None:
        self.times_opened += 1


@pytest.fixture
def shell(dressed: QApplication, qtbot: QtBot) -> Shell:
    made = Shell()
    qtbot.addWidget(made)
    made.built = []
    for key in ("today", "people", "sync"):

        def factory(key: str = key) -> QWidget:
            made.built.append(key)
            return CountingPage(key.title())

        made.add_page(key, key.title(), "house", factory)
    made.set_worker("Amina Bello", "Locality North")
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.show_page("today")
    return made


def test_a_page_is_built_when_it_is_first_shown_and_kept(shell: Shell) -> None:
    assert shell.built == ["today"]
    shell.show_page("people")
    shell.show_page("today")
    assert shell.built == ["today", "people"]
    assert shell.page.times_opened == 2


def test_a_key_turns_to_a_page_once(shell: Shell, qtbot: QtBot) -> None:
    qtbot.keyClick(shell, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert shell.key == "people"
    assert shell.page.times_opened == 1
    assert shell.rail.button("people").isChecked()


def test_a_screen_reader_turns_to_a_page_by_toggling_its_button(shell: Shell) -> None:
    button = QAccessible.queryAccessibleInterface(shell.rail.button("sync"))
    button.actionInterface().doAction("Toggle")
    assert shell.key == "sync"


def test_the_way_back_leads_to_the_page_before_and_closes_what_was_opened(shell: Shell, qtbot: QtBot) -> None:
    shell.show_page("people")
    record = CountingPage("Record")
    gone: list[bool] = []
    record.destroyed.connect(lambda: gone.append(True))
    shell.open_page(record, under="people")
    assert (shell.key, shell.rail.button("people").isChecked()) == ("", True)
    qtbot.keyClick(shell, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert shell.key == "people"
    qtbot.waitUntil(lambda: gone == [True])
    shell.back()
    shell.back()
    assert shell.key == "today"


def test_the_page_of_an_open_record_is_reached_by_its_rail_button(shell: Shell, qtbot: QtBot) -> None:
    shell.show_page("people")
    shell.open_page(CountingPage("Record"), under="people")
    qtbot.mouseClick(shell.rail.button("people"), Qt.MouseButton.LeftButton)
    assert shell.key == "people"


def test_the_focus_goes_to_the_heading_when_a_page_opens(shell: Shell) -> None:
    page = shell.show_page("people")
    assert isinstance(page, Page)
    assert QApplication.focusWidget() is page.header.heading


@pytest.mark.parametrize(
    ("key", "signal"),
    [(Qt.Key.Key_L, "lock_wanted"), (Qt.Key.Key_N, "new_contact_wanted"), (Qt.Key.Key_K, "search_wanted")],
)
def test_keys_that_work_everywhere(shell: Shell, qtbot: QtBot, key: Qt.Key, signal: str) -> None:
    with qtbot.waitSignal(getattr(shell, signal)):
        qtbot.keyClick(shell, key, Qt.KeyboardModifier.ControlModifier)


def test_f1_asks_for_help_on_the_page_that_is_shown(shell: Shell, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shell.help_wanted) as asked:
        qtbot.keyClick(shell, Qt.Key.Key_F1)
    assert asked.args == ["today"]


def test_a_notice_replaces_the_one_of_the_same_kind(shell: Shell, qtbot: QtBot) -> None:
    shell.show_notice("offline", NoticeBar("info", "You are working offline"))
    bar = shell.show_notice("offline", NoticeBar("ok", "Sent", "All is on the server.", may_dismiss=True))
    qtbot.waitUntil(lambda: len(shell.findChildren(NoticeBar)) == 1)
    bar.dismissed.emit()
    qtbot.waitUntil(lambda: shell.findChildren(NoticeBar) == [])


def test_locking_leaves_no_page_behind(shell: Shell, qtbot: QtBot) -> None:
    shell.show_page("people")
    shell.open_page(CountingPage("Record"), under="people")
    shell.forget_pages()
    qtbot.waitUntil(lambda: shell.findChildren(Page) == [])
    shell.show_page("today")
    assert shell.built == ["today", "people", "today"]


def test_the_rail_narrows_to_pictures_that_keep_their_names(shell: Shell, qtbot: QtBot) -> None:
    button = shell.rail.button("people")
    shell.set_badge("people", 3, "3 reviews overdue", "danger")
    shell.resize(1366, 768)
    qtbot.waitUntil(lambda: "People" in button.text())
    theme().apply(Appearance(scheme="light", text_percent=200))
    qtbot.waitUntil(lambda: button.text() == "")
    assert button.accessibleName() == "People, 3 reviews overdue"
    qtbot.keyClick(shell, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert shell.key == "people"


def test_the_focus_ring_shows_for_the_keyboard_and_not_for_the_mouse(shell: Shell, qtbot: QtBot) -> None:
    page = shell.page
    assert isinstance(page, CountingPage)
    qtbot.mouseClick(page.first, Qt.MouseButton.LeftButton)
    page.first.setFocus(Qt.FocusReason.MouseFocusReason)
    ring = shell.findChild(Ring)
    assert ring is not None
    assert not ring.isVisible()
    qtbot.keyClick(page.first, Qt.Key.Key_Tab)
    assert page.second.hasFocus()
    assert ring.isVisible()
    ringed = ring.rect().adjusted(4, 4, -4, -4).translated(ring.mapTo(shell, QPoint(0, 0)))
    assert ringed == QRect(page.second.mapTo(shell, QPoint(0, 0)), page.second.size())
