"""Writing a plan and a new version of one: kept as typed, checked, and read back as it was."""

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
from writing import has_focus, in_window, keys, press

from carebook.actions.list_drafts import list_drafts
from carebook.actions.read_plan import read_plan
from carebook.actions.write_plan import Budget, Risk, Trigger, WellBeing, write_plan
from carebook.desk import Desk
from carebook.ui.kit.text import Text
from carebook.ui.plan.draft import begun, body_of, decode, encode, pence, pounds
from carebook.ui.plan.view import PlanEditView, PlanTab

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


def edit_of(qtbot: QtBot, desk: Desk, *given: str) -> tuple[PlanEditView, Trail]:
    room, trail = make_room(desk)
    view = PlanEditView(room, *given)
    in_window(qtbot, view)
    return view, trail


def test_a_new_version_begins_from_the_present_one_and_needs_a_reason(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    view, trail = edit_of(qtbot, desk, people.margaret, people.plan)
    assert has_focus() == "Why is there a new version?"
    view.presenter.finish()
    assert [link.text() for link in view.summary.links()] == ["Say why, in a few words: it stays with the record"]
    view.summary.links()[0].click()
    keys("She comes home on Friday")
    press(Qt.Key.Key_Return, held=Qt.KeyboardModifier.ControlModifier)
    assert trail.said[-1].startswith("The plan is written. Waiting to be sent.")
    new, old = desk.do(read_plan, people.margaret)
    assert (new.body.number, new.body.reason, old.state) == (2, "She comes home on Friday", "superseded")
    assert (new.body.needs, new.body.about_me) == (old.body.needs, old.body.about_me)
    assert desk.do(list_drafts, "") == ()


def test_a_first_plan_is_written_with_keys_and_nothing_is_decided_beforehand(
    qtbot: QtBot, both: tuple[Desk, Caseload]
) -> None:
    desk, people = both
    view, _ = edit_of(qtbot, desk, people.dennis)
    assert (view.read().fields["life"], view.read().rows["needs"][0]["eligible"]) == ("", "")
    need = view.rows["needs"].forms[0]
    need.focus("title")
    keys("Washing")
    view.form.fields["total"].take_focus()
    keys("a lot")
    view.form.fields["review_on"].take_focus()
    keys("31 Feb 2027")
    view.presenter.finish()
    assert {link.text() for link in view.summary.links()} == {
        "Choose whose plan it is", "Say whether the need is eligible", "Enter an amount in pounds, like 142.50",
        "Check the day: that month does not have it",
    }
    line = next(link for link in view.summary.links() if link.text() == "Say whether the need is eligible")
    line.click()
    assert has_focus() == "Need 1: is it eligible?: Yes"
    press(Qt.Key.Key_Space)
    view.form.fields["life"].take_focus()
    press(Qt.Key.Key_Space)
    need.fields["outcomes"].set_value(("B", "D"))
    view.form.fields["total"].set_value("£1,142.50")
    view.form.fields["review_on"].edit.setText("+3m")
    view.presenter.finish()
    (plan,) = desk.do(read_plan, people.dennis)
    assert (plan.body.life, plan.body.budget.total, plan.body.review_on) == ("adult", 114250, date(2027, 2, 23))
    assert [(one.title, one.outcomes, one.eligible) for one in plan.body.needs] == [("Washing", ("B", "D"), True)]


def test_a_plan_is_kept_as_typed_half_a_date_and_all(qtbot: QtBot, both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    view, _ = edit_of(qtbot, desk, people.dennis)
    view.form.fields["start_on"].take_focus()
    keys("1 De")
    view.rows["risks"].more.setFocus()
    press(Qt.Key.Key_Space)
    keys("Fall")
    view.hide()
    (kept,) = desk.do(list_drafts, desk.store.session_id)
    assert (kept.kind, kept.person_id) == ("plan", people.dennis)
    again, _ = edit_of(qtbot, desk, people.dennis)
    assert again.form.fields["start_on"].typed() == "1 De"
    assert again.rows["risks"].value()[0]["what"] == "Fall"


def test_a_version_survives_the_form_unchanged(both: tuple[Desk, Caseload]) -> None:
    desk, people = both
    a_full_plan(desk, people)
    body = desk.do(read_plan, people.margaret)[0].body
    draft = decode(encode(begun(body, "row")))
    back, problems = body_of(draft, TODAY)
    assert problems == ()
    assert {name: getattr(back, name) for name in body.__struct_fields__ if name not in {"number", "reason"}} == {
        name: getattr(body, name) for name in body.__struct_fields__ if name not in {"number", "reason"}
    }


@pytest.mark.parametrize(("typed", "amount"), [("142.50", 14250), ("£1,000", 100000), ("", None), (" 7 ", 700)])
def test_pounds_are_read_as_pence(typed: str, amount: int | None) -> None:
    assert pence(typed) == amount


@pytest.mark.parametrize("typed", ["12.5", "a lot", "-3", "1.234", "12345678"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        pence(typed)


def test_pence_are_shown_as_pounds() -> None:
    assert [pounds(amount) for amount in (None, 5, 14250)] == ["", "0.05", "142.50"]
