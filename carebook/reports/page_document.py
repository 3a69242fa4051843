"""A PDF that is written as it grows: finished objects go to the sink at once, small ones packed together.

What stays in memory is one number for each object and each structure element, whatever the length of the document.
"""

from __future__ import annotations

from array import array
from typing import Protocol

from reportlab.pdfbase.pdfdoc import PDFDocument

from carebook.reports.page_fonts import Fonts, compress

_PACK = 120  # objects in one object stream
_PACKED = 1 << 62


class Sink(Protocol):
    """Where finished bytes go: memory, or an encrypted spool."""

    def write(self, data: bytes, /) -> object:
        """Take the next bytes."""


class StreamingDocument(PDFDocument):  # type: ignore[misc]
    """The outer structure of the file: objects, object streams, the cross-reference stream."""

    def __init__(self, sink: Sink, identity: str) -> None:
        super().__init__(compression=1, invariant=1, pdfVersion=(1, 7))
        self.objectcounter = 0  # the stock document counts a font dictionary of its own
        self.fonts = Fonts()
        self.identity = identity
        self._sink = sink
        self._position = 0
        self._entries = array("Q", [0])
        self._packed: list[tuple[int, bytes]] = []
        self._write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def number(self) -> int:
        """A new object number, to be written later."""
        self.objectcounter += 1
        self._entries.append(0)
        return int(self.objectcounter)

    def stream(self, entries: str, data: bytes, number: int = 0) -> int:
        """Write a stream object, deflated, with these dictionary entries; returns its number."""
        body = compress(data)
        head = f"<<{entries}/Filter/FlateDecode/Length {len(body)}>>\nstream\n".encode("latin-1")
        return self._object(head + body + b"\nendstream", number)

    def plain_stream(self, entries: str, data: bytes) -> int:
        """Write a stream that stays readable (the metadata); returns its number."""
        head = f"<<{entries}/Length {len(data)}>>\nstream\n".encode("latin-1")
        return self._object(head + data + b"\nendstream", 0)

    def pack(self, body: str, number: int = 0) -> int:
        """Write a small object, packed with others; returns its number."""
        number = number or self.number()
        self._packed.append((number, body.encode("latin-1")))
        if len(self._packed) >= _PACK:
            self._flush()
        return number

    def finish(self, catalogue: int, info: int) -> None:
        """Write what is still packed, the cross-reference stream and the end of the file."""
        self._flush()
        number = self.number()
        self._entries[number] = self._position
        rows = b"".join(_row(index, entry) for index, entry in enumerate(self._entries))
        head = (
            f"/Type/XRef/Size {len(self._entries)}/W[1 5 2]/Root {catalogue} 0 R/Info {info} 0 R"
            f"/ID[<{self.identity}><{self.identity}>]"
        )
        start = self._position
        self.stream(head, rows, number)
        self._write(f"startxref\n{start}\n%%EOF\n".encode("ascii"))

    def getInternalFontName(self, psfontname: str) -> str:  # noqa: N802  reportlab's own name
        """Refuse the stock fonts: they are not embedded, so that a reader's machine would choose its own."""
        raise LookupError(psfontname)

    def _object(self, body: bytes, number: int) -> int:
        number = number or self.number()
        self._entries[number] = self._position
        self._write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        return number

    def _flush(self) -> None:
        if not self._packed:
            return
        offsets, bodies, at = [], [], 0
        for number, body in self._packed:
            offsets.append(f"{number} {at}")
            bodies.append(body)
            at += len(body) + 1
        index = " ".join(offsets).encode("ascii") + b"\n"
        holder = self.number()
        for place, (number, _) in enumerate(self._packed):
            self._entries[number] = _PACKED | holder << 16 | place
        entries = f"/Type/ObjStm/N {len(bodies)}/First {len(index)}"
        self._packed.clear()
        self.stream(entries, index + b"\n".join(bodies), holder)

    def _write(self, data: bytes) -> None:
        self._sink.write(data)
        self._position += len(data)


def _row(index: int, entry: int) -> bytes:
    if entry & _PACKED:
        return b"\2" + ((entry & ~_PACKED) >> 16).to_bytes(5, "big") + (entry & 0xFFFF).to_bytes(2, "big")
    if index == 0:
        return b"\0" + bytes(5) + b"\xff\xff"
    return b"\1" + entry.to_bytes(5, "big") + b"\0\0"


def text_string(text: str) -> str:
    """A text string of a PDF dictionary, as hexadecimal UTF-16."""
    return f"<feff{text.encode('utf-16-be').hex()}>"
