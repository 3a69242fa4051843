"""Pages that fill from the top: where the next line goes, when a page is full, what stands at head and foot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from carebook.errors import PrintingFailed
from carebook.reports.page_canvas import PAGE_SIZE, TaggedCanvas
from carebook.reports.page_style import RULE, Paper, Style
from carebook.reports.page_text import Line, Setter, normalise

if TYPE_CHECKING:
    from carebook.reports.page_tags import Element

_GAP = 10.0
_EDGE = 34.0

Decoration = Callable[[float, float], None]
"""Draws what belongs to lines between two heights, such as a bar beside them."""


class Cancelled(PrintingFailed):
    """The worker stopped the document before it was finished; what the sink holds is not a document."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Told the number of pages done after each page; asked before each block whether to stop."""

    progress: Callable[[int], None] | None = None
    cancelled: Callable[[], bool] | None = None

    def check(self) -> None:
        """Raise `Cancelled` where the worker asked to stop."""
        if self.cancelled is not None and self.cancelled():
            raise Cancelled("printing was stopped")


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands on every page: a running head (not on the first), a banner, facts at the foot."""

    head: str
    banner: str = ""
    facts: str = ""
    first_facts: str = ""  # on the first page only, where it says more
    is_banner_on_first: bool = True  # False where the first page says it in words of its own


@dataclass(slots=True)
class _Edge:
    """Lines at the head or foot and the room they take."""

    lines: list[Line] = field(default_factory=list)
    room: float = 0.0


class Flow:
    """Fills pages of one paper from top to bottom; `y` is where the next line may begin."""

    def __init__(self, canvas: TaggedCanvas, paper: Paper, furniture: Furniture, watch: Watch) -> None:
        self.canvas = canvas
        self.paper = paper
        self.watch = watch
        self._furniture = furniture
        self._setters: dict[tuple[str, float], Setter] = {}
        self._page_height = PAGE_SIZE[1]
        self.bottom = self.top = self.y = 0.0
        self.left = paper.margin
        self.width = self._full_width = PAGE_SIZE[0] - 2 * paper.margin
        self._footer = paper.style("footer")
        self._start_page()

    def setter(self, style: Style) -> Setter:
        """The setter for a style's weight and size."""
        key = (style.weight, style.size)
        if key not in self._setters:
            self._setters[key] = Setter(self.canvas.document.fonts, *key)
        return self._setters[key]

    def need(self, height: float) -> None:
        """Begin a new page where less than `height` points are left on this one (unless it is empty)."""
        self.watch.check()
        if self.y - height < self.bottom and not self.is_fresh:
            self.new_page()

    @property
    def is_fresh(self) -> bool:
        """Whether nothing stands on the page yet."""
        return self.y >= self.top

    @property
    def room(self) -> float:
        """The height that is left on the page."""
        return self.y - self.bottom

    @contextmanager
    def inset(self, room: float) -> Iterator[None]:
        """Within, what is drawn keeps this much more room at both sides."""
        left, width = self.left, self.width
        self.left, self.width = left + room, width - 2 * room
        yield
        self.left, self.width = left, width

    def gap(self, height: float) -> None:
        """Leave room above what follows; none at the head of a page."""
        if not self.is_fresh:
            self.y = max(self.y - height, self.bottom)

    def new_page(self) -> None:
        """Close the page and begin the next."""
        self.canvas.showPage()
        if self.watch.progress is not None:
            self.watch.progress(self.canvas.pages)
        self.watch.check()
        self._start_page()

    def finish(self) -> int:
        """Close the document; returns the number of pages."""
        pages = self.canvas.finish((self.setter(self._footer), self._footer.colour))
        if self.watch.progress is not None:
            self.watch.progress(pages)
        return pages

    def lines(self, text: str, style: Style, width: float) -> list[Line]:
        """A value's paragraphs as lines of this style and width, one read after the other."""
        setter = self.setter(style)
        found: list[Line] = []
        for paragraph in normalise(text):
            if found:
                found[-1] = Line(found[-1].width, found[-1].codes + setter.space, found[-1].is_right)
            found += setter.lines(paragraph, width)
        return found

    def put(
        self, element: Element, lines: list[Line], style: Style, inset: float = 0.0, decorate: Decoration | None = None
    ) -> None:
        """Draw lines that belong to an element, going on to further pages; never one line alone at either end."""
        start, count, leading = 0, len(lines), style.leading
        while start < count:
            fits = int((self.room + 0.01) / leading)
            left = count - start
            take = min(fits, left)
            if take < min(2, left) or (take == left - 1 and take < 3):
                take = 0 if not self.is_fresh else max(take, 1)
            elif take == left - 1:
                take -= 1
            if take == 0:
                self.new_page()
                continue
            self._draw(element, lines[start : start + take], style, inset, decorate)
            start += take
            if start < count:
                self.new_page()
            self.watch.check()

    def line_at(self, line: Line, style: Style, at: tuple[float, float]) -> None:
        """Draw one line with its baseline at `at`, under whatever mark is open."""
        self.canvas.text([line], at, self.setter(style), style.leading, style.colour)

    def _draw(
        self, element: Element, lines: list[Line], style: Style, inset: float, decorate: Decoration | None
    ) -> None:
        height = len(lines) * style.leading
        if decorate is not None:
            decorate(self.y, self.y - height)
        self.canvas.mark(element)
        baseline = self.y - (style.leading + style.size * 0.68) / 2
        left = self.left + inset
        if any(line.is_right for line in lines):
            for place, line in enumerate(lines):
                x = self.left + self.width - line.width if line.is_right else left
                self.line_at(line, style, (x, baseline - place * style.leading))
        else:
            self.canvas.text(lines, (left, baseline), self.setter(style), style.leading, style.colour)
        self.y -= height

    def _start_page(self) -> None:
        number = self.canvas.pages + 1
        self.bottom = self._draw_foot(number)
        self.top = self.y = self._draw_head(number)

    def _edge(self, text: str, style: Style) -> _Edge:
        lines = self.lines(text, style, self._full_width) if text else []
        return _Edge(lines, len(lines) * style.leading)

    def _draw_head(self, number: int) -> float:
        """The banner and the running head; returns where the text may begin."""
        top = self._page_height - _EDGE
        canvas, style = self.canvas, self._footer
        canvas.artifact("/Type/Pagination/Subtype/Header")
        for text, look in ((self._furniture.banner, self.paper.style("alarm")), (self._furniture.head, style)):
            if number == 1 and (look is style or not self._furniture.is_banner_on_first):
                continue
            edge = self._edge(text, look)
            if edge.lines:
                at = (self.paper.margin, top - look.size)
                canvas.text(edge.lines, at, self.setter(look), look.leading, look.colour)
                top -= edge.room + 4
        if number > 1:
            self._rule(top - 2)
            top -= 2
        canvas.unmark()
        return top - (_GAP * 1.6 if number > 1 else _GAP)

    def _draw_foot(self, number: int) -> float:
        """The facts of this copy and the page number; returns where the text must end."""
        canvas, style = self.canvas, self._footer
        facts = self._furniture.first_facts if number == 1 and self._furniture.first_facts else self._furniture.facts
        edge = self._edge(facts, style)
        setter = self.setter(style)
        page = Line(*setter.sentence(f"Page {number} of "))
        baseline = _EDGE - 4
        canvas.artifact("/Type/Pagination/Subtype/Footer")
        self.line_at(page, style, (self.paper.margin, baseline))
        canvas.show_total((self.paper.margin + page.width, baseline))
        top = baseline + style.leading
        if edge.lines:
            first = top + (len(edge.lines) - 1) * style.leading
            canvas.text(edge.lines, (self.paper.margin, first), setter, style.leading, style.colour)
            top = first + style.leading
        self._rule(top + 3)
        canvas.unmark()
        return top + 3 + _GAP

    def _rule(self, y: float) -> None:
        canvas = self.canvas
        canvas.setStrokeColorRGB(*RULE)
        canvas.setLineWidth(0.75)
        canvas.line(self.paper.margin, y, self.paper.margin + self._full_width, y)


@contextmanager
def element(flow: Flow, tag: str, attributes: str = "") -> Iterator[Element]:
    """Everything drawn within belongs to an element of this tag."""
    opened = flow.canvas.tags.begin(tag, attributes)
    yield opened
    flow.canvas.unmark()
    flow.canvas.tags.end(opened)
