"""The commands that are printed for an administrator are ones that the program takes."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

from carebook import cli

ROOT = Path(__file__).parents[2]
PROGRAM = [".venv/bin/python", "-m", "carebook"]


def printed(file: str, start: str) -> list[list[str]]:
    """The words after the program's name, of each line of the first block after `start`."""
    block = (ROOT / file).read_text("utf-8").split(start, 1)[1].split("```", 2)[1]
    lines = [shlex.split(line, comments=True) for line in block.strip().splitlines()]
    return [words[words.index(PROGRAM[0]) + len(PROGRAM) :] for words in lines if PROGRAM[0] in words]


def test_the_readme_prints_commands_that_the_parser_takes() -> None:
    commands = printed("README.md", "## Run a server")
    expected = ["set-up-server", "add-worker", "set-password", "enrol-code", "serve", "allocate"]
    assert [words[0] for words in commands] == expected
    for words in commands:
        assert callable(cli._parser().parse_args(words).work)


def test_the_unit_starts_the_server_that_its_readme_sets_up() -> None:
    (made,) = (cli._parser().parse_args(words) for words in printed("installer/server/README.md", "Make the server"))
    unit = (ROOT / "installer/server/carebook-server.service").read_text("utf-8")
    (line,) = (line for line in unit.splitlines() if line.startswith("ExecStart="))
    words = shlex.split(line.removeprefix("ExecStart="))
    assert words[:3] == ["/opt/carebook/.venv/bin/python", "-m", "carebook"]
    served = cli._parser().parse_args(words[3:])
    assert served.server_home == made.server_home == Path("/var/lib/carebook/server")


def test_the_readme_makes_a_server_with_a_worker_who_can_enrol(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    for words in printed("README.md", "## Run a server")[:4]:
        from_input = ["--password-stdin"] if words[0] == "set-password" else []
        done = subprocess.run(
            [sys.executable, "-m", "carebook", *words, *from_input], cwd=project, env={"PYTHONPATH": str(ROOT)},
            input="quiet rivers run deep\n", capture_output=True, text=True, check=False,
        )
        assert done.returncode == 0, (words[0], done.stderr)
    assert (tmp_path / "carebook-server" / "server.toml").is_file()
