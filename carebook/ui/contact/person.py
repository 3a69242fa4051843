"""A person's banner for screens that write about them: who it is, the alerts and how to give information stay in sight."""

from __future__ import annotations

from datetime import date

from carebook.actions.open_person import PersonRecord
from carebook.ui.kit.banner import PersonBanner, PersonWords
from carebook.ui.person_words import born, died, needs, nhs_status, where
from carebook.ui.rows import ChipWords

_TONE_ICONS = {"danger": "triangle-alert", "warn": "circle-alert", "info": "info"}


def person_words(record: PersonRecord, today: date) -> PersonWords:
    """What the banner says of this person."""
    who = record.summary
    return PersonWords(
        family=who.family,
        given=who.given,
        title=who.title,
        preferred=who.preferred,
        born=born(who, today),
        died=died(who),
        nhs_number=who.nhs_number,
        nhs_status=nhs_status(who),
        number=who.council_number,
        address=where(who),
        alerts=tuple(ChipWords(one.short, one.tone, _TONE_ICONS.get(one.tone, "info")) for one in who.alerts),
        access_needs=needs(record),
    )


class StayingBanner(PersonBanner):
    """The banner above a form: no way back of its own, so that it stays low."""

    def __init__(self) -> None:
        super().__init__()
        self.back.hide()
