"""A plan to read: where it stands on its way, and the whole of it by section."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from carebook.actions.read_plan import PlanVersion
from carebook.ui.kit.cards import Card, KeyValues
from carebook.ui.kit.chips import Chip, Icon
from carebook.ui.kit.layout import column, row, wrapping
from carebook.ui.kit.text import Text
from carebook.ui.plan.words import STATES, Section, Stage, sections, stages, views
from carebook.words import on_date


def _stage(stage: Stage) -> QWidget:
    made = QWidget()
    made.setProperty("ground", "clear")
    told = {"now": "now here", "done": "done", "ahead": "not yet"}[stage.how]
    made.setAccessibleName(", ".join(part for part in (stage.words, stage.on, told) if part))
    first: QWidget = Chip(stage.words, stage.tone, stage.icon) if stage.how == "now" else Text(
        stage.words, "strong" if stage.how == "done" else "body", ink="" if stage.how == "done" else "quiet", may_wrap=False
    )  # fmt: skip
    icon = Icon("circle-check" if stage.how == "done" else "circle", "ok" if stage.how == "done" else "text2", 16)
    head = row(first, gap=1) if stage.how == "now" else row(icon, first, gap=1)
    made.setLayout(column(head, Text(stage.on or " ", "caption", ink="quiet", may_wrap=False), gap=0))
    return made


def stages_part(version: PlanVersion) -> QWidget:
    """The way a plan goes, as a line: what is done, where it is, what is ahead."""
    parts: list[QWidget] = []
    for number, stage in enumerate(stages(version)):
        if number:
            parts.append(Icon("chevron-right", "text2", 16))
        parts.append(_stage(stage))
    made = wrapping(*parts, gap=3)
    made.setAccessibleName(f"Where the plan stands: {STATES[version.state][0]}")
    return made


def _section(section: Section) -> Card:
    words, tone = section.chip
    card = Card(section.title, action=Chip(words, tone) if words else None)
    card.body.addWidget(KeyValues(section.facts, narrow=460))
    return card


def plan_part(version: PlanVersion) -> QWidget:
    """The whole plan, section by section."""
    body = version.body
    cover = Card(f"Version {body.number}", action=Chip(*STATES[version.state]))
    facts = [
        ("For", "An adult who needs care" if body.life == "adult" else "A carer"),
        ("Starts", on_date(body.start_on) if body.start_on else "Not set"),
        ("Review due", on_date(body.review_on) if body.review_on else "Not set"),
        ("Written by", f"{version.author_name}, {on_date(version.written_at.date())}"),
    ]
    if body.reason:
        facts.append(("Why this version", body.reason))
    cover.body.addWidget(KeyValues(facts))
    parts: list[QWidget] = [cover, *(_section(one) for one in sections(body))]
    if version.steps:
        agreement = Card("Agreement, and what was said")
        agreement.body.addWidget(KeyValues(views(version), narrow=460))
        parts.append(agreement)
    made = QWidget()
    made.setProperty("ground", "clear")
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    made.setLayout(column(*parts, gap=4))
    return made
