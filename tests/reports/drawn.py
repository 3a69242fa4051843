"""A short document with a drawing in it, made of the same blocks as every other."""

from __future__ import annotations

import io

from carebook.reports.page_blocks import figure, heading, paragraph
from carebook.reports.page_canvas import TaggedCanvas
from carebook.reports.page_flow import Flow, Furniture, Watch, element
from carebook.reports.page_style import paper_for

WORDS = "Two people, Margaret and Edwin, joined by a line"


def _two_joined(canvas: TaggedCanvas) -> None:
    canvas.setStrokeColorRGB(0, 0.3, 0.3)
    canvas.setFillColorRGB(0.9, 0.95, 0.95)
    canvas.line(20, 20, 120, 20)
    canvas.circle(20, 20, 15, stroke=1, fill=1)
    canvas.circle(120, 20, 15, stroke=1, fill=1)


def drawing(words: str = WORDS) -> bytes:
    """The document; `words` stand for its drawing."""
    held = io.BytesIO()
    canvas = TaggedCanvas(held, "People", "0" * 32)
    flow = Flow(canvas, paper_for("F01"), Furniture("People"), Watch())
    with element(flow, "Sect"):
        heading(flow, 1, "People")
        figure(flow, words, (140, 40), _two_joined)
        paragraph(flow, "They live together.")
    flow.finish()
    return held.getvalue()
