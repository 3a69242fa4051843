"""Words into lines: text of one weight and size, shaped a word at a time and remembered, broken at spaces."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import uharfbuzz as hb

from carebook.reports.page_bidi import Run, has_right_to_left, runs_of, visual_order
from carebook.reports.page_fonts import REPLACEMENT, Face, face

if TYPE_CHECKING:
    from carebook.reports.page_fonts import Fonts, FontUse

_UNSEEN = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufe0f\ufeff\ufffe\uffff]"
)
_SPACES = re.compile(r"[ \t]+")
_NUMBER_GAP = re.compile(r" (?=\d)(?<=\d )")  # a telephone or NHS number stays on one line
_FEATURES = {"kern": True, "liga": False, "clig": False}
_MOST_WORDS = 40_000


def normalise(text: str) -> list[str]:
    """The paragraphs of a value as they are set: composed characters, single spaces, nothing unseen.

    Line breaks begin a new paragraph; empty ones are left out.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return [text.strip(" ")] if text.strip(" ") else []
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    lines = (_SPACES.sub(" ", _UNSEEN.sub("", line)).strip(" ") for line in plain.split("\n"))
    return [line for line in lines if line]


def one_line(text: str) -> str:
    """A value as it stands where there is room for one line only: titles, the outline."""
    return " ".join(normalise(text))


@dataclass(frozen=True, slots=True)
class Line:
    """One line ready to draw: its width in points, the codes inside a TJ array, whether it begins at the right."""

    width: float
    codes: str
    is_right: bool = False


class Setter:
    """Sets text of one weight and size for one document."""

    def __init__(self, fonts: Fonts, weight: str, size: float) -> None:
        self.fonts = fonts
        self.weight = weight
        self.size = size
        self.main = fonts.use(face_of(weight))
        self._words: dict[str, tuple[float, str]] = {}
        self.space_width, self.space = self.word(" ")

    def word(self, word: str) -> tuple[float, str]:
        """The width in points and the codes of one word, shaped once and remembered."""
        known = self._words.get(word)
        if known is None:
            if len(self._words) > _MOST_WORDS:
                self._words.clear()
            known = self._words[word] = self._shape_word(word)
        return known

    def sentence(self, text: str) -> tuple[float, str]:
        """The width and the codes of text that stays on one line."""
        words = [self.word(word) for word in text.split(" ")]
        return sum(wide for wide, _ in words) + self.space_width * (len(words) - 1), self.space.join(code for _, code in words)

    def lines(self, text: str, width: float) -> list[Line]:
        """The text broken at spaces into lines no wider than `width`; a longer word is broken where it must be.

        Every line but the last keeps its space, so that words do not run together when they are read back.
        """
        if has_right_to_left(text):
            return self._bidi_lines(text, width)
        text = _NUMBER_GAP.sub("\u00a0", text)
        found: list[Line] = []
        codes: list[str] = []
        used, space_width, known = 0.0, self.space_width, self._words
        for word in text.split(" "):
            wide, code = known.get(word) or self.word(word)
            if wide > width:
                wide, code = self._squeeze(found, codes, (word, used), width)
                used = 0.0
            elif codes and used + wide > width:
                found.append(Line(used - space_width, self.space.join((*codes, ""))))
                codes, used = [], 0.0
            codes.append(code)
            used += wide + space_width
        found.append(Line(used - space_width, self.space.join(codes)))
        return found

    def _squeeze(self, found: list[Line], codes: list[str], begun: tuple[str, float], width: float) -> tuple[float, str]:
        """Break a word that is wider than the line; earlier pieces become lines, the last is returned."""
        word, used = begun
        if codes:
            found.append(Line(used - self.space_width, self.space.join((*codes, ""))))
            codes.clear()
        piece = ""
        for character in word:
            if piece and self.word(piece + character)[0] > width:
                found.append(Line(*self.word(piece)))
                piece = ""
            piece += character
        return self.word(piece)

    def _shape_word(self, word: str) -> tuple[float, str]:
        runs = ((used, "".join(chars)) for used, chars in self._by_face(word))
        pieces = [self._shape(used, Run(text, 0)) for used, text in runs]
        return sum(width for width, _ in pieces), "".join(code for _, code in pieces)

    def _by_face(self, text: str) -> list[tuple[FontUse | None, list[str]]]:
        """The text in runs of one face; marks stay with the letter before them where its face has them."""
        chosen: list[tuple[FontUse | None, str]] = []
        for character in text:
            before = chosen[-1][0] if chosen else None
            if before is not None and unicodedata.combining(character) and ord(character) in before.face.characters:
                chosen.append((before, character))
                continue
            found = self.fonts.face_for(character, self.weight)
            chosen.append((self.fonts.use(found) if found else None, character))
        return [(used, [c for _, c in group]) for used, group in groupby(chosen, key=lambda pair: pair[0])]

    def _shape(self, used: FontUse | None, run: Run) -> tuple[float, str]:
        if used is None:
            return self._replace(run.text)
        width, code = shape(used, run, self.size)
        if used is not self.main:
            code = f")]TJ/{used.resource} {self.size:g} Tf[({code})]TJ/{self.main.resource} {self.size:g} Tf[("
        return width, code

    def _replace(self, text: str) -> tuple[float, str]:
        """The replacement character for each character nothing can draw, still read back as what was written."""
        used = self.fonts.use(face(f"NotoSans-{self.weight.capitalize()}"))
        glyph = used.face.font.get_nominal_glyph(ord(REPLACEMENT))
        code = "".join(used.encode(glyph, character) for character in text)
        width = used.face.width(glyph) * len(text) * self.size / 1000
        return width, f")]TJ/{used.resource} {self.size:g} Tf[({code})]TJ/{self.main.resource} {self.size:g} Tf[("

    def _bidi_lines(self, text: str, width: float) -> list[Line]:
        found: list[Line] = []
        begun = ""
        for word in text.split(" "):
            longer = f"{begun} {word}" if begun else word
            if begun and self.sentence(longer)[0] > width:
                found.append(self._bidi_line(begun + " "))
                longer = word
            begun = longer
        found.append(self._bidi_line(begun))
        return found

    def _bidi_line(self, text: str) -> Line:
        """One line with right-to-left words: drawn where they belong, written in the order they are read."""
        base, levels = runs_of(text)
        pieces: list[tuple[int, float, str]] = []
        for run in levels:
            for used, characters in self._by_face(run.text):
                pieces.append((run.level, *self._shape(used, Run("".join(characters), run.level))))
        order = visual_order([level for level, _, _ in pieces])
        left = {index: sum(pieces[before][1] for before in order[:place]) for place, index in enumerate(order)}
        codes: list[str] = []
        pen = 0.0
        for index, (_, width, code) in enumerate(pieces):
            codes.append(_move((left[index] - pen) * 1000 / self.size) + code)
            pen = left[index] + width
        return Line(sum(width for _, width, _ in pieces), "".join(codes), base == 1)


