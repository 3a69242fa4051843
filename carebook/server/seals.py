"""Takes in what laptops have sealed: rows are opened and taken in like any other, drafts kept for their author and manager."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session

from carebook.models.ledger import digest
from carebook.models.sealed import SealedRow, unpack
from carebook.sealing import SealUnreadable, unseal
from carebook.server import chain, judging, receive
from carebook.server.judging import Case
from carebook.server.site import Sender, Site
from carebook.server.tables import device, sealed_upload
from carebook.sync import wire

PURPOSE: Final = b"carebook unsent 1"
"""What a laptop seals its unsent work for; the same words as on the device."""


def take_in(session: Session, site: Site, sender: Sender, asked: wire.Seals) -> wire.SealsHad:
    """Keep every seal; a row within, by this worker on any device of theirs, has the outcome that a push would give it."""
    now = site.now()
    new = _new(session, asked.seals)
    if new:
        session.execute(sa.insert(sealed_upload), [_line(found, sender, now) for found in new])
    cases = [case for found in asked.seals if found.kind == "row" for case in _open(session, site, sender, found)]
    receive.take_in(session, site, sender, cases)
    if new:
        what = (sender.device_id, f"seals:{len(new)}")
        chain.add(session, chain.Deed(now, sender.worker, "seals", what=what))
    kept = tuple(found.seal_id for found in asked.seals)
    return wire.SealsHad(kept=kept, outcomes=tuple(receive.outcome_of(case) for case in cases))


def _new(session: Session, seals: Sequence[wire.Seal]) -> list[wire.Seal]:
    """Those not kept yet; of a draft that was sealed again, the last stands."""
    by_id = {found.seal_id: found for found in seals}
    here = {line.seal_id: line.kind for line in session.execute(
        sa.select(sealed_upload.c.seal_id, sealed_upload.c.kind).where(sealed_upload.c.seal_id.in_(by_id))
    )}
    drafts = [seal_id for seal_id, kind in here.items() if kind == "draft"]
    if drafts:
        session.execute(sa.delete(sealed_upload).where(sealed_upload.c.seal_id.in_(drafts)))
    return [found for found in by_id.values() if here.get(found.seal_id, "draft") == "draft"]


def _open(session: Session, site: Site, sender: Sender, found: wire.Seal) -> list[Case]:
    try:
        within = unpack(unseal(site.keys.seal, found.sealed, PURPOSE))
    except (SealUnreadable, msgspec.MsgspecError):
        return [_refused(found.seal_id, "seal")]
    if not isinstance(within, SealedRow):
        return [_refused(found.seal_id, "seal")]
    row = within.row
    owner = session.scalar(sa.select(device.c.worker).where(device.c.device_id == row.device_id))
    if owner != sender.worker:
        return [_refused(found.seal_id, "device")]
    as_sent = msgspec.json.encode(wire.as_wire(row, digest(row)))
    writer = Sender(device_id=row.device_id, worker=sender.worker, name=sender.name, role=sender.role)
    return judging.read([wire.Op(op_id=within.op_id, row=msgspec.Raw(as_sent))], writer)


def _refused(op_id: str, code: str) -> Case:
    case = Case(op_id=op_id, raw=b"")
    case.settle("refused", code)
    return case


def _line(found: wire.Seal, sender: Sender, now: datetime) -> dict[str, object]:
    return {
        "seal_id": found.seal_id, "kind": found.kind, "item_id": found.item_id, "person_id": found.person_id,
        "worker": sender.worker, "device_id": sender.device_id, "sealed": found.sealed, "received_at": now,
    }
