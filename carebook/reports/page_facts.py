"""Labels with their values: side by side in smaller print, run on or one below the other in large print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from carebook.reports.page_flow import Flow, element
from carebook.reports.page_style import HAIR, TINT, Style
from carebook.reports.page_table import Table
from carebook.reports.page_text import Line, normalise, one_line

_PANEL_PAD = 1.1  # in sizes of the text


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value; an empty value is left out."""

    label: str
    value: str


def facts(flow: Flow, pairs: Sequence[Fact], share: float = 0.3) -> None:
    """Labelled values, each one item of a list. share: how much of the width the labels take where they stand beside."""
    told = [pair for pair in pairs if normalise(pair.value)]
    if not told:
        return
    drawn = [_Pair(flow, pair, share) for pair in told]
    with element(flow, "L"):
        for place, pair in enumerate(drawn):
            if place == len(drawn) - 2:  # the last is never alone on a page
                flow.need(min(pair.height + drawn[-1].height, flow.top * 0.4))
            with element(flow, "LI"):
                pair.draw()
    flow.gap(flow.paper.points * 0.5)


def panel(flow: Flow, pairs: Sequence[Fact]) -> None:
    """Labelled values on a tinted ground, where they fit on the page."""
    told = [pair for pair in pairs if normalise(pair.value)]
    pad = flow.paper.points * _PANEL_PAD
    with flow.inset(pad):
        height = sum(_Pair(flow, pair, 0.3).height for pair in told) + pad * 1.6
    if not told or height > flow.room:
        facts(flow, told)
        return
    flow.canvas.artifact()
    flow.canvas.setFillColorRGB(*TINT)
    flow.canvas.roundRect(flow.left, flow.y - height, flow.width, height, 6, stroke=0, fill=1)
    flow.canvas.unmark()
    flow.y -= pad * 0.9
    with flow.inset(pad):
        facts(flow, told)


class _Pair:
    """One label and its value, measured and drawn."""

    def __init__(self, flow: Flow, pair: Fact, share: float) -> None:
        self._flow = flow
        self._label, self._value = flow.paper.style("label"), flow.paper.style("body")
        self._is_beside = not flow.paper.is_large
        label = pair.label if self._is_beside else pair.label + ":"
        self._indent = flow.width * share if self._is_beside else self._run_on(label, pair.value)
        self._labels = flow.lines(label, self._label, self._indent - 8 if self._is_beside else flow.width)
        self._values = flow.lines(pair.value, self._value, flow.width - self._indent)

    @property
    def height(self) -> float:
        """How much of the page it takes, with the gap below."""
        both = (len(self._labels), len(self._values))
        return (max(both) if self._indent else sum(both)) * self._value.leading + self._gap

    @property
    def _gap(self) -> float:
        return self._flow.paper.points * 0.3

    def _run_on(self, label: str, value: str) -> float:
        """Where the value begins on the label's own line; 0 where it is too long for that."""
        flow = self._flow
        indent = flow.setter(self._label).sentence(label + " ")[0]
        whole = indent + flow.setter(self._value).sentence(one_line(value))[0]
        return indent if whole <= flow.width else 0.0

    def draw(self) -> None:
        """Draw the label and its value; they begin on one page."""
        flow, few = self._flow, min(2, len(self._values))
        flow.need((max(len(self._labels), few) if self._indent else len(self._labels) + few) * self._value.leading)
        top, page = flow.y, flow.canvas.page
        self._put("Lbl", self._labels, self._label, 0.0)
        under = flow.y
        if self._indent and flow.canvas.page == page:
            flow.y = top
        self._put("LBody", self._values, self._value, self._indent)
        if flow.canvas.page == page:
            flow.y = min(flow.y, under)
        flow.gap(self._gap)

    def _put(self, tag: str, lines: list[Line], style: Style, indent: float) -> None:
        with element(self._flow, tag) as opened:
            self._flow.put(opened, lines, style, indent)


def cards(flow: Flow, values: Table) -> None:
    """A table in large print: each row a list of labels and values, the rows set apart by a rule."""
    if len(values.heads) == 2:
        facts(flow, [Fact(row[0], row[1]) for row in values.rows])
        return
    for place, row in enumerate(values.rows):
        facts(flow, [Fact(head, cell) for head, cell in zip(values.heads, row, strict=True)])
        if place + 1 < len(values.rows):
            flow.canvas.artifact()
            flow.canvas.setStrokeColorRGB(*HAIR)
            flow.canvas.line(flow.left, flow.y, flow.left + flow.width, flow.y)
            flow.canvas.unmark()
            flow.gap(flow.paper.points * 0.7)
