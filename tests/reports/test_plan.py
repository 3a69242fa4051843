"""The printed plan: all its values, in order, in every format, and nothing else."""

from __future__ import annotations

import io
import re
from dataclasses import fields, replace

import pikepdf
import pytest
from reports.plan_words import EMPTY_SENTENCES, MAIN_HEADINGS, said, values
from reports.sample_plan import COVER, EMPTY, FACTS, MARGARET, NAME, page_texts, printed
from reports.structure import read

from carebook.errors import PrintingFailed
from carebook.policy.plan_copy import (
    Advice,
    Agreement,
    Budget,
    Contingency,
    PlanCopy,
    Review,
    Sharing,
    Status,
    Topic,
    digest,
)
from carebook.reports.page_flow import Cancelled
from carebook.reports.plan import RenderResult, render

FORMATS = ["F01", "F02", "F03", "F04", "F05", "F06"]


@pytest.mark.parametrize("code", FORMATS)
def test_a_screen_reader_finds_every_value_in_order_and_nothing_else(code: str) -> None:
    copy = replace(MARGARET, format=code)
    reading = read(printed(copy))
    assert reading.faults == []
    assert said(reading.texts) == values(copy)


@pytest.mark.parametrize("code", ["F01", "F04"])
def test_equal_values_make_equal_bytes_and_another_value_makes_others(code: str) -> None:
    copy = replace(MARGARET, format=code)
    assert printed(copy) == printed(replace(copy))
    assert printed(copy) != printed(replace(copy, facts=replace(FACTS, number="4")))


def test_headings_follow_one_another_without_a_gap() -> None:
    nodes = read(printed(MARGARET)).nodes
    assert [node.text for node in nodes if node.tag == "H1"] == ["Care and support plan"]
    assert [node.text for node in nodes if node.tag == "H2"] == MAIN_HEADINGS


PARTS = [field.name for field in fields(PlanCopy) if field.name not in ("cover", "facts", "format", "giant_points")]


@pytest.mark.parametrize("part", PARTS)
def test_a_part_removed_by_permission_leaves_no_trace(part: str) -> None:
    removed = read(printed(replace(MARGARET, **{part: None})))
    whole = read(printed(MARGARET))
    kept = {node.text for node in removed.nodes if node.tag == "H2"}
    gone = [node.text for node in whole.nodes if node.tag == "H2" and node.text not in kept]
    assert len(gone) == 1
    assert gone[0] not in removed.texts
    assert sum(node.tag == "Sect" for node in removed.nodes) == sum(node.tag == "Sect" for node in whole.nodes) - 1
    assert removed.faults == []


def test_a_copy_without_the_budget_does_not_hold_its_sums_anywhere() -> None:
    data = printed(replace(MARGARET, budget=None))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        streams = [obj.read_bytes() for obj in pdf.objects if isinstance(obj, pikepdf.Stream)]
    text = " ".join(page_texts(data))
    assert "312.40" not in text
    assert "budget" not in text.lower()
    assert all("budget".encode("utf-16-be") not in stream for stream in streams)


def test_who_does_not_get_the_plan_stands_on_the_councils_own_copy_only() -> None:
    sharing = Sharing(MARGARET.sharing.shared_with if MARGARET.sharing else (), ("Mr Pike, neighbour",))
    assert "Mr Pike, neighbour" in read(printed(replace(MARGARET, sharing=sharing))).texts
    assert "Pike" not in " ".join(page_texts(printed(MARGARET)))


def test_a_part_with_nothing_in_it_says_so() -> None:
    texts = read(printed(EMPTY)).texts
    assert [text for text in texts if text in MAIN_HEADINGS] == MAIN_HEADINGS
    for sentence in EMPTY_SENTENCES:
        assert sentence in texts


def test_the_empty_parts_of_a_copy_are_values_of_their_own() -> None:
    assert EMPTY.budget == Budget()
    assert (EMPTY.advice, EMPTY.contingency, EMPTY.agreement) == (Advice(), Contingency(), Agreement())
    assert (EMPTY.sharing, EMPTY.review) == (Sharing(), Review())


