"""The sections of the form a plan is written in, in the order it is printed (Care Act 2014 s.25)."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from datetime import date

from carebook.policy.plan_copy import OUTCOMES
from carebook.ui.contact.growing import let_grow
from carebook.ui.fields import ChoiceField, EditorField, Field, TextField
from carebook.ui.fields_choice import ChecksField, RadioField
from carebook.ui.fields_dates import DateField
from carebook.ui.plan.draft import ABOUT
from carebook.ui.plan.sections_words import AREAS, MET_BY

Today = Callable[[], date]


def editor(key: str, label: str, hint: str = "", *, lines: int = 2, name: str = "") -> EditorField:
    """A few lines that grow, and need not be filled in."""
    made = EditorField(key, label, hint, lines=lines, is_optional=True, name=name)
    let_grow(made.edit, lines, 10)
    return made


def _in_lines(words: str) -> str:
    """A box to tick does not wrap its words: long ones are broken where large letters still leave room."""
    return "\n".join(textwrap.wrap(words, 50))


def plan_fields(today: Today, *, is_new_version: bool) -> Sequence[Field]:
    """What kind of plan, from when, and when it is looked at again."""
    fields: list[Field] = []
    if is_new_version:
        why = EditorField("reason", "Why is there a new version?", "It stays with the plan.", lines=2)
        let_grow(why.edit, 2, 8)
        fields.append(why)
    return [
        *fields,
        RadioField("life", "Whose plan is it?", [("adult", "An adult who needs care"), ("carer", "A carer")], is_across=True),
        DateField("start_on", "Starts", today=today, hint="Like 1 Dec 2026 or +1w", is_optional=True),
        DateField("review_on", "Review due", today=today, hint="Like 1 Mar 2027 or +3m", is_optional=True),
    ]


def about_fields() -> Sequence[Field]:
    """About me, in the person's own words."""
    helped = TextField("written_with", "Who helped to write this", is_optional=True)
    return [*(editor(key, label) for key, label in ABOUT), helped]


def need_fields(number: int, today: Today) -> Sequence[Field]:
    """One need: what it is, whether it is eligible, and how it is met."""
    of = f"Need {number}"
    fields = [
        TextField("title", "Short title", "Like “Eating well”", width=0, name=f"{of}: short title"),
        editor("words", "What the need is", name=f"{of}: what the need is"),
        ChecksField(
            "outcomes", f"{of}: outcomes it affects", [(code, _in_lines(words)) for code, words in OUTCOMES.items()],
            is_optional=True,
        ),
        RadioField("eligible", f"{of}: is it eligible?", [("yes", "Yes"), ("no", "No")], is_across=True),
        editor("how_far", "How far", "How much help is needed, and with what.", name=f"{of}: how far"),
        editor("goal", "What is to be reached", name=f"{of}: what is to be reached"),
        ChoiceField("met_by", "Who meets it", MET_BY, is_optional=True),
        editor("support", "How it is met", "The service or help.", name=f"{of}: how it is met"),
        TextField("provider", "By whom", is_optional=True, name=f"{of}: by whom"),
        TextField("when", "When and how often", is_optional=True, name=f"{of}: when and how often"),
        DateField("from_on", "From", today=today, hint="Like 1 Dec 2026", is_optional=True),
        DateField("to_on", "Until", today=today, hint="Like +6w", is_optional=True),
        TextField("checked_by", "Who checks that it works", is_optional=True, name=f"{of}: who checks that it works"),
    ]
    for field in fields:
        if isinstance(field, DateField):
            field.edit.setAccessibleName(f"{of}: {field.name}")
            field.pick.setAccessibleName(f"{of}: {field.name}, choose from a calendar")
        elif isinstance(field, ChoiceField):
            field.box.setAccessibleName(f"{of}: {field.name}")
    return fields


def area_fields(number: int) -> Sequence[Field]:
    """One area of well-being, and how the plan supports it."""
    area = ChoiceField("area", "Area", [(words, words) for words in AREAS])
    area.box.setAccessibleName(f"Area {number}: area of well-being")
    return [area, editor("words", "How this plan supports it", name=f"Area {number}: how this plan supports it")]


def trigger_fields(number: int) -> Sequence[Field]:
    """If this happens, do that, and call them."""
    of = f"Case {number}"
    return [
        TextField("when", "If this happens", width=0, name=f"{of}: if this happens"),
        editor("what_to_do", "Do this", name=f"{of}: do this"),
        TextField("call", "And call", is_optional=True, name=f"{of}: and call"),
    ]


def risk_fields(number: int) -> Sequence[Field]:
    """A risk talked through, and what was agreed about it."""
    of = f"Risk {number}"
    return [
        TextField("what", "What could happen", width=0, name=f"{of}: what could happen"),
        editor("agreed", "What was agreed about it", name=f"{of}: what was agreed about it"),
    ]


def budget_fields() -> Sequence[Field]:
    """The personal budget in pounds a week, and any direct payment."""
    pounds = "Pounds a week, like 142.50"
    return [
        TextField("total", "Personal budget", pounds, width=160, is_optional=True),
        TextField("contribution", "The person pays", pounds, width=160, is_optional=True),
        TextField("council", "The council pays", pounds, width=160, is_optional=True),
        editor("budget_words", "In words", "How it was worked out."),
        editor("direct_payment_needs", "Needs a direct payment covers"),
        TextField("direct_payment", "Direct payment", "Pounds, like 80.00", width=160, is_optional=True),
        TextField("direct_payment_frequency", "How often it is paid", is_optional=True),
    ]


def advice_fields() -> Sequence[Field]:
    """Advice given, one piece on each line."""
    one_a_line = "One piece of advice on each line."
    return [
        editor("advice_meet", "To meet or lessen needs now", one_a_line),
        editor("advice_prevent", "To prevent or delay needs later", one_a_line),
    ]


def emergency_fields() -> Sequence[Field]:
    """What happens when a carer cannot come, and who answers at night."""
    return [
        editor("carer_emergency", "If the carer cannot care"),
        TextField("out_of_hours", "Telephone out of hours", is_optional=True),
    ]


def review_fields() -> Sequence[Field]:
    """When it is looked at again, and what would bring that forward."""
    return [
        editor("review_words", "How it is reviewed"),
        editor("review_early", "What would bring the review forward", "One thing on each line."),
    ]

