"""Memory while a long document is made: flat, whatever its length."""

from __future__ import annotations

from bench.pdf import Nowhere, slope

from carebook.reports.page_canvas import TaggedCanvas


def test_each_further_page_costs_no_more_than_a_few_kilobytes() -> None:
    assert slope(500, 4500) <= 4


def test_finished_pages_are_in_the_sink_before_the_document_ends() -> None:
    sink = Nowhere()
    sizes: list[int] = []

    class Watched(TaggedCanvas):
        def showPage(self) -> None:
            super().showPage()
            sizes.append(sink.size)

    canvas = Watched(sink, "Pages", "0" * 32)
    for _ in range(5):
        canvas.artifact()
        canvas.rect(0, 0, 10, 10)
        canvas.showPage()
    assert sizes == sorted(set(sizes))
    assert sizes[0] > 0
