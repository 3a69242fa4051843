"""The words about sync, for each state it can be in; the page; and that only one sync runs at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from accessible import faults
from held_clock import HeldClock
from inline_lane import InlineLane
from made_desk import MONDAY, a_desk
from made_people import make_caseload
from made_room import Failing, make_room
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from carebook import errors
from carebook.actions.read_sync_status import HeldPerson, Summary, SyncStatus, Waiting, read_sync_status
from carebook.app.syncing import Syncing
from carebook.desk import Desk
from carebook.models.kinds import KINDS
from carebook.store import outbox
from carebook.ui.lane import Cancel
from carebook.ui.sync import words
from carebook.ui.sync.presenter import SyncState, foot, headline, notice, page_words
from carebook.ui.sync.view import SyncView
from carebook.ui.theme import Appearance, theme

NOW = datetime(2026, 11, 23, 15, 42, tzinfo=UTC)
MARGARET = Summary("p1", "adult", "C1", family="Okafor-Hale", given="Margaret")
NEVER = SyncStatus(None, None, (), (), ())
CLEAN = replace(NEVER, last_contact_at=NOW)
ONE = Waiting("r1", "entry", MARGARET, NOW - timedelta(minutes=20), "waiting", "", 0)
REFUSED = replace(ONE, row_id="r2", state="refused", why="digest", tries=1)
OFFLINE = SyncState(problem=errors.Unreachable("x"))


@pytest.mark.parametrize(
    ("state", "status", "told"),
    [
        (SyncState(has_server=False), NEVER, "No server is set up"),
        (SyncState(), NEVER, "Not synced yet"),
        (SyncState(is_running=True), CLEAN, "Syncing"),
        (SyncState(), CLEAN, "Up to date 15:42"),
        (SyncState(), replace(CLEAN, last_contact_at=NOW - timedelta(days=2)), "Up to date 21-Nov-2026"),
        (SyncState(), replace(CLEAN, waiting=(ONE,)), "1 change to send"),
        (OFFLINE, replace(CLEAN, waiting=(ONE, ONE, ONE)), "Offline. 3 changes to send"),
        (OFFLINE, CLEAN, "Offline. Nothing to send"),
        (SyncState(), replace(CLEAN, waiting=(ONE, REFUSED)), "1 change not taken"),
        (OFFLINE, replace(CLEAN, waiting=(REFUSED,)), "1 change not taken"),
        (SyncState(problem=errors.NotTrusted("x")), CLEAN, "This is not your council's server"),
    ],
)
def test_the_foot_of_the_rail_says_how_things_stand_in_few_words(state: SyncState, status: SyncStatus, told: str) -> None:
    assert foot(state, status, NOW).words == told


def test_offline_is_told_with_what_is_kept_and_a_problem_with_what_to_do() -> None:
    assert notice(SyncState(), replace(CLEAN, waiting=(ONE,))) is None
    assert notice(SyncState(problem=errors.ServerBusy(5)), CLEAN) is None
    told = notice(OFFLINE, replace(CLEAN, waiting=(ONE, ONE, ONE)))
    assert told is not None
    assert told.words == "You are working offline"
    assert told.more == "3 changes are kept safely on this laptop and will be sent when you reconnect."
    single = notice(OFFLINE, replace(CLEAN, waiting=(ONE,)))
    assert single is not None
    assert single.more == "1 change is kept safely on this laptop and will be sent when you reconnect."
    refused = notice(SyncState(problem=errors.SignInRefused("device")), CLEAN)
    assert refused is not None
    assert "new enrolment code" in refused.more


def test_up_to_date_is_said_only_when_nothing_waits_and_the_server_was_reached() -> None:
    assert headline(SyncState(), CLEAN, NOW).words == "Up to date"
    for state, status in (
        (SyncState(), replace(CLEAN, waiting=(ONE,))), (SyncState(), replace(CLEAN, waiting=(REFUSED,))), (SyncState(), NEVER),
        (OFFLINE, CLEAN), (SyncState(is_running=True), CLEAN), (SyncState(has_server=False), CLEAN),
        (SyncState(problem=errors.ServerFailed("r")), CLEAN),
    ):  # fmt: skip
        assert headline(state, status, NOW).words != "Up to date"


def test_nothing_is_ever_called_a_success() -> None:
    told = [*words.KINDS.values(), *words.REFUSED.values(), *(" ".join(pair) for pair in words.OUTCOMES.values())]
    page = page_words(SyncState(), replace(CLEAN, waiting=(ONE, REFUSED), outcomes=(("accepted", 3),)), NOW)
    assert not [one for one in [*told, repr(page)] if "success" in one.lower()]


def test_what_waits_says_what_whom_it_is_about_and_since_when() -> None:
    page = page_words(SyncState(), replace(CLEAN, waiting=(replace(ONE, tries=2), REFUSED)), NOW)
    (line,) = page.waiting
    assert (line.words, line.second, line.right) == (
        "Entry: Margaret Okafor-Hale", "Written 20 minutes ago. Tried 2 times.", "23-Nov-2026 15:22",
    )  # fmt: skip
    (refused,) = page.refused
    assert refused.second.startswith("It was altered on the way. It stays on this laptop.")


def test_entries_that_wait_or_were_refused_are_told_apart_by_heading_and_title(desk: Desk) -> None:
    page = page_words(SyncState(), desk.do(read_sync_status), MONDAY)
    told = [line.second for line in page.waiting if line.words == "Entry: Margaret Okafor-Hale"]
    assert any(second.startswith("What we discussed") for second in told)
    assert any(second.startswith("Contacts, Home visit") for second in told)
    refused = page_words(SyncState(), replace(CLEAN, waiting=(replace(REFUSED, called="Contacts, Home visit"),)), NOW).refused
    assert refused[0].second.startswith("Contacts, Home visit · It was altered on the way.")


def test_the_servers_answers_are_counted_each_with_its_meaning() -> None:
    answered = (("accepted", 1204), ("clash", 1), ("parked", 2), ("quarantined", 1), ("shelved", 1))
    page = page_words(SyncState(), replace(CLEAN, outcomes=answered), NOW)
    assert [line.right for line in page.answered] == ["1,204", "1", "2", "1", "1"]
    assert page.answered[0].words == "The server has them"
    assert "does not know" in page.answered[4].words
    assert len({line.words for line in page.answered}) == 5


def test_how_old_each_copy_is_stands_beside_the_person() -> None:
    whole = HeldPerson(MARGARET, NOW - timedelta(hours=3), True)
    held = (whole, replace(whole, synced_at=None), replace(whole, synced_at=None, is_complete=False))
    page = page_words(SyncState(), replace(CLEAN, held=held), NOW)
    assert [line.second for line in page.held] == [
        "C1 · Same as the server's, as of 3 hours ago.", "C1 · Written on this laptop, not yet compared with the server.",
        "C1 · Still arriving. What is here so far may have gaps.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("skew", "told"), [(None, ""), (0, ""), (299_000, ""), (600_000, "10 minutes ahead"), (-600_000, "behind")]
)
def test_clocks_that_differ_are_told_from_five_minutes_on(skew: int | None, told: str) -> None:
    said = page_words(SyncState(), replace(CLEAN, skew_ms=skew), NOW).clock
    assert (told in said) if told else said == ""


def test_every_kind_of_row_has_a_name_that_people_know() -> None:
    assert set(KINDS) <= set(words.KINDS)
    assert words.kind_words("of a later version") == "Change"


def test_every_reason_of_the_server_has_its_sentence() -> None:
    import ast

    from carebook.server import judging

    tree = ast.parse(Path(judging.__file__).read_text())
    settled = {
        node.args[1].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "settle" and len(node.args) == 2
        and ast.unparse(node.args[0]) == "'refused'" and isinstance(node.args[1], ast.Constant)
    }  # fmt: skip
    assert len(settled) > 3
    assert settled <= set(words.REFUSED)


# ---------------------------------------------------------------- the page


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path, HeldClock(MONDAY)) as found:
        make_caseload(found)
        yield found


@pytest.fixture
def view(dressed: QApplication, qtbot: QtBot, desk: Desk) -> SyncView:
    with desk.store.begin() as session:
        first, second = outbox.waiting(session, 2)
        answers = [outbox.Answered(first.op_id, "refused", code="digest"), outbox.Answered(second.op_id, "accepted", seq=1)]
        outbox.answered(session, answers, desk.clock.now())
    room, trail = make_room(desk)
    shown = SyncView(room, SyncState)
    shown.trail = trail  # type: ignore[attr-defined]
    qtbot.addWidget(shown)
    shown.resize(1150, 768)
    shown.show()
    shown.opened()
    return shown


def test_the_page_shows_what_waits_what_was_refused_and_who_is_here(view: SyncView) -> None:
    assert view.bar.accessibleName().startswith("The server did not take 1 change")
    assert view.refused.isVisible()
    names = [item.accessibleName() for item in view.held.findChildren(type(view.refused.body.itemAt(0).widget()))]
    assert any(name.startswith("Margaret Okafor-Hale") for name in names)
    view.try_now.click()
    assert view.trail.syncs == 1  # type: ignore[attr-defined]


def test_a_page_that_cannot_be_read_says_so_and_can_be_tried_again(dressed: QApplication, qtbot: QtBot, desk: Desk) -> None:
    shown = SyncView(make_room(desk, Failing(errors.StoreLocked()))[0], SyncState)
    qtbot.addWidget(shown)
    shown.show()
    shown.opened()
    assert shown.stack.currentWidget().accessibleName().startswith("carebook is locked")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("percent", [100, 150, 200])
def test_every_line_can_be_read(view: SyncView, qtbot: QtBot, scheme: str, percent: int) -> None:
    theme().apply(Appearance(scheme=scheme, text_percent=percent))
    qtbot.wait(30)
    assert faults(view) == []


# ---------------------------------------------------------------- one at a time


class Cycles:
    """Counts syncs, and fails as told."""

    def __init__(self) -> None:
        self.runs, self.error = 0, None

    def __call__(self, cancel: Cancel) -> None:
        self.runs += 1
        if self.error is not None:
            raise self.error


def syncing(cycles: Callable[[Cancel], object] | None) -> tuple[Syncing, InlineLane, HeldClock]:
    lane, clock = InlineLane(), HeldClock()
    return Syncing(lane, cycles, clock), lane, clock


def test_asking_while_one_runs_brings_exactly_one_more(dressed: QApplication) -> None:
    cycles = Cycles()
    made, lane, _ = syncing(cycles)
    lane.hold()
    for _ in range(5):
        made.now()
    assert made.state.is_running
    lane.release()
    assert cycles.runs == 2
    assert not made.state.is_running
    made.end()


def test_a_failure_is_kept_until_the_next_one_ends_well(dressed: QApplication) -> None:
    cycles = Cycles()
    made, _, clock = syncing(cycles)
    cycles.error = errors.Unreachable("x")
    made.now()
    assert made.state.is_offline
    cycles.error = None
    clock.move(timedelta(minutes=10))
    made.now()
    assert made.state.problem is None
    assert made.state.ended_at == clock.now()
    made.end()


def test_without_a_server_nothing_is_tried_and_after_the_end_neither(dressed: QApplication) -> None:
    made, _, _ = syncing(None)
    made.begin()
    assert not made.state.has_server
    made.end()
    cycles = Cycles()
    made, _, _ = syncing(cycles)
    made.begin()
    made.end()
    made.now()
    assert cycles.runs == 1
