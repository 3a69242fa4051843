"""The whole day as `./run` lives it without a display: real processes, real screens, real bytes on the disk."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
import secret_service

from carebook.demo.hands import DayBroke
from carebook.demo.reckoning import SHOWN, look_everywhere

if TYPE_CHECKING:
    from conftest import Figure

pytestmark = pytest.mark.timeout(600)


@dataclass(frozen=True)
class Lived:
    """A day that was lived: where it left its things, what it said, and its exit status."""

    out: Path
    said: str
    status: int


@pytest.fixture(scope="session")
def day(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    """The day, once for all tests; in a folder with a space in its name, on a session bus of its own."""
    out = tmp_path_factory.mktemp("day", numbered=True) / "a day"
    command = ["dbus-run-session", "--", sys.executable, "-m", "carebook", "day", "--out", str(out)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=580)
    return Lived(out, done.stdout + done.stderr, done.returncode)


def test_the_day_holds_from_the_first_code_to_the_last_row(day: Lived) -> None:
    assert day.status == 0, day.said


def test_the_laptops_keys_were_halved_with_a_keyring(day: Lived) -> None:
    assert "A keyring of the day's own holds half of each laptop's key." in day.said
    assert list((day.out / "kept" / "home").rglob("*.keyring"))


def test_every_picture_and_pdf_of_the_index_is_there(day: Lived, figure: Figure) -> None:
    index = (day.out / "README.txt").read_text("utf-8")
    for name in SHOWN:
        assert name in index
        assert (day.out / name).stat().st_size > 10_000
    pictures = [name for name in SHOWN if name.endswith(".png")]
    assert len(pictures) >= 12
    figure("screenshots of the day", len(pictures), "12")


def test_nothing_lies_in_the_folder_but_what_the_index_names(day: Lived) -> None:
    assert {path.name for path in day.out.iterdir()} == {*SHOWN, "README.txt", "kept"}


def test_the_plans_are_in_the_print_their_people_need(day: Lived) -> None:
    with pikepdf.open(day.out / "22-plan-in-12-point.pdf") as usual, pikepdf.open(day.out / "23-plan-in-18-point.pdf") as large:
        assert 3 <= len(usual.pages) < len(large.pages)


def test_nobody_can_be_read_in_any_byte_the_day_left(day: Lived, figure: Figure) -> None:
    told = look_everywhere(day.out, tuple(SHOWN), "Again")
    assert "Found nowhere" in told
    figure("words about people found outside the pictures and PDFs", 0, "0")


def test_a_name_left_in_a_temporary_file_breaks_the_day(day: Lived) -> None:
    left = day.out / "kept" / "tmp" / "spool"
    left.write_text("14 Lark Rise")
    try:
        with pytest.raises(DayBroke, match="kept/tmp/spool"):
            look_everywhere(day.out, tuple(SHOWN), "Again")
    finally:
        left.unlink()


def test_the_day_writes_nothing_beside_its_folder(day: Lived) -> None:
    """Its home, its temporary files and its settings lie below OUT: the home it was started in stays empty."""
    assert not list(Path(os.environ["HOME"]).rglob("*.keyring"))


def test_without_a_keyring_it_says_so_plainly(tmp_path: Path) -> None:
    from carebook.demo.surroundings import Surroundings, own_keyring

    around = Surroundings(tmp_path / "kept")
    around.make()
    with own_keyring(around) as why:
        assert why == "there is no session bus"
        assert around.keyring == "none"


def test_the_keyring_of_the_desktop_is_left_alone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from carebook.demo.surroundings import Surroundings, own_keyring

    with secret_service.secret_service(home) as environment:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", environment["DBUS_SESSION_BUS_ADDRESS"])
        around = Surroundings(home / "kept")
        around.make()
        with own_keyring(around) as why:
            assert why == "the keyring of this desktop is left alone"
            assert around.keyring == "none"


def test_a_screen_that_does_not_do_what_it_should_breaks_the_day(tmp_path: Path) -> None:
    """The hands look for an enrolment that is not offered: the part ends with a sentence, and nothing runs on."""
    from carebook.demo.hands import DayBroke as Broke
    from carebook.demo.seat import sit
    from carebook.demo.surroundings import Surroundings

    around = Surroundings(tmp_path / "kept")
    around.make()
    environment = {**around.environment(None, "laptop"), "QT_QPA_PLATFORM": "offscreen", "CAREBOOK_DAY_PATIENCE": "1"}
    with pytest.raises(Broke, match="should"):
        list(sit("evening", tmp_path, environment, around.log("screens")))
    assert (tmp_path / "broken.png").is_file()
