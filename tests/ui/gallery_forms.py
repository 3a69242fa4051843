"""A form with every kind of field, as the gallery shows it, and the same form with problems."""

from __future__ import annotations

from datetime import date

from carebook.ui.fields import ChoiceField, EditorField, Form, SecretField, TextField
from carebook.ui.fields_choice import CheckField, ChecksField, RadioField
from carebook.ui.fields_dates import DateField, NhsNumberField, TimeField
from carebook.ui.kit.buttons import Button
from carebook.ui.kit.cards import Card
from carebook.ui.kit.layout import wrapping
from carebook.ui.kit.notices import ErrorSummary
from carebook.ui.kit.pages import Page

TODAY = date(2026, 11, 23)


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
