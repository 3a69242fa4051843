"""Puts the program on the screen: unlock, shell, pages, sync and lock; it wires and decides nothing."""

from __future__ import annotations

from carebook.app.program import Program as Program
from carebook.app.program import main as main
