"""What every action leaves behind: an audit chain that fits together, and a ledger that the engine itself guards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from make import Caseload, a_caseload, audits
from sqlalchemy.exc import DBAPIError

from carebook.actions.add_task import add_task
from carebook.actions.find_people import find_people
from carebook.actions.open_person import open_person
from carebook.actions.read_chronology import read_chronology
from carebook.actions.read_contacts import read_contacts
from carebook.actions.read_plan import read_plan
from carebook.actions.read_sync_status import read_sync_status
from carebook.actions.read_today import read_today
from carebook.actions.read_workers import read_workers
from carebook.errors import NotAllowed, NotHeld, StoreLocked
from carebook.models.audit import AuditRow, first_broken
from carebook.models.ledger import ledger

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from carebook.desk import Desk


def chain(desk: Desk) -> list[tuple[AuditRow, str]]:
    named = [name for name in AuditRow.__slots__ if name != "what"]
    return [
        (AuditRow(**{name: line[name] for name in named}, what=tuple(line["what"])), line["hash"]) for line in audits(desk)
    ]


def test_the_chain_fits_together_after_a_days_work(desk: Desk, people: Caseload) -> None:
    with pytest.raises(NotAllowed):
        desk.do(open_person, people.priya)
    desk.do(open_person, people.margaret)
    rows = chain(desk)
    assert len(rows) > 20
    assert first_broken(rows) is None


def test_a_changed_audit_row_is_found(desk: Desk, people: Caseload) -> None:
    rows = chain(desk)
    row, link = rows[9]
    rows[9] = (AuditRow(**{**{name: getattr(row, name) for name in AuditRow.__slots__}, "worker": "k.teles"}), link)
    assert first_broken(rows) == 10


@pytest.mark.parametrize(
    "change",
    [sa.update(ledger).values(body="{}"), sa.update(ledger).values(author="k.teles"), sa.delete(ledger)],
    ids=["the body", "the author", "the row"],
)
def test_the_engine_refuses_to_change_or_remove_what_is_in_the_ledger(
    desk: Desk, people: Caseload, change: sa.Executable
) -> None:
    with pytest.raises(DBAPIError), desk.store.begin() as session:
        session.execute(change)
    assert desk.do(read_contacts, people.margaret)[0].author == "p.osei"


def test_looking_at_a_record_is_traced_like_writing(desk: Desk, people: Caseload) -> None:
    for action in (open_person, read_chronology, read_contacts, read_plan):
        before = len(audits(desk))
        desk.do(action, people.margaret)
        (line,) = audits(desk)[before:]
        assert (line["action"], line["result"], line["person_id"]) == (action.__name__, "done", people.margaret)


def test_the_workers_own_day_is_not_traced(desk: Desk, people: Caseload) -> None:
    before = len(audits(desk))
    for action in (read_today, read_workers, read_sync_status):
        desk.do(action)
    assert len(audits(desk)) == before


@pytest.mark.parametrize("action", [open_person, read_chronology, read_contacts, read_plan])
def test_a_record_outside_the_caseload_stays_closed_and_the_try_is_traced(
    desk: Desk, people: Caseload, action: Callable[..., object]
) -> None:
    with pytest.raises(NotAllowed):
        desk.do(action, people.priya)
    with pytest.raises(NotHeld):
        desk.do(action, "nobody")
    lines = audits(desk)[-2:]
    assert [(line["result"], line["person_id"]) for line in lines] == [("refused", people.priya), ("refused", "nobody")]


@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [
        ("SP", [open_person, read_plan], []),
        ("TM", [open_person, read_plan], []),
        ("BS", [open_person, read_contacts], [read_plan, read_chronology]),
        ("RA", [open_person, read_plan], []),
        ("AU", [], [open_person, read_plan, read_contacts]),
        ("SA", [], [open_person, read_plan, read_contacts, read_chronology]),
        ("unheard of", [], [open_person]),
    ],
)
def test_each_role_reads_what_the_matrix_allows_of_its_own_people(
    tmp_path: Path, role: str, may: list[Callable[..., object]], may_not: list[Callable[..., object]]
) -> None:
    with a_caseload(tmp_path, role=role) as (desk, people):
        for action in may:
            assert desk.do(action, people.margaret)
        for action in may_not:
            with pytest.raises(NotAllowed):
                desk.do(action, people.margaret)


def test_a_worker_who_is_not_allocated_reads_nothing_of_the_record(tmp_path: Path) -> None:
    with a_caseload(tmp_path, worker="k.teles") as (desk, people):
        with pytest.raises(NotAllowed):
            desk.do(open_person, people.margaret)
        assert audits(desk)[-1]["worker"] == "k.teles"


def test_a_locked_store_does_nothing_and_says_so(tmp_path: Path) -> None:
    with a_caseload(tmp_path) as (desk, _):
        engine, desk.store.engine = desk.store.engine, None
        with pytest.raises(StoreLocked):
            desk.do(find_people, "")
        desk.store.engine = engine


def test_an_action_that_fails_half_way_leaves_nothing(desk: Desk, people: Caseload) -> None:
    before = (desk.store.counts(), len(audits(desk)))

    def add_and_stumble(work: object, person_id: str) -> None:
        add_task(work, person_id, "Half", people_day)  # type: ignore[arg-type]
        raise RuntimeError

    people_day = desk.do(read_today).day
    add_and_stumble.__name__ = "add_task"
    with pytest.raises(RuntimeError):
        desk.do(add_and_stumble, people.dennis)
    assert (desk.store.counts(), len(audits(desk))) == before
    assert "Half" not in [task.title for task in desk.do(read_today).tasks]
