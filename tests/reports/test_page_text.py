"""Lines: no word is lost, split or run into the next, whatever is written."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carebook.reports.page_bidi import has_right_to_left, visual_order
from carebook.reports.page_fonts import Fonts
from carebook.reports.page_text import Setter, normalise

WORD = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1, max_size=14)
WORDS = st.lists(WORD, min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("typed", "set_as"),
    [
        ("", []),
        ("   ", []),
        ("One line.", ["One line."]),
        ("  Two   spaces  and\ta tab ", ["Two spaces and a tab"]),
        ("First.\n\n\nSecond.\r\nThird.", ["First.", "Second.", "Third."]),
        ("w\u0302yl", ["ŵyl"]),
        ("soft\u00adhyphen and zero\u200bwidth and \u202eturned", ["softhyphen and zerowidth and turned"]),
        ("bell\x07 and null\x00", ["bell and null"]),
    ],
)
def test_values_are_set_as_paragraphs_without_anything_unseen(typed: str, set_as: list[str]) -> None:
    assert normalise(typed) == set_as


@given(st.text())
def test_what_is_set_once_is_set_the_same_again(text: str) -> None:
    for paragraph in normalise(text):
        assert normalise(paragraph) == [paragraph]
        assert unicodedata.is_normalized("NFC", paragraph)


def read_back(fonts: Fonts, codes: str) -> str:
    """The text of codes inside a TJ array, by the maps the document embeds."""
    resource, shown, names = "F1", [], {use.resource: use for use in fonts.uses.values()}
    place = 0
    inside = True
    while place < len(codes):
        char = codes[place]
        if inside and char == ")":
            inside = False
        elif inside:
            pair = ""
            while len(pair) < 2:
                if codes[place] == "\\":
                    place += 1
                    pair += {"r": "\r", "n": "\n"}.get(codes[place], codes[place])
                else:
                    pair += codes[place]
                place += 1
            code = ord(pair[0]) << 8 | ord(pair[1])
            shown.append(next(text for (_, text), known in names[resource].codes.items() if known == code))
            continue
        elif char == "(":
            inside = True
        elif char == "/":
            resource = codes[place + 1 : codes.index(" ", place)]
        place += 1
    return "".join(shown).replace("\u200b", "")


@given(WORDS, st.sampled_from([12.0, 18.0, 30.0]))
def test_lines_hold_every_word_and_fit_the_width(words: list[str], size: float) -> None:
    fonts = Fonts()
    setter = Setter(fonts, "regular", size)
    paragraphs = normalise(" ".join(words))
    for paragraph in paragraphs:
        lines = setter.lines(paragraph, 300)
        assert "".join(read_back(fonts, line.codes) for line in lines) == paragraph
        if not has_right_to_left(paragraph):
            assert all(line.width <= 300.01 for line in lines)


def test_a_word_is_broken_only_where_it_is_longer_than_a_line() -> None:
    fonts = Fonts()
    setter = Setter(fonts, "regular", 30)
    words = "Some ordinary words and Llanfairpwllgwyngyllgogerychwyrn"
    lines = [read_back(fonts, line.codes) for line in setter.lines(words, 300)]
    assert lines[:2] == ["Some ordinary words ", "and "]
    assert len(lines) == 4
    assert lines[2] + lines[3] == "Llanfairpwllgwyngyllgogerychwyrn"


def test_a_telephone_number_is_never_broken() -> None:
    fonts = Fonts()
    setter = Setter(fonts, "regular", 12)
    lines = [read_back(fonts, line.codes) for line in setter.lines("Telephone the office on 01632 960 101 today", 200)]
    assert any("01632 960 101" in line for line in lines)
    assert len(lines) == 2


def test_letters_are_kerned() -> None:
    setter = Setter(Fonts(), "regular", 12)
    assert setter.word("AV")[0] < setter.word("A")[0] + setter.word("V")[0]


@pytest.mark.parametrize(
    ("levels", "order"),
    [
        ([], []),
        ([0], [0]),
        ([0, 1, 0], [0, 1, 2]),
        ([1, 0], [0, 1]),
        ([1, 2, 1], [2, 1, 0]),
        ([0, 1, 2, 1, 0], [0, 3, 2, 1, 4]),
    ],
)
def test_runs_stand_where_the_bidirectional_algorithm_puts_them(levels: list[int], order: list[int]) -> None:
    assert visual_order(levels) == order


def test_a_line_that_begins_from_the_right_is_set_at_the_right() -> None:
    setter = Setter(Fonts(), "regular", 12)
    assert setter.lines("اسمي فاطمة", 300)[0].is_right
    assert not setter.lines("Her name is فاطمة", 300)[0].is_right
