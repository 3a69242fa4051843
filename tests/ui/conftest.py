"""Screens are tried without a display, in the bundled font."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


def pytest_configure(config: pytest.Config) -> None:
    """The offscreen platform says so each time a window has a least size; a real one would obey."""
    config.addinivalue_line("qt_log_ignore", "This plugin does not support propagateSizeHints")


@pytest.fixture
def dressed(qapp: QApplication) -> QApplication:
    """The application in the usual appearance, whatever a test before it chose."""
    from PySide6.QtCore import QCoreApplication, QEvent

    from carebook.ui.theme import Appearance, theme

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # the windows of the test before
    theme().install(qapp, Appearance(scheme="light"))
    return qapp
