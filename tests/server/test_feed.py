"""The feed has no gaps and loses nothing, however many write at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import ends
import msgspec
import sqlalchemy as sa

from carebook.clock import random_id
from carebook.models.kinds import write_body
from carebook.models.ledger import LedgerRow, digest
from carebook.models.people import PersonBody, PhoneBody
from carebook.server import changes, home, receive, site
from carebook.server.site import Sender
from carebook.server.tables import device, feed, sync_head
from carebook.sync import wire

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Figure

WRITERS, ROWS, BATCH = 8, 2000, 10


def rows_of(here: site.Site, sender: Sender, count: int) -> list[wire.Op]:
    """Rows of one device about one new person."""
    person, clock = random_id(), here.keeping.clock
    ops = []
    for number in range(1, count + 1):
        body = PersonBody(life="adult", council_number=person[:8]) if number == 1 else PhoneBody(number="0", use="home")
        row_id = clock.new_id()
        row = LedgerRow(
            row_id=row_id, kind="person" if number == 1 else "phone", version=1, person_id=person, class_="ordinary",
            fact_id=row_id, body=write_body(body), author=sender.worker, role=sender.role, device_id=sender.device_id,
            number=number, written_at=clock.now(),
        )
        ops.append(ends.as_op(wire.as_wire(row, digest(row))))
    return ops


def test_eight_writers_leave_no_gap_and_a_reader_beside_them_misses_nothing(
    tmp_path: Path, new_database: Callable[[], str], figure: Figure
) -> None:
    database = new_database()
    made = home.set_up(tmp_path / "server", ["127.0.0.1"], database=database)
    keeping = made.open(ends.system_clock(), create=database == "sqlite")
    here = site.site(made, keeping)
    council = ends.Council(made.folder, made, here, tmp_path / "log")
    senders = [_sender(council) for _ in range(WRITERS)]
    ended = threading.Event()
    with ThreadPoolExecutor(WRITERS + 1) as pool:
        reading = pool.submit(_read_along, here, ended)
        started = here.keeping.clock.monotonic()
        for done in [pool.submit(_write, here, sender) for sender in senders]:
            done.result()
        seconds = here.keeping.clock.monotonic() - started
        ended.set()
        seen = reading.result()
    places = [line["seq"] for line in council.rows(sa.select(feed.c.seq).order_by(feed.c.seq))]
    (head,) = council.rows(sa.select(sync_head.c.seq))
    assert places == list(range(1, head["seq"] + 1))
    assert seen == places
    sent = council.rows(sa.select(sa.func.count().label("n")).select_from(feed).where(feed.c.device_id != "server"))
    assert sent[0]["n"] == ROWS
    figure(f"rows taken in by {WRITERS} writers at once, {keeping.engine.dialect.name}", f"{ROWS / seconds:.0f} a second")
    keeping.close()


def _sender(council: ends.Council) -> Sender:
    worker = council.add_worker()
    line = {
        "device_id": random_id(), "worker": worker, "public_key": b"", "code_hash": random_id(), "incarnation": "",
        "next_incarnation": "", "highest": 0, "had": 0, "scope": "", "enrolled_at": council.site.now(),
        "last_seen_at": council.site.now(),
    }
    council.site.write(lambda session: session.execute(sa.insert(device), [line]))
    return Sender(device_id=line["device_id"], worker=worker, name=worker, role="PR")


def _write(here: site.Site, sender: Sender) -> None:
    ops = rows_of(here, sender, ROWS // WRITERS)
    for start in range(0, len(ops), BATCH):
        asked = wire.Push(epoch="", ops=tuple(ops[start : start + BATCH]))
        told = here.write(lambda session, asked=asked: receive.push(session, here, sender, asked))
        assert {outcome.outcome for outcome in told.outcomes} == {"accepted"}


def _read_along(here: site.Site, ended: threading.Event) -> list[int]:
    """What a device sees that asks again and again for what stands above its cursor."""
    seen: list[int] = []
    is_last = False
    while True:
        cursor = seen[-1] if seen else 0
        query = sa.select(feed.c.seq).where(feed.c.seq > cursor).order_by(feed.c.seq)
        found = here.read(lambda session, query=query: list(session.scalars(query)))
        seen += found
        if is_last:
            return seen
        is_last = ended.wait(0.02)


def test_a_page_ends_where_the_next_begins(tmp_path: Path) -> None:
    made = home.set_up(tmp_path / "server", ["127.0.0.1"])
    keeping = made.open(ends.system_clock(), create=True)
    here = site.site(made, keeping)
    council = ends.Council(made.folder, made, here, tmp_path / "log")
    sender = _sender(council)
    ops = rows_of(here, sender, 25)
    here.write(lambda session: receive.push(session, here, sender, wire.Push(epoch="", ops=tuple(ops))))
    asked = wire.Pull(epoch="", cursor=1, scope="", limit=7)
    places: list[int] = []
    while True:
        page = changes.pull(here, sender, asked)
        assert page.head >= 25
        places += [row.seq for row in page.rows]
        asked = msgspec.structs.replace(asked, cursor=page.next, scope=page.scope)
        if not page.more:
            break
    assert places == list(range(2, page.head + 1))
    keeping.close()
