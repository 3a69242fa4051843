"""Makes what tests stand on: real encrypted stores, desks, rooms for screens, and a small invented caseload.

Use::

    clock = HeldClock(MONDAY)
    with a_caseload(tmp_path, clock) as (desk, people):    # people.margaret is a person's id; a_desk has nobody in it
        desk.do(open_person, people.margaret)
        room, trail = make_room(desk)                  # trail.went[-1] is where a screen wanted to go

Two desks of one test share one clock, because a held clock counts its ids.
"""

from __future__ import annotations

from made_desk import (
    KEY,
    MONDAY,
    SEAL_KEY,
    STAFF,
    a_desk,
    arrive,
    arrive_person,
    assert_rebuild_equals,
    audits,
    make_desk,
    make_store,
    row_from,
    rows_of,
    staff_row,
    typed_tables,
)
from made_people import MARGARET, Caseload, a_caseload, a_contact, a_plan, make_caseload
from made_room import AtOnce, Failing, Later, Trail, make_room, run_at_once

__all__ = [
    "KEY", "MARGARET", "MONDAY", "SEAL_KEY", "STAFF", "AtOnce", "Caseload", "Failing", "Later", "Trail", "a_caseload",
    "a_contact", "a_desk", "a_plan", "arrive", "arrive_person", "assert_rebuild_equals", "audits", "make_caseload", "make_desk",
    "make_room", "make_store", "row_from", "rows_of", "run_at_once", "staff_row", "typed_tables",
]