@pytest.mark.parametrize(
    ("status", "banner"),
    [
        (Status.DRAFT, "Draft: not agreed yet, it may change"),
        (Status.SHARED, "Shared for comment: not agreed yet"),
        (Status.SUPERSEDED, "No longer in use: a newer plan has taken its place"),
    ],
)
def test_every_page_of_a_plan_that_is_not_in_force_says_so_and_the_first_says_it_once(status: Status, banner: str) -> None:
    pages = page_texts(printed(replace(MARGARET, cover=replace(COVER, status=status))))
    assert len(pages) > 3
    assert all(banner in page for page in pages[1:])
    assert pages[0].count(banner.partition(":")[0]) == 1


def test_an_agreed_plan_has_no_banner() -> None:
    assert "Draft" not in " ".join(page_texts(printed(MARGARET)))


@pytest.mark.parametrize("code", ["F01", "F04", "F05"])
def test_each_page_says_which_copy_it_is_and_how_many_pages_there_are(code: str) -> None:
    copy = replace(MARGARET, format=code)
    pages = page_texts(printed(copy))
    seal = digest(copy)[:12].upper()
    for number, page in enumerate(pages, 1):
        assert f"Copy 3 for {NAME}. Printed by Peter Osei, 24 November 2026 at 11:20." in page
        assert "Last update from the council: 24 November 2026 at 08:55." in page
        assert f"{seal[:4]}-{seal[4:8]}-{seal[8:]}" in page
        assert f"Page {number} of {len(pages)}" in page


def test_giant_print_keeps_the_full_facts_on_the_first_page_and_the_copy_number_on_all() -> None:
    pages = page_texts(printed(replace(MARGARET, format="F06", giant_points=36)))
    assert "Printed by Peter Osei" in pages[0]
    assert all(f"Copy 3 for {NAME}" in page for page in pages)
    assert all(f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, 1))
    assert "Check code" in pages[0]
    draft = replace(MARGARET, format="F06", cover=replace(COVER, status=Status.DRAFT))
    assert all("Draft" in page for page in page_texts(printed(draft)))


@pytest.mark.parametrize(("code", "least"), [("F01", 12), ("F02", 14), ("F03", 16), ("F04", 18), ("F05", 22), ("F06", 30)])
def test_nothing_on_any_page_is_smaller_than_the_persons_format(code: str, least: float) -> None:
    with pikepdf.open(io.BytesIO(printed(replace(MARGARET, format=code)))) as pdf:
        sizes = {
            float(step.operands[1])
            for page in pdf.pages
            for step in pikepdf.parse_content_stream(page)
            if str(step.operator) == "Tf"
        }
        total = pdf.pages[0].Resources.XObject.Total.read_bytes()
    assert min(sizes) == least
    assert float(re.search(rb"([\d.]+) Tf", total)[1]) == least  # type: ignore[index]


def test_tables_become_lists_in_large_print() -> None:
    tags = {code: {node.tag for node in read(printed(replace(MARGARET, format=code))).nodes} for code in FORMATS}
    assert all("Table" in tags[code] for code in ("F01", "F02", "F03"))
    assert not any(tag in tags[code] for code in ("F04", "F05", "F06") for tag in ("Table", "TR", "TH", "TD"))


def test_every_font_is_embedded_and_none_is_slanted() -> None:
    with pikepdf.open(io.BytesIO(printed(MARGARET))) as pdf:
        fonts = [obj for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary) and obj.get("/Type") == "/FontDescriptor"]
        assert len(fonts) == 2
        for font in fonts:
            assert font.FontFile2.read_bytes()[:4] == b"\0\1\0\0"
            assert font.ItalicAngle == 0


def test_words_that_were_never_given_stand_nowhere_in_the_file() -> None:
    secret = "Quixborough"
    assert any(secret in text for text in page_texts(printed(replace(MARGARET, about_me=(Topic("Home", secret),)))))
    assert not any(secret in text for text in page_texts(printed(MARGARET)))


def test_progress_counts_every_page() -> None:
    told: list[int] = []
    result = render(replace(MARGARET, format="F04"), io.BytesIO(), progress=told.append)
    assert told == list(range(1, result.pages + 1))


def test_a_stop_is_heeded_before_the_next_page() -> None:
    told: list[int] = []
    with pytest.raises(Cancelled) as stopped:
        render(MARGARET, io.BytesIO(), progress=told.append, cancelled=lambda: len(told) >= 2)
    assert told == [1, 2]
    assert isinstance(stopped.value, PrintingFailed)


def test_the_result_says_how_many_pages_there_are() -> None:
    held = io.BytesIO()
    result = render(MARGARET, held)
    assert result == RenderResult(len(page_texts(held.getvalue())))
