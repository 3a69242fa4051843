"""A list of people, as the gallery shows it: a table with every kind of column, a search and its filters."""

from __future__ import annotations

from carebook.ui.kit.buttons import Button
from carebook.ui.kit.chips import FilterChips
from carebook.ui.kit.pages import Page
from carebook.ui.kit.search import SearchField
from carebook.ui.kit.states import EmptyState, StateStack
from carebook.ui.kit.tables import TableView
from carebook.ui.rows import ChipWords, Column, RowsModel


def people_model() -> RowsModel[tuple[str, ...]]:
    model: RowsModel[tuple[str, ...]] = RowsModel(
        (
            Column("Name", lambda r: r[0], second=lambda r: r[1], initials=lambda r: r[0], width="stretch", is_strong=True),
            Column("Born", lambda r: r[2], is_whole=True),
            Column("NHS number", lambda r: r[3], is_whole=True, drop=2),
            Column("Address", lambda r: r[4], width="stretch", drop=4),
            Column("Worker", lambda r: r[5], drop=3),
            Column(
                "Next review",
                lambda r: r[6],
                icon=lambda r: "circle-alert" if r[7] else "",
                tone=lambda r: "danger" if r[7] else "",
                is_whole=True,
                drop=1,
            ),
            Column("Alerts", chips=lambda r: [ChipWords(w, "danger" if w != "Capacity" else "warn") for w in r[8:] if w]),
        )
    )
    rows = [
        (
            f"SMITH, Marcus {n}",
            f"C1{n:05d}",
            f"{n % 28 + 1:02d}-Sep-19{30 + n} ({96 - n}y)",
            f"999 {474 + n} 5379",
            f"{n} Albert Terrace, Bradford BD1 {n % 9}AA",
            "L. Novak",
            f"{n % 28 + 1:02d}-Jun-2027",
            "late" if n % 4 == 1 else "",
            "Visit in pairs" if n % 3 == 1 else "",
            "Capacity" if n % 5 == 2 else "",
        )
        for n in range(40)
    ]
    model.show(rows)
    return model


class PeopleGallery(Page):
    def __init__(self) -> None:
        super().__init__("People", is_scrolling=False)
        self.header.add_action(Button("New person", "user-plus"))
        self.header.add_action(Button("New contact", "plus", kind="primary"))
        self.search = SearchField("Search people", "Name, date of birth, NHS number")
        self.body.addWidget(self.search)
        filters = FilterChips(
            [("all", "All people"), ("mine", "My people"), ("late", "Review overdue"), ("none", "Waiting for allocation")],
            name="Show",
        )
        self.body.addWidget(filters)
        self.table = TableView("People", people_model())
        self.table.mark_row(2)
        self.empty = EmptyState(
            "search",
            "No one matches that search",
            "Check the spelling, or try the date of birth or NHS number. People whose records you may not see are not listed.",
            button="Record a new contact",
            button_icon="plus",
        )
        self.states = StateStack(self.table, self.empty, loading="Looking for people")
        self.body.addWidget(self.states, 1)
