"""What each device was told it may hold, orders to remove the rest, and the devices' answers."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from carebook.server import chain
from carebook.server.site import Sender, Site
from carebook.server.tables import device, purge_order, told
from carebook.sync import wire
from carebook.sync.wire import PurgeOrder, Unit


def tell(session: Session, site: Site, sender: Sender, units: Sequence[Unit], token: str) -> None:
    """Write down that the device is told this scope: orders for what it loses, none any more for what came back."""
    now = site.now()
    mine = told.c.device_id == sender.device_id
    before = {
        Unit(person_id=line.person_id, class_=line.class_)
        for line in session.execute(sa.select(told.c.person_id, told.c.class_).where(mine))
    }
    lost, gained = sorted(before - set(units)), sorted(set(units) - before)
    for unit in lost:
        session.execute(sa.delete(told).where(mine, told.c.person_id == unit.person_id, told.c.class_ == unit.class_))
    if gained:
        lines = [{"device_id": sender.device_id, "person_id": unit.person_id, "class_": unit.class_} for unit in gained]
        session.execute(sa.insert(told), lines)
    for unit in gained:
        session.execute(
            sa.delete(purge_order).where(
                purge_order.c.device_id == sender.device_id, purge_order.c.answered_at.is_(None),
                purge_order.c.person_id == unit.person_id, purge_order.c.class_ == unit.class_,
            )
        )
    if lost:
        session.execute(sa.insert(purge_order), [_order(site, sender, unit) for unit in lost])
    session.execute(sa.update(device).where(device.c.device_id == sender.device_id).values(scope=token, last_seen_at=now))
    what = (sender.device_id, f"units:{len(units)}", f"lost:{len(lost)}", f"gained:{len(gained)}")
    chain.add(session, chain.Deed(now, sender.worker, "tell-scope", what=what))


def due(session: Session, sender: Sender) -> tuple[PurgeOrder, ...]:
    """The orders that this device has not answered."""
    lines = session.execute(
        sa.select(purge_order)
        .where(purge_order.c.device_id == sender.device_id, purge_order.c.answered_at.is_(None))
        .order_by(purge_order.c.order_id)
    )
    return tuple(
        PurgeOrder(order_id=line.order_id, person_id=line.person_id, class_=line.class_, why=line.why) for line in lines
    )


def answer(session: Session, site: Site, sender: Sender, asked: wire.PurgeAnswers) -> wire.PurgesHad:
    """Write down what the device removed; a repeat changes nothing."""
    now = site.now()
    counted = [found for found in asked.answers if _answer(session, site, sender, found)]
    if counted:
        rows = sum(found.rows for found in counted)
        what = (sender.device_id, f"orders:{len(counted)}", f"rows:{rows}")
        chain.add(session, chain.Deed(now, sender.worker, "purge", what=what))
    return wire.PurgesHad(order_ids=tuple(found.order_id for found in asked.answers))


def _answer(session: Session, site: Site, sender: Sender, found: wire.PurgeAnswer) -> bool:
    new = {"answered_at": site.now(), "rows": found.rows, "unsent": found.unsent, "drafts": found.drafts}
    lines = session.execute(
        sa.update(purge_order)
        .where(
            purge_order.c.order_id == found.order_id, purge_order.c.device_id == sender.device_id,
            purge_order.c.answered_at.is_(None),
        )
        .values(new)
        .returning(purge_order.c.order_id)
    ).all()
    return bool(lines)


def _order(site: Site, sender: Sender, unit: Unit) -> dict[str, object]:
    return {
        "order_id": site.keeping.clock.new_id(), "device_id": sender.device_id, "worker": sender.worker,
        "person_id": unit.person_id, "class_": unit.class_, "why": "scope", "made_at": site.now(),
    }
