"""Showing a finished document: pictures and words of each page, in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from held_clock import HeldClock
from make import MONDAY, Caseload, a_caseload

from carebook.actions.preview_plan import preview_plan
from carebook.actions.show_pages import show_pages
from carebook.desk import Desk
from carebook.errors import PrintingFailed


@pytest.fixture
def pdf(tmp_path: Path) -> Iterator[bytes]:
    with a_caseload(tmp_path, HeldClock(MONDAY)) as (desk, people):
        yield _pdf(desk, people)


def _pdf(desk: Desk, people: Caseload) -> bytes:
    return preview_plan(desk, people.margaret, people.plan).pdf


def test_each_page_is_a_picture_with_its_words(pdf: bytes) -> None:
    pages = show_pages(pdf, 1.0)
    assert len(pages) > 1
    assert all(len(page.pixels) == page.width * page.height * 4 for page in pages)
    assert "Margaret Okafor-Hale" in pages[0].words
    assert len(set(pages[0].pixels)) > 20


def test_a_part_of_the_pages_is_shown_and_none_once_cancelled(pdf: bytes) -> None:
    every = show_pages(pdf, 0.5)
    assert show_pages(pdf, 0.5, first=1, most=1) == every[1:2]
    assert show_pages(pdf, 0.5, lambda: True) == ()


def test_what_is_no_document_is_refused() -> None:
    with pytest.raises(PrintingFailed):
        show_pages(b"no document")
