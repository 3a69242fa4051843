"""A sync is told in words a manager can read."""

from __future__ import annotations

from datetime import UTC, datetime

from carebook.sync.report import Refusal, Report

AT = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)


def test_a_quiet_sync_is_one_sentence() -> None:
    report = Report(started_at=AT, finished_at=AT)
    assert report.sentences() == ("0 items sent and 0 items received, finished 10-Mar-2026 09:30.",)
    assert report.is_clean


def test_everything_that_needs_someone_is_said() -> None:
    report = Report(
        started_at=AT, finished_at=AT, sent=2, received=1, waiting=1, clashes=1, held_back=3, people_added=("p",),
        refused=(Refusal("r", "phone", "digest"),), people_removed=("q", "s"), repaired=1, differing=1, missing=2,
        trace_broken=True, server_restored=True, cancelled=True,
    )
    assert report.sentences() == (
        "You stopped this sync before it finished.",
        "2 items sent and 1 item received, finished 10-Mar-2026 09:30.",
        "1 person added to this laptop.",
        "2 people removed from this laptop.",
        "1 item still to be sent.",
        "The server did not take 1 item, which stays on this laptop.",
        "The server keeps 3 items for a supervisor to look at.",
        "1 item was changed by two people. Someone needs to choose.",
        "1 record was fetched again, to match the server.",
        "1 record does not match the server. Tell your administrator.",
        "The server has never had 2 items from this laptop. Tell your administrator.",
        "The audit trail of this laptop does not fit together. Tell your administrator.",
        "The server was restored from a backup. This laptop has sent again what it may lack.",
    )
    assert not report.is_clean
