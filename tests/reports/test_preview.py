"""The preview: pictures of pages from memory, drawn as they are asked for."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from reports.sample_plan import MARGARET

from carebook.errors import PrintingFailed
from carebook.reports.plan import render
from carebook.reports.preview import page_count, pages_as_images


@pytest.fixture(scope="module")
def plan() -> bytes:
    held = io.BytesIO()
    render(MARGARET, held)
    return held.getvalue()


def test_each_page_becomes_a_picture_of_its_size(plan: bytes) -> None:
    pictures = list(pages_as_images(plan, 0.5))
    assert len(pictures) == page_count(plan) > 3
    for width, height, pixels in pictures:
        assert (width, height) == (298, 421)
        assert len(pixels) == width * height * 4


def test_a_picture_is_white_paper_with_ink_on_it_and_opaque(plan: bytes) -> None:
    width, _, pixels = next(pages_as_images(plan, 1.0))
    assert pixels[:4] == b"\xff\xff\xff\xff"
    assert set(pixels[3::4]) == {255}
    assert min(pixels[0::4]) < 40
    teal = pixels[(128 * width + 66) * 4 : (128 * width + 66) * 4 + 3]
    assert teal[0] < teal[1] <= teal[2]  # the band of the status: red, green, blue in this order


def test_a_page_that_is_not_asked_for_is_not_drawn(plan: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[object] = []
    draw = pypdfium2.PdfPage.render
    monkeypatch.setattr(pypdfium2.PdfPage, "render", lambda page, **how: drawn.append(page) or draw(page, **how))
    pictures = pages_as_images(plan, 1.0)
    next(pictures)
    assert len(drawn) == 1
    pictures.close()  # type: ignore[attr-defined]
    assert len(drawn) == 1


def test_bytes_that_are_no_document_are_refused() -> None:
    with pytest.raises(PrintingFailed):
        next(pages_as_images(b"not a document"))
    with pytest.raises(PrintingFailed):
        page_count(b"not a document")
