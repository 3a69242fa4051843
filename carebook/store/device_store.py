"""An open store: transactions, works and their seals, until it is locked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from carebook.cipher import as_circumstance, checkpoint
from carebook.clock import Clock, stamp
from carebook.errors import DiskFull, OutcomeUnknown, StoreLocked
from carebook.models.ledger import as_row, ledger
from carebook.models.sealed import SealedDraft, SealedRow, pack
from carebook.sealing import seal
from carebook.store import drafts
from carebook.store.place import Place, release_ballast, restore_ballast
from carebook.store.standing import standing
from carebook.store.tables import draft, outbox
from carebook.store.work import Identity, Work

SEAL_PURPOSE = b"carebook unsent 1"


@dataclass(slots=True)
class Store:
    """This worker's store on this device, open.

    session_id: new at each unlock; a draft last written under another one is announced as recovered.
    seal_key: the server's public sealing key (32 bytes), or None on a laptop that has never been enrolled.
    is_short: the disk was full, so the room kept back for audit rows was let go; until there is room again, nothing else
    is kept. is_unsealed: something was kept whose sealed copy found no room.
    """

    engine: Engine | None
    place: Place
    clock: Clock
    identity: Identity
    session_id: str = ""
    seal_key: bytes | None = None
    is_short: bool = False
    is_unsealed: bool = False

    def __post_init__(self) -> None:
        self.session_id = self.clock.new_id()

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """One writing transaction: committed on a clean exit, else rolled back.

        Raises StoreLocked, DiskFull, OutcomeUnknown, StoreDamaged or StoreInUse for what the disk and the database do.
        After DiskFull the room that was kept back is free, for audit rows and purges.
        """
        with self._session(reading=False) as session:
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One reading transaction: everything asked in it comes from the same moment."""
        with self._session(reading=True) as session:
            yield session

    @contextmanager
    def _session(self, *, reading: bool) -> Iterator[Session]:
        if self.engine is None:
            raise StoreLocked
        try:
            with Session(self.engine, autoflush=False, expire_on_commit=False) as session, session.begin():
                session.connection(execution_options={"read": True} if reading else {})
                yield session
        except DBAPIError as error:
            problem = as_circumstance(error)
            if isinstance(problem, DiskFull):
                self._let_room_go()
            raise (problem or error) from None

    def _let_room_go(self) -> None:
        if not self.is_short:
            self.is_short = True
            release_ballast(self.place)

    @contextmanager
    def work(self, action: str) -> Iterator[Work]:
        """A work for one action: its rows, seals and draft changes stand when the block has ended cleanly.

        Raises as `begin`. Where the disk has no room for the sealed copies of what now stands, they follow later.
        """
        with self.begin() as session:
            work = Work(
                session=session, clock=self.clock, identity=self.identity, action=action, at=self.clock.now(),
                stands=standing(session),
            )
            yield work
            if work.is_keeping:
                self._make_sure_of_room()
            if work.stands.is_moved:
                work.stands.keep(session)
        try:
            self._seal_work(work)
        except (DiskFull, OutcomeUnknown):
            self.is_unsealed = True
            self._let_room_go()

    def _make_sure_of_room(self) -> None:
        """What was kept back is for audit rows: nothing else is kept until it can be kept back again."""
        if self.is_short:
            if not restore_ballast(self.place):
                raise DiskFull("kept back")
            self.is_short = False

    def _seal_work(self, work: Work) -> None:
        for row in work.written:
            self._seal(row.op_id, row)
        for kept in work.drafts_kept:
            self.seal_draft(kept)
        for draft_id in work.drafts_gone:
            self.unseal(draft_id)
        if self.is_unsealed and work.is_keeping:
            self.seal_missing()
            self.is_unsealed = False

    def _seal(self, name: str, sealed: SealedRow | SealedDraft) -> None:
        if self.seal_key is not None:
            self.place.seals.put(name, seal(self.seal_key, pack(sealed), SEAL_PURPOSE))

    def seal_draft(self, kept: drafts.Draft) -> None:
        """Put a sealed copy of a draft beside the store, in place of its earlier one."""
        self._seal(
            kept.draft_id,
            SealedDraft(kept.draft_id, kept.person_id, self.identity.worker, kept.kind, kept.body, stamp(kept.saved_at)),
        )

    def unseal(self, *names: str) -> None:
        """Take sealed copies away: their rows have arrived, or a draft is finished or discarded."""
        self.place.seals.remove(*names)

    def seal_missing(self) -> int:
        """Seal whatever unsent row or draft lacks its sealed copy (after a kill between commit and seal), and take away
        copies that nothing waits behind. Returns how many were sealed."""
        present = set(self.place.seals.ids())
        with self.read() as session:
            waiting = {line.op_id: line.row_id for line in session.execute(sa.select(outbox.c.op_id, outbox.c.row_id))}
            kept = {found.draft_id: found for found in drafts.every(session)}
            lacking = set(waiting) - present
            rows = [
                (op_id, as_row(line))
                for op_id in sorted(lacking)
                for line in session.execute(sa.select(ledger).where(ledger.c.row_id == waiting[op_id])).mappings()
            ]
        for op_id, row in rows:
            self._seal(op_id, SealedRow(op_id, row))
        for draft_id in set(kept) - present:
            self.seal_draft(kept[draft_id])
        for name in present - set(waiting) - set(kept):
            self.unseal(name)
        return len(rows)

    def counts(self) -> tuple[int, int]:
        """How many rows wait to be sent, and how many drafts there are."""
        with self.read() as session:
            rows = session.scalar(sa.select(sa.func.count()).select_from(outbox)) or 0
            written = session.scalar(sa.select(sa.func.count()).select_from(draft)) or 0
        return rows, written

    def lock(self) -> None:
        """Write everything out and let go of the key. The process then starts anew, since Python cannot clear memory."""
        engine, self.engine = self.engine, None
        if engine is not None:
            try:
                checkpoint(engine)
            finally:
                engine.dispose()
