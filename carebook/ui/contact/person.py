"""A person's banner for screens that write about them: who it is, the alerts and how to give information stay in sight."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from carebook.actions.open_person import PersonRecord
from carebook.policy.accessible import words_for
from carebook.policy.nhs_number import STATUSES
from carebook.ui.kit.banner import PersonBanner, PersonWords
from carebook.ui.rows import ChipWords
from carebook.words import age, on_date, part_date

if TYPE_CHECKING:
    from carebook.actions.open_person import Summary

_TONE_ICONS = {"danger": "triangle-alert", "warn": "circle-alert", "info": "info"}


def born(person: Summary, today: date) -> str:
    """The date of birth with the age where it is known whole: 14-Jul-1945 (81y)."""
    words = part_date(person.birth_year, person.birth_month, person.birth_day)
    if person.birth_estimated:
        words = f"about {words}"
    if None in (person.birth_year, person.birth_month, person.birth_day):
        return words
    day = date(person.birth_year or 1, person.birth_month or 1, person.birth_day or 1)
    return f"{words} ({age(day, person.died_on or today)}y)"


def person_words(record: PersonRecord, today: date) -> PersonWords:
    """What the banner says of this person."""
    who = record.summary
    needs = tuple(words_for(fact.body.code, fact.body.detail) for fact in record.of("need"))
    return PersonWords(
        family=who.family,
        given=who.given,
        title=who.title,
        preferred=who.preferred,
        born=born(who, today),
        died=on_date(who.died_on) if who.died_on else "",
        nhs_number=who.nhs_number,
        nhs_status=STATUSES.get(who.nhs_status, "") if who.nhs_number else "",
        number=who.council_number,
        alerts=tuple(ChipWords(one.short, one.tone, _TONE_ICONS.get(one.tone, "info")) for one in who.alerts),
        access_needs=needs,
    )


class StayingBanner(PersonBanner):
    """The banner above a form: no way back of its own, so that it stays low."""

    def __init__(self) -> None:
        super().__init__()
        self.back.hide()
