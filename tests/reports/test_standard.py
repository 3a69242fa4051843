"""The standard for readers with assistive technology (PDF/UA-1): two validators, and faults put in on purpose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import page
import pytest
import vera
from reports.drawn import drawing
from reports.faults import FAULTS, with_fault
from reports.plan_words import MAIN_HEADINGS, said, values
from reports.sample_plan import COVER, EMPTY, MARGARET, SCRIPTS, printed
from reports.structure import read

from carebook.policy.plan_copy import PlanCopy, Status, Topic

NAMES = replace(
    MARGARET,
    cover=replace(COVER, status=Status.DRAFT, name="Siân Ŵyn-Ŷd Wójcik فاطمة சுனிதா"),
    about_me=tuple(Topic(script, words) for script, words in SCRIPTS.items()),
)
GOOD: dict[str, PlanCopy] = {
    "standard": MARGARET,
    "large": replace(MARGARET, format="F04"),
    "giant": replace(MARGARET, format="F06", giant_points=36),
    "names": NAMES,
    "names-large": replace(NAMES, format="F04"),
    "empty": replace(EMPTY, cover=replace(COVER, status=Status.SHARED)),
    "unknown": replace(MARGARET, about_me=(Topic("Signs", "😀 你好"),)),
}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """Every good document and every one with a fault."""
    good = {name: printed(copy) for name, copy in GOOD.items()} | {"drawing": drawing()}
    return good | {name: with_fault(good["standard"], fault) for name, fault in FAULTS.items()}


@pytest.fixture(scope="module")
def verdicts(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, vera.Verdict]:
    """What veraPDF says of each, in one run."""
    folder: Path = tmp_path_factory.mktemp("vera")
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return vera.check([folder / name for name in files])


@pytest.mark.parametrize("name", [*GOOD, "drawing"])
def test_verapdf_finds_no_failure(name: str, verdicts: dict[str, vera.Verdict]) -> None:
    assert verdicts[name].checks > 200
    assert verdicts[name].rules == ()
    assert verdicts[name].failed == 0


@pytest.mark.parametrize("name", [*GOOD, "drawing"])
def test_page_validation_finds_no_failure(name: str, files: dict[str, bytes]) -> None:
    report = page.validate_pdf_bytes(files[name], profile="ua1")
    assert report.rules.total > 100
    assert [failure.message for failure in report.failures] == []
    assert report.is_compliant


@pytest.mark.parametrize("name", GOOD)
def test_the_structure_is_sound_and_says_what_the_values_say(name: str, files: dict[str, bytes]) -> None:
    assert _noticed(GOOD[name], files[name]) == []


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_put_in_on_purpose_is_noticed(
    name: str, files: dict[str, bytes], verdicts: dict[str, vera.Verdict]
) -> None:
    assert files[name] != files["standard"]
    seen = [f"veraPDF {rule}" for rule in verdicts[name].rules]
    if not page.validate_pdf_bytes(files[name], profile="ua1").is_compliant:
        seen.append("page-validation")
    seen += _noticed(MARGARET, files[name])
    assert seen, "nothing noticed"


def test_all_faults_are_noticed_by_someone(
    files: dict[str, bytes], verdicts: dict[str, vera.Verdict], figure: Callable[[str, object, object], None]
) -> None:
    by_vera = {name for name in FAULTS if verdicts[name].failed}
    by_page = {name for name in FAULTS if not page.validate_pdf_bytes(files[name], profile="ua1").is_compliant}
    by_us = {name for name in FAULTS if _noticed(MARGARET, files[name])}
    figure("structure faults noticed", f"{len(by_vera | by_page | by_us)} of {len(FAULTS)}", "all")
    figure("of these by veraPDF, page-validation, our own reading", f"{len(by_vera)}, {len(by_page)}, {len(by_us)}", "")
    assert by_vera | by_page | by_us == set(FAULTS)
    assert len(by_vera) > 8  # a validator that notices nothing has not run
    assert len(by_page) > 8


def test_a_drawing_is_known_by_its_words_and_one_without_words_is_noticed() -> None:
    assert read(drawing()).faults == []
    assert [node.tag for node in read(drawing()).nodes] == ["Document", "Sect", "H1", "Figure", "P"]
    assert read(drawing("")).faults == ["a figure without words"]


def test_the_text_of_a_document_without_a_fault_is_found_sound_after_being_saved_again(files: dict[str, bytes]) -> None:
    again = with_fault(files["standard"], lambda pdf: None)
    assert page.validate_pdf_bytes(again, profile="ua1").is_compliant
    assert _noticed(MARGARET, again) == []


def _noticed(copy: PlanCopy, data: bytes) -> list[str]:
    """What our own reading finds wrong."""
    reading = read(data)
    found = list(reading.faults)
    if [node.text for node in reading.nodes if node.tag == "H2"] != MAIN_HEADINGS:
        found.append("the main headings are not those of the plan")
    if said(reading.texts) != values(copy):
        found.append("the text does not equal the values")
    return found
