"""Stories are lived without a display, in the bundled font."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

os.environ["QT_QPA_PLATFORM"] = "offscreen"

if TYPE_CHECKING:
    import pytest


def pytest_configure(config: pytest.Config) -> None:
    """The offscreen platform says so each time a window has a least size; a real one would obey."""
    config.addinivalue_line("qt_log_ignore", "This plugin does not support propagateSizeHints")
