"""Faults put into a good document on purpose, to see that each is noticed."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

Fault = Callable[[Pdf], None]


def with_fault(data: bytes, fault: Fault) -> bytes:
    """The document with one fault in it."""
    held = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fault(pdf)
        pdf.save(held, deterministic_id=True)
    return held.getvalue()


def elements(pdf: Pdf, tag: str) -> Iterator[Dictionary]:
    """The structure elements of a tag, in the order they are read."""
    waiting = [pdf.Root.StructTreeRoot.K]
    while waiting:
        element = waiting.pop(0)
        if Name("/" + tag) == element.S:
            yield element
        kids = element.get("/K", Array())
        waiting[:0] = [kid for kid in kids if not isinstance(kid, int) and "/S" in kid]


def _first(pdf: Pdf, tag: str) -> Dictionary:
    return next(elements(pdf, tag))


def _no_language(pdf: Pdf) -> None:
    del pdf.Root.Lang


def _title_not_shown(pdf: Pdf) -> None:
    del pdf.Root.ViewerPreferences


def _not_marked(pdf: Pdf) -> None:
    del pdf.Root.MarkInfo


def _no_metadata(pdf: Pdf) -> None:
    del pdf.Root.Metadata


def _no_identifier(pdf: Pdf) -> None:
    old = pdf.Root.Metadata.read_bytes()
    new = old.replace(b"<pdfuaid:part>1</pdfuaid:part>", b"")
    pdf.Root.Metadata = pdf.make_stream(new, Type=Name.Metadata, Subtype=Name.XML)


def _no_title(pdf: Pdf) -> None:
    old = pdf.Root.Metadata.read_bytes()
    start, end = old.index(b"<dc:title>"), old.index(b"</dc:title>") + 11
    pdf.Root.Metadata = pdf.make_stream(old[:start] + old[end:], Type=Name.Metadata, Subtype=Name.XML)


def _no_tree(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot


def _no_tab_order(pdf: Pdf) -> None:
    del pdf.pages[1].obj.Tabs


def _head_without_scope(pdf: Pdf) -> None:
    del _first(pdf, "TH").A


def _heading_level_skipped(pdf: Pdf) -> None:
    for heading in list(elements(pdf, "H2")):
        heading.S = Name.H3


def _heading_as_paragraph(pdf: Pdf) -> None:
    _first(pdf, "H2").S = Name.P


def _item_without_body(pdf: Pdf) -> None:
    _first(pdf, "LBody").S = Name.P


def _row_outside_a_table(pdf: Pdf) -> None:
    _first(pdf, "Table").S = Name.Div


def _paragraph_lost(pdf: Pdf) -> None:
    paragraph = _first(pdf, "P")
    paragraph.P.K = Array([kid for kid in paragraph.P.K if kid.objgen != paragraph.objgen])


def _order_swapped(pdf: Pdf) -> None:
    kids = pdf.Root.StructTreeRoot.K.K
    kids[2], kids[3] = kids[3], kids[2]


def _mark_used_twice(pdf: Pdf) -> None:
    _in_contents(pdf, b"/MCID 3>>", b"/MCID 2>>")


def _text_outside_any_mark(pdf: Pdf) -> None:
    page = pdf.pages[0]
    page.contents_add(b"BT /F1 12 Tf 60 300 Td (\0\2) Tj ET")


def _text_called_an_artifact(pdf: Pdf) -> None:
    _in_contents(pdf, b"/P <</MCID 0>>BDC", b"/Artifact <</Type/Layout>>BDC")


def _parent_tree_broken(pdf: Pdf) -> None:
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    numbers[1], numbers[3] = numbers[3], numbers[1]


def _page_without_parents(pdf: Pdf) -> None:
    del pdf.pages[0].obj.StructParents


def _font_without_unicode(pdf: Pdf) -> None:
    del pdf.pages[0].Resources.Font.F1.ToUnicode


def _letter_read_as_nothing(pdf: Pdf) -> None:
    font = pdf.pages[0].Resources.Font.F1
    font.ToUnicode = pdf.make_stream(font.ToUnicode.read_bytes().replace(b"<0003> <", b"<0003> <0000> %", 1))


def _letter_read_as_another(pdf: Pdf) -> None:
    font = pdf.pages[0].Resources.Font.F1
    rows = font.ToUnicode.read_bytes()
    font.ToUnicode = pdf.make_stream(rows.replace(b"<0061>", b"<0062>"))


def _font_not_embedded(pdf: Pdf) -> None:
    del pdf.pages[0].Resources.Font.F1.DescendantFonts[0].FontDescriptor.FontFile2


def _widths_wrong(pdf: Pdf) -> None:
    font = pdf.pages[0].Resources.Font.F1.DescendantFonts[0]
    font.W = Array([1, Array([int(width) + 40 for width in font.W[1]])])


def _in_contents(pdf: Pdf, old: bytes, new: bytes) -> None:
    page = pdf.pages[0]
    contents = page.Contents.read_bytes()
    assert old in contents
    page.Contents = pdf.make_stream(contents.replace(old, new, 1))


FAULTS: dict[str, Fault] = {
    name.strip("_"): fault
    for name, fault in globals().copy().items()
    if name.startswith("_") and callable(fault) and name not in ("_first", "_in_contents") and not name.startswith("__")
}
"""Every fault by its name."""
