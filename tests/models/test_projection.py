"""The typed tables are a function of the ledger rows that are present, whatever order they came in."""

from __future__ import annotations

import dataclasses
import random
import typing
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from make import MONDAY, a_desk, assert_rebuild_equals, make_caseload, typed_tables
from sqlalchemy.orm import Session

from carebook.desk import Desk
from carebook.models.columns import shared
from carebook.models.kinds import KINDS, denial, fixed_fact, unread, write_body
from carebook.models.ledger import LedgerRow, as_columns, guards, ledger, tombstone
from carebook.models.people import Body
from carebook.models.projection import PROJECTED, is_head, project, rebuild, withdraw

PEOPLE = ("anna", "bill")
FRAME = {"person_id": "anna", "class_": "ordinary", "author": "p.osei", "role": "PR", "device_id": "dev", "written_at": MONDAY}


def drawn(kind: Any, chance: random.Random, depth: int = 0) -> Any:
    """Some value of a field's type."""
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple:
        return tuple(drawn(parts[0], chance, depth + 1) for _ in range(chance.randint(0, 2)))
    if parts:
        return drawn(chance.choice(parts), chance, depth)
    if isinstance(kind, type) and issubclass(kind, Body):
        return a_body(kind, chance, depth + 1)
    some = {
        str: lambda: chance.choice(("", "current", "a", "home", "Zoë O'Neill", "\N{SNOWMAN}", "x" * 200)),
        int: lambda: chance.randint(0, 3000),
        bool: lambda: chance.random() < 0.5,
        date: lambda: MONDAY.date() + timedelta(days=chance.randint(-900, 900)),
        datetime: lambda: MONDAY + timedelta(seconds=chance.randint(-10**7, 10**7)),
        type(None): lambda: None,
    }
    return some[kind]()


def a_body(kind: type[Body], chance: random.Random, depth: int = 0) -> Body:
    """A body with every field drawn by lot."""
    told = typing.get_type_hints(kind)
    return kind(**{name: drawn(told[name], chance, depth) for name in kind.__struct_fields__})


def some_rows(seed: int, count: int) -> list[LedgerRow]:
    """Rows of every kind, some of a later version or an unknown kind, some amending one or two before them."""
    chance, rows = random.Random(seed), []
    kinds = list(KINDS.values())
    for number in range(1, count + 1):
        kind, person_id, row_id = chance.choice(kinds), chance.choice(PEOPLE), f"row-{number:04d}"
        body = a_body(kind.body, chance)
        row = LedgerRow(
            row_id=row_id, kind=kind.name, version=kind.version, person_id=person_id, class_="ordinary",
            fact_id=fixed_fact(person_id, body) or row_id, body=write_body(body), author="p.osei", role="PR", device_id="dev",
            number=number, written_at=MONDAY + timedelta(seconds=number), denies=kind.denies,
        )
        fate = chance.random()
        if fate < 0.08:
            row = dataclasses.replace(row, version=99, body='{"of":"a later version"}')
        elif fate < 0.16:
            row = dataclasses.replace(row, kind="exclusion", body='{"who":"nobody here can read it"}', denies=True)
        elif fate < 0.22:
            row = dataclasses.replace(row, kind="moonbeam", body="[]")
        elif fate < 0.26:
            row = dataclasses.replace(row, body='{"of a known kind":"and yet not"}')
        elif fate < 0.6 and rows:
            replaced = chance.sample(rows, k=min(len(rows), chance.choice((1, 1, 2))))
            row = dataclasses.replace(row, replaces=tuple(one.row_id for one in replaced), fact_id=replaced[0].fact_id)
        rows.append(row)
    return rows


@pytest.fixture(scope="module")
def engine() -> Iterator[sa.Engine]:
    """A plain engine in memory: what is tried here is the projector, a thousand times."""
    one = sa.create_engine("sqlite://", poolclass=sa.pool.StaticPool)
    shared.create_all(one)
    with one.begin() as connection:
        for statement in guards("sqlite"):
            connection.exec_driver_sql(statement)
    yield one
    one.dispose()


def state_of(session: Session) -> dict[str, list[tuple[object, ...]]]:
    found = {table.name: sorted(map(repr, session.execute(sa.select(table)).all())) for table in PROJECTED}
    found["heads"] = sorted(session.scalars(sa.select(ledger.c.row_id).where(is_head(ledger))))
    return found


def arrived(session: Session, rows: list[LedgerRow], *, at_once: int) -> dict[str, list[tuple[object, ...]]]:
    """The state after the rows arrived in this order, so many at a time."""
    for table in (*PROJECTED, tombstone):
        session.execute(sa.delete(table))
    for start in range(0, len(rows), at_once):
        page = rows[start : start + at_once]
        session.execute(sa.insert(ledger), [as_columns(row) for row in page])
        project(session, page)
    return state_of(session)


def stone(row: Any) -> dict[str, object]:
    return {"row_id": row.row_id, "person_id": row.person_id, "class_": row.class_, "why": "disposal", "at": MONDAY}


