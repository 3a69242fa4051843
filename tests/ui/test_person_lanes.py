"""Screens on the real lanes: answers come from the store's own thread, and none comes to a screen that is gone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from screens import Shown, settle, shown, words

from carebook.ui.background import Lanes
from carebook.ui.people.view import PeopleView
from carebook.ui.person.view import PersonView
from carebook.ui.today.view import TodayView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


@pytest.fixture
def at(tmp_path: Path, dressed: QApplication) -> Iterator[Shown]:
    with shown(tmp_path) as at:
        lanes = Lanes()
        at.room = replace(at.room, quick=lanes.store, slow=lanes.slow)
        yield at
        lanes.shutdown()


def test_a_record_opens_from_the_stores_own_thread(at: Shown, qtbot: QtBot) -> None:
    page = at.show(PersonView(at.room, at.people.margaret))
    qtbot.waitUntil(lambda: "OKAFOR-HALE" in words(page))


def test_today_and_people_fill_from_the_stores_own_thread(at: Shown, qtbot: QtBot) -> None:
    today = at.show(TodayView(at.room))
    qtbot.waitUntil(lambda: "Ring the ward" in words(today))
    people = at.show(PeopleView(at.room))
    qtbot.waitUntil(lambda: len(people.model.rows) == 5)


def test_a_record_that_is_left_before_it_opens_is_not_answered(at: Shown, qtbot: QtBot) -> None:
    first = at.show(TodayView(at.room))
    qtbot.waitUntil(lambda: "Ring the ward" in words(first))
    hold = threading.Event()
    at.room.quick.run(lambda: hold.wait(5), lambda _: None, lambda _: None)
    page = at.show(PersonView(at.room, at.people.margaret))
    told: list[object] = []
    page._presenter._show = told.append  # type: ignore[method-assign]
    page.opened()
    at.shell.back()
    settle()
    after: list[bool] = []
    hold.set()
    at.room.quick.run(lambda: True, after.append, lambda _: None)
    qtbot.waitUntil(lambda: bool(after))
    assert told == []
    assert at.shell.page is first
