"""Who may do what: the matrix of domain section 10.2, as far as carebook's actions reach.

Scope letters: A every person this device holds; C own caseload (allocated or on duty); T the team's (also as supervisor);
O the worker's own things (drafts, day, settings); "-" nobody in that role. Roles: PR practitioner, SP senior practitioner,
TM team manager, AM approved mental health professional, BS business support, RA record-access officer,
DP data protection officer or Caldicott Guardian, AU auditor, SA system administrator.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

ROLES: Final = ("PR", "SP", "TM", "AM", "BS", "RA", "DP", "AU", "SA")

ROLE_WORDS: Final = {
    "PR": "Social worker", "SP": "Senior practitioner", "TM": "Team manager",
    "AM": "Approved mental health professional", "BS": "Business support", "RA": "Record-access officer",
    "DP": "Data protection officer", "AU": "Auditor", "SA": "System administrator",
}


def _row(letters: str) -> Mapping[str, str]:
    return dict(zip(ROLES, letters.split(), strict=True))


# row order:                          PR SP TM AM BS RA DP AU SA
_SEARCH: Final = _row("A A A A A A A - -")
_DETAILS: Final = _row("C T T C T C C - -")
_CONTENT: Final = _row("C T T C - C C - -")
_CONTACTS: Final = _row("C T T C T C C - -")
_WRITE: Final = _row("C T T C - - - - -")
_NOTE: Final = _row("C T T C T - - - -")
_SIGN_OFF: Final = _row("- T T - - - - - -")
_OWN: Final = _row("O O O O O O O O O")
_CARE: Final = _row("O O O O O - - - -")

MATRIX: Final[Mapping[str, Mapping[str, str]]] = {
    # finding and reading
    "find_people": _SEARCH,
    "find_duplicates": _SEARCH,
    "open_person": _DETAILS,
    "read_fact": _DETAILS,
    "read_chronology": _CONTENT,
    "read_contacts": _CONTACTS,
    "read_entry": _CONTENT,
    "read_plan": _CONTENT,
    "read_today": _OWN,
    "read_sync_status": _OWN,
    "read_settings": _OWN,
    "read_workers": _OWN,
    # writing
    "add_person": _CARE,
    "record_fact": _DETAILS,
    "save_draft": _NOTE,
    "discard_draft": _NOTE,
    "list_drafts": _OWN,
    "finish_contact": _NOTE,
    "amend_entry": _NOTE,
    "move_entry": _NOTE,
    "plan_visit": _NOTE,
    "add_task": _NOTE,
    "finish_task": _NOTE,
    # the plan
    "write_plan": _WRITE,
    "take_plan_step": _WRITE,
    "sign_off_plan": _SIGN_OFF,
    "preview_plan": _CONTENT,
    "print_plan": _CONTENT,
    "show_pages": _CONTENT,
}
"""Each action by name, and for each role the scope it reaches."""

NOT_YET: Final = (
    "start_trace", "confirm_candidate", "edit_contact_card", "sign_off_eligibility", "record_permission", "see_exclusions",
    "end_exclusion", "propose_override", "approve_override", "emergency_override", "log_access_request", "log_complaint",
    "assemble_record_copy", "decide_serious_harm", "decide_silent_exemption", "sign_off_response", "review_response",
    "attend_viewing", "decide_rectification", "see_at_risk_address", "open_staff_relative", "see_detention_papers",
    "open_sealed_child_record", "approve_retention", "read_audit", "print_who_looked", "build_extract", "change_roles",
    "wipe_device", "bulk_export",
)
"""Rows of the matrix whose actions do not exist yet: no role may do them, because nothing does them."""

_REACH: Final = {
    "C": frozenset({"allocated", "duty"}),
    "T": frozenset({"allocated", "duty", "supervisor", "team"}),
}


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether an action may be done, and the code of why: role, relationship, unknown_action or allowed."""

    allowed: bool
    why: str


def may(role: str, action: str, relations: Iterable[str] | None = None) -> Ruling:
    """Whether a role may do an action; with `relations`, whether it may be done to a person so related. Default is no."""
    row = MATRIX.get(action)
    if row is None:
        return Ruling(False, "unknown_action")
    letter = row.get(role, "-")
    if letter == "-":
        return Ruling(False, "role")
    if relations is None or letter in "AO":
        return Ruling(True, "allowed")
    return Ruling(True, "allowed") if _REACH[letter] & set(relations) else Ruling(False, "relationship")
