"""How a person is written on screens: name, age, NHS number, needs, and when something is due; no Qt in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from carebook.actions.find_people import Summary
from carebook.actions.open_person import PersonRecord
from carebook.policy.accessible import NEEDS, words_for
from carebook.policy.nhs_number import STATUSES
from carebook.words import age, on_date, part_date, say
from carebook.words import nhs_number as in_groups

ORDER = ("format", "contact", "professional", "support")


def listed_name(person: Summary) -> str:
    """FAMILY, Given (Title), as lists and banners write it (NHS Common User Interface, patient name display)."""
    title = f" ({person.title})" if person.title else ""
    family = person.family.upper()
    given = f"{person.given}{title}".strip()
    return ", ".join(part for part in (family, given) if part) or person.preferred or say("Name not known")


def born(person: Summary, today: date) -> str:
    """Date of birth with the age: 14-Jul-1945 (81y); "about" where it is estimated or known only to the year."""
    known = part_date(person.birth_year, person.birth_month, person.birth_day)
    if person.birth_year is None:
        return known
    if person.birth_estimated:
        return say("about {} ({}y)").format(known, (person.died_on or today).year - person.birth_year)
    return f"{known} ({years_old(person, person.died_on or today)})"


def years_old(person: Summary, on: date) -> str:
    """The age on a day, with "about" where the date of birth is not known to the day."""
    if person.birth_year is None:
        return say("age not known")
    if person.birth_month is not None and person.birth_day is not None:
        return f"{age(date(person.birth_year, person.birth_month, person.birth_day), on)}y"
    return say("about {}y").format(on.year - person.birth_year)


def died(person: Summary) -> str:
    """The date of death, or nothing."""
    return on_date(person.died_on) if person.died_on else ""


def nhs(person: Summary) -> str:
    """The NHS number in 3-3-4, or that there is none."""
    return in_groups(person.nhs_number) if person.nhs_number else say("None recorded")


def nhs_status(person: Summary) -> str:
    """What the number's status means, in words; nothing where there is no number."""
    return STATUSES.get(person.nhs_status, person.nhs_status) if person.nhs_number else ""


def where(person: Summary) -> str:
    """The address with its postcode, on one line."""
    return " ".join(part for part in (person.address, person.postcode) if part)


def in_order(codes: Iterable[str]) -> list[str]:
    """Codes of needs, formats first, then ways of contact, people and support."""
    return sorted(codes, key=lambda code: (ORDER.index(NEEDS[code].group) if code in NEEDS else len(ORDER), code))


def needs(record: PersonRecord) -> tuple[str, ...]:
    """How to give this person information: their needs and interpreter, or plainly that none are known, and why."""
    details = {fact.body.code: fact.body.detail for fact in record.of("need")}
    told = [_need(code, details[code]) for code in in_order(details)]
    for fact in record.of("language"):
        if fact.body.interpreter and "P07" not in details:
            told.append(say("{} interpreter").format(fact.body.spoken))
    return tuple(told) or (_asked(record),)


def _need(code: str, detail: str) -> str:
    """A need in words that stand alone: ways of contact say that they are one."""
    words = words_for(code, detail)
    is_contact = code in NEEDS and NEEDS[code].group == "contact"
    return say("Contact: {}").format(words[:1].lower() + words[1:]) if is_contact else words


def _asked(record: PersonRecord) -> str:
    for fact in record.of("needs_asked"):
        if fact.body.answer == "none":
            return say("Asked on {}: no special format or support needed").format(on_date(fact.body.on))
        if fact.body.answer == "some":
            return say("They need something in a special form: say what it is in the details")
        return say("Not asked yet how they need information: {}").format(fact.body.reason)
    return say("Not asked yet how they need information")


def visit_hints(person: Summary) -> tuple[str, ...]:
    """What someone going to see them needs to know to talk with them: interpreters and support."""
    groups = ("professional", "support")
    return tuple(NEEDS[code].words for code in in_order(person.needs) if code in NEEDS and NEEDS[code].group in groups)


def due_words(due_on: date, today: date, *, in_sentence: bool = False) -> str:
    """When something is due, by the nearest plain word, else the date."""
    near = {-1: say("Yesterday"), 0: say("Today"), 1: say("Tomorrow")}.get((due_on - today).days)
    if near is None:
        return on_date(due_on)
    return near.lower() if in_sentence else near
