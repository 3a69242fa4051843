"""The banner of a person: who this is, and what a visitor must see first; it stands on every tab of a record.

Use::

    banner = PersonBanner()
    banner.add_action(Button("New contact", "plus", kind="primary"))
    banner.show_person(PersonWords(family="Smith", given="Margaret", title="Mrs", preferred="Maggie", born="14-Jul-1945 (81y)",
        nhs_number="9990001014", nhs_status="Traced", number="C140373", alerts=(ChipWords("Visit in pairs", "danger"),),
        access_needs=("Wears hearing aids: face her when speaking", "Large print, 18 point")))
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from carebook.ui.kit.buttons import Button
from carebook.ui.kit.chips import Avatar, Chip, Icon
from carebook.ui.kit.layout import FlowLayout, clear, column, row
from carebook.ui.kit.text import Heading, Text
from carebook.ui.rows import ChipWords
from carebook.ui.theme import theme
from carebook.words import nhs_number


@dataclass(frozen=True)
class PersonWords:
    """What the banner says, in words already; nhs_number is ten digits or empty; born is a date with the age."""

    family: str
    given: str
    title: str = ""
    preferred: str = ""
    born: str = ""
    died: str = ""
    nhs_number: str = ""
    nhs_status: str = ""
    number: str = ""
    address: str = ""
    alerts: tuple[ChipWords, ...] = ()
    access_needs: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """FAMILY, Given (Title) and the preferred name (NHS Common User Interface, patient name display)."""
        title = f" ({self.title})" if self.title else ""
        preferred = f' "{self.preferred}"' if self.preferred and self.preferred != self.given else ""
        return f"{self.family.upper()}, {self.given}{title}{preferred}"

    @property
    def nhs(self) -> str:
        """The NHS number in 3-3-4, or that there is none."""
        return nhs_number(self.nhs_number) if self.nhs_number else "not known"


def _flow(gap: int) -> tuple[QWidget, FlowLayout]:
    made = QWidget()
    made.setProperty("ground", "clear")
    layout = FlowLayout(made, gap)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    return made, layout


def _as_wide_as_needed() -> QSizePolicy:
    policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    return policy


def _fact(label: str, words: str, status: str = "") -> QWidget:
    made = QWidget()
    made.setProperty("ground", "clear")
    made.setAccessibleName(" ".join(part for part in (label, words, status) if part))
    items: list[QWidget | int] = []
    if label:
        items.append(Text(label, ink="quiet", may_wrap=False))
    items.append(Text(words, "strong", may_wrap=False))
    if status:
        items.append(Text(f"({status})", "small", ink="quiet", may_wrap=False))
    made.setLayout(row(*items, gap=2 if theme().scale > 1.25 else 1))
    return made


class PersonBanner(QFrame):
    """Who the record is about. back_wanted: the way back was pressed."""

    back_wanted = Signal()

    def __init__(self, *, back: str = "People") -> None:
        super().__init__()
        self.setProperty("surface", "head")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.back = Button(back, "arrow-left", kind="back", name=f"Back to {back}")
        self.back.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.back.clicked.connect(self.back_wanted)
        self.heading = Heading("", "page")
        self._avatar = Avatar("", 56)
        facts, self._facts = _flow(4)
        alerts, self._alerts = _flow(2)
        actions, self._actions = _flow(2)
        self._alert_row = alerts
        actions.setSizePolicy(_as_wide_as_needed())
        self._needs = Text("", "body")
        self._strip = self._access_strip()
        who = row(self._avatar, column(self.heading, facts, gap=1), gap=3)
        who.setStretch(1, 1)
        layout = column(row(self.back, None, actions, gap=4), who, alerts, self._strip, gap=2)
        edge = theme().space(5)
        layout.setContentsMargins(edge, theme().space(3), edge, theme().space(3))
        self.setLayout(layout)
        theme().changed.connect(self._measure)
        self._measure()

    def _access_strip(self) -> QFrame:
        strip = QFrame()
        strip.setProperty("surface", "strip")
        strip.setProperty("tone", "info")
        layout = row(Icon("ear", "info", 18), self._needs, gap=2)
        layout.setStretch(1, 1)
        edge = theme().space(2)
        layout.setContentsMargins(edge, edge // 2, edge, edge // 2)
        strip.setLayout(layout)
        strip.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        return strip

    def _measure(self) -> None:
        self._avatar.setVisible(theme().scale < 1.5)

    def add_action(self, button: QWidget) -> None:
        """Put a button into the banner; the primary one last."""
        self._actions.addWidget(button)

    def show_person(self, person: PersonWords) -> None:
        """Show who this is."""
        self.heading.setText(person.name)
        self.setAccessibleName(f"{person.name}, born {person.born}, NHS number {person.nhs}")
        self._avatar.show_name(f"{person.given} {person.family}")
        clear(self._facts)
        told = [("Born", person.born, ""), ("Died", person.died, ""), ("NHS No.", person.nhs, person.nhs_status)]
        told += [("Council No.", person.number, ""), ("", person.address, "")]
        for label, words, status in told:
            if words:
                self._facts.addWidget(_fact(label, words, status))
        clear(self._alerts)
        for alert in person.alerts:
            self._alerts.addWidget(Chip(alert.words, alert.tone, alert.icon))
        self._alert_row.setVisible(bool(person.alerts))
        words = " · ".join(person.access_needs)
        self._needs.setText(words)
        self._strip.setAccessibleName(f"How to give information: {words}")
        self._strip.setVisible(bool(words))
        self.updateGeometry()
