"""The rules of the house as functions: given the folder of a project, each returns what it finds against its rule."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
TOP_LEVEL = {
    *("pyproject.toml", "README.md", "CHANGELOG.md", "requirements.lock", "run", "test", "bench"),
    *("carebook", "resources", "tests", "installer"),
}
MADE_HERE = {".git", ".venv", ".setup", "out", "__pycache__"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def files(root: Path) -> list[Path]:
    """What belongs to the project: what git tracks, or everything but what is made here where there is no git."""
    if (root / ".git").exists():
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, check=True, capture_output=True, text=True).stdout
        return sorted(root / name for name in listed.split("\0") if name and (root / name).is_file())
    found = [path for path in root.rglob("*") if path.is_file()]
    return sorted(p for p in found if not any(_is_made_here(part) for part in p.relative_to(root).parts))


def _is_made_here(part: str) -> bool:
    return part in MADE_HERE or part.endswith(("_cache", ".egg-info")) or part == ".hypothesis"


def _modules(root: Path, *folders: str) -> Iterator[tuple[str, str, ast.Module]]:
    """Path below the root, text and tree of each Python file, in the named folders or everywhere."""
    for path in files(root):
        name = path.relative_to(root).as_posix()
        if name.endswith(".py") and (not folders or name.split("/")[0] in folders):
            text = path.read_text(encoding="utf-8")
            yield name, text, ast.parse(text)


# ---------------------------------------------------------------- size and shape


def _is_written_out(name: str) -> bool:
    """A first migration is written out by a program from the tables as they stand: long, and read by nobody from end to end."""
    return "/migrations/versions/0001_" in name


def long_files(root: Path) -> list[str]:
    """Python files of more than 300 lines."""
    lengths = {name: len(text.splitlines()) for name, text, _ in _modules(root) if not _is_written_out(name)}
    return [f"{name}: {length} lines" for name, length in lengths.items() if length > LONGEST_FILE]


def long_functions(root: Path) -> list[str]:
    """Functions of more than 40 lines, their docstring not counted."""
    return [
        f"{name}:{node.lineno} {node.name}: {length} lines"
        for name, _, tree in _modules(root)
        if not _is_written_out(name)
        for node in ast.walk(tree)
        if isinstance(node, Function) and (length := _length(node)) > LONGEST_FUNCTION
    ]


def _length(node: Function) -> int:
    first = node.body[0]
    words = first.end_lineno - first.lineno + 1 if ast.get_docstring(node) and first.end_lineno else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - words


def without_docstring(root: Path) -> list[str]:
    """Modules that do not open with what they are for."""
    return [name for name, _, tree in _modules(root) if not ast.get_docstring(tree)]


# ---------------------------------------------------------------- words

NO_CLASS_HAS = re.compile(r"(Manager|Service|Handler|Controller|Helper)s?$|^_?(Base|Abstract)(?![a-z])")
NO_MODULE_IS = re.compile(r"(^|_)(utils?|helpers?|common|core|managers?|handlers?|controllers?|misc)(_|$)")


def banned_names(root: Path) -> list[str]:
    """Classes and modules named for nothing in particular. SecretService is a thing in the world: the desktop's keyring."""
    found = []
    for name, _, tree in _modules(root):
        parts = name.removesuffix(".py").split("/")
        found += [name for part in parts if NO_MODULE_IS.search(part)]
        classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
        found += [f"{name}:{c.lineno} {c.name}" for c in classes if NO_CLASS_HAS.search(c.name.replace("SecretService", ""))]
    return found


# Written with brackets, so that this file does not hold what it looks for.
NO_FILE_HOLDS = re.compile(
    r"pypi[.]org|pythonhosted[.]org|npmjs[.]org|deb[.]debian[.]org|pkg[.]dev\b|index[-_]url|extra[-_]index|[-]-find-links"
    r"|(?<![\w.])/(?:work|root|home|Users)/\w|[.]pyenv"
)
NO_CODE_HOLDS = re.compile(r"\b(TO[D]O|FIX[M]E|X[X]X)\b")


def addresses_and_places(root: Path) -> list[str]:
    """Addresses of package registries, and paths of somebody's machine; in requirements.lock any address at all."""
    found = []
    for path in files(root):
        name = path.relative_to(root).as_posix()
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture or a font
        rule = re.compile(r"https?:") if name == "requirements.lock" else NO_FILE_HOLDS
        found += [f"{name}:{n} {m[0]}" for n, line in enumerate(text.splitlines(), 1) if (m := rule.search(line))]
    return found


def strangers(root: Path) -> list[str]:
    """Top-level names that have no place there."""
    tops = {path.relative_to(root).parts[0] for path in files(root)}
    return sorted(top for top in tops if top not in TOP_LEVEL and not top.startswith("."))


# ---------------------------------------------------------------- honesty

NOT_IN_TESTS = {"skip", "skipif", "xfail", "importorskip"}


def put_off(root: Path) -> list[str]:
    """Work put off, tests not run, and mocks where a real part could run."""
    found = []
    for name, text, tree in _modules(root):
        found += [f"{name}:{n} {m[0]}" for n, line in enumerate(text.splitlines(), 1) if (m := NO_CODE_HOLDS.search(line))]
        found += [f"{name}:{node.lineno} {word}" for node in ast.walk(tree) if (word := _excuse(node))]
    return found


def _excuse(node: ast.AST) -> str:
    if isinstance(node, ast.Name) and node.id == "NotImplementedError":
        return node.id
    if isinstance(node, ast.Attribute) and node.attr in NOT_IN_TESTS and "pytest" in ast.unparse(node.value):
        return node.attr
    if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("unittest"):
        return "unittest"
    if isinstance(node, ast.Import) and any(alias.name.startswith("unittest") for alias in node.names):
        return "unittest"
    return ""


# ---------------------------------------------------------------- what belongs together


def actions_out_of_order(root: Path, matrix: Container[str]) -> list[str]:
    """Action modules whose one public function is not their namesake, or that have no row in the table of roles."""
    found = []
    for name, _, tree in _modules(root, "carebook"):
        folder, _, module = name.removesuffix(".py").rpartition("/")
        if folder != "carebook/actions" or module.startswith("_"):
            continue
        public = [node.name for node in tree.body if isinstance(node, Function) and not node.name.startswith("_")]
        if public != [module]:
            found.append(f"{name}: has {', '.join(public) or 'no public function'}")
        if module not in matrix:
            found.append(f"{name}: has no row in policy.roles")
    return found


def without_sentence(root: Path) -> list[str]:
    """Circumstances of errors.py that ui/problems.py does not speak of by name. Families (with kinds of their own) need not."""
    parents = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for node in ast.parse((root / "carebook/errors.py").read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef)
    }
    kinds = {"Circumstance"}
    while more := {name for name, bases in parents.items() if bases & kinds} - kinds:
        kinds |= more
    families = {base for bases in parents.values() for base in bases}
    return sorted(kinds - families - _names_in(root / "carebook/ui/problems.py"))


def _names_in(path: Path) -> set[str]:
    if not path.is_file():
        return set()
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    return {n.id for n in nodes if isinstance(n, ast.Name)} | {n.attr for n in nodes if isinstance(n, ast.Attribute)}
