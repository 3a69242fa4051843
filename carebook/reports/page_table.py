"""Tables drawn row by row: tagged heads, rows that may go on to the next page, heads repeated there."""

from __future__ import annotations

from dataclasses import dataclass

from carebook.reports.page_canvas import Colour
from carebook.reports.page_flow import Flow
from carebook.reports.page_style import HAIR, RULE, TINT, Style
from carebook.reports.page_tags import Element, table_attribute
from carebook.reports.page_text import Line

Cells = list[list[Line]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: column heads, shares of the width, rows of text. The first cell of each row is the row's head."""

    heads: tuple[str, ...]
    shares: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]


class Grid:
    """A table being drawn."""

    def __init__(self, flow: Flow, values: Table) -> None:
        self._flow, self._values = flow, values
        whole = sum(values.shares)
        self._widths = [flow.width * share / whole for share in values.shares]
        self._lefts = [sum(self._widths[:i]) for i in range(len(self._widths))]
        self._body, self._strong, self._head = (flow.paper.style(name) for name in ("body", "strong", "label"))
        self._pad = flow.paper.points * 0.4

    def draw(self) -> None:
        """Draw the head and the rows; on each further page the head is repeated as an artifact."""
        flow, tags = self._flow, self._flow.canvas.tags
        whole = tags.begin("Table")
        heads = self._set(self._values.heads, [self._head] * len(self._widths))
        first = self._set(self._values.rows[0], self._row_styles)
        flow.need(self._height(heads) + min(self._height(first), flow.top * 0.4))
        self._tagged_row(heads, [self._head] * len(heads), "Column", is_head=True)
        for row in self._values.rows:
            cells = self._set(row, self._row_styles)
            if flow.room < min(self._height(cells), flow.top * 0.4):
                self._next_page(heads)
            self._tagged_row(cells, self._row_styles, "Row", is_head=False, heads=heads)
        tags.end(whole)

    @property
    def _row_styles(self) -> list[Style]:
        return [self._strong] + [self._body] * (len(self._widths) - 1)

    def _set(self, texts: tuple[str, ...], styles: list[Style]) -> Cells:
        last = len(texts) - 1
        return [
            self._flow.lines(text, style, width - 6 - (0 if place == last else 12))
            for place, (text, style, width) in enumerate(zip(texts, styles, self._widths, strict=True))
        ]

    def _height(self, cells: Cells) -> float:
        return max(len(lines) for lines in cells) * self._body.leading + 2 * self._pad

    def _next_page(self, heads: Cells) -> None:
        self._flow.new_page()
        self._flow.canvas.artifact()
        self._slice(heads, [self._head] * len(heads), [None] * len(heads), TINT)

    def _tagged_row(self, cells: Cells, styles: list[Style], scope: str, *, is_head: bool, heads: Cells | None = None) -> None:
        tags = self._flow.canvas.tags
        row = tags.begin("TR")
        owners: list[Element | None] = []
        for place in range(len(cells)):
            is_header = is_head or place == 0
            owners.append(tags.leaf("TH" if is_header else "TD", table_attribute("Scope", f"/{scope}") if is_header else ""))
        while True:
            fits = max(int((self._flow.room - 2 * self._pad) / self._body.leading), 1)
            self._slice([lines[:fits] for lines in cells], styles, owners, TINT if is_head else None)
            cells = [lines[fits:] for lines in cells]
            if not any(cells):
                break
            self._next_page(heads or [])
        for owner in owners:
            if owner is not None:
                tags.write(owner)
        tags.end(row)

    def _slice(self, cells: Cells, styles: list[Style], owners: list[Element | None], tint: Colour | None) -> None:
        """Draw the part of a row that fits on this page."""
        flow, height = self._flow, self._height(cells)
        self._ground(height, tint)
        for lines, style, owner, left in zip(cells, styles, owners, self._lefts, strict=True):
            if not lines:
                continue
            if owner is None:
                flow.canvas.artifact()
            else:
                flow.canvas.mark(owner)
            baseline = flow.y - self._pad - (self._body.leading + style.size * 0.68) / 2
            flow.canvas.text(lines, (flow.left + 6 + left, baseline), flow.setter(style), self._body.leading, style.colour)
        flow.canvas.unmark()
        flow.y -= height

    def _ground(self, height: float, tint: Colour | None) -> None:
        flow, canvas = self._flow, self._flow.canvas
        canvas.artifact()
        if tint:
            canvas.setFillColorRGB(*tint)
            canvas.rect(flow.left, flow.y - height, flow.width, height, stroke=0, fill=1)
        canvas.setStrokeColorRGB(*(RULE if tint else HAIR))
        canvas.setLineWidth(0.75)
        canvas.line(flow.left, flow.y - height, flow.left + flow.width, flow.y - height)
        canvas.unmark()
