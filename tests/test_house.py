"""The house stands as it is drawn: floors, names, sizes, sentences; and each check finds what is planted for it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING, Any

import house
import pytest
from house import ROOT

from carebook.policy.roles import MATRIX

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LINT_IMPORTS = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", LINT_IMPORTS, "--no-cache"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, timeout=120)


def plant(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


# ---------------------------------------------------------------- the house as it is


def test_the_floors_hold() -> None:
    linted = lint_imports(ROOT)
    assert linted.returncode == 0, linted.stdout


@pytest.mark.parametrize(
    "rule",
    [
        house.long_files,
        house.long_functions,
        house.without_docstring,
        house.banned_names,
        house.addresses_and_places,
        house.strangers,
        house.put_off,
    ],
    ids=lambda rule: rule.__name__,
)
def test_nothing_is_found_against(rule: Callable[[Path], list[str]]) -> None:
    assert rule(ROOT) == []


def test_every_action_is_named_for_its_module_and_has_a_row_in_the_table_of_roles() -> None:
    assert house.actions_out_of_order(ROOT, MATRIX) == []


def test_everything_that_can_happen_to_a_worker_has_a_sentence() -> None:
    assert house.without_sentence(ROOT) == []


def test_the_lock_names_every_library_that_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = project["dependencies"] + project["optional-dependencies"]["test"]
    pins = {line.split("[")[0].lower().replace("_", "-") if "[" in line else line.lower().replace("_", "-") for line in asked}
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = {line.split(" ")[0].lower() for line in lock.splitlines() if "==" in line}
    names = {line.partition("==")[0] for line in locked}
    plain = {pin.split(";")[0].strip() for pin in pins}
    assert [pin for pin in plain if pin not in locked and pin not in names] == []


# ---------------------------------------------------------------- each check can fail

PLANTED: list[tuple[Callable[[Path], list[str]], str, str]] = [
    (house.long_files, "carebook/long.py", '"""Long."""\n' + "a = 1\n" * 300),
    (house.long_functions, "carebook/long.py", '"""Long."""\n\n\ndef f():\n' + "    a = 1\n" * 41),
    (house.without_docstring, "carebook/mute.py", "a = 1\n"),
    (house.banned_names, "carebook/names.py", '"""Names."""\n\n\nclass StoreManager: ...\n'),
    (house.banned_names, "carebook/names.py", '"""Names."""\n\n\nclass BaseRow: ...\n'),
    (house.banned_names, "carebook/names.py", '"""Names."""\n\n\nclass KeyringServices: ...\n\n\nclass HTTPHandler: ...\n'),
    (house.banned_names, "carebook/utils.py", '"""Odds."""\n'),
    (house.banned_names, "carebook/core/rules.py", '"""Odds."""\n'),
    (house.addresses_and_places, "README.md", "from https://py" + "pi.org/simple\n"),
    (house.addresses_and_places, ".ci/run", "--index" + "-url x\n"),
    (house.addresses_and_places, "carebook/place.py", 'HERE = "/ho' + 'me/someone"\n'),
    (house.addresses_and_places, "requirements.lock", "a @ http" + "s://example.org/a.whl\n"),
    (house.strangers, "notes.txt", ""),
    (house.strangers, "scripts/deploy", ""),
    (house.put_off, "carebook/later.py", "a = 1  # TO" + "DO: more\n"),
    (house.put_off, "carebook/later.py", "def f():\n    raise NotImplementedError\n"),
    (house.put_off, "tests/test_later.py", "import pytest\n\n\n@pytest.mark.skip\ndef test_a(): ...\n"),
    (house.put_off, "tests/test_later.py", "from unittest.mock import Mock\n"),
]


@pytest.mark.parametrize(("rule", "name", "text"), PLANTED, ids=[f"{r.__name__}-{n}" for r, n, _ in PLANTED])
def test_a_planted_fault_is_found(tmp_path: Path, rule: Callable[[Path], list[str]], name: str, text: str) -> None:
    plant(tmp_path, "carebook/plain.py", '"""Without fault."""\n\n\nclass SecretServiceKeyring: ...\n\n\nclass Basement: ...\n')
    assert rule(tmp_path) == []
    plant(tmp_path, name, text)
    assert rule(tmp_path) != []


def test_an_action_under_another_name_or_without_a_role_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "carebook/actions/__init__.py", '"""Actions."""\n')
    plant(tmp_path, "carebook/actions/keep_note.py", '"""One."""\n\n\ndef keep_note(): ...\n\n\ndef _words(): ...\n')
    assert house.actions_out_of_order(tmp_path, {"keep_note"}) == []
    assert house.actions_out_of_order(tmp_path, {}) == ["carebook/actions/keep_note.py: has no row in policy.roles"]
    plant(tmp_path, "carebook/actions/keep_note.py", '"""One."""\n\n\ndef keep_note(): ...\n\n\ndef keep_two(): ...\n')
    assert house.actions_out_of_order(tmp_path, {"keep_note"}) == ["carebook/actions/keep_note.py: has keep_note, keep_two"]


def test_a_circumstance_without_a_sentence_is_found(tmp_path: Path) -> None:
    errors = ["class Circumstance(Exception): ...", "class Family(Circumstance): ..."]
    errors += ["class Lost(Family): ...", "class Late(Circumstance): ..."]
    plant(tmp_path, "carebook/errors.py", "\n".join(errors))
    assert house.without_sentence(tmp_path) == ["Late", "Lost"]
    plant(tmp_path, "carebook/ui/problems.py", "from carebook.errors import Late, Lost\n\nSENTENCES = {Late: 'Too late.'}\n")
    assert house.without_sentence(tmp_path) == ["Lost"]


TRESPASSES = {
    "carebook/policy/planted.py": "import sqlalchemy\n",
    "carebook/models/planted.py": "import carebook.store.planted\nimport httpx2\n",
    "carebook/store/planted.py": "import carebook.ui.planted\n",
    "carebook/ui/planted.py": "import sqlalchemy\n",
    "carebook/ui/planted_screen/__init__.py": "",
    "carebook/ui/planted_screen/presenter.py": "import PySide6\n",
    "carebook/reports/planted.py": "import sqlalchemy\n",
    "carebook/server/planted.py": "import PySide6\n",
    "carebook/actions/planted.py": "import httpx2\nimport PySide6\n",
    "carebook/planted_room/__init__.py": "",
    "carebook/words_planted.py": "",
}


def contracts_of(root: Path) -> list[dict[str, Any]]:
    contracts = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    assert contracts
    return list(contracts)


def copy_of_the_house(to: Path) -> None:
    """The packages as they are; a room that a contract names and that is not built yet stands empty."""
    shutil.copytree(ROOT / "carebook", to / "carebook", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", to)
    named = {f"carebook.{room}" for c in contracts_of(to) for floor in c.get("layers", []) for room in floor.split(" | ")}
    named |= {module for c in contracts_of(to) for module in c.get("source_modules", []) if "*" not in module}
    for module in named:
        path = to / module.replace(".", "/")
        if not path.is_dir() and not path.with_suffix(".py").is_file():
            plant(to, f"{module.replace('.', '/')}.py", "")


def test_each_contract_is_broken_by_what_it_keeps_out(tmp_path: Path) -> None:
    copy_of_the_house(tmp_path)
    for name, text in TRESPASSES.items():
        plant(tmp_path, name, text)
    linted = lint_imports(tmp_path)
    said = " ".join(linted.stdout.split())
    assert [c["name"] for c in contracts_of(ROOT) if f"{c['name']} BROKEN" not in said] == [], linted.stdout
    assert "planted_room" in said
    assert linted.returncode != 0
