"""The care and support plan: versions, the steps each takes, and who may sign it off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest
from make import a_caseload, a_plan, audits

from carebook.actions.read_plan import read_plan
from carebook.actions.sign_off_plan import sign_off_plan
from carebook.actions.take_plan_step import take_plan_step
from carebook.actions.write_plan import PlanBody, PlanNeed, write_plan
from carebook.errors import ChangedMeanwhile, InputProblems, NotAllowed, NotHeld

if TYPE_CHECKING:
    from pathlib import Path

    from make import Caseload

    from carebook.desk import Desk

MONDAY = date(2026, 11, 23)


def states(desk: Desk, person_id: str) -> list[tuple[int, str]]:
    return [(one.body.number, one.state) for one in desk.do(read_plan, person_id)]


def test_a_new_version_supersedes_the_one_it_names(desk: Desk, people: Caseload) -> None:
    plan = a_plan(MONDAY, reason="The calls are doubled")
    desk.do(write_plan, people.margaret, plan, replaces=people.plan)
    assert states(desk, people.margaret) == [(2, "draft"), (1, "superseded")]
    new, old = desk.do(read_plan, people.margaret)
    assert new.fact_id == old.fact_id
    assert not new.is_clash


def test_needs_get_ids_that_stay(desk: Desk, people: Caseload) -> None:
    (first,) = desk.do(read_plan, people.margaret)
    need = first.body.needs[0]
    assert need.need_id
    plan = msgspec.structs.replace(first.body, needs=(need, PlanNeed(need_id="", title="Washing")), reason="One need more")
    desk.do(write_plan, people.margaret, plan, replaces=people.plan)
    again = desk.do(read_plan, people.margaret)[0].body.needs
    assert again[0].need_id == need.need_id
    assert again[1].need_id not in ("", need.need_id)


def test_a_version_can_be_superseded_once(desk: Desk, people: Caseload) -> None:
    plan = a_plan(MONDAY, reason="The calls are doubled")
    desk.do(write_plan, people.margaret, plan, replaces=people.plan)
    with pytest.raises(ChangedMeanwhile):
        desk.do(write_plan, people.margaret, plan, replaces=people.plan)


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        (PlanBody(number=0), ("needs", "needs_missing")),
        (a_plan(MONDAY, review_on=MONDAY - timedelta(days=1)), ("review_on", "ends_before_start")),
    ],
)
def test_a_plan_needs_a_need_and_a_review_that_follows_its_start(
    desk: Desk, people: Caseload, plan: PlanBody, told: tuple[str, str]
) -> None:
    with pytest.raises(InputProblems) as found:
        desk.do(write_plan, people.dennis, plan)
    assert [(one.field, one.code) for one in found.value.problems] == [told]


def test_a_later_version_needs_a_reason(desk: Desk, people: Caseload) -> None:
    with pytest.raises(InputProblems) as found:
        desk.do(write_plan, people.margaret, a_plan(MONDAY, reason="why"), replaces=people.plan)
    assert [one.code for one in found.value.problems] == ["reason_missing"]


def test_a_plan_is_shared_then_agreed_and_each_step_is_kept(desk: Desk, people: Caseload) -> None:
    desk.do(take_plan_step, people.margaret, people.plan, "shared")
    desk.do(take_plan_step, people.margaret, people.plan, "comment", view="Later meals")
    desk.do(take_plan_step, people.margaret, people.plan, "agreed", supported_by="Edwin")
    (version,) = desk.do(read_plan, people.margaret)
    assert version.state == "agreed"
    assert [(one.step, one.view, one.supported_by) for one in version.steps] == [
        ("shared", "", ""), ("comment", "Later meals", ""), ("agreed", "", "Edwin"),
    ]  # fmt: skip


@pytest.mark.parametrize("step", ["agreed", "not_agreed", "comment"])
def test_a_draft_is_shared_before_anyone_agrees_to_it(desk: Desk, people: Caseload, step: str) -> None:
    with pytest.raises(ChangedMeanwhile):
        desk.do(take_plan_step, people.margaret, people.plan, step, view="words")


@pytest.mark.parametrize("step", ["not_agreed", "comment"])
def test_not_agreeing_is_kept_with_the_persons_own_view(desk: Desk, people: Caseload, step: str) -> None:
    desk.do(take_plan_step, people.margaret, people.plan, "shared")
    with pytest.raises(InputProblems):
        desk.do(take_plan_step, people.margaret, people.plan, step)
    desk.do(take_plan_step, people.margaret, people.plan, step, view="I want a morning call")
    assert desk.do(read_plan, people.margaret)[0].steps[-1].view == "I want a morning call"


def test_a_practitioner_may_not_sign_off_and_a_senior_of_the_team_may(tmp_path: Path) -> None:
    with a_caseload(tmp_path / "one") as (desk, people):
        desk.do(take_plan_step, people.margaret, people.plan, "shared")
        desk.do(take_plan_step, people.margaret, people.plan, "agreed")
        with pytest.raises(NotAllowed):
            desk.do(sign_off_plan, people.margaret, people.plan)
        assert (audits(desk)[-1]["action"], audits(desk)[-1]["result"]) == ("sign_off_plan", "refused")
        desk.store.identity = replace(desk.store.identity, role="SP")
        desk.do(sign_off_plan, people.margaret, people.plan)
        assert states(desk, people.margaret) == [(1, "signed_off")]


def test_signing_off_is_not_a_step_like_the_others(desk: Desk, people: Caseload) -> None:
    with pytest.raises(ValueError, match="sign_off_plan"):
        desk.do(take_plan_step, people.margaret, people.plan, "signed_off")


def test_a_plan_that_moved_on_cannot_be_signed_off(tmp_path: Path) -> None:
    with a_caseload(tmp_path, role="SP") as (desk, people), pytest.raises(ChangedMeanwhile):
        desk.do(sign_off_plan, people.margaret, people.plan)


def test_a_plan_of_someone_else_is_not_found_under_this_person(desk: Desk, people: Caseload) -> None:
    with pytest.raises(NotHeld):
        desk.do(take_plan_step, people.dennis, people.plan, "shared")
