"""The components: nothing cut or nameless at any text size, and each does what its screen relies on."""

from __future__ import annotations

from pathlib import Path

import gallery
import pytest
from accessible import controls, faults, name_of
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QImage, QWheelEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from carebook.ui.fields import ChoiceField
from carebook.ui.kit.banner import PersonWords
from carebook.ui.kit.buttons import Button
from carebook.ui.kit.chips import FilterChips, initials
from carebook.ui.kit.entries import EntriesList, EntryWords
from carebook.ui.kit.notices import NoticeBar
from carebook.ui.kit.pages import InterruptionPage
from carebook.ui.kit.preview import PagesPreview
from carebook.ui.kit.search import SearchField
from carebook.ui.kit.states import EmptyState, SaveState, StateStack
from carebook.ui.kit.tables import TableView
from carebook.ui.kit.tabs import LazyTabs
from carebook.ui.kit.timeline import Timeline, TimelineEvent
from carebook.ui.rows import ChipWords, Column, RowsModel
from carebook.ui.theme import Appearance, theme
from carebook.ui.window import Shell

KEYS = ("today", "people", "form", "sync", "settings")
TABS = ("overview", "chronology", "contacts", "plan")


@pytest.fixture
def shell(dressed: QApplication, qtbot: QtBot) -> Shell:
    made = gallery.build()
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    qtbot.waitExposed(made)
    return made


def _settle(qtbot: QtBot) -> None:
    for _ in range(4):
        QApplication.processEvents()


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_nothing_is_cut_nameless_or_too_small(shell: Shell, qtbot: QtBot, percent: int) -> None:
    theme().apply(Appearance(scheme="light", text_percent=percent))
    found: list[str] = []
    pages = [(key, shell.show_page(key)) for key in KEYS]
    for key, page in pages:
        shell.show_page(key)
        _settle(qtbot)
        found += [f"{key}: {fault}" for fault in faults(page)]
    for tab in TABS:
        record = gallery.RecordGallery(tab)
        shell.open_page(record, under="people")
        _settle(qtbot)
        found += [f"{tab}: {fault}" for fault in faults(record)]
        shell.back()
    assert found == []


@pytest.mark.parametrize("font", ["inter", "atkinson"])
def test_both_reading_fonts_fit(shell: Shell, qtbot: QtBot, font: str) -> None:
    theme().apply(Appearance(scheme="dark", text_percent=125, font=font))
    record = gallery.RecordGallery("overview")
    shell.open_page(record, under="people")
    _settle(qtbot)
    assert faults(record) == []


