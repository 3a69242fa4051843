"""The components together, on the screens of the gallery: nothing cut or nameless at any text size."""

from __future__ import annotations

from pathlib import Path

import gallery
import pytest
from accessible import faults
from gallery_forms import FormGallery
from gallery_record import RecordGallery
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from carebook.ui.fields import ChoiceField
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
        record = RecordGallery(tab)
        shell.open_page(record, under="people")
        _settle(qtbot)
        found += [f"{tab}: {fault}" for fault in faults(record)]
        shell.back()
    assert found == []


@pytest.mark.parametrize("font", ["inter", "atkinson"])
def test_both_reading_fonts_fit(shell: Shell, qtbot: QtBot, font: str) -> None:
    theme().apply(Appearance(scheme="dark", text_percent=125, font=font))
    record = RecordGallery("overview")
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
        shell.open_page(RecordGallery(tab), under="people")
    assert [each for each in QApplication.topLevelWidgets() if each.isVisible()] == [shell]


def test_the_gallery_is_saved_as_pictures(dressed: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    gallery.shoot(tmp_path, "contrast-125")
    names = {file.stem.removeprefix("contrast-125-") for file in tmp_path.glob("*.png")}
    assert {*KEYS, *(f"record-{tab}" for tab in TABS), "problems", "empty"} == names


def test_a_line_of_the_summary_brings_its_field_into_view(shell: Shell, qtbot: QtBot) -> None:
    page = shell.show_page("form")
    assert isinstance(page, FormGallery)
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
    assert isinstance(page, FormGallery)
    who = page.form.fields["who"]
    assert isinstance(who, ChoiceField)
    who.set_value("a")
    middle = QPointF(who.box.rect().center())
    wheel = QWheelEvent(middle, middle, QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
                        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    QApplication.sendEvent(who.box, wheel)
    assert who.value() == "a"