@settings(max_examples=60)
@given(seed=st.integers(0, 10**9), count=st.integers(1, 60), order=st.randoms(use_true_random=False), at_once=st.integers(1, 7))
def test_any_order_of_arrival_gives_the_same_tables(engine, seed, count, order, at_once) -> None:
    rows = some_rows(seed, count)
    with Session(engine) as session:
        sorted_state = arrived(session, rows, at_once=count)
        assert rebuild(session) == count
        assert state_of(session) == sorted_state
        session.rollback()
        order.shuffle(rows)
        assert arrived(session, rows, at_once=at_once) == sorted_state
        session.rollback()


@settings(max_examples=30)
@given(seed=st.integers(0, 10**9), count=st.integers(2, 40), order=st.randoms(use_true_random=False))
def test_what_is_withdrawn_leaves_what_the_other_rows_alone_would_give(engine, seed, count, order) -> None:
    rows = some_rows(seed, count)
    gone = order.sample(rows, k=count // 2)
    stay = [row for row in rows if row not in gone]
    with Session(engine) as session:
        arrived(session, rows, at_once=9)
        session.execute(sa.insert(tombstone), [stone(row) for row in gone])
        withdraw(session, [row.row_id for row in gone])
        session.execute(sa.delete(ledger).where(ledger.c.row_id.in_([row.row_id for row in gone])))
        left = state_of(session)
        session.rollback()
        assert arrived(session, stay, at_once=5) == left
        session.rollback()


def test_every_kind_is_among_what_is_drawn() -> None:
    kinds = {row.kind for seed in range(20) for row in some_rows(seed, 60)}
    assert kinds >= {*KINDS, "exclusion", "moonbeam"}


def test_unknown_kinds_and_later_versions_are_kept_and_an_unknown_denial_counts(engine) -> None:
    frame: dict[str, Any] = {**FRAME, "body": "{}"}
    rows = [
        LedgerRow(row_id="a", kind="exclusion", version=3, fact_id="a", number=1, denies=True, **frame),
        LedgerRow(row_id="b", kind="phone", version=2, fact_id="b", number=2, **frame),
        LedgerRow(row_id="c", kind="entry", version=1, fact_id="c", number=3, **frame),
    ]
    with Session(engine) as session:
        arrived(session, rows, at_once=1)
        assert session.execute(sa.select(unread.c.row_id, unread.c.kind, unread.c.version).order_by("row_id")).all() == [
            ("a", "exclusion", 3), ("b", "phone", 2), ("c", "entry", 1)]
        assert session.execute(sa.select(denial.c.row_id, denial.c.kind)).all() == [("a", "exclusion")]
        assert session.scalars(sa.select(ledger.c.body)).all() == ["{}", "{}", "{}"]
        session.rollback()


def test_two_first_values_of_one_fact_are_two_heads_until_a_row_names_both(engine) -> None:
    birth = KINDS["birth"]
    frame: dict[str, Any] = {**FRAME, "kind": "birth", "version": 1, "fact_id": "anna/birth"}
    bodies = [write_body(birth.body(year=1950 + n)) for n in range(3)]  # type: ignore[call-arg]
    one, two = (LedgerRow(row_id=f"r{n}", number=n, body=bodies[n], **frame) for n in range(2))
    both = LedgerRow(row_id="r2", number=2, body=bodies[2], replaces=("r0", "r1"), **frame)
    with Session(engine) as session:
        assert arrived(session, [one, two], at_once=1)["heads"] == ["r0", "r1"]
        session.rollback()
        for order in ([one, two, both], [both, two, one], [two, both, one]):
            assert arrived(session, order, at_once=1)["heads"] == ["r2"]
            session.rollback()


@pytest.mark.parametrize("statement", [
    "UPDATE ledger SET body = '{}'", "UPDATE ledger SET denies = 0", "DELETE FROM ledger",
    "INSERT OR REPLACE INTO ledger SELECT * FROM ledger",
])
def test_the_engine_itself_refuses_to_change_the_ledger(home: Path, statement: str) -> None:
    with a_desk(home) as desk:
        before = ledger_of(desk)
        with pytest.raises(sa.exc.IntegrityError), desk.store.begin() as session:
            session.execute(sa.text(statement))
        assert ledger_of(desk) == before


def test_a_row_goes_only_after_its_tombstone(home: Path) -> None:
    with a_desk(home) as desk:
        row = ledger_of(desk)[0]
        with desk.store.begin() as session:
            session.execute(sa.insert(tombstone), [stone(row)])
            withdraw(session, [row.row_id])
            session.execute(sa.delete(ledger).where(ledger.c.row_id == row.row_id))
        assert row not in ledger_of(desk)
        assert ledger_of(desk)


def test_a_rebuilt_caseload_is_the_same(home: Path) -> None:
    with a_desk(home) as desk:
        make_caseload(desk)
        assert_rebuild_equals(desk)
        before = typed_tables(desk)
        with desk.store.begin() as session:
            session.execute(sa.text("UPDATE phone SET number = 'altered'"))
            rebuild(session)
        assert typed_tables(desk) == before


def ledger_of(desk: Desk) -> list[Any]:
    with desk.store.read() as session:
        return list(session.execute(sa.select(ledger).order_by(ledger.c.row_id)))


def test_the_bodies_drawn_can_be_read_again() -> None:
    for kind in KINDS.values():
        body = a_body(kind.body, random.Random(kind.name))
        assert msgspec.json.decode(write_body(body), type=kind.body) == body