def test_the_check_finds_what_it_should(dressed: QApplication, qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.resize(300, 200)
    for at, words in enumerate(("Open", "Open", "")):
        button = QPushButton(words, holder)
        button.setGeometry(0, at * 50, 120, 40)
    small, narrow = QToolButton(holder), QLabel("A date: 14-Jul-1945", holder)
    small.setAccessibleName("Tiny")
    small.setGeometry(150, 0, 90, 20)
    narrow.setGeometry(150, 50, 40, 20)
    holder.show()
    kinds = {fault.split(":")[0] for fault in faults(holder)}
    assert kinds == {"named alike", "no name", "too small", "cut"}


def test_building_every_component_opens_no_stray_window(shell: Shell, qtbot: QtBot) -> None:
    for key in KEYS:
        shell.show_page(key)
    for tab in TABS:
        shell.open_page(gallery.RecordGallery(tab), under="people")
    assert [each for each in QApplication.topLevelWidgets() if each.isVisible()] == [shell]


def test_the_gallery_is_saved_as_pictures(dressed: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    gallery.shoot(tmp_path, "contrast-125")
    names = {file.stem.removeprefix("contrast-125-") for file in tmp_path.glob("*.png")}
    assert {*KEYS, *(f"record-{tab}" for tab in TABS), "problems", "empty"} == names


# ---------------------------------------------------------------- rows and tables


def test_the_rows_model_keeps_every_promise_qt_asks_for(dressed: QApplication) -> None:
    model: RowsModel[str] = RowsModel((Column("Name", str), Column("Length", lambda name: str(len(name)), is_whole=True)))
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(["Ann", "Bob"], is_more=True)
    model.append(["Cyd"])
    model.show([])
    model.append([])
    assert tester.model() is model


def test_a_table_asks_for_more_rows_once_at_its_end(dressed: QApplication, qtbot: QtBot) -> None:
    model: RowsModel[str] = RowsModel((Column("Name", str),))
    asked: list[int] = []
    model.wanted.connect(lambda: asked.append(len(model.rows)))
    table = TableView("Names", model)
    qtbot.addWidget(table)
    model.show([str(n) for n in range(5)], is_more=True)
    table.show()
    model.fetchMore(model.index(-1, -1))
    model.fetchMore(model.index(-1, -1))
    assert asked == [5]
    model.append(["6"])
    assert not model.canFetchMore(model.index(-1, -1))


def test_a_cell_says_its_words_and_its_chips(dressed: QApplication) -> None:
    model: RowsModel[str] = RowsModel(
        (Column("Name", str, second=lambda _: "C1", chips=lambda _: [ChipWords("Visit in pairs", "danger")]),)
    )
    model.show(["SMITH, Ann"])
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "SMITH, Ann, C1, Visit in pairs"


@pytest.mark.parametrize("width", [1100, 800, 600, 460])
def test_a_narrow_table_hides_columns_and_never_cuts_a_date(dressed: QApplication, qtbot: QtBot, width: int) -> None:
    table = TableView("People", gallery.people_model())
    qtbot.addWidget(table)
    table.resize(width, 400)
    table.show()
    qtbot.waitExposed(table)
    assert [fault for fault in faults(table) if fault.startswith("cut")] == []
    assert "Born" not in table.hidden_columns()
    if width < 700:
        assert "Address" in table.hidden_columns()


def test_enter_opens_the_row_that_is_marked(dressed: QApplication, qtbot: QtBot) -> None:
    table = TableView("People", gallery.people_model())
    qtbot.addWidget(table)
    table.show()
    table.mark_row(3)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args[0][0] == "SMITH, Marcus 3"


# ---------------------------------------------------------------- the others


def test_a_persons_name_is_written_family_first_with_title_and_preferred_name() -> None:
    assert gallery.MARGARET.name == 'SMITH, Margaret (Mrs) "Maggie"'
    assert PersonWords("Khan", "Aisha", preferred="Aisha").name == "KHAN, Aisha"
    assert PersonWords("Khan", "Aisha").nhs == "not known"


@pytest.mark.parametrize(
    ("name", "letters"), [("Margaret Smith", "MS"), ("SMITH, Margaret Ann", "MS"), ("Cher", "C"), ("", "")]
)
def test_initials_are_those_of_the_given_and_the_family_name(name: str, letters: str) -> None:
    assert initials(name) == letters


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


def test_a_line_of_the_summary_brings_its_field_into_view(shell: Shell, qtbot: QtBot) -> None:
    page = shell.show_page("form")
    assert isinstance(page, gallery.FormGallery)
    last = page.form.fields["pass"]
    page.form.show_problems({"pass": "Type your passphrase"})
    page.summary.show_problems([("pass", "Type your passphrase")])
    qtbot.waitUntil(lambda: not page.summary.visibleRegion().isEmpty())
    page.summary.links()[0].click()
    qtbot.waitUntil(lambda: not last.visibleRegion().isEmpty())
    assert page.summary.visibleRegion().isEmpty()
    page.summary.show_problems([("pass", "Type your passphrase")])
    qtbot.waitUntil(lambda: not page.summary.visibleRegion().isEmpty())


def test_scrolling_a_page_does_not_change_what_was_chosen(shell: Shell, qtbot: QtBot) -> None:
    page = shell.show_page("form")
    assert isinstance(page, gallery.FormGallery)
    who = page.form.fields["who"]
    assert isinstance(who, ChoiceField)
    who.set_value("a")
    middle = QPointF(who.box.rect().center())
    wheel = QWheelEvent(middle, middle, QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
                        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    QApplication.sendEvent(who.box, wheel)
    assert who.value() == "a"


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_a_date_is_drawn_whole_even_where_it_is_bold_and_beside_an_icon(
    dressed: QApplication, qtbot: QtBot, percent: int
) -> None:
    theme().apply(Appearance(scheme="light", text_percent=percent))
    table = TableView("People", gallery.people_model())
    qtbot.addWidget(table)
    table.resize(1220, 400)
    table.show()
    qtbot.waitExposed(table)
    at = next(at for at, column in enumerate(table.rows.columns) if column.title == "Next review")
    words = QFontMetrics(theme().font("strong", is_tabular=True)).horizontalAdvance("30\u2010Sep\u20102026")
    if table.isColumnHidden(at):
        assert "Next review" in table.hidden_columns()
    else:
        assert table.columnWidth(at) >= words + theme().px(22) + 2 * theme().space(3)
