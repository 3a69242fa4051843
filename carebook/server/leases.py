"""How long a device may be used without contact with the server."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session

from carebook.models.access import setting
from carebook.models.projection import is_head
from carebook.server.site import Sender, Site
from carebook.sync import signing
from carebook.sync.wire import Lease
from carebook.words import LONDON

WORKING_DAYS: Final = 3
LONGEST_DAYS: Final = 7
SETTING: Final = "lease_working_days"


def last_day(issued_on: date, working_days: int) -> date:
    """The day at whose end the lease ends: so many working days on (Monday to Friday), seven days at most.

    Bank holidays count as working days, which makes the lease shorter and never longer.
    """
    day, left = issued_on, min(max(working_days, 1), LONGEST_DAYS)
    while left and day < issued_on + timedelta(days=LONGEST_DAYS):
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return day


def lease(session: Session, site: Site, sender: Sender) -> Lease:
    """A lease for this device from now until midnight, in England, of its last day; signed."""
    now = site.now()
    day = last_day(now.astimezone(LONDON).date(), _working_days(session))
    midnight = datetime.combine(day + timedelta(days=1), time(0), LONDON)
    unsigned = Lease(
        device_id=sender.device_id, worker=sender.worker, issued_at=now, until=midnight.astimezone(now.tzinfo), signature=b""
    )
    signature = signing.sign(site.keys.signing, signing.lease_words(unsigned))
    return msgspec.structs.replace(unsigned, signature=signature)


def _working_days(session: Session) -> int:
    values = session.scalars(sa.select(setting.c.value).where(setting.c.setting == SETTING, is_head(setting))).all()
    numbers = [int(value) for value in values if value.isdigit()]
    return min(numbers, default=WORKING_DAYS)  # of two that disagree, the shorter
