"""The details of a person line by line: what each fact says, and what it said before; no Qt in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from carebook.actions.open_person import Fact, PersonRecord
from carebook.actions.read_fact import FactRead
from carebook.policy.accessible import words_for
from carebook.policy.nhs_number import STATUSES
from carebook.ui.facts.kinds import TIES
from carebook.words import at, nhs_number, on_date, part_date, say

USES = {
    "home": "Lives at", "temporary": "Staying at", "correspondence": "Letters go to", "previous": "Lived at",
    "former": "Earlier name", "birth": "Name at birth", "alias": "Also known as", "preferred": "Likes to be called",
    "current": "Name",
}  # fmt: skip
PHONES = {"home": "Telephone", "mobile": "Mobile", "work": "Work telephone", "other": "Other telephone"}


@dataclass(frozen=True)
class DetailLine:
    """One fact in words. key: what `add` asks for; kind: of the ledger; fact is None where nothing is known."""

    key: str
    kind: str
    label: str
    words: str
    second: str = ""
    fact: Fact[Any] | None = None

    @property
    def name(self) -> str:
        """The line as a screen reader says it; unique, because the words are part of it."""
        return f"{self.label}: {self.words}"


@dataclass(frozen=True)
class HistoryLine:
    """One version of a fact: what it said, who wrote it when, and whether it stands now."""

    words: str
    by: str
    is_current: bool


def body_words(kind: str, body: Any) -> tuple[str, str, str]:
    """Label, words and quieter words of a fact's body."""
    return _WORDS[kind](body) if kind in _WORDS else (kind, "", "")


def _name(body: Any) -> tuple[str, str, str]:
    words = " ".join(part for part in (body.title, body.given, body.family) if part)
    return USES.get(body.use, say("Name")), words, _dates(body)


def _birth(body: Any) -> tuple[str, str, str]:
    return say("Date of birth"), part_date(body.year, body.month, body.day), say("an estimate") if body.estimated else ""


def _address(body: Any) -> tuple[str, str, str]:
    words = " ".join(part for part in (", ".join(body.lines), body.postcode) if part)
    second = " · ".join(part for part in (body.access, _dates(body)) if part)
    return USES.get(body.use, say("Address")), words, second


def _phone(body: Any) -> tuple[str, str, str]:
    return PHONES.get(body.use, say("Telephone")), body.number, " · ".join(part for part in (body.note, _dates(body)) if part)


def _email(body: Any) -> tuple[str, str, str]:
    return say("Email"), body.address, " · ".join(part for part in (body.note, _dates(body)) if part)


def _language(body: Any) -> tuple[str, str, str]:
    reads = {True: say("reads it"), False: say("does not read it"), None: ""}[body.reads]
    parts = (say("interpreter needed") if body.interpreter else "", reads, body.note)
    return say("Language"), body.spoken, " · ".join(part for part in parts if part)


def _need(body: Any) -> tuple[str, str, str]:
    again = say("ask again on {}").format(on_date(body.review_on)) if body.review_on else ""
    return say("Needs"), words_for(body.code, body.detail), " · ".join(part for part in (again, _dates(body)) if part)


def _needs_asked(body: Any) -> tuple[str, str, str]:
    answers = {"some": say("needs something"), "none": say("nothing needed"), "not asked": say("not asked")}
    return say("Asked about information"), f"{answers.get(body.answer, body.answer)}, {on_date(body.on)}", body.reason


def _alert(body: Any) -> tuple[str, str, str]:
    again = say("look at it again on {}").format(on_date(body.review_on)) if body.review_on else ""
    return say("Alert"), f"{body.short}: {body.words}", " · ".join(part for part in (again, _dates(body)) if part)


def _nhs(body: Any) -> tuple[str, str, str]:
    return say("NHS number"), nhs_number(body.number), STATUSES.get(body.status, "")


def _death(body: Any) -> tuple[str, str, str]:
    return say("Died"), on_date(body.died_on), body.source


def _relationship(body: Any) -> tuple[str, str, str]:
    ties = [words.lower() for key, words in TIES if getattr(body, key)]
    second = " · ".join(part for part in (body.relation, *ties, body.phone, body.note, _dates(body)) if part)
    return say("Close to them"), body.name, second


def _involvement(body: Any) -> tuple[str, str, str]:
    main = say("main contact") if body.main_contact else ""
    parts = (body.role, body.organisation, main, body.phone, body.email, _dates(body))
    return say("Involved"), body.name, " · ".join(part for part in parts if part)


_WORDS = {
    "name": _name, "birth": _birth, "death": _death, "address": _address, "phone": _phone, "email": _email,
    "language": _language, "need": _need, "needs_asked": _needs_asked, "alert": _alert, "nhs_number": _nhs,
    "relationship": _relationship, "involvement": _involvement,
}  # fmt: skip


def _dates(body: Any) -> str:
    from_on, to_on = getattr(body, "from_on", None), body.to_on
    if from_on and to_on:
        return say("{} to {}").format(on_date(from_on), on_date(to_on))
    if to_on:
        return say("until {}").format(on_date(to_on))
    return say("since {}").format(on_date(from_on)) if from_on else ""


def line_of(kind: str, fact: Fact[Any], key: str = "") -> DetailLine:
    """A fact as a line."""
    label, words, second = body_words(kind, fact.body)
    return DetailLine(key or kind, kind, label, words, second, fact)


def detail_lines(record: PersonRecord) -> tuple[DetailLine, ...]:
    """Every detail, known or not yet, in the order people ask for them."""
    lines: list[DetailLine] = []
    for use in ("current", "preferred", "former", "birth", "alias"):
        facts = [fact for fact in record.of("name") if fact.body.use == use]
        lines += [line_of("name", fact, use if use == "preferred" else "name") for fact in facts]
        if use == "preferred" and not facts:
            lines.append(DetailLine("preferred", "name", say("Likes to be called"), say("Not recorded")))
    for kind in ("birth", "death"):
        lines += [line_of(kind, fact) for fact in record.of(kind)]
    if not record.of("birth"):
        lines.append(DetailLine("birth", "birth", say("Date of birth"), say("Not recorded")))
    for kind, label in (("address", say("Lives at")), ("phone", say("Telephone")), ("email", say("Email"))):
        found = [line_of(kind, fact) for fact in record.of(kind)]
        lines += found or [DetailLine(kind, kind, label, say("Not recorded"))]
    lines += _language_and_needs(record)
    number = [line_of("nhs_number", fact) for fact in record.of("nhs_number")]
    return (*lines, *(number or [DetailLine("nhs_number", "nhs_number", say("NHS number"), say("Not recorded"))]))


def _language_and_needs(record: PersonRecord) -> list[DetailLine]:
    found = [line_of("language", fact) for fact in record.of("language")]
    lines = found or [DetailLine("language", "language", say("Language"), say("Not recorded"))]
    lines += [line_of("need", fact) for fact in record.of("need")]
    asked = [line_of("needs_asked", fact, "needs") for fact in record.of("needs_asked")]
    return lines + (asked or [DetailLine("needs", "needs_asked", say("Asked about information"), say("Not asked yet"))])


def history_lines(line: DetailLine, found: FactRead) -> tuple[HistoryLine, ...]:
    """The versions of a fact in words, the newest first."""
    told = []
    for version in found.versions:
        _, words, second = body_words(line.kind, version.body) if version.body else ("", say("Cannot be read here"), "")
        by = say("{} on {}").format(found.staff.get(version.author, version.author), at(version.written_at))
        told.append(HistoryLine(" · ".join(part for part in (words, second) if part), by, version.is_current))
    return tuple(told)
