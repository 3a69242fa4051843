"""Shows every component in every state and saves pictures: python tests/ui/gallery.py FOLDER [light-100 dark-150 ...]."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from carebook.ui.fields import ChoiceField, EditorField, Form, SecretField, TextField
from carebook.ui.fields_choice import CheckField, ChecksField, RadioField
from carebook.ui.fields_dates import DateField, NhsNumberField, TimeField
from carebook.ui.kit.banner import PersonBanner, PersonWords
from carebook.ui.kit.buttons import Button, IconButton, ToggleButton
from carebook.ui.kit.cards import Card, Figure, Item, KeyValues
from carebook.ui.kit.chips import Avatar, Chip, FilterChips
from carebook.ui.kit.entries import EntriesList, EntryWords
from carebook.ui.kit.layout import Columns, row, wrapping
from carebook.ui.kit.notices import ErrorSummary, NoticeBar
from carebook.ui.kit.pages import InterruptionPage, Page, ReflowArea
from carebook.ui.kit.preview import PagesPreview
from carebook.ui.kit.search import SearchField
from carebook.ui.kit.states import EmptyState, SaveState, StateStack
from carebook.ui.kit.tables import TableView
from carebook.ui.kit.tabs import LazyTabs
from carebook.ui.kit.text import Text
from carebook.ui.kit.timeline import Timeline, TimelineEvent
from carebook.ui.rows import ChipWords, Column, RowsModel
from carebook.ui.theme import Appearance, theme
from carebook.ui.window import Shell

TODAY = date(2026, 11, 23)
MARGARET = PersonWords(
    family="Smith", given="Margaret", title="Mrs", preferred="Maggie", born="14-Jul-1945 (81y)", nhs_number="9990001014",
    nhs_status="Traced", number="C140373", address="65 Canal View, HX2 3TB",
    alerts=(ChipWords("Safeguarding enquiry open", "danger", "shield-alert"),
            ChipWords("Do not visit alone", "danger", "users"),
            ChipWords("Key safe", "ok", "key-round"), ChipWords("Dog at the address", "warn", "dog")),
    access_needs=("Wears hearing aids: face her when speaking", "Large print, 18 point", "Phone before you visit"),
)  # fmt: skip


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
        todo = Card("To do", action=Button("See all 14", kind="plain", name="See all 14 things to do"))
        todo.show_items(
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
        recent = Card("Recently opened")
        recent.show_items(
            [
                Item("Margaret Smith", "Contact, draft", mark="Margaret Smith", right="14:32", open_="Open"),
                Item("Ahmed Hussain", "Care and support plan", mark="Ahmed Hussain", right="11:05", open_="Open"),
            ]
        )
        mine = Card("My people")
        mine.body.addLayout(row(Figure(22, "people allocated to me"), Figure(3, "reviews overdue", ink="danger"), gap=4))
        visits = Card("Visits today", action=Button("Plan a visit", "plus", kind="plain", name="Plan a visit for today"))
        visits.show_items(
            [
                Item("10:00  Margaret Smith", "12 Mill Lane, HX1 · visit in pairs", icon=("users", "danger")),
                Item("13:30  Ahmed Hussain", "8 Canal View, HX2 · Urdu interpreter", icon=("languages", "info")),
            ]
        )
        self.body.addWidget(Columns([todo, recent], [mine, visits]))


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


class RecordGallery(Page):
    def __init__(self, tab: str = "overview") -> None:
        super().__init__(MARGARET.name, is_scrolling=False)
        self.hide_header()
        banner = PersonBanner()
        banner.add_action(Button("Print", "printer"))
        banner.add_action(Button("New contact", "plus", kind="primary"))
        banner.show_person(MARGARET)
        tabs = LazyTabs()
        tabs.add("overview", "Overview", self.overview)
        tabs.add("chronology", "Chronology", self.chronology)
        tabs.add("contacts", "Contacts", self.contacts)
        tabs.add("people", "People and services", QWidget)
        tabs.add("plan", "Care and support plan", self.plan)
        self.body.addWidget(banner)
        self.body.addWidget(tabs, 1)
        tabs.show_tab(tab)

    def overview(self) -> QWidget:
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
        matters = Card("What matters to me", action=Button("Change", "pencil", kind="plain", name="Change what matters to me"))
        matters.body.addWidget(Text("“I want to stay in my own house with my cat. Knock and wait: I am slow to the door.”"))
        details = Card("Details", action=Button("Change", "pencil", kind="plain", name="Change details"))
        details.body.addWidget(
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
        close = Card("People close to her", action=Button("See all", kind="plain", name="See all people close to her"))
        close.show_items(
            [
                Item("Elaine Hughes", "Daughter · carer, 32 hours a week · next of kin", mark="Elaine Hughes"),
                Item("Dean Smith", "Grandson · contact restricted", mark="Dean Smith"),
            ],
            is_lined=False,
        )
        steps = Card("Next steps")
        steps.show_items(
            [
                Item("Safeguarding visit", "Overdue since 22-Nov-2026", icon=("circle-alert", "danger")),
                Item("Reablement review", "Due 01-Dec-2026", icon=("calendar-check", "warn")),
            ],
            is_lined=False,
        )
        area.body.addWidget(Columns([matters, details], [steps, close]))
        return area

    def chronology(self) -> QWidget:
        area = ReflowArea()
        area.body.addWidget(
            FilterChips(
                [("all", "Everything"), ("s", "Safeguarding"), ("c", "Contacts and visits"), ("h", "Health")],
                name="Show events",
            )
        )
        timeline = Timeline()
        event = TimelineEvent
        timeline.show_events(
            [
                event(
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
                event(
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
                event(
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
                event(
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
            ]
        )
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


class FormGallery(Page):
    def __init__(self) -> None:
        super().__init__("New contact", second="Step 1 of 2: who is it about?", back="People", width=760)
        self.summary = ErrorSummary()
        born = DateField("born", "Date of birth", today=lambda: TODAY, may_be_part=True)
        self.form = Form(
            TextField("given", "First name"),
            TextField("family", "Family name"),
            born,
            NhsNumberField("nhs"),
            RadioField(
                "kind",
                "What kind of contact was it?",
                [("visit", "Visit"), ("call", "Telephone call"), ("letter", "Letter or email")],
            ),
            ChoiceField("who", "Who was it with?", [("a", "Margaret Smith"), ("b", "Elaine Hughes, daughter")]),
            DateField("on", "When it happened", today=lambda: TODAY),
            TimeField("at", "Time"),
            EditorField("words", "What has happened, and what does the person want?", "In their own words where you can."),
            ChecksField("marks", "Who else should know?", [("gp", "GP"), ("family", "Family")], is_across=True),
            CheckField("alone", "Visit in pairs from now on"),
            SecretField("pass", "Passphrase"),
        )
        self.form.fields["family"].set_value("Okonkwo")
        born.set_value(None)
        born.edit.setText("27 3 48")
        self.form.fields["nhs"].set_value("999123456")
        self.form.fields["alone"].set_value(True)
        self.summary.chosen.connect(self.form.focus)
        self.body.addWidget(self.summary)
        card = Card()
        card.body.addWidget(self.form)
        card.body.addWidget(
            wrapping(
                Button("Finish", "check", kind="primary"), Button("Save and close"), Button("Discard draft", kind="danger")
            )
        )
        self.body.addWidget(card)

    def wrong(self) -> None:
        told = {
            "given": "Enter a first name, or “Not known”",
            "born": "Enter the year with 4 figures, like 1945",
            "nhs": "NHS number must be 10 digits: this one has 9",
        }
        self.form.show_problems(told)
        self.summary.show_problems(list(told.items()))


class PartsGallery(Page):
    def __init__(self) -> None:
        super().__init__("Parts")
        for tone, title in (
            ("info", "A draft was recovered"),
            ("ok", "Sent"),
            ("warn", "Your sign-in ends today"),
            ("danger", "The disk is full"),
        ):
            self.body.addWidget(
                NoticeBar(tone, title, "What happened, and what to do next, in a sentence.", button="Open it", may_dismiss=True)
            )
        self.body.addWidget(
            wrapping(
                *(Chip(t.title(), t) for t in ("neutral", "info", "ok", "warn", "danger", "purple")),
                Avatar("Amina Bello"),
                Avatar("Doris Fitzgerald"),
                Avatar("Jean Walker"),
            )
        )
        off, off_first = Button("Not now"), Button("Not yet", kind="primary")
        off.setEnabled(False)
        off_first.setEnabled(False)
        self.body.addWidget(
            wrapping(
                Button("Primary", "check", kind="primary"),
                Button("Secondary", "printer"),
                Button("Plain", "pencil", kind="plain"),
                Button("Danger", "trash-2", kind="danger"),
                IconButton("lock", "Lock it"),
                ToggleButton("Toggle"),
                off,
                off_first,
            )
        )
        saved, failed = SaveState(), SaveState()
        saved.show_saved("15:42")
        failed.show_failed("Not saved: the disk is full")
        self.body.addWidget(wrapping(saved, failed, gap=4))
        for role in ("page", "title", "section", "lead", "strong", "body", "small", "caption"):
            self.body.addWidget(Text(f"{role}: The quick brown fox 0123456789 14-Jul-1945", role))


def build() -> Shell:
    shell = Shell()
    shell.add_page("today", "Today", "house", TodayGallery)
    shell.add_page("people", "People", "users", PeopleGallery)
    shell.add_page("form", "New contact", "notebook-pen", FormGallery)
    shell.add_page("sync", "Sync", "refresh-cw", PartsGallery)
    shell.add_page(
        "settings",
        "Settings",
        "settings",
        lambda: InterruptionPage(
            "You have not been allocated to this person",
            "Opening the record is allowed when your work needs it. It is noted who looked and why.",
            ("The person can ask who has read their record.", "Your manager sees a list of these every week."),
            yes="Open the record",
        ),
    )
    shell.set_worker("Amina Bello", "Locality North")
    shell.set_sync("Offline. 3 changes waiting to be sent", "cloud-off", "info")
    shell.set_badge("people", 3, "3 reviews overdue", "danger")
    return shell


def _shot(shell: Shell, folder: Path, name: str) -> None:
    for _ in range(4):
        QApplication.processEvents()
    shell.grab().save(str(folder / f"{name}.png"))


def shoot(folder: Path, look: str) -> None:
    scheme, _, percent = look.partition("-")
    theme().apply(Appearance(scheme=scheme, text_percent=int(percent or 100)))
    shell = build()
    shell.resize(1366, 768)
    shell.show()
    for key in ("today", "people", "form", "sync", "settings"):
        shell.show_page(key)
        _shot(shell, folder, f"{look}-{key}")
    for tab in ("overview", "chronology", "contacts", "plan"):
        shell.open_page(RecordGallery(tab), under="people")
        _shot(shell, folder, f"{look}-record-{tab}")
        shell.back()
    form = shell.show_page("form")
    assert isinstance(form, FormGallery)
    form.wrong()
    _shot(shell, folder, f"{look}-problems")
    people = shell.show_page("people")
    assert isinstance(people, PeopleGallery)
    people.states.show_empty()
    _shot(shell, folder, f"{look}-empty")
    shell.close()
    shell.deleteLater()


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    theme().install(app, Appearance(scheme="light"))
    for look in sys.argv[2:] or ("light-100", "dark-100", "contrast-100", "contrast_dark-100", "light-150", "light-200"):
        shoot(folder, look)


if __name__ == "__main__":
    main()
