"""Gives a screen a room whose answers stop when the screen is gone."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from carebook.ui.background import Lane
from carebook.ui.lane import RunsJobs
from carebook.ui.room import Room


def own_room(room: Room, screen: QWidget) -> Room:
    """`room` with lanes that deliver nothing once `screen` is destroyed."""

    def own(lane: RunsJobs) -> RunsJobs:
        return lane.for_screen(screen) if isinstance(lane, Lane) else lane

    return replace(room, quick=own(room.quick), slow=own(room.slow))
