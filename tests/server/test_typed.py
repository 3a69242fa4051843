"""What an administrator types wrongly is told in a sentence, and nothing is written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import ends
import pytest
import sqlalchemy as sa

from carebook import cli
from carebook.errors import InputProblems
from carebook.models.access import setting
from carebook.models.projection import is_head
from carebook.reads.workers import DEFAULTS
from carebook.server import leases, typed


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (["--database", "mysql://somewhere/else"], "--database"),
        (["--database", "postgresql://a@b:port/c"], "--database"),
        (["--port", "0"], "1 to 65535"),
        (["--port", "70000"], "1 to 65535"),
        (["--name", "two words"], "--name"),
        (["--name", "a,b"], "--name"),
        (["--host", "300.1.1.1"], "--host"),
    ],
)
def test_a_server_that_could_not_run_is_not_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: list[str], said: str
) -> None:
    assert cli.main(["set-up-server", "--server-home", str(tmp_path / "s"), "--name", "localhost", *wrong]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "s").exists()


def test_nothing_is_left_of_a_server_whose_database_does_not_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "mine").write_text("kept")
    for folder in ("s", "new"):
        asked = ["set-up-server", "--server-home", str(tmp_path / folder), "--name", "localhost"]
        assert cli.main([*asked, "--database", "postgresql://nobody@127.0.0.1:1/nothing"]) == 1
        assert "The database does not open." in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "s").iterdir()] == ["mine"]
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(("worker", "name"), [("", "A"), ("a b", "A"), ("a/b", "A"), ("a", ""), ("a", "  ")])
def test_a_worker_without_a_usable_id_and_name_is_refused(
    small_council: ends.Council, capsys: pytest.CaptureFixture[str], worker: str, name: str
) -> None:
    home = ["--server-home", str(small_council.folder)]
    assert cli.main(["add-worker", worker, "--name", name, "--role", "SP", *home]) == 2
    assert capsys.readouterr().err.endswith(".\n")


def test_a_password_is_not_asked_for_without_a_terminal(small_council: ends.Council) -> None:
    command = [sys.executable, "-m", "carebook", "set-password", "jo", "--server-home", str(small_council.folder)]
    alone = {"stdin": subprocess.DEVNULL, "start_new_session": True}
    done = subprocess.run(command, capture_output=True, text=True, check=False, **alone)
    assert (done.returncode, done.stderr) == (2, cli.SENTENCES["terminal"] + "\n")


def test_a_requirement_set_to_false_is_off(small_council: ends.Council) -> None:
    home = ["--server-home", str(small_council.folder)]
    for given, kept in (("true", "1"), ("false", "")):
        assert cli.main(["set", "keyring_required", given, *home]) == 0
        asked = sa.select(setting.c.value).where(setting.c.setting == "keyring_required", is_head(setting))
        assert [line["value"] for line in small_council.rows(asked)] == [kept]
    assert cli.main(["set", "motto", "words", *home]) == 2


def test_every_setting_the_program_reads_can_be_set_and_is_read_by_its_kind() -> None:
    assert set(typed.SETTINGS) == {*DEFAULTS, leases.SETTING}
    for name, value in (("lock_after_minutes", "soon"), ("lease_working_days", "0"), ("keyring_required", "maybe")):
        with pytest.raises(InputProblems):
            typed.setting_value(name, value)
    assert all(typed.setting_value(name, value) == value for name, value in DEFAULTS.items())


def test_a_day_whose_folder_cannot_be_made_is_not_begun(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("kept")
    command = [sys.executable, "-m", "carebook", "day", "--out", str(tmp_path / "file" / "below")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "cannot be made" in done.stderr
    assert "Traceback" not in done.stderr
