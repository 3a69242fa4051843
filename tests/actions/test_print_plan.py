"""Giving the person their plan: looked at first, then registered with its number, and traced."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from make import Caseload, a_caseload, audits, rows_of

from carebook.actions.preview_plan import preview_plan
from carebook.actions.print_plan import print_plan
from carebook.actions.read_chronology import read_chronology
from carebook.errors import NotAllowed, NotHeld

if TYPE_CHECKING:
    from pathlib import Path

    from carebook.desk import Desk


def test_a_preview_is_in_the_persons_own_format_and_registers_nothing(desk: Desk, people: Caseload) -> None:
    preview = preview_plan(desk, people.margaret, people.plan)
    assert preview.pdf.startswith(b"%PDF")
    assert preview.copy.format == "F04"
    assert preview.pages >= 1
    assert rows_of(desk, people.margaret, "issued") == []
    assert (audits(desk)[-1]["action"], audits(desk)[-1]["result"]) == ("preview_plan", "done")


def test_each_copy_has_the_next_number_and_the_register_knows_its_file(desk: Desk, people: Caseload) -> None:
    first = print_plan(desk, people.margaret, people.plan)
    second = print_plan(desk, people.margaret, people.plan, "F01")
    assert (first.copy.facts.number, second.copy.facts.number) == ("1", "2")
    assert hashlib.sha256(first.pdf).hexdigest() == first.file_digest
    bodies = [line["body"] for line in rows_of(desk, people.margaret, "issued")]
    assert [document.file_digest in body for document, body in zip((first, second), bodies, strict=True)] == [True, True]
    titles = [one.title for one in desk.do(read_chronology, people.margaret) if one.sort == "document"]
    assert titles == ["Copy 2 of the plan given to Margaret Okafor-Hale", "Copy 1 of the plan given to Margaret Okafor-Hale"]


def test_no_pdf_is_left_beside_the_store(tmp_path: Path) -> None:
    with a_caseload(tmp_path) as (desk, people):
        print_plan(desk, people.margaret, people.plan)
        held = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert held
        assert not [path for path in held if b"%PDF" in path.read_bytes()]


@pytest.mark.parametrize("give", [preview_plan, print_plan])
def test_a_plan_of_another_caseload_or_another_person_is_not_given(desk: Desk, people: Caseload, give: object) -> None:
    assert callable(give)
    with pytest.raises(NotAllowed):
        give(desk, people.priya, people.plan)
    with pytest.raises(NotHeld):
        give(desk, people.dennis, people.plan)
    assert rows_of(desk, people.margaret, "issued") == []
    assert [line["result"] for line in audits(desk)[-2:]] == ["refused", "refused"]


def test_business_support_may_not_print_a_plan(tmp_path: Path) -> None:
    with a_caseload(tmp_path, role="BS") as (desk, people), pytest.raises(NotAllowed):
        print_plan(desk, people.margaret, people.plan)
