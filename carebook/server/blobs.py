"""Documents in pieces: resumed at any piece, and whole only when their hash says so."""

from __future__ import annotations

import hashlib

import sqlalchemy as sa
from sqlalchemy.orm import Session

from carebook.server import scope
from carebook.server.refusal import Refusal
from carebook.server.site import Sender, Site
from carebook.server.tables import blob, blob_piece
from carebook.sync import wire


def put(session: Session, site: Site, sender: Sender, asked: wire.BlobPut) -> wire.BlobHad:
    """Take in the next piece; one that is here already is passed over, one out of turn is answered with where to go on.

    Refusals: "gone" (404) for someone out of scope, "hash" (422) when the whole is not what its hash says: it is
    forgotten, and may be sent anew.
    """
    _in_scope(session, site, sender, asked.person_id)
    mine = (blob.c.sha256 == asked.sha256, blob.c.person_id == asked.person_id)
    line = session.execute(sa.select(blob).where(*mine).with_for_update()).first()
    if line is None:
        new = {
            "sha256": asked.sha256, "person_id": asked.person_id, "size": asked.size, "upto": 0, "whole": False,
            "worker": sender.worker, "received_at": site.now(),
        }
        session.execute(sa.insert(blob), [new])
    upto, size = (line.upto, line.size) if line else (0, asked.size)
    if (line is not None and line.whole) or asked.offset != upto:
        return wire.BlobHad(sha256=asked.sha256, upto=upto, whole=bool(line and line.whole))
    end = upto + len(asked.piece)
    if end > size:
        raise Refusal(422, "size")
    piece = {"sha256": asked.sha256, "person_id": asked.person_id, "offset": asked.offset, "piece": asked.piece}
    session.execute(sa.insert(blob_piece), [piece])
    is_whole = end == size and _hash(session, asked) == asked.sha256
    if end == size and not is_whole:
        _forget(session, asked)
        return wire.BlobHad(sha256=asked.sha256, upto=0, whole=False)
    session.execute(sa.update(blob).where(*mine).values(upto=end, whole=is_whole))
    return wire.BlobHad(sha256=asked.sha256, upto=end, whole=is_whole)


def get(session: Session, site: Site, sender: Sender, asked: wire.BlobGet) -> wire.BlobPiece:
    """The piece that begins at the offset, of a whole document about someone in scope; else "gone" (404)."""
    people = scope.people_of(session, sender.worker, scope.today(site.now()))
    line = session.execute(
        sa.select(blob.c.size, blob_piece.c.piece)
        .join(blob_piece, (blob_piece.c.sha256 == blob.c.sha256) & (blob_piece.c.person_id == blob.c.person_id))
        .where(
            blob.c.sha256 == asked.sha256, blob.c.person_id.in_(people), blob.c.whole.is_(True),
            blob_piece.c.offset == asked.offset,
        )
    ).first()
    if line is None:
        raise Refusal(404, "gone")
    return wire.BlobPiece(sha256=asked.sha256, size=line.size, offset=asked.offset, piece=line.piece)


def _in_scope(session: Session, site: Site, sender: Sender, person_id: str) -> None:
    if person_id not in scope.people_of(session, sender.worker, scope.today(site.now())):
        raise Refusal(404, "gone")


def _hash(session: Session, asked: wire.BlobPut) -> str:
    whole = hashlib.sha256()
    pieces = sa.select(blob_piece.c.piece).where(
        blob_piece.c.sha256 == asked.sha256, blob_piece.c.person_id == asked.person_id
    )
    for piece in session.scalars(pieces.order_by(blob_piece.c.offset)):
        whole.update(piece)
    return whole.hexdigest()


def _forget(session: Session, asked: wire.BlobPut) -> None:
    for table in (blob_piece, blob):
        session.execute(
            sa.delete(table).where(table.c.sha256 == asked.sha256, table.c.person_id == asked.person_id)
        )
