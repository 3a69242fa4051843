"""Who a person is and who is around them: bodies of the ledger rows and their typed tables."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from msgspec import Struct

from carebook.models.columns import typed


class Body(Struct, frozen=True, kw_only=True):
    """What a ledger row says, read from its JSON; fields it does not know are left in the ledger untouched."""


class PersonBody(Body, frozen=True, kw_only=True):
    """That there is a person: life is "adult" or "child"; council_number is the council's own id for them."""

    life: str
    council_number: str


person = typed("person", sa.Column("life", sa.Text, nullable=False), sa.Column("council_number", sa.Text, nullable=False))


class NameBody(Body, frozen=True, kw_only=True):
    """One name. use: current, preferred, former, birth or alias; preferred names stand in `given` alone."""

    use: str
    family: str = ""
    given: str = ""
    title: str = ""
    from_on: date | None = None
    to_on: date | None = None


name = typed(
    "name",
    sa.Column("use", sa.Text, nullable=False),
    sa.Column("family", sa.Text, nullable=False),
    sa.Column("given", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("folded", sa.Text, nullable=False),  # for searching: lower case, no accents, words parted by one space
    sa.Column("from_on", sa.Date),
    sa.Column("to_on", sa.Date),
)


class BirthBody(Body, frozen=True, kw_only=True):
    """When the person was born, as far as is known."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    estimated: bool = False


birth = typed(
    "birth",
    sa.Column("year", sa.Integer),
    sa.Column("month", sa.Integer),
    sa.Column("day", sa.Integer),
    sa.Column("estimated", sa.Boolean, nullable=False),
)


class DeathBody(Body, frozen=True, kw_only=True):
    """When the person died and how that is known."""

    died_on: date
    source: str


death = typed("death", sa.Column("died_on", sa.Date, nullable=False), sa.Column("source", sa.Text, nullable=False))


class AddressBody(Body, frozen=True, kw_only=True):
    """One address. use: home, temporary, correspondence or previous; access: how to get in (key safe, side door)."""

    use: str
    lines: tuple[str, ...]
    postcode: str = ""
    access: str = ""
    from_on: date | None = None
    to_on: date | None = None


address = typed(
    "address",
    sa.Column("use", sa.Text, nullable=False),
    sa.Column("lines", sa.JSON, nullable=False),
    sa.Column("postcode", sa.Text, nullable=False),
    sa.Column("access", sa.Text, nullable=False),
    sa.Column("from_on", sa.Date),
    sa.Column("to_on", sa.Date),
)


class PhoneBody(Body, frozen=True, kw_only=True):
    """One telephone number. use: home, mobile, work or other."""

    number: str
    use: str
    note: str = ""
    to_on: date | None = None


phone = typed(
    "phone",
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("use", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("to_on", sa.Date),
)


class EmailBody(Body, frozen=True, kw_only=True):
    """One e-mail address."""

    address: str
    note: str = ""
    to_on: date | None = None


email = typed(
    "email",
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("to_on", sa.Date),
)


class LanguageBody(Body, frozen=True, kw_only=True):
    """The language the person is best spoken with in, ISO 639-1 or q1 Braille, q4 BSL, q5 Makaton."""

    code: str
    spoken: str
    interpreter: bool = False
    reads: bool | None = None
    note: str = ""


language = typed(
    "language",
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("spoken", sa.Text, nullable=False),
    sa.Column("interpreter", sa.Boolean, nullable=False),
    sa.Column("reads", sa.Boolean),
    sa.Column("note", sa.Text, nullable=False),
)


class NeedBody(Body, frozen=True, kw_only=True):
    """One accessible-information need (DAPB1605): code as in policy.accessible; review_on when to ask again."""

    code: str
    detail: str = ""
    review_on: date | None = None
    to_on: date | None = None


need = typed(
    "need",
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("review_on", sa.Date),
    sa.Column("to_on", sa.Date),
)


class NeedsAskedBody(Body, frozen=True, kw_only=True):
    """That the person was asked what they need to be able to read and talk: answer is some, none or not asked."""

    answer: str
    on: date
    reason: str = ""


needs_asked = typed(
    "needs_asked",
    sa.Column("answer", sa.Text, nullable=False),
    sa.Column("on", sa.Date, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
)


class AlertBody(Body, frozen=True, kw_only=True):
    """What a visitor must see first. tone: danger, warn or info; short is at most 30 characters."""

    short: str
    words: str
    tone: str
    to_on: date | None = None
    review_on: date | None = None


alert = typed(
    "alert",
    sa.Column("short", sa.Text, nullable=False),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("tone", sa.Text, nullable=False),
    sa.Column("to_on", sa.Date),
    sa.Column("review_on", sa.Date),
)


class NhsNumberBody(Body, frozen=True, kw_only=True):
    """The NHS number (ten digits, unspaced) and its status indicator code, 01 to 08."""

    number: str
    status: str


nhs_number = typed(
    "nhs_number", sa.Column("number", sa.Text, nullable=False), sa.Column("status", sa.Text, nullable=False)
)


class RelationshipBody(Body, frozen=True, kw_only=True):
    """Someone in the person's life; other_person_id when carebook holds a record about them too."""

    name: str
    relation: str
    other_person_id: str | None = None
    phone: str = ""
    lives_with: bool = False
    carer: bool = False
    next_of_kin: bool = False
    emergency: bool = False
    note: str = ""
    from_on: date | None = None
    to_on: date | None = None


relationship = typed(
    "relationship",
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("relation", sa.Text, nullable=False),
    sa.Column("other_person_id", sa.Text),
    sa.Column("phone", sa.Text, nullable=False),
    sa.Column("lives_with", sa.Boolean, nullable=False),
    sa.Column("carer", sa.Boolean, nullable=False),
    sa.Column("next_of_kin", sa.Boolean, nullable=False),
    sa.Column("emergency", sa.Boolean, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("from_on", sa.Date),
    sa.Column("to_on", sa.Date),
)


class InvolvementBody(Body, frozen=True, kw_only=True):
    """Someone involved in the person's care: a professional, provider, advocate or unpaid helper."""

    name: str
    role: str
    organisation: str = ""
    phone: str = ""
    email: str = ""
    main_contact: bool = False
    from_on: date | None = None
    to_on: date | None = None


involvement = typed(
    "involvement",
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("organisation", sa.Text, nullable=False),
    sa.Column("phone", sa.Text, nullable=False),
    sa.Column("email", sa.Text, nullable=False),
    sa.Column("main_contact", sa.Boolean, nullable=False),
    sa.Column("from_on", sa.Date),
    sa.Column("to_on", sa.Date),
)


class SamenessBody(Body, frozen=True, kw_only=True):
    """That two records are of one person (same), or that this was taken back; ids are never rewritten."""

    other_person_id: str
    same: bool
    reason: str


sameness = typed(
    "sameness",
    sa.Column("other_person_id", sa.Text, nullable=False),
    sa.Column("same", sa.Boolean, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
)
