"""The outline a reader shows beside the pages: one entry for each heading, by level."""

from __future__ import annotations

from dataclasses import dataclass, field

from carebook.reports.page_document import StreamingDocument, text_string


@dataclass(slots=True)
class _Entry:
    title: str
    page: int
    top: float
    number: int = 0
    kids: list[_Entry] = field(default_factory=list)


class Outline:
    """Collects headings as they are drawn and writes them as a tree at the end."""

    def __init__(self) -> None:
        self._roots: list[_Entry] = []
        self._path: list[tuple[int, _Entry]] = []

    def add(self, level: int, title: str, page: int, top: float) -> None:
        """A heading of this level stands on the page of this object number, `top` points from its foot."""
        entry = _Entry(title, page, top)
        while self._path and self._path[-1][0] >= level:
            self._path.pop()
        (self._path[-1][1].kids if self._path else self._roots).append(entry)
        self._path.append((level, entry))

    def write(self, document: StreamingDocument) -> str:
        """Write the tree; returns the catalogue's entries for it."""
        if not self._roots:
            return ""
        root = document.number()
        first, last = self._write_level(document, self._roots, root)
        document.pack(f"<</Type/Outlines/First {first} 0 R/Last {last} 0 R/Count {len(self._roots)}>>", root)
        return f"/Outlines {root} 0 R/PageMode/UseOutlines"

    def _write_level(self, document: StreamingDocument, entries: list[_Entry], parent: int) -> tuple[int, int]:
        for entry in entries:
            entry.number = document.number()
        for place, entry in enumerate(entries):
            body = f"<</Title {text_string(entry.title)}/Parent {parent} 0 R/Dest[{entry.page} 0 R/XYZ 0 {entry.top:.0f} 0]"
            if place:
                body += f"/Prev {entries[place - 1].number} 0 R"
            if place + 1 < len(entries):
                body += f"/Next {entries[place + 1].number} 0 R"
            if entry.kids:
                first, last = self._write_level(document, entry.kids, entry.number)
                body += f"/First {first} 0 R/Last {last} 0 R/Count -{len(entry.kids)}"
            document.pack(body + ">>", entry.number)
        return entries[0].number, entries[-1].number
