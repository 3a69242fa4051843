"""The components one by one: each does what its screen relies on, and says so to a screen reader."""

from __future__ import annotations

import pytest
from accessible import controls, name_of
from gallery_record import MARGARET
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from carebook.ui.kit.banner import PersonWords
from carebook.ui.kit.buttons import Button
from carebook.ui.kit.chips import FilterChips, initials
from carebook.ui.kit.entries import EntriesList, EntryWords
from carebook.ui.kit.notices import NoticeBar
from carebook.ui.kit.pages import InterruptionPage
from carebook.ui.kit.preview import PagesPreview
from carebook.ui.kit.search import SearchField
from carebook.ui.kit.states import EmptyState, SaveState, StateStack
from carebook.ui.kit.tabs import LazyTabs
from carebook.ui.kit.timeline import Timeline, TimelineEvent


def test_a_persons_name_is_written_family_first_with_title_and_preferred_name() -> None:
    assert MARGARET.name == 'SMITH, Margaret (Mrs) "Maggie"'
    assert PersonWords("Khan", "Aisha", preferred="Aisha").name == "KHAN, Aisha"
    assert PersonWords("Khan", "Aisha").nhs == "not known"


@pytest.mark.parametrize(
    ("name", "letters"), [("Margaret Smith", "MS"), ("SMITH, Margaret Ann", "MS"), ("Cher", "C"), ("", "")]
)
def test_initials_are_those_of_the_given_and_the_family_name(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_letter_pasted_into_the_search_is_cut_to_what_could_be_a_name(dressed: QApplication, qtbot: QtBot) -> None:
    field = SearchField("Search people")
    qtbot.addWidget(field)
    QApplication.clipboard().setText("word " * 6000)
    field.paste()
    assert len(field.text()) == 200


def test_a_search_waits_until_typing_pauses(dressed: QApplication, qtbot: QtBot) -> None:
    field, asked = SearchField("Search people"), []
    qtbot.addWidget(field)
    field.searched.connect(asked.append)
    qtbot.keyClicks(field, "mar")
    qtbot.waitUntil(lambda: bool(asked))
    assert asked == ["mar"]
    qtbot.keyClicks(field, "g")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert asked == ["mar", "marg"]


def test_a_filter_is_chosen_by_toggling_it_as_a_screen_reader_does(dressed: QApplication, qtbot: QtBot) -> None:
    filters = FilterChips([("all", "All"), ("mine", "Mine")], name="Show")
    qtbot.addWidget(filters)
    mine = next(button for button in controls(filters) if name_of(button) == "Show: Mine")
    with qtbot.waitSignal(filters.chosen) as chosen:
        QAccessible.queryAccessibleInterface(mine).actionInterface().doAction("Toggle")
    assert (chosen.args, filters.key) == (["mine"], "mine")


def test_a_tab_builds_its_page_when_it_is_first_shown(dressed: QApplication, qtbot: QtBot) -> None:
    built: list[str] = []

    def factory(key: str) -> QWidget:
        built.append(key)
        return QLabel(key)

    tabs = LazyTabs()
    qtbot.addWidget(tabs)
    for key in ("a", "b"):
        tabs.add(key, key.upper(), lambda key=key: factory(key))
    assert built == []
    tabs.show_tab("b")
    tabs.show_tab("a")
    tabs.show_tab("b")
    assert (built, tabs.key) == (["b", "a"], "b")


def test_a_long_chronology_shows_the_newest_first_and_more_on_request(dressed: QApplication, qtbot: QtBot) -> None:
    timeline = Timeline()
    qtbot.addWidget(timeline)
    events = [TimelineEvent(str(n), "2026", "01-Jan-2026", f"Event {n}", open_="Read") for n in range(60)]
    timeline.show_events(events)
    timeline.show()

    def shown() -> int:
        return sum(1 for button in timeline.findChildren(Button) if button.text() == "Read")

    assert shown() == 25
    assert timeline.more.text() == "Show older events (35 more)"
    qtbot.mouseClick(timeline.more, Qt.MouseButton.LeftButton)
    assert shown() == 50
    timeline.more.click()
    assert (shown(), timeline.more.isVisible()) == (60, False)


def test_an_entry_is_spoken_whole_and_marked_by_its_key(dressed: QApplication, qtbot: QtBot) -> None:
    entries = EntriesList("Contacts")
    qtbot.addWidget(entries)
    entries.show_entries([EntryWords("k1", "Home visit", "20-Feb-2026", "Kitchen warm.", "A. Bello", "Draft")])
    with qtbot.waitSignal(entries.chosen) as chosen:
        entries.mark_entry("k1")
    assert (chosen.args, entries.key) == (["k1"], "k1")
    spoken = entries.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Home visit, 20-Feb-2026, Draft, A. Bello, Kitchen warm."


def test_waiting_is_not_shown_in_the_first_moment(dressed: QApplication, qtbot: QtBot) -> None:
    stack = StateStack(QLabel("Content"), EmptyState("search", "No one", "Nothing here."), loading="Looking for people")
    qtbot.addWidget(stack)
    stack.show()
    stack.show_loading()
    words = next(label for label in stack.findChildren(QLabel) if label.text() == "Looking for people")
    assert not words.isVisible()
    qtbot.waitUntil(words.isVisible)
    stack.show_content()
    assert not words.isVisible()


def test_an_error_in_place_of_content_offers_to_try_again(dressed: QApplication, qtbot: QtBot) -> None:
    stack = StateStack(QLabel("Content"))
    qtbot.addWidget(stack)
    stack.show()
    stack.show_error("The server cannot be reached", "Carry on.")
    button = next(each for each in stack.findChildren(Button) if each.isVisible())
    with qtbot.waitSignal(stack.retry):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_how_far_saving_has_come_is_said_in_words(dressed: QApplication, qtbot: QtBot) -> None:
    state = SaveState()
    qtbot.addWidget(state)
    state.show_saved("15:42")
    assert (state.words, state.accessibleName()) == ("Draft saved at 15:42", "Draft saved at 15:42")
    state.show_failed("Not saved: the disk is full")
    assert state.words == "Not saved: the disk is full"


def test_a_notice_says_its_words_and_its_button_is_named_for_them(dressed: QApplication, qtbot: QtBot) -> None:
    bar = NoticeBar("info", "A draft was recovered", "Margaret Smith, 15:40.", button="Open it")
    qtbot.addWidget(bar)
    assert bar.accessibleName() == "A draft was recovered. Margaret Smith, 15:40."
    assert name_of(bar.button) == "Open it: A draft was recovered"
    with qtbot.waitSignal(bar.pressed):
        qtbot.mouseClick(bar.button, Qt.MouseButton.LeftButton)


def test_an_interruption_lets_the_worker_go_on_or_back(dressed: QApplication, qtbot: QtBot) -> None:
    page = InterruptionPage("Not allocated", "It is noted who looked.", yes="Open the record")
    qtbot.addWidget(page)
    yes, no = (next(b for b in page.findChildren(Button) if b.text() == words) for words in ("Open the record", "Go back"))
    with qtbot.waitSignal(page.continued):
        yes.click()
    with qtbot.waitSignal(page.went_back):
        no.click()


def test_a_preview_turns_pages_and_zooms_within_its_ends(dressed: QApplication, qtbot: QtBot) -> None:
    preview = PagesPreview()
    qtbot.addWidget(preview)
    preview.show()
    preview.show_pages([QImage(100, 140, QImage.Format.Format_RGB32) for _ in range(2)], ["one", "two"])
    preview.next.click()
    assert (preview.at, preview.next.isEnabled(), preview.previous.isEnabled()) == (1, False, True)
    preview.show_page(99)
    assert preview.at == 1
    for _ in range(20):
        preview.larger.click()
    assert (preview.percent, preview.larger.isEnabled()) == (300, False)
    preview.show_pages([])
    assert not preview.next.isEnabled()
