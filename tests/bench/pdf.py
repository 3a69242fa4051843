"""Paper: speed against a raw canvas, memory a page, the first page of a preview, how soon a stop is heeded."""

from __future__ import annotations

import io
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reports.sample_plan import MARGARET

from bench import Goal
from carebook.reports.page_blocks import heading, paragraph
from carebook.reports.page_canvas import TaggedCanvas
from carebook.reports.page_document import Sink
from carebook.reports.page_flow import Cancelled, Flow, Furniture, Watch, element
from carebook.reports.page_fonts import FOLDER
from carebook.reports.page_style import paper_for
from carebook.reports.plan import render
from carebook.reports.preview import pages_as_images

NOTES = 1200
ROUNDS = 5


class Nowhere:
    """A sink that keeps nothing, and remembers how much it was given."""

    size = 0

    def write(self, data: bytes, /) -> None:
        """Count the bytes."""
        self.size += len(data)


def main(arguments: list[str]) -> list[Goal]:
    """Measure everything."""
    del arguments
    return [*speed(), memory(), preview(), cancel()]


def notes(count: int) -> Iterator[tuple[str, str]]:
    """Invented notes of 158 words, the same each time."""
    chance = random.Random(5)
    syllables = ["ka", "ren", "mo", "ti", "sal", "ber", "lin", "do", "ves", "pa", "tor", "ny", "esh", "gra", "wil", "um"]
    words = ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(2500)]
    for number in range(count):
        chosen = chance.choices(words, k=158)
        yield f"Visit {number + 1}", " ".join(chosen).capitalize() + "."


def tagged(values: Iterable[tuple[str, str]], sink: Sink) -> int:
    """The notes as a tagged document with headings, footers and an outline; returns its pages."""
    canvas = TaggedCanvas(sink, "Notes", "0" * 32)
    flow = Flow(canvas, paper_for("F01"), Furniture("Notes", "", "Copy 1 for a reader. Check code 0000."), Watch())
    heading(flow, 1, "Notes")
    heading(flow, 2, "Visits")
    with element(flow, "Sect"):
        for title, words in values:
            heading(flow, 3, title)
            paragraph(flow, words)
    return flow.finish()


def lines_of(count: int) -> list[list[str]]:
    """The same notes, already broken into pages of lines, for the canvas that lays nothing out."""
    pages: list[list[str]] = [[]]
    for title, words in notes(count):
        left, line = [title], ""
        for word in words.split(" "):
            if len(line) + len(word) > 84:
                left.append(line)
                line = ""
            line = f"{line} {word}" if line else word
        for text in (*left, line):
            if len(pages[-1]) >= 38:
                pages.append([])
            pages[-1].append(text)
    return pages


def raw(pages: list[list[str]]) -> int:
    """The lines on a stock canvas: nothing tagged, nothing measured. The limit of what the library can do."""
    canvas = Canvas(io.BytesIO(), pageCompression=1, invariant=1)
    for lines in pages:
        text = canvas.beginText(60, 780)
        text.setFont("Raw", 12, 17)
        for line in lines:
            text.textLine(line)
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return len(pages)


def speed() -> list[Goal]:
    """Pages a CPU second, interleaved, as a ratio."""
    pdfmetrics.registerFont(TTFont("Raw", FOLDER / "AtkinsonHyperlegibleNext-Regular.ttf"))
    pages = lines_of(NOTES)
    words = list(notes(NOTES))
    ours, stock = [], []
    for _ in range(ROUNDS):
        ours.append(_seconds(lambda: tagged(words, Nowhere())))
        stock.append(_seconds(lambda: raw(pages)))
    ratio = statistics.median(theirs / mine for theirs, mine in zip(stock, ours, strict=True))
    mine, theirs = (len(pages) / statistics.median(times) for times in (ours, stock))
    what = f"the same words tagged {mine:.0f}, on a raw canvas {theirs:.0f} pages a CPU second, ratio"
    return [Goal.at_least(what, ratio, 0.4)]


def _seconds(job: Callable[[], int]) -> float:
    begun = time.process_time()
    job()
    return time.process_time() - begun


_CHILD = """
import resource, sys
from bench.pdf import Nowhere, notes, tagged
pages = tagged(notes(int(sys.argv[1])), Nowhere())
print(pages, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def slope(fewer: int, more: int) -> float:
    """Kilobytes of memory for each further page, each count of notes in a process of its own."""
    (few_pages, few), (many_pages, many) = (_peak(count) for count in (fewer, more))
    return (many - few) / (many_pages - few_pages)


def _peak(count: int) -> tuple[int, int]:
    places = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {places!r}\n{_CHILD}", str(count)],
        capture_output=True,
        text=True,
        check=True,
        timeout=240,
    )
    pages, peak = done.stdout.split()
    return int(pages), int(peak)


def memory() -> Goal:
    """The slope up to ten thousand pages."""
    return Goal.at_most("memory for each further page, up to 10,000", slope(1000, 20000), 4, "KB")


def preview() -> Goal:
    """From values to the picture of the first page, fonts warm."""
    times = []
    for number in range(6):
        copy = replace(MARGARET, facts=replace(MARGARET.facts, number=str(number)))
        begun = time.perf_counter()
        held = io.BytesIO()
        render(copy, held)
        pictures = pages_as_images(held.getvalue(), 1.5)
        next(pictures)
        times.append((time.perf_counter() - begun) * 1000)
        pictures.close()  # type: ignore[attr-defined]
    return Goal.at_most("first page of a preview, warm", statistics.median(times[1:]), 150, "ms")


def cancel() -> Goal:
    """From asking to stop to the end of the work, the worst of twenty."""
    worst = 0.0
    for step in range(20):
        asked: list[float] = []

        def cancelled(asked: list[float] = asked, after: int = 20 + step * 11) -> bool:
            asked.append(time.perf_counter())
            return len(asked) > after

        try:
            render(replace(MARGARET, format="F04"), Nowhere(), cancelled=cancelled)
        except Cancelled:
            gaps = [b - a for a, b in pairwise(asked)]
            worst = max(worst, *gaps, time.perf_counter() - asked[-1])
    return Goal.at_most("stop heeded, worst", worst * 1000, 50, "ms")
