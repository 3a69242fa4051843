"""The finished values one printed care and support plan is made of.

Every string is finished text: dates, money and telephone numbers are written as people read them, names as the person
wishes them. A part that is `None` was removed by permission and leaves no trace; a part that is there but empty is said
to be empty in plain words. What the plan must hold: Care Act 2014, sections 25 and 26.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from enum import StrEnum

OUTCOMES = {
    "A": "managing and maintaining nutrition",
    "B": "maintaining personal hygiene",
    "C": "managing toilet needs",
    "D": "being appropriately clothed",
    "E": "being able to make use of the home safely",
    "F": "maintaining a habitable home environment",
    "G": "developing and maintaining family or other personal relationships",
    "H": "accessing and engaging in work, training, education or volunteering",
    "I": "making use of necessary facilities or services in the local community, "
    "including public transport and recreation",
    "J": "carrying out any caring responsibilities for a child",
}
"""The ten outcomes an adult's eligibility is judged by: SI 2015/313, regulation 2."""


class Status(StrEnum):
    """How far the plan has come."""

    DRAFT = "draft"
    SHARED = "shared for comment"
    AGREED = "agreed"
    SIGNED_OFF = "signed off"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Cover:
    """Whose plan it is and where it stands. Empty strings are left out."""

    council: str
    name: str
    plan_type: str  # "Plan for an adult", "Support plan for a carer"
    status: Status
    version: str
    preferred_name: str = ""
    date_of_birth: str = ""
    council_id: str = ""
    nhs_number: str = ""  # only a verified number, in threes and four
    starts_on: str = ""
    review_due_on: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing the person says about themselves, in their own words, with the language if it is not English (BCP 47)."""

    heading: str
    words: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """One need the assessment found, and whether and how far it is eligible. `outcomes` are codes of OUTCOMES."""

    title: str
    words: str
    is_eligible: bool
    outcomes: tuple[str, ...] = ()
    how_far: str = ""


@dataclass(frozen=True, slots=True)
class Support:
    """One thing the council will do about a need."""

    need: str
    goal: str
    service: str
    provider: str = ""
    when: str = ""  # "Every day, 8am to 8:45am"
    starts_on: str = ""
    ends_on: str = ""
    checked_by: str = ""


@dataclass(frozen=True, slots=True)
class OtherHelp:
    """A need that a carer, the NHS, the community or the person meets."""

    need: str
    met_by: str
    how: str = ""


@dataclass(frozen=True, slots=True)
class WellBeing:
    """One area of well-being or outcome the plan supports, and how."""

    area: str
    words: str


@dataclass(frozen=True, slots=True)
class DirectPayment:
    """The needs a direct payment covers, its amount and how often it is paid."""

    needs_covered: tuple[str, ...]
    amount: str
    frequency: str


@dataclass(frozen=True, slots=True)
class Budget:
    """The personal budget: total, the person's part and the council's; all empty while it is not worked out."""

    total: str = ""
    my_contribution: str = ""
    council_pays: str = ""
    words: str = ""
    direct_payment: DirectPayment | None = None


@dataclass(frozen=True, slots=True)
class Advice:
    """Advice given: to meet or reduce needs now, to prevent or delay later ones."""

    to_meet: tuple[str, ...] = ()
    to_prevent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trigger:
    """If this happens, do that, and call them."""

    when: str
    what_to_do: str
    call: str = ""


@dataclass(frozen=True, slots=True)
class Contingency:
    """What happens when things do not go as planned."""

    triggers: tuple[Trigger, ...] = ()
    carer_emergency: str = ""
    out_of_hours: str = ""


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk talked through, and what was agreed about it."""

    what: str
    agreed: str


@dataclass(frozen=True, slots=True)
class PersonInvolved:
    """Someone who has a part in the person's care."""

    name: str
    role: str
    organisation: str = ""
    phone: str = ""
    is_main_contact: bool = False


@dataclass(frozen=True, slots=True)
class SharedWith:
    """Someone who gets this plan, what of it, and since when the person permits it."""

    name: str
    what: str
    permitted_on: str = ""


@dataclass(frozen=True, slots=True)
class Sharing:
    """Who gets the plan. `not_shared_with` is for the council's own copy only and is `None` on all others."""

    shared_with: tuple[SharedWith, ...] = ()
    not_shared_with: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, as what, and when; an empty date leaves a line to sign on."""

    name: str
    role: str
    signed_on: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Whether the person agrees, their views, capacity, who acts for them, signatures and copies."""

    outcome: str = ""  # "Margaret agrees with this plan."
    views: str = ""
    capacity: str = ""
    representative: str = ""
    signatures: tuple[Signature, ...] = ()
    copies_given_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """When the plan is looked at again, and what would bring that forward."""

    due_on: str = ""
    words: str = ""
    sooner_if: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CopyFacts:
    """What stands in the footer of each page of this one copy."""

    number: str  # "3"
    for_whom: str  # "Margaret Okafor-Hale"
    printed_by: str
    printed_at: str
    synced_at: str  # "23 November 2026 at 09:12"
    permissions: str  # a sentence: which permissions were in force


@dataclass(frozen=True, slots=True)
class PlanCopy:
    """One copy of one version of a plan, for one reader, in one format.

    format: F01 (12 point), F02 (14), F03 (16), F04 (18), F05 (22) or F06 (giant, `giant_points`).
    """

    cover: Cover
    facts: CopyFacts
    format: str = "F01"
    giant_points: int = 30
    about_me: tuple[Topic, ...] | None = ()
    needs: tuple[Need, ...] | None = ()
    council_support: tuple[Support, ...] | None = ()
    other_help: tuple[OtherHelp, ...] | None = ()
    well_being: tuple[WellBeing, ...] | None = ()
    budget: Budget | None = Budget()
    advice: Advice | None = Advice()
    contingency: Contingency | None = Contingency()
    risks: tuple[Risk, ...] | None = ()
    people: tuple[PersonInvolved, ...] | None = ()
    sharing: Sharing | None = Sharing()
    agreement: Agreement | None = Agreement()
    review: Review | None = Review()


def digest(copy: PlanCopy) -> str:
    """The SHA-256 of the copy's values, as 64 hexadecimal digits: equal values, equal digest."""
    canonical = json.dumps(asdict(copy), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
