"""The administrator's commands, each as they would type it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import ends
import pytest
import sqlalchemy as sa

from carebook import cli
from carebook.errors import GateUnsure
from carebook.models.access import setting
from carebook.models.people import person
from carebook.server import home
from carebook.sync import signing
from carebook.sync.enrolling import enrol


@pytest.fixture(scope="module")
def served(small_council: ends.Council) -> list[str]:
    """What says which server is meant."""
    return ["--server-home", str(small_council.folder)]


def test_a_server_is_set_up_once_and_its_files_are_its_own_accounts_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["set-up-server", "--server-home", str(tmp_path / "s"), "--name", "carebook.example", "--name", "127.0.0.1"]
    assert cli.main(asked) == 0
    assert "carebook.example, 127.0.0.1" in capsys.readouterr().out
    for path in (tmp_path / "s").iterdir():
        assert path.stat().st_mode & 0o077 == 0, path.name
    before = {path.name: path.read_bytes() for path in (tmp_path / "s").iterdir()}
    assert cli.main(asked) == 2
    assert "Nothing was changed" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in (tmp_path / "s").iterdir()} == before


def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    made = home.set_up(tmp_path / "s", ["127.0.0.1"])
    made.path("store.key").chmod(0o640)
    with pytest.raises(GateUnsure):
        made.secret("store")


def test_a_worker_is_added_enrolled_allocated_and_a_setting_reaches_the_laptop(
    small_council: ends.Council, served: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    password = ends.PASSWORD + "\n"
    command = [sys.executable, "-m", "carebook", "add-worker", "jo", "--name", "Jo Example", "--role", "SP", "--password-stdin"]
    subprocess.run([*command, *served], input=password, text=True, check=True, capture_output=True)
    assert cli.main(["enrol-code", "jo", *served]) == 0
    code = capsys.readouterr().out.strip()
    assert [len(group) for group in code.split("-")] == [4] * 5
    found = enrol(small_council.address, "jo", ends.PASSWORD, code)
    assert (found.name, found.role) == ("Jo Example", "SP")
    owner, laptop = small_council.laptop(), small_council.laptop("jo")
    someone = owner.add_person()
    owner.sync()
    (line,) = small_council.rows(sa.select(person.c.council_number).where(person.c.person_id == someone))
    assert cli.main(["allocate", "jo", line["council_number"], "--from", "2020-01-01", *served]) == 0
    assert cli.main(["set", "lease_working_days", "2", *served]) == 0
    assert laptop.sync().people_added == (someone,)
    assert laptop.scalar(sa.select(setting.c.value).where(setting.c.setting == "lease_working_days")) == "2"
    assert cli.main(["end-allocation", "jo", someone, *served]) == 0
    assert laptop.sync().people_removed == (someone,)
    capsys.readouterr()
    assert cli.main(["end-allocation", "nobody", someone, *served]) == 2
    assert capsys.readouterr().out == f"{someone} is not allocated to nobody.\n"


def test_what_is_unknown_is_said_in_plain_words(served: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["enrol-code", "nobody-of-that-name", *served]) == 2
    assert capsys.readouterr().err == "There is no such worker, or they no longer work here.\n"
    assert cli.main(["serve", "--server-home", "/nowhere"]) == 2
    assert "carebook set-up-server" in capsys.readouterr().err


def test_a_server_starts_again_on_what_it_had_and_stops_when_asked(tmp_path: Path) -> None:
    with ends.council(tmp_path) as council:
        laptop = council.laptop()
        someone = laptop.add_person()
        laptop.sync()
        port = int(council.address.rpartition(":")[2])
        assert council.process
        assert council.process.stop() == 0
        council.start(port)
        assert laptop.sync().is_clean
        assert laptop.ledger_ids(someone) == council.ledger_ids(someone)


def test_a_server_that_is_killed_has_lost_nothing_it_acknowledged(tmp_path: Path) -> None:
    with ends.council(tmp_path) as council:
        laptop = council.laptop()
        people = [laptop.add_person() for _ in range(3)]
        laptop.sync()
        port = int(council.address.rpartition(":")[2])
        assert council.process
        council.process.kill()
        laptop.add_person()
        council.start(port)
        assert laptop.sync().is_clean
        for someone in people:
            assert laptop.ledger_ids(someone) == council.ledger_ids(someone)


def test_the_fingerprint_in_a_code_is_that_of_the_authority(small_council: ends.Council) -> None:
    fingerprint, secret = signing.read_code(small_council.code(small_council.add_worker()))
    assert signing.is_authority(small_council.home.authority_der, fingerprint)
    assert not signing.is_authority(small_council.home.authority_der + b"x", fingerprint)
    assert len(secret) == signing.SECRET_SIGNS
