"""The structure tree: what each mark on the page is, in the order it is read, written as elements close.

ISO 32000-1, 14.7 and 14.8; the rules that a reader with a screen reader depends on are those of ISO 14289-1 (PDF/UA-1).
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

from carebook.reports.page_document import StreamingDocument, text_string

_PLACES = 1 << 20


@dataclass(slots=True, eq=False)
class Element:
    """An element that is still open. Its kids are object numbers, or marks on a page as negative numbers."""

    number: int
    tag: str
    parent: int
    attributes: str = ""
    kids: array[int] = field(default_factory=lambda: array("q"))


class Tags:
    """Opens and closes structure elements, and remembers which element owns which mark of which page."""

    def __init__(self, document: StreamingDocument) -> None:
        self._document = document
        self.root = document.number()
        self._open: list[Element] = []
        self._pages = array("Q")
        self._parents = array("Q")
        self._marks: list[int] = []
        self.top = self.begin("Document")

    def begin(self, tag: str, attributes: str = "") -> Element:
        """Open an element inside the innermost open one. `attributes` are further dictionary entries."""
        element = self.leaf(tag, attributes)
        self._open.append(element)
        return element

    def leaf(self, tag: str, attributes: str = "") -> Element:
        """An element inside the innermost open one that holds marks only; `write` it when they are made."""
        parent = self._open[-1] if self._open else None
        element = Element(self._document.number(), tag, parent.number if parent else self.root, attributes)
        if parent:
            parent.kids.append(element.number)
        return element

    def end(self, element: Element) -> None:
        """Close the element, which must be the innermost one, and write it."""
        if self._open.pop() is not element:
            raise RuntimeError("structure elements closed out of order")
        self.write(element)

    def write(self, element: Element) -> None:
        """Write an element whose marks are all made."""
        kids = element.kids
        first = next((self._page_of(kid) for kid in kids if kid < 0), 0)
        page = f"/Pg {first} 0 R" if first else ""
        body = f"<</Type/StructElem/S/{element.tag}/P {element.parent} 0 R{page}{element.attributes}"
        self._document.pack(f"{body}/K[{' '.join(self._kid(kid, first) for kid in kids)}]>>", element.number)

    def start_page(self, page: int) -> None:
        """Marks made from now on stand on the page of this object number."""
        self._pages.append(page)
        self._marks = []

    def mark(self, element: Element) -> int:
        """The next mark of the page now belongs to this element; returns its id."""
        place = len(self._marks)
        element.kids.append(-((len(self._pages) - 1) * _PLACES + place) - 1)
        self._marks.append(element.number)
        return place

    def end_page(self) -> None:
        """Write which elements the marks of the page belong to."""
        self._parents.append(self._document.pack("[" + " ".join(f"{number} 0 R" for number in self._marks) + "]"))

    def finish(self) -> int:
        """Close what is open and write the root; returns its number."""
        while self._open:
            self.end(self._open[-1])
        nums = " ".join(f"{index} {number} 0 R" for index, number in enumerate(self._parents))
        tree = self._document.pack(f"<</Nums[{nums}]>>")
        body = (
            f"<</Type/StructTreeRoot/K {self.top.number} 0 R/ParentTree {tree} 0 R"
            f"/ParentTreeNextKey {len(self._parents)}>>"
        )
        return self._document.pack(body, self.root)

    def _page_of(self, kid: int) -> int:
        return self._pages[(-kid - 1) // _PLACES]

    def _kid(self, kid: int, first: int) -> str:
        if kid > 0:
            return f"{kid} 0 R"
        place = (-kid - 1) % _PLACES
        page = self._page_of(kid)
        return str(place) if page == first else f"<</Type/MCR/Pg {page} 0 R/MCID {place}>>"


def language(code: str) -> str:
    """The attribute that says in which language an element is read (BCP 47)."""
    return f"/Lang {text_string(code)}" if code else ""


def table_attribute(name: str, value: str) -> str:
    """An attribute of a table cell: the scope of a header, the columns a cell spans."""
    return f"/A<</O/Table/{name} {value}>>"
