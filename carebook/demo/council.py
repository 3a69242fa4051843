"""The demonstration council: its staff, teams and settings."""

from __future__ import annotations

from typing import Final

from carebook.demo.told import Teller, when
from carebook.models.access import SettingBody, WorkerBody
from carebook.models.ids import COUNCIL

NAME: Final = "Quarry Vale Council"
DAY_STARTS: Final = "2026-11-23T08:50:00.000000Z"
"""The demonstration's clock starts here: Monday 23 November 2026, ten to nine in the morning."""

STAFF: Final = (
    WorkerBody(worker="p.osei", name="Patience Osei", role="PR", job="Social worker", team="Locality North",
               phone="01632 960101"),
    WorkerBody(worker="m.lund", name="Mikkel Lund", role="AM", job="Approved mental health professional",
               team="Mental health", phone="01632 960102"),
    WorkerBody(worker="t.ferris", name="Tom Ferris", role="SP", job="Senior practitioner", team="Locality North",
               phone="01632 960103"),
    WorkerBody(worker="j.kaur", name="Jasleen Kaur", role="TM", job="Team manager", team="Locality North",
               phone="01632 960104"),
    WorkerBody(worker="r.doyle", name="Rosie Doyle", role="RA", job="Record-access officer", team="Information rights",
               phone="01632 960105"),
    WorkerBody(worker="c.abara", name="Chidi Abara", role="DP", job="Caldicott Guardian", team="Information rights",
               phone="01632 960106"),
    WorkerBody(worker="h.brand", name="Hannah Brand", role="PR", job="Social worker", team="Locality South",
               phone="01632 960107"),
    WorkerBody(worker="k.teles", name="Karina Teles", role="BS", job="Business support officer", team="Locality North",
               phone="01632 960108"),
    WorkerBody(worker="s.admin", name="Sam Adair", role="SA", job="System administrator", team="Digital"),
)

ROLES: Final = {one.worker: one.role for one in STAFF}

SETTINGS: Final = {
    "council_name": NAME,
    "out_of_hours": "01632 960199 (evenings, nights and weekends)",
    "lock_after_minutes": "10",
}


def tell_council(teller: Teller) -> None:
    """Write down staff and settings."""
    at = when("2026-01-05", "09:00")
    for one in STAFF:
        teller.tell(COUNCIL, one, "s.admin", at)
    for setting, value in SETTINGS.items():
        teller.tell(COUNCIL, SettingBody(setting=setting, value=value), "s.admin", at)
