"""The fonts of paper: which face draws which character, shaped by HarfBuzz, embedded as subsets.

Reading text is set in Atkinson Hyperlegible Next; what it lacks comes from Noto. What no bundled font can draw is shown
as the replacement character and told to the caller, never left as a silent empty box.
"""

from __future__ import annotations

import zlib
from functools import cache
from pathlib import Path
from typing import Protocol

import uharfbuzz as hb

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "fonts" / "paper"

CHAINS = {
    "regular": (
        "AtkinsonHyperlegibleNext-Regular",
        "NotoSans-Regular",
        "NotoNaskhArabic-Regular",
        "NotoSansTamil-Regular",
        "NotoSansBengali-Regular",
        "NotoSansDevanagari-Regular",
        "NotoSansGujarati-Regular",
        "NotoSansGurmukhi-Regular",
    ),
    "bold": (
        "AtkinsonHyperlegibleNext-Bold",
        "NotoSans-Bold",
        "NotoNaskhArabic-Regular",
        "NotoSansTamil-Regular",
        "NotoSansBengali-Regular",
        "NotoSansDevanagari-Regular",
        "NotoSansGujarati-Regular",
        "NotoSansGurmukhi-Regular",
    ),
}
REPLACEMENT = "\ufffd"
_NO_UNICODE = "\u200b"  # what the second glyph of one character is read as: nothing


class Writer(Protocol):
    """Where the objects of a font are written."""

    def stream(self, entries: str, data: bytes, number: int = 0) -> int:
        """Write a stream object; returns its number."""

    def pack(self, body: str, number: int = 0) -> int:
        """Write a small object; returns its number."""


class Face:
    """One font file, held in memory once a process."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.hb = hb.Face(hb.Blob((FOLDER / f"{name}.ttf").read_bytes()))
        self.font = hb.Font(self.hb)
        self.scale = 1000 / self.hb.upem
        self.characters = frozenset(self.hb.unicodes)
        self._widths: dict[int, float] = {}

    def width(self, glyph: int) -> float:
        """How far the glyph moves the pen, in thousandths of the size."""
        if glyph not in self._widths:
            self._widths[glyph] = self.font.get_glyph_h_advance(glyph) * self.scale
        return self._widths[glyph]


@cache
def face(name: str) -> Face:
    """The face of that file name, loaded the first time it is asked for."""
    return Face(name)


class FontUse:
    """What one document uses of one face: a code for each pair of glyph and text, so that each is read back as written."""

    def __init__(self, used: Face, resource: str) -> None:
        self.face = used
        self.resource = resource
        self.codes: dict[tuple[int, str], int] = {}
        self._escaped: dict[int, str] = {}

    def encode(self, glyph: int, text: str) -> str:
        """The glyph as it stands inside a PDF literal string (two bytes, escaped)."""
        code = self.codes.setdefault((glyph, text or _NO_UNICODE), len(self.codes) + 1)
        if code not in self._escaped:
            pair = chr(code >> 8) + chr(code & 255)
            self._escaped[code] = pair.translate(_ESCAPES)
        return self._escaped[code]

    def embed(self, document: Writer) -> int:
        """Write the subset and its maps; returns the font's object number."""
        tag = "".join(chr(65 + (len(self.codes) * 7 + int(self.resource[1:]) * 31 + i * 11) % 26) for i in range(6))
        name = f"{tag}+{self.face.name}"
        program = self._program()
        file_number = document.stream(f"/Length1 {len(program)}", program)
        descriptor = document.pack(self._descriptor(name, file_number))
        glyphs = b"\0\0" + b"".join(glyph.to_bytes(2, "big") for glyph, _ in self.codes)
        map_number = document.stream("", glyphs)
        widths = " ".join(f"{self.face.width(glyph):.0f}" for glyph, _ in self.codes)
        descendant = document.pack(
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
            f"/Supplement 0>>/FontDescriptor {descriptor} 0 R/DW 0/W[1[{widths}]]/CIDToGIDMap {map_number} 0 R>>"
        )
        unicode_number = document.stream("", self._to_unicode().encode("ascii"))
        return document.pack(
            f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{descendant} 0 R]"
            f"/ToUnicode {unicode_number} 0 R>>"
        )

    def _program(self) -> bytes:
        wanted = hb.SubsetInput()
        wanted.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NOTDEF_OUTLINE
        wanted.glyph_set.update(glyph for glyph, _ in self.codes)
        for tag in ("GPOS", "GSUB", "GDEF", "DSIG", "STAT"):
            wanted.drop_table_tag_set.add(int.from_bytes(tag.encode("ascii"), "big"))
        return bytes(hb.subset(self.face.hb, wanted).blob.data)

    def _descriptor(self, name: str, file_number: int) -> str:
        extents = self.face.font.get_font_extents("ltr")
        ascent, descent = extents.ascender * self.face.scale, extents.descender * self.face.scale
        return (
            f"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[-600 {descent:.0f} 2400 {ascent:.0f}]/ItalicAngle 0"
            f"/Ascent {ascent:.0f}/Descent {descent:.0f}/CapHeight 700/StemV 80/FontFile2 {file_number} 0 R>>"
        )

    def _to_unicode(self) -> str:
        rows = [f"<{code:04x}> <{text.encode('utf-16-be').hex()}>" for (_, text), code in self.codes.items()]
        blocks = [rows[i : i + 100] for i in range(0, len(rows), 100)]
        body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n/CMapName /Adobe-Identity-UCS def\n"
            "/CMapType 2 def\n1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
            f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
        )


_ESCAPES = {ord("\\"): "\\\\", ord("("): "\\(", ord(")"): "\\)", 13: "\\r", 10: "\\n"}


class Fonts:
    """The faces one document uses, and the characters none of them could draw."""

    def __init__(self) -> None:
        self.uses: dict[str, FontUse] = {}
        self.missing: dict[str, None] = {}

    def use(self, used: Face) -> FontUse:
        """The document's use of the face, begun the first time it is asked for."""
        if used.name not in self.uses:
            self.uses[used.name] = FontUse(used, f"F{len(self.uses) + 1}")
        return self.uses[used.name]

    def face_for(self, character: str, weight: str) -> Face | None:
        """The first face of the chain that has the character; `None` where no bundled font has it."""
        code = ord(character)
        for name in CHAINS[weight]:
            if code in face(name).characters:
                return face(name)
        self.missing[character] = None
        return None

    def dictionary(self, document: Writer) -> str:
        """Embed every face in use; returns the resource dictionary of fonts."""
        return "<<" + "".join(f"/{use.resource} {use.embed(document)} 0 R" for use in self.uses.values()) + ">>"


def compress(data: bytes) -> bytes:
    """Deflate; never ending in a carriage return, which some readers take for a line end."""
    packed = zlib.compress(data, 6)
    return packed if packed[-1] != 13 else zlib.compress(data + b"\n", 6)
