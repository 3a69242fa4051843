"""Makes a store at enrolment and opens it at each unlock."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from carebook import cipher
from carebook.clock import Clock
from carebook.models.columns import shared
from carebook.models.ledger import guards
from carebook.store import migrate
from carebook.store.device_store import Store
from carebook.store.place import Place
from carebook.store.state import get, put
from carebook.store.tables import device
from carebook.store.work import Identity

POOL = 4
"""Connections at most: the store's lane, the slow lane, and one each to spare."""


def create_store(place: Place, key: bytes, clock: Clock, identity: Identity, remembered: Mapping[str, str]) -> Store:
    """A new, empty store at `place`.

    remembered: what enrolment taught, by its name in the state table (device keys, the server's address and certificate).
    Raises StoreExists, and whatever the start-up gate raises; nothing is written before the gate is passed.
    """
    engine = cipher.open_engine(place.store, key, create=True, pool_size=POOL)
    with engine.begin() as connection:
        shared.create_all(connection)
        device.create_all(connection)
        for statement in guards("sqlite"):
            connection.execute(sa.text(statement))
        migrate.mark_newest(connection)
    with Session(engine) as session, session.begin():
        told = {
            "worker": identity.worker, "worker_name": identity.name, "role": identity.role,
            "device_id": identity.device_id, "demonstration": "1" if identity.demonstration else "", **remembered,
        }
        for name, value in told.items():
            put(session, name, value)
    return _store(engine, place, clock, identity, told)


def open_store(place: Place, key: bytes, clock: Clock) -> Store:
    """The store at `place`, brought up to this version's tables first if it is older.

    Raises StoreNewer for one of a later version, which is left unharmed, and whatever the start-up gate raises.
    """
    migrate.sweep(place)
    engine = cipher.open_engine(place.store, key, pool_size=POOL)
    try:
        if not migrate.is_newest(engine):
            engine.dispose()
            migrate.upgrade(place, key)
            engine = cipher.open_engine(place.store, key, pool_size=POOL)
        with Session(engine) as session, session.begin():
            session.connection(execution_options={"read": True})
            names = ("worker", "worker_name", "role", "device_id", "demonstration", "seal_key")
            told = {name: get(session, name) or "" for name in names}
    except BaseException:
        engine.dispose()
        raise
    identity = Identity(
        worker=told["worker"], name=told["worker_name"], role=told["role"], device_id=told["device_id"],
        demonstration=bool(told["demonstration"]),
    )
    store = _store(engine, place, clock, identity, told)
    store.seal_missing()
    return store


def _store(engine: sa.Engine, place: Place, clock: Clock, identity: Identity, told: Mapping[str, str]) -> Store:
    seal_key = bytes.fromhex(told["seal_key"]) if told.get("seal_key") else None
    return Store(engine=engine, place=place, clock=clock, identity=identity, seal_key=seal_key)
