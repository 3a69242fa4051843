"""Sentences for what can be missing when a contact, an amendment, a move or a plan is finished; no Qt in it."""

from __future__ import annotations

from carebook.ui.problems import say_also

say_also(
    {
        "channel_missing": "Choose how the contact was made",
        "date_missing": "Enter the day",
        "time_missing": "Enter the time",
        "why_missing": "Say why the contact was made",
        "words_missing": "Write what happened, under at least one heading",
        "known_missing": "Say whether the person knows that this is written here",
        "told_on_missing": "Enter the day the person was told",
        "due_on_missing": "Enter a date to do it by",
        "reason_missing": "Say why, in a few words: it stays with the record",
        "to_person_missing": "Choose the person it should have been written on",
        "same_person": "Choose another person: it is on this one already",
        "needs_missing": "Write at least one need, with a short title",
        "ends_before_start": "Enter a last day that is not before the first",
        "view_missing": "Write what the person, or whoever speaks for them, said",
        "life_missing": "Choose whose plan it is",
        "eligible_missing": "Say whether the need is eligible",
        "money_not_understood": "Enter an amount in pounds, like 142.50",
    }
)
