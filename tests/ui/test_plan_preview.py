"""A copy of the plan: previewed in the format the person needs, printed, saved, refused."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from held_clock import HeldClock
from make import MONDAY, Caseload, Later, Trail, a_caseload, a_plan, make_room, rows_of
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from writing import in_window, press

from carebook.actions.open_person import open_person
from carebook.actions.record_fact import NeedBody, record_fact
from carebook.actions.write_plan import Budget, Risk, Trigger, WellBeing, write_plan
from carebook.desk import Desk
from carebook.ui.kit.notices import NoticeBar
from carebook.ui.kit.text import Text
from carebook.ui.plan import preview_view
from carebook.ui.plan.preview_view import PlanPreviewView
from carebook.ui.plan.view import PlanTab

TODAY = date(2026, 11, 23)


@pytest.fixture
def both(tmp_path: Path, dressed: QApplication) -> Iterator[tuple[Desk, Caseload]]:
    with a_caseload(tmp_path, HeldClock(MONDAY)) as made:
        yield made


def tab_of(qtbot: QtBot, desk: Desk, person_id: str) -> tuple[PlanTab, Trail]:
    room, trail = make_room(desk)
    tab = PlanTab(room, person_id)
    in_window(qtbot, tab)
    return tab, trail


def words_of(widget: QWidget) -> list[str]:
    return [text.text() for text in widget.findChildren(Text) if text.isVisible()]


def a_full_plan(desk: Desk, people: Caseload) -> str:
    plan = a_plan(
        TODAY, reason="She comes home on Friday", budget=Budget(total=14250, contribution=2000, council=12250),
        risks=(Risk(what="Falling in the hall", agreed="A second rail"),), advice_meet=("Chair exercises", "Rest at two"),
        triggers=(Trigger(when="Edwin falls ill", what_to_do="Daily calls", call="01632 960103"),),
        well_being=(WellBeing(area="Dignity and respect", words="The same carer each day"),),
    )
    return desk.do(write_plan, people.margaret, plan, replaces=people.plan)


def preview_of(qtbot: QtBot, desk: Desk, people: Caseload) -> tuple[PlanPreviewView, Trail]:
    room, trail = make_room(desk)
    view = PlanPreviewView(room, people.margaret, people.plan)
    in_window(qtbot, view)
    return view, trail


def notices(view: QWidget) -> list[str]:
    return [bar.accessibleName() for bar in view.findChildren(NoticeBar) if bar.isVisible()]


def test_the_preview_is_in_the_format_the_person_needs_and_registers_nothing(
    qtbot: QtBot, both: tuple[Desk, Caseload]
) -> None:
    desk, people = both
    view, _ = preview_of(qtbot, desk, people)
    assert view.format.box.currentText() == "Large print, 18 point"
    assert len(view.pages._pages) > 3
    assert "Care and support plan" in view.pages._words[0]
    assert "Margaret Okafor-Hale" in view.pages._words[0]
    assert notices(view) == []
    assert rows_of(desk, people.margaret, "issued") == []


def test_another_format_and_one_made_elsewhere_are_warned_of(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    desk.do(record_fact, people.margaret, NeedBody(code="F08"))
    desk.do(record_fact, people.margaret, NeedBody(code="F10"))
    view, _ = preview_of(qtbot, desk, people)
    QApplication.processEvents()
    large = len(view.pages._pages)
    assert [words.partition(".")[0] for words in notices(view)] == ["Maggie also needs Braille, grade 2, Easy Read"]
    view.format.set_value("F01")
    QApplication.processEvents()
    assert [words.partition(".")[0] for words in notices(view)] == [
        "Maggie needs large print, 18 point", "Maggie also needs Braille, grade 2, Easy Read",
    ]
    assert 0 < len(view.pages._pages) < large


def test_a_copy_is_saved_under_the_council_number_and_registered(
    qtbot: QtBot, both: tuple[Desk, Caseload], tmp_path: Path
) -> None:
    desk, people = both
    folder = tmp_path / "copies"
    folder.mkdir()
    view, trail = preview_of(qtbot, desk, people)
    view.choose_folder = lambda: str(folder)
    for _ in range(2):
        view.save.setFocus()
        press(Qt.Key.Key_Space)
    number = desk.do(open_person, people.margaret).record.summary.council_number
    assert sorted(file.name for file in folder.iterdir()) == [f"{number}-plan-1-copy-{copy}.pdf" for copy in (1, 2)]
    assert trail.said[-1].startswith(f"Copy 2 was saved as {number}-plan-1-copy-2.pdf")
    assert len(rows_of(desk, people.margaret, "issued")) == 2
    pages = pdfium.PdfDocument(io.BytesIO((folder / f"{number}-plan-1-copy-2.pdf").read_bytes()))
    assert len(pages) == len(view.pages._pages)
    assert "Copy 2 for Margaret Okafor-Hale" in " ".join(pages[0].get_textpage().get_text_bounded().split())
    pages.close()


def test_a_folder_that_cannot_be_written_in_is_said(qtbot: QtBot, both: tuple[Desk, Caseload], tmp_path: Path) -> None:
    desk, people = both
    view, trail = preview_of(qtbot, desk, people)
    view.presenter.save(str(tmp_path / "not there"))
    assert trail.said[-1] == "The copy was not saved. carebook cannot write in that folder. Choose another one."
    view.presenter.save("")
    assert len(trail.said) == 1


def test_without_a_printer_the_screen_says_so_and_saving_is_left(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    view, _ = preview_of(qtbot, desk, people)
    view.show_printers([])
    assert "No printer is set up on this laptop. Ask your IT desk, or save a copy." in words_of(view)
    assert not view.print.isEnabled()
    assert view.save.isEnabled()


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_said_with_the_number_of_the_copy(
    qtbot: QtBot, both: tuple[Desk, Caseload], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, people = both

    def broken(_: str) -> QPrinter:
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "not there" / "paper.pdf"))
        return printer

    monkeypatch.setattr(preview_view, "printer_named", broken)
    view, trail = preview_of(qtbot, desk, people)
    view.show_printers(["Office"])
    view.presenter.print()
    assert trail.said[-1].startswith("The printer did not take copy 1.")


def test_making_a_copy_can_be_stopped(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    lane = Later()
    made, _ = make_room(desk, lane)
    view = PlanPreviewView(made, people.margaret, people.plan)
    in_window(qtbot, view)
    lane.waiting.pop(0)()
    assert view.stop.isVisible()
    view.stop.click()
    lane.do_all()
    assert view.states.currentWidget().accessibleName().startswith("Stopped") or "Stopped" in words_of(view)
    assert view.pages._pages == []
