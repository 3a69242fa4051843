"""The six headings a record is shown and copied under, and the categories that consent speaks of."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Heading(StrEnum):
    """The six kinds of content that councils' notices name, in their order. Source: records notice, promises P48 to P53."""

    DETAILS = "details"
    CONTACTS = "contacts"
    FAMILY = "family"
    PEOPLE = "people"
    DISCUSSIONS = "discussions"
    DECISIONS = "decisions"


TITLES: Final = {
    Heading.DETAILS: "Details",
    Heading.CONTACTS: "Contacts",
    Heading.FAMILY: "You and your family",
    Heading.PEOPLE: "People involved",
    Heading.DISCUSSIONS: "What we discussed",
    Heading.DECISIONS: "Decisions and agreements",
}

WRITTEN: Final = (Heading.CONTACTS, Heading.FAMILY, Heading.DISCUSSIONS, Heading.DECISIONS)
"""The headings whose content is entries; details and people are facts."""

CATEGORIES: Final = (
    *(heading.value for heading in Heading),
    "services", "plan", "assessment", "documents", "finances", "nhs_number", "safeguarding",
)
"""What a person can consent to share, or not: the six headings and what cuts across them."""

CATEGORY_TITLES: Final = {
    **{heading.value: title for heading, title in TITLES.items()},
    "services": "Services",
    "plan": "Care and support plan",
    "assessment": "Assessments",
    "documents": "Documents",
    "finances": "Money",
    "nhs_number": "NHS number",
    "safeguarding": "Safeguarding",
}
