"""How each kind of fact is asked for and written: one entry a kind; no Qt in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from carebook.actions.record_fact import (
    AddressBody,
    AlertBody,
    BirthBody,
    Body,
    DeathBody,
    EmailBody,
    InvolvementBody,
    LanguageBody,
    NameBody,
    NeedBody,
    NhsNumberBody,
    PhoneBody,
    RelationshipBody,
)
from carebook.errors import Problem
from carebook.policy.accessible import NEEDS
from carebook.policy.nhs_number import digits_of
from carebook.ui.facts.asks import Ask, Values
from carebook.ui.facts.languages import LANGUAGES, spoken
from carebook.ui.fields_typed import PartDate

FROM = Ask("from_on", "From", "date", is_optional=True)
UNTIL = Ask("to_on", "Last day", "date", "Fill this in when it no longer holds", is_optional=True)
TIES = (
    ("lives_with", "Lives with them"),
    ("carer", "Unpaid carer"),
    ("next_of_kin", "Next of kin"),
    ("emergency", "Emergency contact"),
)


@dataclass(frozen=True)
class FactKind:
    """How one kind of fact is asked for.

    noun: as in "Add a telephone number". write: the body of what was typed (with the earlier body, whose other fields
    stay); read: what the fields begin with. checks: problems the action would not see.
    """

    noun: str
    article: str
    asks: tuple[Ask, ...]
    write: Callable[[Values, Any], Body]
    read: Callable[[Any], dict[str, Any]]
    intro: str = ""
    checks: Callable[[Values], tuple[Problem, ...]] = lambda _: ()
    says: dict[tuple[str, str], str] = field(default_factory=dict)


def _plain(*keys: str) -> Callable[[Any], dict[str, Any]]:
    return lambda body: {key: getattr(body, key) for key in keys}


def _lines(typed: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in typed.splitlines() if line.strip())


def _must(*keys: str, codes: str = "") -> Callable[[Values], tuple[Problem, ...]]:
    return lambda values: tuple(Problem(key, codes or f"{key}_missing") for key in keys if not values[key])


def _address(values: Values, _: object) -> AddressBody:
    return AddressBody(
        use=values["use"], lines=_lines(values["lines"]), postcode=values["postcode"].upper(), access=values["access"],
        from_on=values["from_on"], to_on=values["to_on"],
    )


def _birth(values: Values, _: object) -> BirthBody:
    born: PartDate = values["birth"] or PartDate()
    return BirthBody(year=born.year, month=born.month, day=born.day, estimated=values["estimated"])


def _language(values: Values, _: object) -> LanguageBody:
    reads = {"yes": True, "no": False}.get(values["reads"])
    return LanguageBody(
        code=values["code"], spoken=values["spoken"] or spoken(values["code"]), interpreter=values["interpreter"],
        reads=reads, note=values["note"],
    )


def _read_language(body: LanguageBody) -> dict[str, Any]:
    is_listed = spoken(body.code) == body.spoken
    reads = {True: "yes", False: "no", None: ""}[body.reads]
    return {"code": body.code, "spoken": "" if is_listed else body.spoken, "interpreter": body.interpreter, "reads": reads,
            "note": body.note}  # fmt: skip


def _relationship(values: Values, old: RelationshipBody | None) -> RelationshipBody:
    return RelationshipBody(
        name=values["name"], relation=values["relation"], phone=values["phone"], note=values["note"],
        from_on=values["from_on"], to_on=values["to_on"], other_person_id=old.other_person_id if old else None,
        **{key: key in values["ties"] for key, _ in TIES},
    )


def _read_relationship(body: RelationshipBody) -> dict[str, Any]:
    found = _plain("name", "relation", "phone", "note", "from_on", "to_on")(body)
    return {**found, "ties": tuple(key for key, _ in TIES if getattr(body, key))}


def _need_choices() -> tuple[tuple[str, str], ...]:
    return tuple((need.code, need.words) for need in NEEDS.values())


_NAME_ASKS = (Ask("title", "Title", is_optional=True, width=120), Ask("given", "Given names"), Ask("family", "Family name"))

KINDS: dict[str, FactKind] = {
    "name": FactKind(
        "name", "a", _NAME_ASKS,
        lambda v, _: NameBody(use="current", family=v["family"], given=v["given"], title=v["title"]),
        _plain("title", "given", "family"),
        intro="The name they had before stays in the history. Add it as an earlier name too if letters still come under it.",
    ),
    "preferred": FactKind(
        "name they like to be called", "the", (Ask("given", "Likes to be called"),),
        lambda v, _: NameBody(use="preferred", given=v["given"]), _plain("given"),
        says={("given", "name_missing"): "Enter the name they like to be called"},
        checks=_must("given", codes="name_missing"),
    ),
    "other_name": FactKind(
        "other name", "an",
        (Ask("use", "What name is it?", "radio",
             choices=(("former", "An earlier name"), ("birth", "Their name at birth"), ("alias", "Another name they use"))),
         *_NAME_ASKS, FROM, UNTIL),
        lambda v, _: NameBody(use=v["use"], family=v["family"], given=v["given"], title=v["title"], from_on=v["from_on"],
                              to_on=v["to_on"]),
        _plain("use", "title", "given", "family", "from_on", "to_on"), checks=_must("use"),
    ),
    "birth": FactKind(
        "date of birth", "the",
        (Ask("birth", "Date of birth", "part_date"), Ask("estimated", "This is an estimate", "check")),
        _birth, lambda b: {"birth": PartDate(b.year, b.month, b.day), "estimated": b.estimated},
        checks=_must("birth", codes="date_needed"),
    ),
    "death": FactKind(
        "date of death", "the",
        (Ask("died_on", "Date of death", "date"), Ask("source", "How is this known?", hint="For example: told by the family")),
        lambda v, _: DeathBody(died_on=v["died_on"], source=v["source"]), _plain("died_on", "source"),
        checks=_must("died_on"),
    ),
    "address": FactKind(
        "address", "an",
        (Ask("use", "What is this address?", "radio",
             choices=(("home", "They live here"), ("temporary", "They are staying here for now"),
                      ("correspondence", "Letters go here"), ("previous", "They lived here before"))),
         Ask("lines", "Address", "lines"), Ask("postcode", "Postcode", width=160, is_optional=True),
         Ask("access", "How to get in", hint="For example: key safe by the side door. Leave codes out.", is_optional=True),
         FROM, UNTIL),
        _address,
        lambda b: {**_plain("use", "postcode", "access", "from_on", "to_on")(b), "lines": "\n".join(b.lines)},
        checks=_must("use"),
    ),
    "phone": FactKind(
        "telephone number", "a",
        (Ask("number", "Telephone number", width=240),
         Ask("use", "What kind?", "radio",
             choices=(("home", "Home"), ("mobile", "Mobile"), ("work", "Work"), ("other", "Other"))),
         Ask("note", "Good to know", hint="For example: let it ring, she is slow to the phone", is_optional=True), UNTIL),
        lambda v, _: PhoneBody(number=v["number"], use=v["use"], note=v["note"], to_on=v["to_on"]),
        _plain("number", "use", "note", "to_on"), checks=_must("use"),
    ),
    "email": FactKind(
        "email address", "an",
        (Ask("address", "Email address"), Ask("note", "Good to know", is_optional=True), UNTIL),
        lambda v, _: EmailBody(address=v["address"], note=v["note"], to_on=v["to_on"]), _plain("address", "note", "to_on"),
    ),
    "language": FactKind(
        "language", "the",
        (Ask("code", "Language they are best spoken with in", "choice", choices=LANGUAGES),
         Ask("spoken", "Another language or dialect", hint="If it is not in the list, or to be exact", is_optional=True),
         Ask("interpreter", "An interpreter is needed", "check"),
         Ask("reads", "Do they read it?", "radio", choices=(("yes", "Yes"), ("no", "No")), is_optional=True),
         Ask("note", "Good to know", is_optional=True)),
        _language, _read_language,
    ),
    "need": FactKind(
        "need", "a",
        (Ask("code", "What do they need?", "choice", choices=_need_choices()),
         Ask("detail", "Details", hint="For example: yellow paper, or the size of the print", is_optional=True),
         Ask("review_on", "Ask again on", "date", is_optional=True), UNTIL),
        lambda v, _: NeedBody(code=v["code"], detail=v["detail"], review_on=v["review_on"], to_on=v["to_on"]),
        _plain("code", "detail", "review_on", "to_on"),
    ),
    "alert": FactKind(
        "alert", "an",
        (Ask("short", "Label", hint="At most 30 characters. It stands on every screen about the person.", width=320),
         Ask("words", "What a visitor must know", "lines"),
         Ask("tone", "How serious is it?", "radio",
             choices=(("danger", "Danger: read it before any visit"), ("warn", "Take care"), ("info", "Good to know"))),
         Ask("review_on", "Look at it again on", "date", is_optional=True), UNTIL),
        lambda v, _: AlertBody(short=v["short"], words=v["words"], tone=v["tone"], to_on=v["to_on"], review_on=v["review_on"]),
        _plain("short", "words", "tone", "to_on", "review_on"), checks=_must("tone"),
        intro="Write what anyone who visits must know, as you would want it written about you.",
        says={("words", "words_missing"): "Say what a visitor must know"},
    ),
    "nhs_number": FactKind(
        "NHS number", "the", (Ask("number", "NHS number", "nhs"),),
        lambda v, _: NhsNumberBody(number=digits_of(v["number"]), status="02"), _plain("number"),
        intro="It counts as not yet verified until it has been checked against the national records.",
        says={("number", "number_missing"): "Enter an NHS number"},
    ),
    "relationship": FactKind(
        "person close to them", "a",
        (Ask("name", "Name"), Ask("relation", "What they are to the person", hint="For example: daughter, neighbour"),
         Ask("phone", "Telephone", width=240, is_optional=True),
         Ask("ties", "What else is true of them?", "checks", choices=TIES, is_optional=True),
         Ask("note", "Good to know", "lines", is_optional=True), FROM, UNTIL),
        _relationship, _read_relationship, says={("name", "name_missing"): "Enter their name"},
    ),
    "involvement": FactKind(
        "person involved in their care", "a",
        (Ask("name", "Name"), Ask("role", "Their part", hint="For example: GP, home carer, advocate"),
         Ask("organisation", "Organisation", is_optional=True), Ask("phone", "Telephone", width=240, is_optional=True),
         Ask("email", "Email", is_optional=True), Ask("main_contact", "Main contact for the person's care", "check"),
         FROM, UNTIL),
        lambda v, _: InvolvementBody(name=v["name"], role=v["role"], organisation=v["organisation"], phone=v["phone"],
                                     email=v["email"], main_contact=v["main_contact"], from_on=v["from_on"], to_on=v["to_on"]),
        _plain("name", "role", "organisation", "phone", "email", "main_contact", "from_on", "to_on"),
        says={("name", "name_missing"): "Enter their name"},
    ),
}  # fmt: skip
"""Each kind by its key; the three sorts of name have keys of their own."""


def key_of(kind: str, body: Body) -> str:
    """The key in KINDS of a fact of a ledger kind."""
    if isinstance(body, NameBody) and body.use != "current":
        return "preferred" if body.use == "preferred" else "other_name"
    return kind
