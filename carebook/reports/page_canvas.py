"""A canvas that says of everything it draws what it is: part of the text, or an artifact that is not read."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from reportlab.pdfgen.canvas import Canvas

from carebook.reports.page_document import Sink, StreamingDocument, text_string
from carebook.reports.page_outline import Outline
from carebook.reports.page_tags import Element, Tags
from carebook.reports.page_xmp import metadata

if TYPE_CHECKING:
    from carebook.reports.page_text import Line, Setter

Colour = tuple[float, float, float]
PAGE_SIZE = (595.28, 841.89)
"""A4, in points."""


class TaggedCanvas(Canvas):  # type: ignore[misc]
    """Draws A4 pages into a sink; each page is written when it closes.

    title: the document's title, shown by readers instead of the file's name. identity: 32 hexadecimal digits.
    """

    def __init__(self, sink: Sink, title: str, identity: str, lang: str = "en-GB") -> None:
        super().__init__("", pagesize=PAGE_SIZE, pageCompression=1, invariant=1)
        self.document = self._doc = StreamingDocument(sink, identity)
        self.tags = Tags(self.document)
        self.outline = Outline()
        self.pages = 0
        self._title = title
        self._lang = lang
        self._marked: Element | str | None = None
        self._page_numbers = array("Q")
        self._tree, self._resources, self._total, self._fonts = (self.document.number() for _ in range(4))
        self._begin_page()

    @property
    def page(self) -> int:
        """The object number of the page being drawn."""
        return self._page_numbers[-1]

    def mark(self, element: Element) -> None:
        """What is drawn from here on belongs to this element."""
        if self._marked is not element:
            self.unmark()
            self._code.append(f"/{element.tag} <</MCID {self.tags.mark(element)}>>BDC")
            self._marked = element

    def artifact(self, kind: str = "/Type/Layout") -> None:
        """What is drawn from here on is not read: rules, tints, headers and footers."""
        if self._marked != kind:
            self.unmark()
            self._code.append(f"/Artifact <<{kind}>>BDC")
            self._marked = kind

    def unmark(self) -> None:
        """End the mark that is open, if any."""
        if self._marked is not None:
            self._code.append("EMC")
            self._marked = None

    def text(self, lines: list[Line], at: tuple[float, float], setter: Setter, leading: float, colour: Colour) -> None:
        """Draw lines one below the other, the first with its baseline at `at` (points from the lower left)."""
        r, g, b = colour
        shown = ")]TJ T*[(".join([line.codes for line in lines])
        self._code.append(
            f"BT {r:g} {g:g} {b:g} rg/{setter.main.resource} {setter.size:g} Tf {leading:.2f} TL "
            f"{at[0]:.2f} {at[1]:.2f} Td[({shown})]TJ ET"
        )

    def show_total(self, at: tuple[float, float]) -> None:
        """Draw the number of pages, which is known only at the end."""
        self._code.append(f"q 1 0 0 1 {at[0]:.2f} {at[1]:.2f} cm/Total Do Q")

    def showPage(self) -> None:  # noqa: N802  reportlab's own name
        """Close the page, write it and begin the next."""
        self._end_page()
        self._begin_page()

    def finish(self, total: tuple[Setter, Colour]) -> int:
        """Close the last page and write what belongs to the whole document; returns the number of pages."""
        self._end_page()
        self._write_total(*total)
        document = self.document
        document.pack(document.fonts.dictionary(document), self._fonts)
        document.pack(f"<</Font {self._fonts} 0 R/XObject<</Total {self._total} 0 R>>>>", self._resources)
        kids = " ".join(f"{number} 0 R" for number in self._page_numbers)
        document.pack(f"<</Type/Pages/Count {self.pages}/Kids[{kids}]>>", self._tree)
        outline = self.outline.write(document)
        structure = self.tags.finish()
        xmp = document.plain_stream("/Type/Metadata/Subtype/XML", metadata(self._title, self._lang))
        info = document.pack(f"<</Title {text_string(self._title)}>>")
        catalogue = document.pack(
            f"<</Type/Catalog/Pages {self._tree} 0 R/Lang({self._lang})/MarkInfo<</Marked true>>"
            f"/StructTreeRoot {structure} 0 R/Metadata {xmp} 0 R/ViewerPreferences<</DisplayDocTitle true>>{outline}>>"
        )
        document.finish(catalogue, info)
        return self.pages

    def _make_preamble(self) -> None:
        """The stock canvas names an unembedded font at the head of each page; ours names none."""
        self._preamble = ""

    def _begin_page(self) -> None:
        self._page_numbers.append(self.document.number())
        self.tags.start_page(self.page)
        self._code.clear()

    def _end_page(self) -> None:
        self.unmark()
        contents = self.document.stream("", "\n".join(self._code).encode("latin-1"))
        width, height = PAGE_SIZE
        self.document.pack(
            f"<</Type/Page/Parent {self._tree} 0 R/MediaBox[0 0 {width:.2f} {height:.2f}]/Resources {self._resources} 0 R"
            f"/Contents {contents} 0 R/StructParents {self.pages}/Tabs/S>>",
            self.page,
        )
        self.tags.end_page()
        self.pages += 1

    def _write_total(self, setter: Setter, colour: Colour) -> None:
        width, codes = setter.word(str(self.pages))
        r, g, b = colour
        drawn = f"BT {r:g} {g:g} {b:g} rg/{setter.main.resource} {setter.size:g} Tf[({codes})]TJ ET"
        entries = (
            f"/Type/XObject/Subtype/Form/BBox[0 {-setter.size:.0f} {width + 1:.0f} {setter.size * 2:.0f}]"
            f"/Resources<</Font {self._fonts} 0 R>>"
        )
        self.document.stream(entries, drawn.encode("latin-1"), self._total)
