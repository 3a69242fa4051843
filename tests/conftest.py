"""What every test has: a held clock, a home of its own, and the promise that nothing is left running."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import hypothesis
import left_running
import pytest
from held_clock import HeldClock

if TYPE_CHECKING:
    from collections.abc import Iterator

hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, database=None, print_blob=True)
hypothesis.settings.register_profile("full", max_examples=2000, deadline=None, database=None, print_blob=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--full` adds the campaigns."""
    parser.addoption("--full", action="store_true", help="run the campaigns too (marker full)")


def pytest_configure(config: pytest.Config) -> None:
    """Seeded examples every day, many fresh ones in a campaign; and begin to note what is started."""
    hypothesis.settings.load_profile("full" if config.getoption("--full") else "ci")
    left_running.watch()
    home, environment = Path(tempfile.mkdtemp(prefix="s")), pytest.MonkeyPatch()
    config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))
    config.add_cleanup(environment.undo)
    live_in(home, environment)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without --full the campaigns are left out, and counted as such."""
    if config.getoption("--full"):
        return
    campaigns = [item for item in items if item.get_closest_marker("full")]
    if campaigns:
        config.hook.pytest_deselected(items=campaigns)
        items[:] = [item for item in items if not item.get_closest_marker("full")]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The figures that tests have measured, and what `./test` found wrong before it came to pytest."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, [])]
    figures = [line for report in reports for name, line in getattr(report, "user_properties", []) if name == "figure"]
    if figures:
        terminalreporter.section("figures")
        for line in figures:
            terminalreporter.write_line(str(line))
    for part in os.environ.get("FAILED_PARTS", "").split():
        terminalreporter.write_line(f"{part} failed: see above", red=True)


def live_in(home: Path, environment: pytest.MonkeyPatch) -> None:
    """Leave the developer's own settings, keyring and screen behind, and settle in this folder."""
    theirs = ("CAREBOOK_", "XDG_", "DBUS_SESSION", "GNOME_KEYRING", "PYTHON_KEYRING")
    for name in [n for n in os.environ if n.startswith(theirs) or n in ("DISPLAY", "WAYLAND_DISPLAY")]:
        environment.delenv(name)
    (home / "run").mkdir(mode=0o700)
    environment.setenv("HOME", str(home))
    environment.setenv("XDG_RUNTIME_DIR", str(home / "run"))
    for name, place in {"CONFIG": ".config", "DATA": ".local/share", "STATE": ".local/state", "CACHE": ".cache"}.items():
        environment.setenv(f"XDG_{name}_HOME", str(home / place))


class Figure(Protocol):
    """Says what was measured, so that the end of the run shows it."""

    def __call__(self, what: str, measured: object, goal: object = "") -> None: ...


@pytest.fixture
def figure(record_property: pytest.FixtureRequest) -> Figure:
    """`figure("kills survived", 60, "60")`: a line under "figures" at the end of the run."""

    def note(what: str, measured: object, goal: object = "") -> None:
        record_property("figure", f"{what}: {measured}" + (f" (goal {goal})" if goal != "" else ""))

    return note


@pytest.fixture
def held_clock() -> HeldClock:
    """A Clock that stands at half past nine on a Tuesday until it is moved."""
    return HeldClock()


@pytest.fixture(autouse=True)
def nothing_left_running() -> Iterator[None]:
    """Fail the test that leaves a thread, a process or an event loop behind, and say which."""
    before = left_running.Running.now()
    yield
    left = left_running.left_since(before)
    if left:
        pytest.fail("left running: " + "; ".join(left), pytrace=False)


@pytest.fixture(autouse=True)
def home(nothing_left_running: None) -> Iterator[Path]:
    """An empty home that only this account can read; HOME and the XDG folders point there.

    Its path is short, because that of a Unix socket may have 107 bytes.
    """
    home = Path(tempfile.mkdtemp(prefix="h"))
    with pytest.MonkeyPatch.context() as environment:
        live_in(home, environment)
        yield home
    shutil.rmtree(home, ignore_errors=True)
