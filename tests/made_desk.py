"""Real encrypted stores and desks for tests, rows that arrive from elsewhere, and what lies behind a desk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from held_clock import HeldClock

from carebook.clock import Clock
from carebook.desk import Desk
from carebook.models.access import AllocationBody, WorkerBody
from carebook.models.audit import audit
from carebook.models.ids import COUNCIL
from carebook.models.kinds import KIND_OF, fixed_fact, write_body
from carebook.models.ledger import LedgerRow, ledger
from carebook.models.people import BirthBody, Body, NameBody, NeedsAskedBody, PersonBody
from carebook.models.projection import PROJECTED, rebuild
from carebook.sealing import new_private_key, public_key_of
from carebook.store import inbox
from carebook.store.device_store import Store
from carebook.store.opening import create_store
from carebook.store.place import Place
from carebook.store.tables import held
from carebook.store.work import Identity

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""The day the invented scenario begins."""

KEY = bytes(range(32))
"""A store key for tests alone."""

SEAL_KEY = new_private_key()
"""The private key that opens the sealed copies of test stores."""

STAFF = {
    "p.osei": ("Peter Osei", "PR", "Social worker", "Locality North"),
    "m.lund": ("Marit Lund", "AM", "Approved mental health professional", "Mental health"),
    "t.ferris": ("Tam Ferris", "SP", "Senior practitioner", "Leaving care"),
    "j.kaur": ("Jas Kaur", "TM", "Team manager", "Locality North"),
    "k.teles": ("Katia Teles", "BS", "Business support", "Locality North"),
}


def make_store(folder: Path, clock: Clock, worker: str = "p.osei", *, role: str = "", device_id: str = "dev-0001") -> Store:
    """A new encrypted store in `folder`/store of a worker of STAFF; it accepts the synthetic NHS numbers, and seals."""
    place = Place(folder / "store")
    place.folder.mkdir(mode=0o700, parents=True)
    name, usual, _, _ = STAFF[worker]
    identity = Identity(worker, name, role or usual, device_id, demonstration=True)
    return create_store(place, KEY, clock, identity, {"seal_key": public_key_of(SEAL_KEY).hex()})


def make_desk(folder: Path, clock: Clock, worker: str = "p.osei", *, role: str = "", device_id: str = "dev-0001") -> Desk:
    """A desk at a new store that knows the staff of the council; lock its store when done, or use `a_desk`."""
    desk = Desk(make_store(folder, clock, worker, role=role, device_id=device_id))
    arrive(desk, *(staff_row(desk, one) for one in STAFF))
    return desk


@contextmanager
def a_desk(folder: Path, clock: Clock | None = None, worker: str = "p.osei", *, role: str = "") -> Iterator[Desk]:
    """A desk for the length of the block. At its end the typed tables must equal those rebuilt from the ledger."""
    desk = make_desk(folder, clock or HeldClock(MONDAY), worker, role=role)
    try:
        yield desk
        assert_rebuild_equals(desk)
    finally:
        desk.store.lock()


# ---------------------------------------------------------------- rows that come from elsewhere


def row_from(
    desk: Desk, person_id: str, body: Body, *, author: str = "m.lund", replaces: Sequence[str] = (), fact_id: str = ""
) -> LedgerRow:
    """A ledger row as a colleague's laptop would have written it at this desk's present moment."""
    kind, row_id = KIND_OF[type(body)], desk.clock.new_id()
    return LedgerRow(
        row_id=row_id, kind=kind.name, version=kind.version, person_id=person_id, class_="ordinary",
        fact_id=fact_id or fixed_fact(person_id, body) or row_id, body=write_body(body), author=author,
        role=STAFF[author][1] if author in STAFF else "PR", device_id=f"theirs-{author}",
        number=int(row_id[-12:], 16), written_at=desk.clock.now(), replaces=tuple(replaces), denies=kind.denies,
    )


def arrive(desk: Desk, *rows: LedgerRow) -> None:
    """The rows arrive from the server; people they are about count as held."""
    with desk.store.begin() as session:
        units = {(row.person_id, row.class_) for row in rows}
        inbox.take_in(session, {row.row_id: row for row in rows}, units)
        known = set(session.scalars(sa.select(held.c.person_id)))
        for person_id, class_ in sorted(units):
            if person_id not in known:
                line = {"person_id": person_id, "class_": class_, "complete": True, "position": ""}
                session.execute(sa.insert(held), [{**line, "synced_at": desk.clock.now()}])


def staff_row(desk: Desk, worker: str) -> LedgerRow:
    """The row that says who a colleague is."""
    name, role, job, team = STAFF[worker]
    return row_from(desk, COUNCIL, WorkerBody(worker=worker, name=name, role=role, job=job, team=team), author="j.kaur")


def arrive_person(
    desk: Desk, given: str, family: str, *, worker: str = "m.lund", born: tuple[int, int, int] | None = None
) -> str:
    """Someone whom a colleague added and is allocated to arrives; returns the person's id."""
    person_id = desk.clock.new_id()
    bodies: list[Body] = [
        PersonBody(life="adult", council_number=f"C{person_id[-6:]}"),
        NameBody(use="current", family=family, given=given),
        AllocationBody(worker=worker, relation="allocated", from_on=desk.clock.now().date()),
        NeedsAskedBody(answer="none", on=desk.clock.now().date()),
    ]
    if born:
        bodies.append(BirthBody(year=born[0], month=born[1], day=born[2]))
    arrive(desk, *(row_from(desk, person_id, body) for body in bodies))
    return person_id


# ---------------------------------------------------------------- looking behind


def audits(desk: Desk) -> list[sa.RowMapping]:
    """The desk's audit rows, oldest first."""
    with desk.store.read() as session:
        return list(session.execute(sa.select(audit).order_by(audit.c.number)).mappings())


def rows_of(desk: Desk, person_id: str, kind: str = "") -> list[sa.RowMapping]:
    """Ledger rows about a person, of one kind if named, in the order of their ids."""
    asked = sa.select(ledger).where(ledger.c.person_id == person_id).order_by(ledger.c.row_id)
    with desk.store.read() as session:
        lines = session.execute(asked.where(ledger.c.kind == kind) if kind else asked)
        return list(lines.mappings())


def typed_tables(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """Everything that stands in the typed tables, table by table."""
    with desk.store.read() as session:
        return {
            table.name: sorted((tuple(map(str, line)) for line in session.execute(sa.select(table))), key=str)
            for table in PROJECTED
        }


def assert_rebuild_equals(desk: Desk) -> None:
    """Typed tables dropped and written anew from the ledger are what they were."""
    before = typed_tables(desk)
    with desk.store.begin() as session:
        rebuild(session)
    assert typed_tables(desk) == before
