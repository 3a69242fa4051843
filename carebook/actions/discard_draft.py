"""Throw away a draft that the worker no longer wants."""

from __future__ import annotations

from carebook.store.work import Work


def discard_draft(work: Work, draft_id: str) -> None:
    """Forget the draft and its sealed copy; the audit keeps that it was discarded, not what it said."""
    work.what.append(draft_id)
    work.drop_draft(draft_id)
