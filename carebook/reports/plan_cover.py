"""The head of the plan: whose it is and where it stands, readable from across the table."""

from __future__ import annotations

from carebook.policy.plan_copy import PlanCopy, Status
from carebook.reports.page_blocks import paragraph
from carebook.reports.page_canvas import Colour
from carebook.reports.page_facts import Fact, panel
from carebook.reports.page_flow import Flow, element
from carebook.reports.page_style import ACCENT, ALARM, Style

_WORDS = {
    Status.DRAFT: "Draft – not agreed yet",
    Status.SHARED: "Shared for comment – not agreed yet",
    Status.AGREED: "Agreed",
    Status.SIGNED_OFF: "Agreed and signed off",
    Status.SUPERSEDED: "No longer in use – a newer plan has taken its place",
}
_WHITE: Colour = (1.0, 1.0, 1.0)


def status_words(status: Status) -> str:
    """How far the plan has come, in plain words."""
    return _WORDS[status]


def cover(flow: Flow, copy: PlanCopy) -> None:
    """Council, title, name, status and the facts by which the plan is known."""
    told = copy.cover
    with element(flow, "Sect"):
        paragraph(flow, told.council, "council")
        style = flow.paper.style("h1")
        flow.canvas.outline.add(1, "Care and support plan", flow.canvas.page, flow.y + 4)
        with element(flow, "H1") as opened:
            flow.put(opened, flow.lines("Care and support plan", style, flow.width), style)
        flow.gap(style.after * 0.3)
        paragraph(flow, told.name, "name")
        _status(flow, status_words(told.status), told.status)
        panel(
            flow,
            [
                Fact("I like to be called", told.preferred_name),
                Fact("Date of birth", told.date_of_birth),
                Fact("Kind of plan", told.plan_type),
                Fact("Version", told.version),
                Fact("Starts", told.starts_on),
                Fact("Review due", told.review_due_on),
                Fact("Council reference", told.council_id),
                Fact("NHS number", told.nhs_number),
            ],
        )


def _status(flow: Flow, words: str, status: Status) -> None:
    """The status on a filled band: dark where the plan is in force, alarming where it is not."""
    body = flow.paper.style("strong")
    is_in_force = status in (Status.AGREED, Status.SIGNED_OFF)
    style = Style("bold", body.size, body.leading, _WHITE)
    pad = flow.paper.points * 0.9
    lines = flow.lines(words, style, flow.width - 2 * pad)
    height = len(lines) * style.leading + pad * 0.5
    canvas = flow.canvas
    canvas.artifact()
    canvas.setFillColorRGB(*(ACCENT if is_in_force else ALARM))
    canvas.roundRect(flow.left, flow.y - height, max(line.width for line in lines) + 2 * pad, height, 5, stroke=0, fill=1)
    flow.y -= pad * 0.25
    with element(flow, "P") as opened:
        flow.put(opened, lines, style, pad)
    flow.y -= pad * 0.25
    flow.gap(flow.paper.points * 1.1)
