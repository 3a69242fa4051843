"""What previewing and printing a plan have in common: gathering what the gate allows, and making the document."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from carebook.clock import instant
from carebook.errors import NotAllowed
from carebook.models.access import issued
from carebook.models.kinds import denial, unread
from carebook.models.projection import is_head
from carebook.policy.accessible import PRINTABLE, print_format
from carebook.policy.decide import Decision, Facts, Question, decide
from carebook.policy.plan_copy import CopyFacts, PlanCopy, digest
from carebook.reads.plan_copies import CATEGORIES, CopyOf, plan_copy
from carebook.reads.plans import plan_version
from carebook.reads.record import person_record
from carebook.reads.workers import council_settings
from carebook.reports.plan import render
from carebook.store.state import get
from carebook.store.work import Work
from carebook.words import at

PURPOSE = "their own plan"


@dataclass(frozen=True, slots=True)
class PlanPreview:
    """A finished document, in memory only.

    values_digest: of what it says; file_digest: SHA-256 of pdf; warnings: sentences the worker reads before giving it out.
    """

    copy: PlanCopy
    pdf: bytes
    pages: int
    warnings: tuple[str, ...]
    values_digest: str
    file_digest: str


def gather(work: Work, person_id: str, plan_row_id: str, format_code: str) -> PlanCopy:
    """Ask the gate, and take from the record only what it allows; used before a preview and again before a print."""
    work.about(person_id, plan_row_id)
    record = person_record(work.session, person_id, work.today)
    decision = _decision(work, person_id, record.summary.full_name)
    if not decision.allowed:
        raise NotAllowed(work.action)
    code = format_code if format_code in PRINTABLE else print_format(record.summary.needs)
    last = get(work.session, "last_contact")
    facts = CopyFacts(
        number=str(_copies(work, plan_row_id) + 1),
        for_whom=record.summary.full_name,
        printed_by=work.identity.name,
        printed_at=at(work.at),
        synced_at=at(instant(last)) if last else "never",
        permissions="This is your own copy. It was made for you, and for nobody else.",
    )
    version = plan_version(work.session, person_id, plan_row_id)
    return plan_copy(CopyOf(record, version, council_settings(work.session), facts, code), decision)


def made(
    copy: PlanCopy, progress: Callable[[int], None] | None = None, cancelled: Callable[[], bool] | None = None
) -> PlanPreview:
    """The document of these values, in memory. Raises reports' Cancelled."""
    sink = io.BytesIO()
    result = render(copy, sink, progress, cancelled)
    pdf = sink.getvalue()
    return PlanPreview(copy, pdf, result.pages, result.warnings, digest(copy), hashlib.sha256(pdf).hexdigest())


def _decision(work: Work, person_id: str, name: str) -> Decision:
    known = sa.select(denial.c.row_id).where(denial.c.person_id == person_id, is_head(denial))
    denials = tuple(work.session.scalars(known))
    strange = tuple(work.session.scalars(known.join(unread, unread.c.row_id == denial.c.row_id)))
    question = Question(recipient_kind="person", recipient=name, purpose=PURPOSE, categories=CATEGORIES)
    return decide(question, Facts(denials, strange))


def _copies(work: Work, plan_row_id: str) -> int:
    asked = sa.select(sa.func.max(issued.c.copy_number)).where(issued.c.of_row_id == plan_row_id)
    return work.session.scalar(asked) or 0
