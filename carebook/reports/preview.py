"""Pages as pictures, for the window that shows a document before it is printed. Nothing is written to disk."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2 as pdfium

from carebook.errors import PrintingFailed

Picture = tuple[int, int, bytes]
"""Width and height in pixels, and four bytes a pixel: red, green, blue, opaque; rows from the top, without padding."""


def pages_as_images(pdf: bytes, scale: float = 1.5) -> Iterator[Picture]:
    """Each page in turn, drawn only when it is asked for. scale: pixels to a point (1/72 inch).

    Raises `PrintingFailed` where the bytes are not a document.
    """
    try:
        document = pdfium.PdfDocument(pdf)
    except pdfium.PdfiumError as error:
        raise PrintingFailed("not a document") from error
    try:
        for page in document:
            bitmap = page.render(scale=scale, rev_byteorder=True, force_bitmap_format=pdfium.raw.FPDFBitmap_BGRA)
            yield _picture(bitmap)
            bitmap.close()
            page.close()
    finally:
        document.close()


def page_count(pdf: bytes) -> int:
    """How many pages the document has. Raises `PrintingFailed` where the bytes are not a document."""
    try:
        with pdfium.PdfDocument(pdf) as document:
            return len(document)
    except pdfium.PdfiumError as error:
        raise PrintingFailed("not a document") from error


def _picture(bitmap: pdfium.PdfBitmap) -> Picture:
    rows, stride, used = bytes(bitmap.buffer), bitmap.stride, bitmap.width * 4
    if stride != used:
        rows = b"".join(rows[i * stride : i * stride + used] for i in range(bitmap.height))
    return bitmap.width, bitmap.height, rows
