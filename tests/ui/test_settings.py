"""Settings: appearance at once and remembered, the passphrase re-wrapped and nothing else, what is told about this copy."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from accessible import faults
from made_home import PASSPHRASE, MadeHome, make_home
from made_room import Failing, make_room
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from carebook.app.door import Door
from carebook.app.safe import PassphraseDoor
from carebook.desk import Desk
from carebook.errors import DiskFull, PassphraseTooWeak, WrongPassphrase
from carebook.store.keys import read_header
from carebook.ui.settings.passphrases import passphrase_problems, strength
from carebook.ui.settings.view import Around, SettingsView
from carebook.ui.theme import Appearance, read_appearance, theme

NEW = "another four words here"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("", ""), ("short", "7 characters more needed"), ("12345678901", "1 character more needed"),
        ("aaaaaaaaaaaaaaaa", "Too few different characters"), ("abcdeabcdeabcde", "Long enough. More words make it stronger."),
        ("four words that differ", "Strong"), ("seven words that all differ a lot", "Very strong"),
    ],
)  # fmt: skip
def test_strength_is_told_in_words(words: str, told: str) -> None:
    assert strength(words) == told


def test_the_rule_is_told_apart_from_the_list_of_common_ones() -> None:
    def short(_: str) -> None:
        raise PassphraseTooWeak("short")

    def common(_: str) -> None:
        raise PassphraseTooWeak("common")

    assert passphrase_problems("a", "a", short) == {"new": "Use at least 12 characters"}
    assert passphrase_problems("a", "a", common) == {"new": "This one is known to be common: choose other words"}
    assert passphrase_problems("a", "b", lambda _: None) == {"again": "The two passphrases differ: type the same twice"}
    assert passphrase_problems("a", "a", lambda _: None) == {}


@pytest.fixture
def made(tmp_path: Path) -> MadeHome:
    return make_home(tmp_path, is_peopled=True)


@pytest.fixture
def desk(made: MadeHome) -> Iterator[Desk]:
    found = made.desk()
    yield found
    found.store.lock()


@pytest.fixture
def view(dressed: QApplication, qtbot: QtBot, made: MadeHome, desk: Desk) -> SettingsView:
    room, _ = make_room(desk)
    shown = SettingsView(room, Around(made.settings, "1.2.3", 10, PassphraseDoor(made.settings, made.place)))
    qtbot.addWidget(shown)
    shown.resize(1150, 768)
    shown.show()
    shown.opened()
    return shown


def type_passphrases(view: SettingsView, old: str, new: str, again: str) -> None:
    for field, words in ((view.passphrase.old, old), (view.passphrase.new, new), (view.passphrase.again, again)):
        field.set_value(words)
    view.change.click()


def test_changing_the_passphrase_wraps_the_same_key_anew_and_leaves_the_store_alone(
    view: SettingsView, made: MadeHome, desk: Desk
) -> None:
    generation = read_header(made.place.slot).generation
    type_passphrases(view, PASSPHRASE, NEW, NEW)
    assert view.told.accessibleName().startswith("Your passphrase is changed")
    assert view.passphrase.old.value() == view.passphrase.new.value() == ""
    assert read_header(made.place.slot).generation == generation + 1
    desk.store.lock()
    door = Door(made.settings, made.clock)
    (account,) = door.accounts()
    with pytest.raises(WrongPassphrase):
        door.unlock(account, PASSPHRASE)
    door.unlock(account, NEW).close()


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        (("", NEW, NEW), "old"), ((PASSPHRASE, "short", "short"), "new"), ((PASSPHRASE, NEW, "other"), "again"),
        (("not the present one", NEW, NEW), "old"),
    ],
)  # fmt: skip
def test_what_will_not_do_is_told_at_its_field_and_changes_nothing(
    view: SettingsView, made: MadeHome, typed: tuple[str, str, str], where: str
) -> None:
    before = made.place.slot.read_bytes()
    type_passphrases(view, *typed)
    problems = {key: field.problem for key, field in view.passphrase.fields.items() if field.problem}
    assert list(problems) == [where]
    assert made.place.slot.read_bytes() == before
    assert view.change.isEnabled()


def test_a_full_disk_is_told_and_the_button_can_be_pressed_again(view: SettingsView, qtbot: QtBot) -> None:
    view.presenter._room = make_room(view.presenter._room.desk, Failing(DiskFull()))[0]
    type_passphrases(view, PASSPHRASE, NEW, NEW)
    assert view.told.accessibleName().startswith("The disk is full")
    assert view.change.isEnabled()
    assert view.passphrase.new.value() == NEW


def test_each_choice_of_appearance_shows_at_once_and_is_remembered_without_a_word_about_anybody(
    view: SettingsView, made: MadeHome
) -> None:
    view.appearance.scheme.set_value("dark")
    view.appearance.text_size.set_value("150")
    view.appearance.density.set_value("compact")
    wanted = Appearance(scheme="dark", text_percent=150, density="compact", font=theme().appearance.font)
    assert theme().appearance == wanted
    assert read_appearance(made.settings.appearance_file) == wanted
    assert set(json.loads(made.settings.appearance_file.read_text())) == {"scheme", "text_percent", "font", "density"}


def test_a_choice_that_cannot_be_remembered_still_holds_and_says_so(view: SettingsView, made: MadeHome) -> None:
    made.settings.appearance_file.mkdir()
    view.appearance.scheme.set_value("contrast")
    assert theme().appearance.scheme == "contrast"
    assert view.appearance.problem.isVisible()


def test_it_says_whose_laptop_it_is_which_version_and_what_protects_the_key(view: SettingsView) -> None:
    told = [child.accessibleName() for child in view.facts.findChildren(type(view.facts._facts[0][1]))]
    for words in (
        "Worker: Peter Osei (p.osei)", "This laptop: dev-0001", "Last contact with the server: none yet", "Version: 1.2.3",
        "Key of the store: From your passphrase alone", "People on this laptop: ",
    ):  # fmt: skip
        assert any(one.startswith(words) for one in told), (words, told)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("percent", [100, 150, 200])
def test_every_part_can_be_read_and_used(view: SettingsView, qtbot: QtBot, scheme: str, percent: int) -> None:
    theme().apply(Appearance(scheme=scheme, text_percent=percent))
    qtbot.wait(30)
    assert faults(view) == []
    type_passphrases(view, "", "short", "")
    qtbot.wait(30)
    assert faults(view) == []
