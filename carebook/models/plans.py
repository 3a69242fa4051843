"""The care and support plan (Care Act 2014 s.25): its words, and the steps it goes through."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from carebook.models.columns import typed
from carebook.models.people import Body


class AboutMe(Body, frozen=True, kw_only=True):
    """The person's own account of themselves (PRSB About Me), in their words."""

    matters: str = ""
    people: str = ""
    communicate: str = ""
    support: str = ""
    please_do: str = ""
    please_do_not: str = ""
    worth_knowing: str = ""
    written_with: str = ""


class PlanNeed(Body, frozen=True, kw_only=True):
    """One need: outcomes are letters A to J (SI 2015/313 reg 2); met_by is council, carer, nhs, community or self."""

    need_id: str
    title: str
    words: str = ""
    outcomes: tuple[str, ...] = ()
    eligible: bool = False
    how_far: str = ""
    goal: str = ""
    met_by: str = "council"
    support: str = ""
    provider: str = ""
    when: str = ""
    from_on: date | None = None
    to_on: date | None = None
    checked_by: str = ""


class WellBeing(Body, frozen=True, kw_only=True):
    """One area of well-being the plan supports, and how."""

    area: str
    words: str


class Trigger(Body, frozen=True, kw_only=True):
    """If this happens, do that, and call them."""

    when: str
    what_to_do: str
    call: str = ""


class Risk(Body, frozen=True, kw_only=True):
    """A risk talked through, and what was agreed about it."""

    what: str
    agreed: str


class Budget(Body, frozen=True, kw_only=True):
    """The personal budget in pence a week (Care Act s.26) and any direct payment (ss.31-33)."""

    total: int | None = None
    contribution: int | None = None
    council: int | None = None
    direct_payment_needs: str = ""
    direct_payment: int | None = None
    direct_payment_frequency: str = ""


class PlanBody(Body, frozen=True, kw_only=True):
    """One version of a plan; a later version names it as replaced. life: adult or carer."""

    number: int
    life: str = "adult"
    start_on: date | None = None
    review_on: date | None = None
    about_me: AboutMe = AboutMe()
    needs: tuple[PlanNeed, ...] = ()
    well_being: tuple[WellBeing, ...] = ()
    budget: Budget = Budget()
    budget_words: str = ""
    advice_meet: tuple[str, ...] = ()
    advice_prevent: tuple[str, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    carer_emergency: str = ""
    out_of_hours: str = ""
    risks: tuple[Risk, ...] = ()
    review_words: str = ""
    review_early: tuple[str, ...] = ()
    reason: str = ""


plan = typed(
    "plan",
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("life", sa.Text, nullable=False),
    sa.Column("start_on", sa.Date),
    sa.Column("review_on", sa.Date),
    sa.Column("content", sa.Text, nullable=False),  # the body's JSON, read whole by reads.plans
    sa.Column("reason", sa.Text, nullable=False),
)


class PlanStepBody(Body, frozen=True, kw_only=True):
    """A step of one plan version: shared, comment, agreed, not_agreed, signed_off or superseded.

    view: what the person (or whoever speaks for them) said. by: who took the step. supported_by: representative or advocate.
    """

    plan_row_id: str
    step: str
    on: date
    by: str
    view: str = ""
    supported_by: str = ""
    signature: str = ""


plan_step = typed(
    "plan_step",
    sa.Column("plan_row_id", sa.Text, nullable=False),
    sa.Column("step", sa.Text, nullable=False),
    sa.Column("on", sa.Date, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("view", sa.Text, nullable=False),
    sa.Column("supported_by", sa.Text, nullable=False),
    sa.Column("signature", sa.Text, nullable=False),
    sa.Index(None, "plan_row_id"),
)
