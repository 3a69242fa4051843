"""Sentences for what can stand in the way of adding a person or a fact; no Qt in it."""

from __future__ import annotations

from typing import Final

from carebook.ui.problems import say_also

SAID: Final = {
    "name_missing": "Enter a family name or a given name",
    "birth_year_unlikely": "Check the year of birth: it must be between 1890 and this year",
    "birth_missing": "Enter the date of birth as far as it is known, or Unknown",
    "no_such_day": "Check the day: that month does not have it",
    "nhs_not_ten_digits": "NHS number must be 10 digits: this one has {detail}",
    "nhs_check_digit": "Check the NHS number: one of its digits is not right",
    "nhs_test_number": "Numbers that begin with 999 are for training. Enter the person's own number",
    "needs_reason_missing": "Say why they were not asked",
    "needs_answer_missing": "Say whether they were asked what they need",
    "needs_which_missing": "Choose what they need, or say that nothing is needed",
    "lines_missing": "Enter the address",
    "number_missing": "Enter a telephone number",
    "address_missing": "Enter an email address",
    "email_no_at": "Enter an email address, like name@example.com",
    "spoken_missing": "Choose or enter a language",
    "code_missing": "Choose what they need",
    "short_missing": "Enter a few words for the label",
    "alert_too_long": "Use at most {detail} characters for the label",
    "tone_missing": "Choose how serious it is",
    "relation_missing": "Say what they are to the person",
    "role_missing": "Say what their part is",
    "source_missing": "Say how this is known",
    "died_on_missing": "Enter the date of death",
    "use_missing": "Choose what it is used for",
    "ends_before_start": "Enter a last day that is not before the first",
    "task_missing": "Say what is to be done",
    "due_on_missing": "Enter a date to do it by",
    "date_missing": "Enter the day",
    "time_missing": "Enter the time",
    "purpose_missing": "Say what the visit is for",
    "person_missing": "Choose a person",
    "to_on_missing": "Enter the last day",
}
"""Words by problem code."""

say_also(SAID)
