"""The care plan: read by section, taken further as state and role allow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from held_clock import HeldClock
from make import MONDAY, Caseload, Trail, a_caseload, a_plan, make_room
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from writing import faults_in_every_look, in_window, keys, press

from carebook.actions.read_plan import read_plan
from carebook.actions.take_plan_step import take_plan_step
from carebook.actions.write_plan import Budget, Risk, Trigger, WellBeing, write_plan
from carebook.desk import Desk
from carebook.ui.kit.chips import Chip
from carebook.ui.kit.text import Text
from carebook.ui.plan.presenter import offered
from carebook.ui.plan.preview_view import PlanPreviewView
from carebook.ui.plan.view import PlanEditView, PlanTab, StepPart
from carebook.ui.plan.words import stages

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


# ------------------------------------------------------------ reading


def test_the_whole_plan_is_read_by_section_with_outcomes_spelled_out_and_money_in_pounds(
    qtbot: QtBot, both: tuple[Desk, Caseload]
) -> None:
    desk, people = both
    a_full_plan(desk, people)
    tab, _ = tab_of(qtbot, desk, people.margaret)
    told = words_of(tab)
    for words in (
        "Version 2", "She comes home on Friday", "I want to stay in my own house with Edwin. Thursday is chapel.",
        "Need: Eating well", "Managing and maintaining nutrition", "A care call at midday", "Brightway Care", "Daily, 12:00",
        "The same carer each day", "£142.50 a week", "£20.00 a week", "£122.50 a week", "Chair exercises\nRest at two",
        "Daily calls Call 01632 960103.", "A second rail", "13-Dec-2026",
    ):
        assert words in told, words
    assert "Eligible" in [chip.words for chip in tab.findChildren(Chip)]


def test_an_earlier_version_is_chosen_and_read_and_cannot_be_taken_further(
    qtbot: QtBot, both: tuple[Desk, Caseload]
) -> None:
    desk, people = both
    a_full_plan(desk, people)
    tab, _ = tab_of(qtbot, desk, people.margaret)
    assert tab.chooser.box.currentText() == "Version 2, draft, written 23-Nov-2026 by Peter Osei"
    tab.chooser.box.setFocus()
    press(Qt.Key.Key_Down)
    QApplication.processEvents()
    assert "Version 1" in words_of(tab)
    assert set(tab.buttons) == {"preview"}


def test_the_line_of_steps_says_what_is_done_where_it_is_and_what_is_ahead(both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    desk.do(take_plan_step, people.margaret, people.plan, "shared")
    shared = stages(desk.do(read_plan, people.margaret)[0])
    assert [(stage.words, stage.on, stage.how) for stage in shared] == [
        ("Draft", "23-Nov-2026", "done"), ("Shared for comment", "23-Nov-2026", "now"), ("Agreed or not", "", "ahead"),
        ("Signed off", "", "ahead"),
    ]
    desk.do(take_plan_step, people.margaret, people.plan, "not_agreed", view="Not at noon")
    assert [stage.words for stage in stages(desk.do(read_plan, people.margaret)[0])][2] == "Not agreed"
    a_full_plan(desk, people)
    old = next(one for one in desk.do(read_plan, people.margaret) if one.row_id == people.plan)
    assert stages(old)[-1].words == "Superseded"


def test_a_person_without_a_plan_is_offered_to_write_one(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    tab, trail = tab_of(qtbot, desk, people.dennis)
    empty = tab.states.currentWidget()
    assert empty.accessibleName().startswith("There is no care and support plan yet")
    empty.button.click()
    assert (trail.went[-1].page, trail.went[-1].person_id, trail.went[-1].row_id) == ("plan", people.dennis, "")


# ------------------------------------------------------------ steps


def test_what_is_offered_follows_the_state_and_the_role(both: tuple[Desk, Caseload]) -> None:
    desk, people = both

    def now(role: str) -> tuple[str, ...]:
        return offered(role, desk.do(read_plan, people.margaret)[0]).steps

    assert now("PR") == ("shared",)
    desk.do(take_plan_step, people.margaret, people.plan, "shared")
    assert now("PR") == ("comment", "agreed", "not_agreed")
    desk.do(take_plan_step, people.margaret, people.plan, "agreed", view="Yes")
    assert now("PR") == ("comment", "not_agreed")
    assert now("TM") == ("comment", "not_agreed", "signed_off")
    assert offered("PR", desk.do(read_plan, people.margaret)[0]).refusals == (
        "Sign off: your role does not allow this. If you need it for your work, ask your manager.",
    )
    assert offered("BS", None) == offered("AU", None)
    assert not offered("BS", None).may_write


def test_agreement_is_recorded_with_what_the_person_said_by_keys(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    desk.do(take_plan_step, people.margaret, people.plan, "shared")
    tab, trail = tab_of(qtbot, desk, people.margaret)
    tab.buttons["not_agreed"].setFocus()
    press(Qt.Key.Key_Space)
    QApplication.processEvents()
    part = tab.stack.currentWidget()
    assert isinstance(part, StepPart)
    part.yes.click()
    assert "Write what the person, or whoever speaks for them, said" in part.view.problem
    assert desk.do(read_plan, people.margaret)[0].state == "shared"
    part.view.take_focus()
    keys("I do not want a call at noon")
    press(Qt.Key.Key_Tab)
    keys("Ngozi Hale, daughter")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    version = desk.do(read_plan, people.margaret)[0]
    assert version.state == "not_agreed"
    assert (version.steps[-1].view, version.steps[-1].supported_by) == ("I do not want a call at noon", "Ngozi Hale, daughter")
    assert trail.said[-1] == "Recorded: not agreed. Waiting to be sent."
    QApplication.processEvents()
    assert any("“I do not want a call at noon” With the help of Ngozi Hale, daughter." in words for words in words_of(tab))


def test_a_manager_signs_off_after_stopping_once_and_the_disagreement_is_said(
    qtbot: QtBot, tmp_path: Path, dressed: QApplication
) -> None:
    with a_caseload(tmp_path, HeldClock(MONDAY)) as (desk, people):
        desk.do(take_plan_step, people.margaret, people.plan, "shared")
        desk.do(take_plan_step, people.margaret, people.plan, "not_agreed", view="Not at noon")
        object.__setattr__(desk.store, "identity", _as_senior(desk))
        tab, _ = tab_of(qtbot, desk, people.margaret)
        tab.presenter.begin_step("signed_off")
        QApplication.processEvents()
        assert any("does not agree with it" in words for words in words_of(tab))
        tab.stack.currentWidget().continued.emit()
        assert desk.do(read_plan, people.margaret)[0].state == "signed_off"


def _as_senior(desk: Desk) -> object:
    from dataclasses import replace

    return replace(desk.identity, role="SP")


@pytest.mark.parametrize("screen", ["tab", "edit", "preview"])
def test_the_screens_can_be_read_and_reached_at_every_text_size(
    qtbot: QtBot, both: tuple[Desk, Caseload], screen: str
) -> None:
    desk, people = both
    room, _ = make_room(desk)
    row_id = a_full_plan(desk, people)
    desk.do(take_plan_step, people.margaret, row_id, "shared")
    make = {
        "tab": lambda: PlanTab(room, people.margaret), "edit": lambda: PlanEditView(room, people.margaret, row_id),
        "preview": lambda: PlanPreviewView(room, people.margaret, row_id),
    }[screen]
    assert faults_in_every_look(qtbot, make) == []
