"""Unlocking: whom it greets, a wrong passphrase, waiting, each thing that stands in the way, setting aside."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from accessible import faults
from held_clock import HeldClock
from inline_lane import InlineLane
from made_home import PASSPHRASE, MadeHome, make_home
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from carebook import errors
from carebook.app.door import Door, Opened
from carebook.store.place import set_aside_folders
from carebook.ui.problems import Sentence, sentence
from carebook.ui.theme import Appearance, theme
from carebook.ui.unlock.presenter import LEADS_TO_ENROLMENT, Account, UnlockPresenter
from carebook.ui.unlock.view import UnlockView

AMINA = Account("a", "amina.bello", "Amina Bello", "dev-1")
PETER = Account("b", "p.osei", "Peter Osei", "dev-2")


@dataclass
class FakeDoors:
    """Doors that open, refuse or wait as a test says."""

    accounts_here: tuple[Account, ...] = (AMINA, PETER)
    error: errors.Circumstance | None = None
    seconds: int = 0
    tried: list[str] = field(default_factory=list)
    put_aside: list[Account] = field(default_factory=list)

    def accounts(self) -> tuple[Account, ...]:
        return self.accounts_here

    def wait(self, account: Account) -> int:
        return self.seconds

    def unlock(self, account: Account, passphrase: str) -> str:
        self.tried.append(passphrase)
        if self.error is not None:
            raise self.error
        return f"store of {account.name}"

    def set_aside(self, account: Account) -> None:
        self.put_aside.append(account)
        self.accounts_here = tuple(one for one in self.accounts_here if one != account)


@dataclass
class FakeView:
    """Notes what it is told to show."""

    shown: list[tuple[object, ...]] = field(default_factory=list)

    def __getattr__(self, name: str) -> object:
        def note(*told: object, **named: object) -> None:
            self.shown.append((name, *told, *named.values()))

        return note

    @property
    def last(self) -> tuple[object, ...]:
        return [one for one in self.shown if one[0] not in {"show_wait", "show_why"}][-1]


@dataclass
class Scene:
    doors: FakeDoors = field(default_factory=FakeDoors)
    view: FakeView = field(default_factory=FakeView)
    lane: InlineLane = field(default_factory=InlineLane)
    opened: list[str] = field(default_factory=list)
    enrolments: list[bool] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.presenter: UnlockPresenter[str] = UnlockPresenter(
            self.view, self.doors, self.lane, self.opened.append, lambda: self.enrolments.append(True)
        )


def test_the_account_last_used_is_greeted_and_a_locked_one_goes_before_it() -> None:
    scene = Scene()
    scene.presenter.begin()
    assert scene.view.last == ("show_account", "Amina Bello", "amina.bello", 1)
    scene.presenter.begin(device="dev-2", why="idle")
    assert scene.view.last == ("show_account", "Peter Osei", "p.osei", 1)
    assert any(one[0] == "show_why" and "not used for a while" in str(one[1]) for one in scene.view.shown)


def test_a_laptop_without_a_store_offers_to_be_set_up() -> None:
    scene = Scene(FakeDoors(accounts_here=()))
    scene.presenter.begin()
    assert scene.view.last == ("show_nobody",)


def test_the_right_passphrase_hands_over_the_opened_store_once() -> None:
    scene = Scene()
    scene.presenter.begin()
    scene.lane.hold()
    scene.presenter.unlock("right")
    scene.presenter.unlock("right")
    assert scene.view.last == ("show_unlocking",)
    scene.lane.release()
    assert scene.opened == ["store of Amina Bello"]
    assert scene.doors.tried == ["right"]


def test_nothing_typed_is_not_tried() -> None:
    scene = Scene()
    scene.presenter.begin()
    scene.presenter.unlock("")
    assert scene.view.last[:2] == ("show_wrong", "Enter your passphrase")
    assert scene.doors.tried == []


def test_a_wrong_passphrase_is_counted_and_says_what_to_do() -> None:
    scene = Scene(FakeDoors(error=errors.WrongPassphrase()))
    scene.presenter.begin()
    scene.presenter.unlock("one")
    scene.presenter.unlock("two")
    _, words, hint = scene.view.last
    assert words == "That passphrase does not open carebook"
    assert "2 tries so far." in str(hint)
    assert "Caps Lock" in str(hint)


def test_no_passphrase_is_tried_while_one_has_to_wait() -> None:
    scene = Scene(FakeDoors(seconds=20))
    scene.presenter.begin()
    scene.presenter.unlock("right")
    assert scene.doors.tried == []
    assert scene.view.shown[-1] == ("show_wait", "Too many tries. You can try again in 20 seconds.")
    scene.doors.seconds = 0
    assert not scene.presenter.wait()
    assert scene.view.shown[-1] == ("show_wait", "")


@pytest.mark.parametrize(
    "error",
    [
        errors.DeviceKeyMissing("none"), errors.KeyringUnavailable("settings"), errors.KeyringRequired("council"),
        errors.SlotUnreadable("damaged"), errors.KeyMalformed("device-key"), errors.WrongKey(), errors.StoreMissing(),
        errors.StoreDamaged(), errors.StoreNewer("0099"), errors.StoreInUse(), errors.DiskFull(), errors.OutcomeUnknown(),
        errors.NotEncrypting(),
    ],
    ids=lambda error: type(error).__name__,
)  # fmt: skip
def test_each_thing_that_stands_in_the_way_has_its_own_sentence_and_its_way_out(error: errors.Circumstance) -> None:
    scene = Scene(FakeDoors(error=error))
    scene.presenter.begin()
    scene.presenter.unlock("right")
    name, told, may_set_aside, may_retry = scene.view.last
    assert name == "show_problem"
    assert isinstance(told, Sentence)
    assert told == sentence(error)
    assert told != sentence(errors.StoreProblem())
    assert may_set_aside == isinstance(error, LEADS_TO_ENROLMENT)
    assert may_retry == (not isinstance(error, errors.StoreNewer))
    assert scene.presenter.failures == 0


def test_a_store_that_cannot_be_opened_is_set_aside_only_after_a_question_and_leads_to_enrolment() -> None:
    scene = Scene(FakeDoors(error=errors.StoreDamaged()))
    scene.presenter.begin()
    scene.presenter.forgotten()
    assert scene.view.last == ("ask_set_aside", "Amina Bello")
    assert scene.doors.put_aside == []
    scene.presenter.set_aside()
    assert scene.doors.put_aside == [AMINA]
    assert scene.enrolments == [True]


# ---------------------------------------------------------------- the screen


@pytest.fixture
def made(tmp_path: Path) -> MadeHome:
    return make_home(tmp_path, HeldClock())


@pytest.fixture
def view(dressed: QApplication, qtbot: QtBot, made: MadeHome) -> UnlockView:
    opened: list[Opened] = []
    shown = UnlockView(Door(made.settings, made.clock), InlineLane(), opened=opened.append, enrol=lambda: None)
    shown.opened = opened  # type: ignore[attr-defined]
    qtbot.addWidget(shown)
    shown.resize(560, 620)
    shown.show()
    shown.presenter.begin()
    return shown


def press_enter(view: UnlockView, words: str) -> None:
    view.form.field.edit.clear()
    QTest.keyClicks(view.form.field.edit, words)
    QTest.keyClick(view.form.field.edit, Qt.Key.Key_Return)


def test_a_wrong_passphrase_keeps_the_focus_and_what_was_typed_marked_for_typing_over(view: UnlockView, qtbot: QtBot) -> None:
    press_enter(view, "not this one at all")
    edit = view.form.field.edit
    assert view.form.field.problem == "That passphrase does not open carebook"
    assert edit.selectedText() == "not this one at all"
    qtbot.waitUntil(edit.hasFocus)
    press_enter(view, PASSPHRASE)
    (opened,) = view.opened  # type: ignore[attr-defined]
    opened.close()


def test_what_is_typed_shows_only_while_the_button_says_so(view: UnlockView) -> None:
    button, edit = view.form.show_button, view.form.field.edit
    assert edit.echoMode() is QLineEdit.EchoMode.Password
    button.toggle()
    assert edit.echoMode() is QLineEdit.EchoMode.Normal
    assert button.accessibleName() == "Hide passphrase"
    press_enter(view, "not this one at all")
    assert edit.echoMode() is QLineEdit.EchoMode.Password


def test_a_damaged_key_file_offers_to_set_the_store_aside_by_keyboard_alone(view: UnlockView, made: MadeHome) -> None:
    made.place.slot.write_bytes(b"not a slot")
    press_enter(view, PASSPHRASE)
    assert view.form.notice.isVisible()
    QTest.keyClick(view.form.aside, Qt.Key.Key_Space)
    (confirm,) = [one for one in view.findChildren(type(view.form.aside)) if one.text() == "Set aside and enrol again"]
    QTest.keyClick(confirm, Qt.Key.Key_Space)
    assert len(set_aside_folders(made.place)) == 1


@pytest.mark.parametrize("scheme", ["light", "dark", "contrast"])
@pytest.mark.parametrize("percent", [100, 200])
def test_every_state_can_be_read_and_used(view: UnlockView, qtbot: QtBot, scheme: str, percent: int) -> None:
    theme().apply(Appearance(scheme=scheme, text_percent=percent))
    view.resize(1000 if percent == 200 else 560, 760)
    told = sentence(errors.StoreDamaged())
    states = (
        view.presenter.begin, lambda: view.show_wrong("That passphrase does not open carebook", "Check Caps Lock."),
        lambda: view.show_problem(told, may_set_aside=True, may_retry=True), lambda: view.ask_set_aside("Amina Bello"),
        lambda: view.show_accounts((AMINA, PETER)), view.show_nobody, view.show_unlocking,
    )  # fmt: skip
    for show in states:
        show()
        qtbot.wait(20)
        assert faults(view) == [], show