def face_of(weight: str) -> Face:
    """The reading face of a weight."""
    from carebook.reports.page_fonts import CHAINS

    return face(CHAINS[weight][0])


def _move(thousandths: float) -> str:
    """Inside a TJ array: move the pen to the right by so many thousandths of the size."""
    return f"){-thousandths:.0f}(" if abs(thousandths) >= 0.5 else ""


def shape(used: FontUse, run: Run, size: float) -> tuple[float, str]:
    """The width in points of a run of one face, and its codes in the order it is read."""
    buffer = hb.Buffer()
    buffer.add_str(run.text)
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if run.level % 2 else "ltr"
    hb.shape(used.face.font, buffer, _FEATURES)
    glyphs = list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))
    scale = used.face.scale
    starts = sorted({info.cluster for info, _ in glyphs})
    ends = dict(zip(starts, [*starts[1:], len(run.text)], strict=True))
    places: list[tuple[int, float, float, int, float]] = []
    pen = 0.0
    for info, position in glyphs:
        x, y = pen + position.x_offset * scale, position.y_offset * scale
        places.append((info.cluster, x, y, info.codepoint, position.x_advance * scale))
        pen += position.x_advance * scale
    places.sort(key=lambda place: place[0])  # stable: the glyphs of one letter keep their order
    codes: list[str] = []
    at, told = 0.0, -1
    for cluster, x, y, glyph, _ in places:
        text = run.text[cluster : ends[cluster]] if cluster != told else ""
        told = cluster
        code = used.encode(glyph, text.replace("\u00a0", " "))
        codes.append(_move(x - at) + (f")]TJ {y * size / 1000:.2f} Ts[({code})]TJ 0 Ts[(" if abs(y) >= 0.5 else code))
        at = x + used.face.width(glyph)
    return pen * size / 1000, "".join(codes) + _move(pen - at)
