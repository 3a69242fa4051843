"""What a document is made of: headings, paragraphs, lists, labelled facts, tables that become lists in large print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from carebook.reports.page_flow import Decoration, Flow
from carebook.reports.page_style import ACCENT, HAIR, TINT, Style
from carebook.reports.page_table import Grid, Table
from carebook.reports.page_tags import Element, language
from carebook.reports.page_text import normalise


@contextmanager
def element(flow: Flow, tag: str, attributes: str = "") -> Iterator[Element]:
    """Everything drawn within belongs to an element of this tag."""
    opened = flow.canvas.tags.begin(tag, attributes)
    yield opened
    flow.canvas.unmark()
    flow.canvas.tags.end(opened)


def paragraph(flow: Flow, text: str, style: str = "body", lang: str = "", decorate: Decoration | None = None) -> None:
    """A value as one or more paragraphs; nothing where it is empty."""
    look = flow.paper.style(style)
    for words in normalise(text):
        lines = flow.setter(look).lines(words, flow.width)
        with element(flow, "P", language(lang)) as opened:
            flow.put(opened, lines, look, decorate=decorate)
        flow.gap(look.after)


def heading(flow: Flow, level: int, text: str, then: float = 0.0) -> None:
    """A heading with its entry in the outline; it stays with at least `then` points of what follows (enough if 0)."""
    style = flow.paper.style(f"h{level}")
    lines = flow.lines(text, style, flow.width)
    flow.gap(style.before)
    then = then or _after_heading(flow, level)
    flow.need(min(len(lines) * style.leading + style.after + then, flow.top - flow.bottom))
    flow.canvas.outline.add(level, text, flow.canvas.page, flow.y + 4)
    with element(flow, f"H{level}") as opened:
        flow.put(opened, lines, style)
    if level == 2:
        _underline(flow)
    flow.gap(style.after)


def _after_heading(flow: Flow, level: int) -> float:
    """What a heading must not be parted from: three lines, and below a main heading a smaller one as well."""
    body, smaller = flow.paper.style("body"), flow.paper.style("h3")
    return 3 * body.leading + (smaller.before + smaller.leading + smaller.after if level < 3 else 0)


def bullets(flow: Flow, items: Sequence[str], style: str = "body") -> None:
    """A list with bullets, one item each."""
    if not items:
        return
    look = flow.paper.style(style)
    setter = flow.setter(look)
    indent = flow.paper.points * 1.25
    with element(flow, "L", "/A<</O/List/ListNumbering/Disc>>"):
        for item in items:
            lines = flow.lines(item, look, flow.width - indent)
            flow.need(min(2, len(lines)) * look.leading)
            with element(flow, "LI"):
                with element(flow, "Lbl") as label:
                    flow.canvas.mark(label)
                    bullet = setter.lines("•", indent)[0]
                    baseline = flow.y - (look.leading + look.size * 0.68) / 2
                    flow.line_at(bullet, Style("regular", look.size, look.leading, ACCENT), (flow.left + 2, baseline))
                with element(flow, "LBody") as body:
                    flow.put(body, lines, look, indent)
            flow.gap(look.size * 0.22)
    flow.gap(look.after)


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value; an empty value is left out."""

    label: str
    value: str


def facts(flow: Flow, pairs: Sequence[Fact], columns: int = 0) -> None:
    """Labels with their values: side by side in smaller print, the value below its label in large print."""
    told = [pair for pair in pairs if normalise(pair.value)]
    if not told:
        return
    with element(flow, "L"):
        for pair in told:
            with element(flow, "LI"):
                _fact(flow, pair, columns)
    flow.gap(flow.paper.points * 0.5)


def _fact(flow: Flow, pair: Fact, label_width: int) -> None:
    label, value = flow.paper.style("label"), flow.paper.style("body")
    is_beside = not flow.paper.is_large and label_width > 0
    indent = float(label_width) * flow.paper.points / 12 if is_beside else 0.0
    labels = flow.lines(pair.label, label, (indent or flow.width) - (8 if is_beside else 0))
    values = flow.lines(pair.value, value, flow.width - indent)
    beside = max(len(labels), min(2, len(values))) if is_beside else len(labels) + min(2, len(values))
    flow.need(beside * value.leading)
    top = flow.y
    page = flow.canvas.page
    with element(flow, "Lbl") as opened:
        flow.put(opened, labels, label)
    under = flow.y
    if is_beside and flow.canvas.page == page:
        flow.y = top
    with element(flow, "LBody") as opened:
        flow.put(opened, values, value, indent)
    if flow.canvas.page == page:
        flow.y = min(flow.y, under)
    flow.gap(flow.paper.points * (0.25 if is_beside else 0.55))


def _underline(flow: Flow) -> None:
    flow.canvas.artifact()
    flow.canvas.setFillColorRGB(*ACCENT)
    flow.canvas.rect(flow.left, flow.y - 4, 42, 2.4, stroke=0, fill=1)
    flow.canvas.setFillColorRGB(*TINT)
    flow.canvas.rect(flow.left + 42, flow.y - 4, flow.width - 42, 2.4, stroke=0, fill=1)
    flow.canvas.unmark()


def beside_bar(flow: Flow) -> Decoration:
    """A tinted bar in the margin beside a person's own words."""

    def draw(top: float, bottom: float) -> None:
        flow.canvas.artifact()
        flow.canvas.setFillColorRGB(*ACCENT)
        flow.canvas.rect(flow.left - 12, bottom, 3, top - bottom, stroke=0, fill=1)
        flow.canvas.unmark()

    return draw


def table(flow: Flow, values: Table) -> None:
    """A table with tagged heads; in large print a list of labels and values, so that nothing is cramped."""
    if not values.rows:
        return
    if flow.paper.makes_lists_of(len(values.heads)):
        _cards(flow, values)
    else:
        Grid(flow, values).draw()
    flow.gap(flow.paper.points * 0.6)


def _cards(flow: Flow, values: Table) -> None:
    for row in values.rows:
        pairs = [Fact(head, cell) for head, cell in zip(values.heads, row, strict=True)]
        facts(flow, pairs)
        flow.canvas.artifact()
        flow.canvas.setStrokeColorRGB(*HAIR)
        flow.canvas.line(flow.left, flow.y, flow.left + flow.width, flow.y)
        flow.canvas.unmark()
        flow.gap(flow.paper.points * 0.7)
