"""Setting a laptop up: addresses, each step and its refusals, the keyring said plainly, and all of it with a real server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from accessible import faults
from inline_lane import InlineLane
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from carebook import errors
from carebook.store.keys import check_passphrase
from carebook.ui.enrol.presenter import Asked, EnrolPresenter, full_address
from carebook.ui.enrol.view import EnrolView
from carebook.ui.problems import Sentence, sentence
from carebook.ui.theme import Appearance, theme

GOOD = "long enough words"
TYPED = Asked("carebook.example", " ABCD-EFGH ", " amina.bello ", "secret")


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("carebook.example", "https://carebook.example:8443"),
        (" https://carebook.example:9000/ ", "https://carebook.example:9000"),
        ("127.0.0.1:36209", "https://127.0.0.1:36209"),
        ("https://[::1]:8443", "https://[::1]:8443"),
        ("http://carebook.example", ""),
        ("carebook.example:port", ""),
        ("carebook.example/records?person=1", ""),
        ("two words", ""),
        ("", ""),
    ],
)
def test_an_address_is_made_whole_or_refused(typed: str, address: str) -> None:
    assert full_address(typed) == address


@dataclass
class FakeEnrols:
    """The steps, each of which can fail."""

    enrol_error: errors.Circumstance | None = None
    make_error: errors.Circumstance | None = None
    sync_error: errors.Circumstance | None = None
    asked: list[Asked] = field(default_factory=list)
    syncs: int = 0
    on_sync: Callable[[Callable[[str, int, int], None]], None] = lambda progress: None

    def has_keyring(self) -> bool:
        return False

    def enrol(self, asked: Asked) -> str:
        self.asked.append(asked)
        if self.enrol_error is not None:
            raise self.enrol_error
        return "enrolment"

    def check(self, passphrase: str) -> None:
        check_passphrase(passphrase)

    def make(self, enrolment: str, passphrase: str) -> str:
        if self.make_error is not None:
            raise self.make_error
        return "store"

    def first_sync(self, opened: str, progress: Callable[[str, int, int], None], is_cancelled: Callable[[], bool]) -> None:
        self.syncs += 1
        self.on_sync(progress)
        if self.sync_error is not None:
            raise self.sync_error


@dataclass
class FakeView:
    """Notes what it is told to show."""

    shown: list[tuple[object, ...]] = field(default_factory=list)
    presenter: EnrolPresenter[str, str] | None = None

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *told, **named: self.shown.append((name, *told, *named.values()))

    def report(self, step: str, done: int, total: int) -> None:
        assert self.presenter is not None
        self.presenter.progressed(step, done, total)

    def of(self, name: str) -> list[tuple[object, ...]]:
        return [one[1:] for one in self.shown if one[0] == name]


def scene(enrols: FakeEnrols) -> tuple[EnrolPresenter[str, str], FakeView]:
    view = FakeView()
    view.presenter = EnrolPresenter(view, enrols, InlineLane())
    view.presenter.begin()
    return view.presenter, view


def test_a_computer_without_a_keyring_is_told_plainly() -> None:
    _, view = scene(FakeEnrols())
    ((words, is_there),) = view.of("show_keyring")
    assert not is_there
    assert "your passphrase alone protects the record" in str(words)
    assert "Your council can refuse" in str(words)


def test_what_is_missing_is_asked_for_field_by_field_before_the_server_is() -> None:
    enrols = FakeEnrols()
    presenter, view = scene(enrols)
    presenter.enrol(Asked("http://x", "", " ", ""))
    assert set(view.of("show_problems")[-1][0]) == {"address", "code", "worker", "password"}
    assert enrols.asked == []
    presenter.enrol(TYPED)
    assert enrols.asked == [Asked("https://carebook.example:8443", "ABCD-EFGH", "amina.bello", "secret")]
    assert view.of("show_step")[-1] == ("passphrase",)


@pytest.mark.parametrize(
    ("error", "where"),
    [
        (errors.CodeRefused("code"), "code"), (errors.SignInRefused("password"), "password"),
        (errors.Unreachable("x"), "address"), (errors.NotTrusted("authority"), "address"),
    ],
    ids=lambda told: type(told).__name__,
)  # fmt: skip
def test_a_refusal_stands_at_the_field_it_is_about(error: errors.Circumstance, where: str) -> None:
    presenter, view = scene(FakeEnrols(enrol_error=error))
    presenter.enrol(TYPED)
    assert list(view.of("show_problems")[-1][0]) == [where]
    assert view.of("show_step") == [("server",)]
    assert view.of("show_busy")[-1] == ("",)


def test_any_other_failure_is_told_in_its_own_words() -> None:
    presenter, view = scene(FakeEnrols(enrol_error=errors.ServerBusy(7)))
    presenter.enrol(TYPED)
    assert view.of("show_failed")[-1] == (sentence(errors.ServerBusy(7)),)


@pytest.mark.parametrize(
    ("first", "again", "where"),
    [
        ("", "", "new"), ("short", "short", "new"), ("passwordpassword", "passwordpassword", "new"),
        (GOOD, "long enough wards", "again"),
    ],
)
def test_a_passphrase_that_will_not_do_is_not_taken(first: str, again: str, where: str) -> None:
    presenter, view = scene(FakeEnrols())
    presenter.enrol(TYPED)
    presenter.choose(first, again)
    assert list(view.of("show_problems")[-1][0]) == [where]
    assert view.of("show_step")[-1] == ("passphrase",)


def test_a_store_that_could_not_be_made_leaves_the_worker_at_the_passphrase() -> None:
    presenter, view = scene(FakeEnrols(make_error=errors.DiskFull()))
    presenter.enrol(TYPED)
    presenter.choose(GOOD, GOOD)
    assert view.of("show_failed")[-1] == (sentence(errors.DiskFull()),)
    assert view.of("finished") == []


def test_work_can_begin_as_soon_as_everybody_has_arrived_and_begins_once() -> None:
    enrols = FakeEnrols()
    presenter, view = scene(enrols)

    def steps(progress: Callable[[str, int, int], None]) -> None:
        for step, done, total in (("sign-in", 0, 0), ("backfill", 0, 12), ("backfill", 12, 12), ("check", 0, 12)):
            progress(step, done, total)
        presenter.start()

    enrols.on_sync = steps
    presenter.enrol(TYPED)
    presenter.choose(GOOD, GOOD)
    told = view.of("show_progress")
    assert [one[-1] for one in told] == [False, False, False, True, True]
    assert told[2][0] == "Fetching the people you work with: 0 of 12 people"
    assert view.of("finished") == [("store",)]


def test_a_first_sync_that_fails_can_be_tried_again_or_left_for_later() -> None:
    enrols = FakeEnrols(sync_error=errors.Unreachable("x"))
    presenter, view = scene(enrols)
    presenter.enrol(TYPED)
    presenter.choose(GOOD, GOOD)
    (told,) = view.of("show_failed")[-1]
    assert isinstance(told, Sentence)
    presenter.sync()
    assert enrols.syncs == 2
    assert view.of("finished") == []
    presenter.start()
    assert view.of("finished") == [("store",)]


# ---------------------------------------------------------------- the screen


@pytest.fixture
def view(dressed: QApplication, qtbot: QtBot) -> EnrolView:
    made = EnrolView(FakeEnrols(enrol_error=errors.CodeRefused("code")), InlineLane())
    qtbot.addWidget(made)
    made.resize(560, 760)
    made.show()
    return made


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("percent", [100, 200])
def test_every_step_can_be_read_and_used(view: EnrolView, qtbot: QtBot, scheme: str, percent: int) -> None:
    theme().apply(Appearance(scheme=scheme, text_percent=percent))
    view.resize(1000 if percent == 200 else 560, 760)
    for step in ("server", "passphrase", "sync"):
        view.show_step(step)
        qtbot.wait(20)
        assert faults(view) == [], step
    view.show_failed(sentence(errors.Unreachable("x")))
    qtbot.wait(20)
    assert faults(view) == []
    view.show_step("server")
    view._enrol()
    qtbot.wait(20)
    assert faults(view) == []


def test_problems_take_the_focus_to_the_summary_and_a_line_leads_to_its_field(view: EnrolView, qtbot: QtBot) -> None:
    for name, words in (("address", "carebook.example"), ("code", "ABCD"), ("worker", "a.b"), ("password", "x")):
        QTest.keyClicks(view.server_form.fields[name].edit, words)
    QTest.keyClick(view.password.edit, Qt.Key.Key_Return)
    assert view.summary.isVisible()
    assert view.code.problem.startswith("That code does not work.")
    view.summary.links()[0].click()
    qtbot.waitUntil(view.code.edit.hasFocus)
    assert view.code.value() == "ABCD"
