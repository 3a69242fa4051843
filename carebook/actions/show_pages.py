"""Show a finished document page by page before it is given to anyone: pictures and words, in memory only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pypdfium2 as pdfium

from carebook.errors import PrintingFailed
from carebook.reports.preview import pages_as_images


@dataclass(frozen=True, slots=True)
class PageShown:
    """One page: width and height in pixels, four bytes a pixel (red, green, blue, opaque) from the top, and its words."""

    width: int
    height: int
    pixels: bytes
    words: str


def show_pages(
    pdf: bytes, scale: float = 1.5, cancelled: Callable[[], bool] | None = None, *, first: int = 0, most: int | None = None
) -> tuple[PageShown, ...]:
    """The pages from `first` on, at most `most`; scale: pixels to a point (1/72 inch). Stops early once `cancelled`.

    It asks nothing of the record: what it is handed was decided and traced when the document was made. Raises PrintingFailed.
    """
    words = _words(pdf)
    end = len(words) if most is None else min(len(words), first + most)
    found = []
    for number, (width, height, pixels) in enumerate(pages_as_images(pdf, scale)):
        if number >= end or (cancelled is not None and cancelled()):
            break
        if number >= first:
            found.append(PageShown(width, height, pixels, words[number]))
    return tuple(found)


def _words(pdf: bytes) -> list[str]:
    try:
        with pdfium.PdfDocument(pdf) as document:
            return [page.get_textpage().get_text_bounded() for page in document]
    except pdfium.PdfiumError as error:
        raise PrintingFailed("not a document") from error
