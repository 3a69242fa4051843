"""A client killed while it writes, amends, saves drafts or changes the passphrase has lost nothing it said was kept."""

from __future__ import annotations

import random
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import killed
import pytest
import sqlalchemy as sa
from killed import Child
from make import STAFF, assert_rebuild_equals, audits, make_caseload

from carebook import cipher
from carebook.clock import clock_starting_at, system_clock
from carebook.desk import Desk
from carebook.errors import WrongPassphrase
from carebook.models.audit import AuditRow, first_broken
from carebook.models.ledger import ledger
from carebook.sealing import new_private_key, public_key_of
from carebook.store.keys import LEAST, Owner, make_slot, open_slot
from carebook.store.opening import create_store, open_store
from carebook.store.place import Place
from carebook.store.tables import draft, outbox
from carebook.store.work import Identity

PHRASES = ("a kettle on the hob", "two herons by the lock")


def enrolled(folder: Path) -> tuple[Place, str]:
    """A store with a caseload behind a slot of its own, locked; and whom the worker will write about."""
    place = Place(folder / "store")
    place.folder.mkdir(mode=0o700, parents=True)
    key = make_slot(place.slot, Owner("p.osei", STAFF["p.osei"][0], "dev-0001"), PHRASES[0], None, stretch=LEAST)
    identity = Identity("p.osei", STAFF["p.osei"][0], "PR", "dev-0001", demonstration=True)
    seal_key = public_key_of(new_private_key()).hex()
    yesterday = clock_starting_at(system_clock().now().replace(hour=12) - timedelta(days=1))
    desk = Desk(create_store(place, key, yesterday, identity, {"seal_key": seal_key}))
    person_id = make_caseload(desk).margaret
    desk.store.lock()
    return place, person_id


def opened(place: Place, said: list[tuple[Any, ...]], now: str) -> tuple[Desk, str]:
    """The store, opened with the one passphrase of the two that fits; after an acknowledged change that is the new one."""
    fits = []
    for phrase in PHRASES:
        try:
            fits.append((open_slot(place.slot, phrase, None), phrase))
        except WrongPassphrase:
            continue
    assert len(fits) == 1
    key, phrase = fits[0]
    changes = [word for word in said if word[0].startswith("phrase")]
    acknowledged = [word[1] for word in changes if word[0] == "phrase"]
    if not changes or changes[-1][0] == "phrase":
        assert phrase == (acknowledged or [now])[-1]
    cipher.check_whole(place.store, key)
    return Desk(open_store(place, key, system_clock())), phrase


def assert_nothing_lost(desk: Desk, said: list[tuple[Any, ...]], rows: set[str]) -> None:
    with desk.store.read() as session:
        lines = session.execute(sa.select(ledger.c.row_id, ledger.c.number, ledger.c.device_id)).all()
        held = {line.row_id: line.number if line.device_id == "dev-0001" else 0 for line in lines}
        waiting = session.scalars(sa.select(outbox.c.op_id)).all()
        drafts = {line.draft_id: line for line in session.execute(sa.select(draft))}
    assert rows <= set(held)
    mine = sorted(number for number in held.values() if number)
    assert mine == list(range(1, len(mine) + 1))
    assert set(desk.store.place.seals.ids()) == {*waiting, *drafts}
    typed = [word for word in said if word[0] == "draft"][-1:]
    assert all(int(drafts[str(draft_id)].body) >= int(turn) for _, draft_id, turn, _ in typed)
    chain = [
        (AuditRow(**{**{k: v for k, v in line.items() if k != "hash"}, "what": tuple(line["what"])}), line["hash"])
        for line in audits(desk)
    ]
    assert first_broken(chain) is None


def survive(place: Place, person_id: str, times: int, seed: int) -> dict[str, float]:
    """Kill a writing client so many times; after each, nothing that it acknowledged is missing."""
    chance, now, rows = random.Random(seed), PHRASES[0], set[str]()
    met = {"acknowledged": 0, "while changing": 0, "draft age": 0.0}
    for _ in range(times):
        then = PHRASES[1 - PHRASES.index(now)]
        child = Child(killed.working, str(place.folder), person_id, (now, then))
        assert child.wait_for_a_word()
        deadline = time.monotonic() + chance.uniform(0.0, 0.9)
        while (left := deadline - time.monotonic()) > 0:
            child.wait_for_a_word(left)
        child.kill()
        killed_at = time.time()
        child.end()
        said = child.told
        rows |= {word[1] for word in said if word[0] == "row"}
        met["acknowledged"] += sum(1 for word in said if word[0] in {"row", "draft", "phrase"})
        since = [killed_at - float(word[3]) for word in said if word[0] == "draft"][-1:]
        met["draft age"] = max([met["draft age"], *since])
        met["while changing"] += said[-1][0] == "phrase begun"
        desk, now = opened(place, said, now)
        assert_nothing_lost(desk, said, rows)
        desk.store.lock()
    desk, _ = opened(place, [], now)
    assert_rebuild_equals(desk)
    desk.store.lock()
    return met


def test_a_client_killed_at_any_moment_has_lost_nothing_that_it_acknowledged(home: Path, figure) -> None:
    met = survive(*enrolled(home), times=12, seed=3)
    assert met["acknowledged"] > 50
    told = f"{met['acknowledged']} writings acknowledged, 0 lost, 0 corrupt, drafts at most {met['draft age']:.2f} s old"
    figure("kills while writing", f"12, {told}")


@pytest.mark.full
@pytest.mark.timeout(1200)
def test_sixty_kills_lose_nothing_that_was_acknowledged(home: Path, figure) -> None:
    met = survive(*enrolled(home), times=60, seed=4)
    assert met["while changing"] > 0
    told = f"{met['acknowledged']} writings acknowledged, {met['while changing']} while changing the passphrase"
    figure("kills while writing", f"60, {told}, 0 lost, 0 corrupt", "60, 0 lost, 0 corrupt")
