"""What a document is made of: headings, paragraphs, lists, tables that become lists in large print."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from carebook.reports.page_canvas import TaggedCanvas
from carebook.reports.page_document import text_string
from carebook.reports.page_facts import cards
from carebook.reports.page_flow import Decoration, Flow, element
from carebook.reports.page_style import ACCENT, SOFT, TINT, Style
from carebook.reports.page_table import Grid, Table
from carebook.reports.page_tags import language
from carebook.reports.page_text import normalise, one_line


def lead_in(flow: Flow, text: str) -> None:
    """A sentence that opens a list, never parted from its first item."""
    body = flow.paper.style("body")
    flow.need((len(flow.lines(text, body, flow.width)) + 2.6) * body.leading)
    paragraph(flow, text)


def paragraph(flow: Flow, text: str, style: str = "body", lang: str = "", decorate: Decoration | None = None) -> None:
    """A value as one or more paragraphs; nothing where it is empty."""
    look = flow.paper.style(style)
    for words in normalise(text):
        lines = flow.setter(look).lines(words, flow.width)
        with element(flow, "P", language(lang)) as opened:
            flow.put(opened, lines, look, decorate=decorate)
        flow.gap(look.after)


def heading(flow: Flow, level: int, text: str, then: float = 0.0) -> None:
    """A heading with its entry in the outline; nothing where it is empty.

    then: how many points of what follows it must not be parted from; enough, if 0.
    """
    if not normalise(text):
        return
    style = flow.paper.style(f"h{level}")
    lines = flow.lines(text, style, flow.width)
    flow.gap(style.before)
    then = then or _after_heading(flow, level)
    flow.need(min(len(lines) * style.leading + style.after + then, flow.top - flow.bottom))
    flow.canvas.outline.add(level, one_line(text), flow.canvas.page, flow.y + 4)
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
    told = [item for item in items if normalise(item)]
    if not told:
        return
    look = flow.paper.style(style)
    setter = flow.setter(look)
    indent = flow.paper.points * 1.25
    with element(flow, "L", "/A<</O/List/ListNumbering/Disc>>"):
        items_lines = [flow.lines(item, look, flow.width - indent) for item in told]
        for place, lines in enumerate(items_lines):
            # the last is never alone on a page
            after = min(2, len(items_lines[-1])) if place == len(told) - 2 else 0
            flow.need((min(2, len(lines)) + after) * look.leading)
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
        cards(flow, values)
    else:
        Grid(flow, values).draw()
    flow.gap(flow.paper.points * 0.9)


def signing_lines(flow: Flow, texts: Sequence[str]) -> None:
    """Places to sign, kept on one page where a page can hold them all."""
    body, soft = flow.paper.style("body"), flow.paper.style("soft")
    told = sum(len(flow.lines(text, soft, flow.width)) * soft.leading + soft.after for text in texts)
    together = told + len(texts) * (body.leading * 1.6 + 3) + body.leading * 2
    if texts and together <= flow.top - flow.bottom:
        flow.need(together)
    for text in texts:
        _signing_line(flow, text)


def _signing_line(flow: Flow, text: str) -> None:
    """Room to sign by hand above a rule, and who signs there."""
    body = flow.paper.style("body")
    flow.need(body.leading * 4)
    flow.y -= body.leading * 1.6
    flow.canvas.artifact()
    flow.canvas.setStrokeColorRGB(*SOFT)
    flow.canvas.line(flow.left, flow.y, flow.left + flow.width * 0.75, flow.y)
    flow.canvas.unmark()
    flow.y -= 3
    paragraph(flow, text, "soft")


def figure(flow: Flow, words: str, size: tuple[float, float], draw: Callable[[TaggedCanvas], None]) -> None:
    """A drawing with the words that stand for it where it cannot be seen.

    size: width and height in points. draw: draws from the origin up and to the right, vectors only.
    """
    width, height = size
    flow.need(height)
    left, foot = flow.left, flow.y - height
    box = f"/A<</O/Layout/Placement/Block/BBox[{left:.2f} {foot:.2f} {left + width:.2f} {flow.y:.2f}]>>"
    with element(flow, "Figure", f"/Alt {text_string(one_line(words))}{box}") as opened:
        flow.canvas.mark(opened)
        flow.canvas.saveState()
        flow.canvas.translate(left, foot)
        draw(flow.canvas)
        flow.canvas.restoreState()
    flow.y = foot
    flow.gap(flow.paper.points)
