"""The overview of a record, as the gallery shows it: a notice of danger, and a card for each thing to know at once."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from carebook.ui.kit.buttons import Button
from carebook.ui.kit.cards import Card, Item, KeyValues
from carebook.ui.kit.layout import Columns
from carebook.ui.kit.notices import NoticeBar
from carebook.ui.kit.pages import ReflowArea
from carebook.ui.kit.text import Text


def what_matters() -> Card:
    card = Card("What matters to me", action=Button("Change", "pencil", kind="plain", name="Change what matters to me"))
    card.body.addWidget(Text("“I want to stay in my own house with my cat. Knock and wait: I am slow to the door.”"))
    return card


def details() -> Card:
    card = Card("Details", action=Button("Change", "pencil", kind="plain", name="Change details"))
    card.body.addWidget(
        KeyValues(
            [
                ("Likes to be called", "Maggie"),
                ("Lives at", "65 Canal View, Halifax HX2 3TB"),
                ("Telephone", "01632 960560"),
                ("Language", "English. Wears hearing aids: face her, no need to shout"),
                ("GP", "Dr S. Anand, Beechwood Surgery"),
                ("Mental capacity", "Assumed. Last decision recorded 02-Jun-2026: finances, has capacity"),
            ]
        )
    )
    return card


def people_close() -> Card:
    card = Card("People close to her", action=Button("See all", kind="plain", name="See all people close to her"))
    card.show_items(
        [
            Item("Elaine Hughes", "Daughter · carer, 32 hours a week · next of kin", mark="Elaine Hughes"),
            Item("Dean Smith", "Grandson · contact restricted", mark="Dean Smith"),
        ],
        is_lined=False,
    )
    return card


def next_steps() -> Card:
    card = Card("Next steps")
    card.show_items(
        [
            Item("Safeguarding visit", "Overdue since 22-Nov-2026", icon=("circle-alert", "danger")),
            Item("Reablement review", "Due 01-Dec-2026", icon=("calendar-check", "warn")),
        ],
        is_lined=False,
    )
    return card


def overview() -> QWidget:
    area = ReflowArea()
    area.body.addWidget(
        NoticeBar(
            "danger",
            "Safeguarding enquiry open since 18-Nov-2026",
            "Do not discuss the concern with the person's grandson. Enquiry lead: R. Morgan.",
            button="Open enquiry",
            icon="shield-alert",
        )
    )
    area.body.addWidget(Columns([what_matters(), details()], [next_steps(), people_close()]))
    return area
