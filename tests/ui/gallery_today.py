"""The day of a worker, as the gallery shows it: a notice, and cards of things to do."""

from __future__ import annotations

from carebook.ui.kit.buttons import Button
from carebook.ui.kit.cards import Card, Figure, Item
from carebook.ui.kit.layout import Columns, row
from carebook.ui.kit.notices import NoticeBar
from carebook.ui.kit.pages import Page
from carebook.ui.rows import ChipWords


def to_do() -> Card:
    card = Card("To do", action=Button("See all 14", kind="plain", name="See all 14 things to do"))
    card.show_items(
        [
            Item(
                "Safeguarding visit: Margaret Smith",
                "Section 42 enquiry · agreed for 19-Nov-2026",
                mark=ChipWords("Overdue", "danger"),
                right="22-Nov-2026",
                open_="Open",
            ),
            Item(
                "Call back daughter of Margaret Smith",
                "Promised after strategy discussion",
                mark=ChipWords("Today", "warn"),
                right="by 17:00",
                open_="Open",
            ),
            Item(
                "Annual review: Ahmed Hussain",
                "Home visit booked, interpreter confirmed",
                mark=ChipWords("This week", "info"),
                right="26-Nov-2026",
                open_="Open",
            ),
        ]
    )
    return card


def recently_opened() -> Card:
    card = Card("Recently opened")
    card.show_items(
        [
            Item("Margaret Smith", "Contact, draft", mark="Margaret Smith", right="14:32", open_="Open"),
            Item("Ahmed Hussain", "Care and support plan", mark="Ahmed Hussain", right="11:05", open_="Open"),
        ]
    )
    return card


def my_people() -> Card:
    card = Card("My people")
    card.body.addLayout(row(Figure(22, "people allocated to me"), Figure(3, "reviews overdue", ink="danger"), gap=4))
    return card


def visits_today() -> Card:
    card = Card("Visits today", action=Button("Plan a visit", "plus", kind="plain", name="Plan a visit for today"))
    card.show_items(
        [
            Item("10:00  Margaret Smith", "12 Mill Lane, HX1 · visit in pairs", icon=("users", "danger")),
            Item("13:30  Ahmed Hussain", "8 Canal View, HX2 · Urdu interpreter", icon=("languages", "info")),
        ]
    )
    return card


class TodayGallery(Page):
    def __init__(self) -> None:
        super().__init__("Good afternoon, Amina", second="Monday 23-Nov-2026")
        self.header.add_action(Button("Plan a visit", "calendar-plus"))
        self.header.add_action(Button("New contact", "plus", kind="primary"))
        self.body.addWidget(
            NoticeBar(
                "info",
                "You are working offline",
                "3 changes are kept on this laptop and will be sent when you are connected.",
                button="Try now",
                icon="cloud-off",
            )
        )
        self.body.addWidget(Columns([to_do(), recently_opened()], [my_people(), visits_today()]))
