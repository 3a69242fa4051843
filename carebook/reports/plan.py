"""The care and support plan on paper (Care Act 2014, sections 24 to 27): tagged, in the person's own format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from carebook.policy.plan_copy import PlanCopy, Status, digest
from carebook.reports.page_canvas import TaggedCanvas
from carebook.reports.page_document import Sink
from carebook.reports.page_flow import Flow, Furniture, Watch
from carebook.reports.page_style import Paper, paper_for
from carebook.reports.page_text import one_line
from carebook.reports.plan_cover import cover
from carebook.reports.plan_parts import draw_parts

_BANNERS = {
    Status.DRAFT: "Draft: not agreed yet, it may change",
    Status.SHARED: "Shared for comment: not agreed yet",
    Status.SUPERSEDED: "No longer in use: a newer plan has taken its place",
}


_GIANT = 24.0
"""From here on the head and foot of a page say less, or nothing else would fit; the first page and the last say all."""


@dataclass(frozen=True, slots=True)
class RenderResult:
    """How many pages there are, and what the worker must be told before they are given to anyone."""

    pages: int
    warnings: tuple[str, ...] = ()


def render(
    copy: PlanCopy,
    sink: Sink,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> RenderResult:
    """Write the plan as a PDF/UA-1 document into `sink`: equal values give equal bytes.

    progress: told the number of pages done. cancelled: asked often; where it answers yes, `Cancelled` is raised and
    what the sink holds is not a document. A warning names each character that no bundled font can draw.
    """
    seal = digest(copy)
    paper = paper_for(copy.format, copy.giant_points)
    canvas = TaggedCanvas(sink, f"Care and support plan: {one_line(copy.cover.name)}", seal[:32])
    flow = Flow(canvas, paper, _furniture(copy, paper, seal), Watch(progress, cancelled))
    cover(flow, copy)
    draw_parts(flow, copy)
    pages = flow.finish()
    return RenderResult(pages, warnings(tuple(canvas.document.fonts.missing)))


def warnings(missing: tuple[str, ...]) -> tuple[str, ...]:
    """One sentence for each character that could not be drawn."""
    return tuple(f"This character cannot be printed and is shown as a mark: {c} (U+{ord(c):04X})" for c in missing)


def check_code(seal: str) -> str:
    """The first twelve digits of a digest, in fours, as they stand on each page."""
    return "-".join(seal[i : i + 4] for i in (0, 4, 8)).upper()


def _furniture(copy: PlanCopy, paper: Paper, seal: str) -> Furniture:
    facts, code = copy.facts, check_code(seal)
    is_numbered = facts.number.isdigit()
    which = f"Copy {facts.number} for {facts.for_whom}" if is_numbered else f"Copy for {facts.for_whom}, {facts.number}"
    full = (
        f"{which}. Printed by {facts.printed_by}, {facts.printed_at}. "
        f"Last update from the council: {facts.synced_at}. Check code {code}."
    )
    banner = _BANNERS.get(copy.cover.status, "")
    if paper.points >= _GIANT:
        return Furniture(copy.cover.name, banner.partition(":")[0], which, full)
    return Furniture(f"Care and support plan: {copy.cover.name}", banner, full, is_banner_on_first=False)
