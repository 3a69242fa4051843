"""The record of one invented person, as the gallery shows it: banner, tabs, timeline, entries and preview."""

from __future__ import annotations

from gallery_overview import overview
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QWidget

from carebook.ui.fields import EditorField
from carebook.ui.kit.banner import PersonBanner, PersonWords
from carebook.ui.kit.buttons import Button
from carebook.ui.kit.cards import Card
from carebook.ui.kit.chips import FilterChips
from carebook.ui.kit.entries import EntriesList, EntryWords
from carebook.ui.kit.layout import row
from carebook.ui.kit.pages import Page, ReflowArea
from carebook.ui.kit.preview import PagesPreview
from carebook.ui.kit.states import SaveState
from carebook.ui.kit.tabs import LazyTabs
from carebook.ui.kit.timeline import Timeline, TimelineEvent
from carebook.ui.rows import ChipWords

MARGARET = PersonWords(
    family="Smith", given="Margaret", title="Mrs", preferred="Maggie", born="14-Jul-1945 (81y)", nhs_number="9990001014",
    nhs_status="Traced", number="C140373", address="65 Canal View, HX2 3TB",
    alerts=(ChipWords("Safeguarding enquiry open", "danger", "shield-alert"),
            ChipWords("Do not visit alone", "danger", "users"),
            ChipWords("Key safe", "ok", "key-round"), ChipWords("Dog at the address", "warn", "dog")),
    access_needs=("Wears hearing aids: face her when speaking", "Large print, 18 point", "Phone before you visit"),
)  # fmt: skip
EVENTS = (
    TimelineEvent(
        "1",
        "2026",
        "18-Nov-2026",
        "Safeguarding enquiry opened",
        "Neighbour reported shouting and missing money. Threshold met.",
        "Wednesday",
        "Recorded by R. Morgan",
        "shield-alert",
        ChipWords("Safeguarding", "danger"),
        "Read",
    ),
    TimelineEvent(
        "2",
        "2026",
        "16-Nov-2026",
        "Telephone call from daughter",
        "Worried that her mother is not eating and has lost weight.",
        "Monday",
        "Recorded by A. Bello",
        "phone",
        ChipWords("Contact", "info"),
        "Read",
    ),
    TimelineEvent(
        "3",
        "2026",
        "03-Nov-2026",
        "Discharged from Calderdale Royal",
        "Reablement, four calls a day, up to six weeks.",
        "Tuesday",
        "Recorded by Hospital team",
        "hospital",
        ChipWords("Health", "warn"),
        "Read",
    ),
    TimelineEvent(
        "4",
        "2025",
        "12-Aug-2025",
        "Carer's assessment completed",
        "Daughter Elaine: 32 hours a week. Eligible.",
        "Tuesday",
        "Recorded by A. Bello",
        "clipboard-check",
        ChipWords("Assessment", "ok"),
    ),
)


class RecordGallery(Page):
    def __init__(self, tab: str = "overview") -> None:
        super().__init__(MARGARET.name, is_scrolling=False)
        self.hide_header()
        banner = PersonBanner()
        banner.add_action(Button("Print", "printer"))
        banner.add_action(Button("New contact", "plus", kind="primary"))
        banner.show_person(MARGARET)
        tabs = LazyTabs()
        tabs.add("overview", "Overview", overview)
        tabs.add("chronology", "Chronology", self.chronology)
        tabs.add("contacts", "Contacts", self.contacts)
        tabs.add("people", "People and services", QWidget)
        tabs.add("plan", "Care and support plan", self.plan)
        self.body.addWidget(banner)
        self.body.addWidget(tabs, 1)
        tabs.show_tab(tab)

    def chronology(self) -> QWidget:
        area = ReflowArea()
        area.body.addWidget(
            FilterChips(
                [("all", "Everything"), ("s", "Safeguarding"), ("c", "Contacts and visits"), ("h", "Health")],
                name="Show events",
            )
        )
        timeline = Timeline()
        timeline.show_events(EVENTS)
        area.body.addWidget(timeline)
        return area

    def contacts(self) -> QWidget:
        made = QWidget()
        entries = EntriesList("Contacts")
        entries.show_entries(
            [
                EntryWords(
                    str(n),
                    t,
                    f"{n + 10}-Nov-2026",
                    "Elaine rang, upset. Says Mum has lost weight since the discharge and is not eating.",
                    "A. Bello",
                    "Draft" if n == 0 else "",
                )
                for n, t in enumerate(("Strategy discussion", "Call from daughter", "Discharge planning", "Home visit"))
            ]
        )
        entries.mark_entry("1")
        right = Card("Call from daughter")
        state = SaveState()
        state.show_saved("14:32")
        right.body.addWidget(state)
        right.body.addWidget(EditorField("words", "What was said", "In their own words where you can.", lines=8))
        area = ReflowArea()
        area.body.addWidget(right)
        layout = row(entries, area, gap=0)
        layout.setStretch(0, 2)
        layout.setStretch(1, 3)
        layout.setContentsMargins(24, 16, 0, 16)
        made.setLayout(layout)
        return made

    def plan(self) -> QWidget:
        preview = PagesPreview("Care plan")
        pages = []
        for n in range(3):
            image = QImage(595, 842, QImage.Format.Format_RGB32)
            image.fill(QColor("white"))
            painter = QPainter(image)
            painter.setFont(QFont("Inter", 20))
            painter.drawText(60, 90, f"Care and support plan, page {n + 1}")
            painter.end()
            pages.append(image)
        preview.show_pages(pages, ["Care and support plan"] * 3)
        return preview
