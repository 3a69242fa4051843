"""The form a care and support plan is written in, section by section."""

# ruff: noqa: D102 - what the presenter calls is told in its Protocol

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from carebook.actions.open_person import PersonRecord
from carebook.ui.contact.page import WritingPage
from carebook.ui.fields import Field, Form
from carebook.ui.kit.buttons import Button
from carebook.ui.kit.cards import Card
from carebook.ui.kit.text import Text
from carebook.ui.plan import sections
from carebook.ui.plan.draft import PlanDraft
from carebook.ui.plan.edit_presenter import PlanEditPresenter
from carebook.ui.plan.several import Several, show_in, words_in
from carebook.ui.room import Go, Room
from carebook.words import local


class PlanEditView(WritingPage):
    """Writing a plan, or a new version of one (row_id); goes on with a draft where there is one."""

    def __init__(self, room: Room, person_id: str, row_id: str = "", draft_id: str = "") -> None:
        super().__init__(
            "Care and support plan", finish="Finish the plan", below="Only you can read a draft until you finish it."
        )
        self._room, self._person_id, self._replaces = room, person_id, row_id
        self.form = Form()
        self.rows: dict[str, Several] = {}
        self.presenter = PlanEditPresenter(self, room, person_id, row_id, draft_id)
        self.finish_wanted.connect(self.presenter.finish)
        self.discard_confirmed.connect(self.presenter.discard)
        self.due.connect(self.presenter.due)
        self.left.connect(self.presenter.leave)
        self.problem_chosen.connect(self.focus_field)
        self.close_.clicked.connect(self._close)
        self.destroyed.connect(self.presenter.asking.end)

    def _today(self) -> date:
        return local(self._room.desk.clock.now()).date()

    def opened(self) -> None:
        self.presenter.start()

    def focus_first(self) -> None:
        if self.form.fields:
            next(iter(self.form.fields.values())).take_focus()
        else:
            self.heading.take_focus()

    def _close(self) -> None:
        self.presenter.leave()
        self._room.say("The draft is kept")
        self._room.back()

    # ------------------------------------------------------------ the sections

    def _build(self) -> None:
        today = self._today
        needs = Several("a need", "title", lambda n: sections.need_fields(n, today))
        areas = Several("an area", "area", sections.area_fields)
        triggers = Several("a case", "when", sections.trigger_fields)
        risks = Several("a risk", "what", sections.risk_fields)
        self.rows = {"needs": needs, "well_being": areas, "triggers": triggers, "risks": risks}
        plan = sections.plan_fields(today, is_new_version=bool(self._replaces))
        for card in (
            self._card("The plan", "", plan),
            self._card("About me", "In the person's own words.", sections.about_fields()),
            self._card("Needs, and how they are met", "All needs the assessment found, eligible or not.", [needs]),
            self._card("Well-being this supports", "Only the areas that matter to the person.", [areas]),
            self._card("Personal budget", "", sections.budget_fields()),
            self._card("Advice given", "", sections.advice_fields()),
            self._card("If things do not go as planned", "", [triggers, *sections.emergency_fields()]),
            self._card("Risks talked through", "", [risks]),
            self._card("Review", "", sections.review_fields()),
        ):
            self.form_area.body.addWidget(card)

    def _card(self, title: str, hint: str, parts: Sequence[QWidget]) -> Card:
        card = Card(title)
        if hint:
            card.body.addWidget(Text(hint, "small", ink="quiet"))
        for part in parts:
            card.body.addWidget(part)
            if isinstance(part, Field):
                self.form.know(part)
        return card

    # ------------------------------------------------------------ what the presenter tells

    def show_person(self, record: PersonRecord) -> None:
        self.show_who(record, self._today())

    def show_draft(self, draft: PlanDraft) -> None:
        self._replaces = draft.replaces
        self.heading.setText("New version of the care and support plan" if draft.replaces else "New care and support plan")
        self._build()
        for key, field in self.form.fields.items():
            show_in(field, draft.fields.get(key, ""))
        for key, several in self.rows.items():
            several.show_rows(draft.rows.get(key, []) or ([{}] if key == "needs" else []))
        self.form.changed.connect(self.presenter.typed)
        for several in self.rows.values():
            several.changed.connect(self.presenter.typed)
        self.focus_soon()

    def read(self) -> PlanDraft:
        return PlanDraft(
            replaces=self._replaces, fields={key: words_in(field) for key, field in self.form.fields.items()},
            rows={key: several.value() for key, several in self.rows.items()},
        )

    def show_problems(self, problems: dict[str, str]) -> None:
        self.form.show_problems(problems)
        for number, form in enumerate(self.rows["needs"].told() if self.rows else []):
            form.show_problems({key: problems.get(f"needs{number}.{key}", "") for key in form.fields})
        if "needs" in problems and self.rows["needs"].forms:
            self.rows["needs"].forms[0].show_problems({"title": problems["needs"]})
        self.show_told(list(problems.items()))

    def focus_field(self, key: str) -> None:
        """Put the focus into the field that a line of the summary is about."""
        if key.startswith("needs") and self.rows["needs"].forms:
            number, _, field = key.removeprefix("needs").partition(".")
            told = self.rows["needs"].told()
            form = told[int(number)] if number else self.rows["needs"].forms[0]
            form.focus(field or "title")
        else:
            self.form.focus(key)

    def show_finished(self, title: str, words: str) -> None:
        back = Button("Read the plan", "clipboard-list", kind="primary")
        back.clicked.connect(lambda: self._room.go(Go("person", self._person_id, tab="plan")))
        self.show_instead(title, words, back)
        self._room.say(f"{title} {words}")
