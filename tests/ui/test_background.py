"""The lanes: answers on the screen's thread, in order; dropped with the screen; no thread left."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from carebook.errors import Circumstance, Unreachable
from carebook.ui.background import Lane, Lanes
from carebook.ui.lane import Cancel, Cancelled


@pytest.fixture
def lanes(qtbot: QtBot) -> Iterator[Lanes]:
    made = Lanes()
    yield made
    made.shutdown()


def test_a_job_runs_off_the_screens_thread_and_answers_on_it(qtbot: QtBot, lanes: Lanes) -> None:
    seen: list[tuple[int, int]] = []
    lanes.store.run(threading.get_ident, lambda where: seen.append((where, threading.get_ident())), seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    where, here = seen[0]
    assert here == threading.get_ident()
    assert where != here


def test_answers_come_in_the_order_of_the_jobs(qtbot: QtBot, lanes: Lanes) -> None:
    seen: list[int] = []
    for number in range(50):
        lanes.store.run(lambda number=number: number, seen.append, pytest.fail)
    qtbot.waitUntil(lambda: len(seen) == 50)
    assert seen == list(range(50))


def test_a_circumstance_goes_to_failed(qtbot: QtBot, lanes: Lanes) -> None:
    told: list[Circumstance] = []

    def job() -> None:
        raise Unreachable

    lanes.slow.run(job, pytest.fail, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert isinstance(told[0], Unreachable)


def test_a_mistake_of_ours_is_not_taken_for_a_circumstance(qtbot: QtBot, lanes: Lanes) -> None:
    with qtbot.waitSignal(lanes.store.crashed) as crashed:
        lanes.store.run(lambda: 1 // 0, pytest.fail, pytest.fail)
    assert isinstance(crashed.args[0], ZeroDivisionError)


def test_a_slow_job_does_not_hold_up_the_store(qtbot: QtBot, lanes: Lanes) -> None:
    go, seen = threading.Event(), []
    lanes.slow.run(lambda: go.wait(5), lambda _: seen.append("slow"), pytest.fail)
    lanes.store.run(lambda: "store", seen.append, pytest.fail)
    qtbot.waitUntil(lambda: seen == ["store"])
    go.set()
    qtbot.waitUntil(lambda: seen == ["store", "slow"])


def test_a_lane_says_when_it_is_busy(qtbot: QtBot, lanes: Lanes) -> None:
    told: list[bool] = []
    lanes.store.busy.connect(told.append)
    lanes.store.run(lambda: None, lambda _: None, pytest.fail)
    lanes.store.run(lambda: None, lambda _: None, pytest.fail)
    assert lanes.store.is_busy
    qtbot.waitUntil(lambda: told == [True, False])
    assert not lanes.store.is_busy


def test_the_answers_of_a_closed_screen_are_dropped(qtbot: QtBot, lanes: Lanes) -> None:
    go, seen = threading.Event(), []
    screen = QWidget()
    lane = lanes.store.for_screen(screen)
    lane.run(lambda: go.wait(5), lambda _: seen.append("closed"), pytest.fail)
    gone: list[bool] = []
    screen.destroyed.connect(lambda: gone.append(True))
    screen.deleteLater()
    qtbot.waitUntil(lambda: bool(gone))
    go.set()
    lanes.store.run(lambda: "after", seen.append, pytest.fail)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["after"]


def test_a_screen_that_stays_open_gets_its_answers(qtbot: QtBot, lanes: Lanes) -> None:
    screen, seen = QWidget(), []
    qtbot.addWidget(screen)
    lane = lanes.store.for_screen(screen)
    lane.run(lambda: 1, seen.append, pytest.fail)
    lane.run_slowly(lambda cancel: cancel.is_cancelled, seen.append, pytest.fail)
    qtbot.waitUntil(lambda: seen == [1, False])


def test_a_slow_job_stops_at_its_next_check_when_it_is_cancelled(qtbot: QtBot, lanes: Lanes) -> None:
    begun, told = threading.Event(), []

    def job(cancel: Cancel) -> None:
        begun.set()
        while True:
            cancel.check()

    token = lanes.slow.run_slowly(job, pytest.fail, told.append)
    begun.wait(5)
    token.cancel()
    qtbot.waitUntil(lambda: bool(told))
    assert isinstance(told[0], Cancelled)


def test_shutting_down_ends_slow_jobs_and_leaves_no_thread(qtbot: QtBot) -> None:
    before = set(threading.enumerate())
    lane, begun = Lane("ending"), threading.Event()

    def job(cancel: Cancel) -> None:
        begun.set()
        while True:
            cancel.check()

    lane.run_slowly(job, pytest.fail, pytest.fail)
    lane.run(lambda: None, pytest.fail, pytest.fail)
    begun.wait(5)
    lane.shutdown()
    assert set(threading.enumerate()) - before == set()
    lane.run(lambda: None, pytest.fail, pytest.fail)
    assert not lane.is_busy
