"""Reads a finished PDF as a screen reader does: the tagged text in structure order, and what is wrong with the tags."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import pikepdf

_SHOW = {"Tj", "TJ"}
_PAINT = {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "Do", "sh", "EI", "'", '"'} | _SHOW
_ROW = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]+)>")
_HEADING = re.compile(r"H([1-6])$")


@dataclass(frozen=True, slots=True)
class Node:
    """One structure element: its tag, its own text, how deep it lies and the languages it is read in."""

    tag: str
    text: str
    depth: int
    lang: str


@dataclass(slots=True)
class Reading:
    """What was read: the elements in order, and every fault found."""

    nodes: list[Node] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    pages: int = 0

    @property
    def texts(self) -> list[str]:
        """The text of each element that has some, in the order it is read."""
        return [node.text for node in self.nodes if node.text]


def read(data: bytes) -> Reading:
    """Read a whole file and check its tags; faults are sentences, an empty list where there are none."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return _Reader(pdf).read()


class _Reader:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.found = Reading(pages=len(pdf.pages))
        self.marks: dict[tuple[int, int], str] = {}  # (page's object number, mark) -> text
        self.owners: dict[tuple[int, int], int] = {}
        self.maps: dict[int, dict[int, str]] = {}

    def read(self) -> Reading:
        self._catalogue()
        for number, page in enumerate(self.pdf.pages, 1):
            self._page(number, page)
        root = self.pdf.Root.get("/StructTreeRoot")
        if root is None:
            self._fault("no structure tree")
            return self.found
        for kid in _kids(root):
            self._element(kid, root, 0, str(self.pdf.Root.get("/Lang", "")))
        for key in self.marks.keys() - self.owners.keys():
            self._fault(f"mark {key} belongs to no element")
        self._parent_tree(root)
        self._headings()
        return self.found

    def _fault(self, sentence: str) -> None:
        self.found.faults.append(sentence)

    def _catalogue(self) -> None:
        root = self.pdf.Root
        if not root.get("/Lang"):
            self._fault("no language")
        if not root.get("/MarkInfo", {}).get("/Marked"):
            self._fault("not said to be marked")
        if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
            self._fault("title not shown")
        if b"<pdfuaid:part>1<" not in (root.Metadata.read_bytes() if "/Metadata" in root else b""):
            self._fault("no PDF/UA identifier")

    def _page(self, number: int, page: pikepdf.Page) -> None:
        if page.obj.get("/Tabs") != pikepdf.Name.S:
            self._fault(f"page {number}: tab order is not that of the structure")
        stack: list[tuple[int, int] | None] = []
        font: dict[int, str] = {}
        for instruction in pikepdf.parse_content_stream(page):
            operands, name = instruction.operands, str(instruction.operator)
            if name in ("BDC", "BMC"):
                stack.append(self._begin(number, page, operands))
            elif name == "EMC":
                stack.pop()
            elif name == "Tf":
                font = self._font(page, str(operands[0]))
            elif name in _PAINT and not stack:
                self._fault(f"page {number}: {name} outside any mark")
            if name in _SHOW and stack and stack[-1] is not None:
                self.marks[stack[-1]] += _shown(operands[0], font)

    def _begin(self, number: int, page: pikepdf.Page, operands: list[pikepdf.Object]) -> tuple[int, int] | None:
        values = operands[1] if len(operands) > 1 else {}
        if "/MCID" not in values:
            if str(operands[0]) != "/Artifact":
                self._fault(f"page {number}: {operands[0]} without a mark")
            return None
        key = (page.obj.objgen[0], int(values["/MCID"]))
        if key in self.marks:
            self._fault(f"page {number}: mark {key[1]} is used twice")
        self.marks.setdefault(key, "")
        return key

    def _font(self, page: pikepdf.Page, name: str) -> dict[int, str]:
        font = page.obj.Resources.Font[name]
        number = font.objgen[0]
        if number not in self.maps:
            if "/ToUnicode" not in font:
                self._fault(f"font {name} cannot be read back")
            rows = _ROW.findall(font.ToUnicode.read_bytes() if "/ToUnicode" in font else b"")
            self.maps[number] = {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in rows}
        return self.maps[number]

    def _element(self, element: pikepdf.Object, parent: pikepdf.Object, depth: int, lang: str) -> None:
        tag = str(element.S).lstrip("/")
        lang = str(element.get("/Lang", lang))
        if element.P.objgen != parent.objgen:
            self._fault(f"{tag} names another parent")
        self._rules(tag, element)
        place = len(self.found.nodes)
        self.found.nodes.append(Node(tag, "", depth, lang))
        text = ""
        for kid in _kids(element):
            if isinstance(kid, int) or kid.get("/Type") == pikepdf.Name.MCR:
                text += self._mark(kid, element)
            else:
                self._element(kid, element, depth + 1, lang)
        self.found.nodes[place] = Node(tag, text.replace("\u200b", ""), depth, lang)

    def _mark(self, kid: pikepdf.Object | int, element: pikepdf.Object) -> str:
        page = element.Pg if isinstance(kid, int) or "/Pg" not in kid else kid.Pg
        key = (page.objgen[0], int(kid) if isinstance(kid, int) else int(kid.MCID))
        if key in self.owners:
            self._fault(f"mark {key} belongs to two elements")
        if key not in self.marks:
            self._fault(f"mark {key} is not on its page")
        self.owners[key] = element.objgen[0]
        return self.marks.get(key, "")

    def _rules(self, tag: str, element: pikepdf.Object) -> None:
        tags = [str(kid.S) for kid in _kids(element) if not isinstance(kid, int) and "/S" in kid]
        if tag == "TH" and not (element.get("/A") and "/Scope" in element.A):
            self._fault("a table head without scope")
        if tag == "Figure" and len(str(element.get("/Alt", "")).split()) < 2:
            self._fault("a figure without words")
        if tag == "LI" and "/LBody" not in tags:
            self._fault("a list item without a body")
        if tag == "TR" and not set(tags) <= {"/TH", "/TD"}:
            self._fault("a table row with something else than cells")
        if tag == "Table" and "/TH" not in str([str(k.S) for row in _kids(element) for k in _kids(row)]):
            self._fault("a table without heads")

    def _parent_tree(self, root: pikepdf.Object) -> None:
        numbers = list(root.ParentTree.Nums)
        tree = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
        for number, page in enumerate(self.pdf.pages, 1):
            owners = tree.get(int(page.obj.get("/StructParents", -1)))
            told = [owner.objgen[0] for owner in owners] if owners is not None else []
            page_number = page.obj.objgen[0]
            here = {mark: owner for (on, mark), owner in self.owners.items() if on == page_number}
            if told != [here.get(mark) for mark in range(len(told))] or len(told) != len(here):
                self._fault(f"page {number}: the parent tree does not fit the structure")

    def _headings(self) -> None:
        levels = [int(found.group(1)) for node in self.found.nodes if (found := _HEADING.match(node.tag))]
        if levels and levels[0] != 1:
            self._fault("the first heading is not of level 1")
        for before, after in pairwise(levels):
            if after > before + 1:
                self._fault(f"a heading of level {after} follows one of level {before}")


def _kids(element: pikepdf.Object) -> Iterator[pikepdf.Object | int]:
    kids = element.get("/K")
    if kids is None:
        return
    if isinstance(kids, pikepdf.Array):
        yield from kids
    else:
        yield kids


def _shown(operand: pikepdf.Object, font: dict[int, str]) -> str:
    parts = [operand] if isinstance(operand, pikepdf.String) else list(operand)
    codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
    return "".join(font.get(int.from_bytes(codes[i : i + 2], "big"), "\0") for i in range(0, len(codes), 2))
