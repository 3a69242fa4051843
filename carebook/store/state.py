"""Small values this device remembers about itself: one line each in the state table."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from carebook.store.tables import state


def get(session: Session, name: str) -> str | None:
    """The value, or None if it was never put."""
    return session.scalar(sa.select(state.c.value).where(state.c.name == name))


def get_number(session: Session, name: str) -> int:
    """The value as a whole number, 0 if it was never put."""
    return int(get(session, name) or 0)


def put(session: Session, name: str, value: str) -> None:
    """Remember a value in place of any earlier one."""
    line = insert(state).values(name=name, value=value)
    session.execute(line.on_conflict_do_update(index_elements=[state.c.name], set_={"value": value}))
