"""A laptop set back to an image of itself, and one with a clone: nothing is swallowed, nothing doubled, all is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import ends
import pytest
import sqlalchemy as sa

from carebook.models.audit import audit
from carebook.models.ledger import ledger
from carebook.models.people import PhoneBody
from carebook.server.tables import device, feed
from carebook.store import outbox, state
from carebook.store.opening import open_store
from carebook.store.place import Place

PHONE = PhoneBody(number="01632 960013", use="home")


@pytest.fixture
def laptop(council: ends.Council) -> ends.Laptop:
    """A laptop of the test's own that has synced twice."""
    made = council.laptop()
    made.add_person()
    made.sync()
    made.sync()
    return made


def image(laptop: ends.Laptop, folder: Path) -> Path:
    """Its disk as it is, copied while it is locked; the laptop is then opened again."""
    laptop.close()
    there = shutil.copytree(laptop.store.place.folder, folder / "image")
    laptop.store = open_store(laptop.store.place, laptop.key, laptop.store.clock)
    return there


def from_image(council: ends.Council, laptop: ends.Laptop, there: Path) -> ends.Laptop:
    """The image on a disk of its own, unlocked."""
    found = ends.Laptop(open_store(Place(there), laptop.key, laptop.store.clock), laptop.key)
    council.laptops.append(found)
    return found


def mine(council: ends.Council, laptop: ends.Laptop) -> sa.RowMapping:
    (line,) = council.rows(sa.select(device).where(device.c.device_id == laptop.store.identity.device_id))
    return line


def numbers(council: ends.Council, laptop: ends.Laptop) -> list[int]:
    query = sa.select(ledger.c.number).where(ledger.c.device_id == laptop.store.identity.device_id)
    return sorted(line["number"] for line in council.rows(query))


def assert_nothing_doubled(council: ends.Council) -> None:
    doubled = sa.select(feed.c.row_id).group_by(feed.c.row_id).having(sa.func.count() > 1)
    assert not council.rows(doubled)


def test_what_is_written_on_a_laptop_set_back_to_an_image_is_all_kept(
    council: ends.Council, laptop: ends.Laptop, tmp_path: Path
) -> None:
    there = image(laptop, tmp_path)
    lost = laptop.add_person()
    laptop.sync()
    laptop.sync()
    back = from_image(council, laptop, there)
    new = back.add_person("Later")
    report = back.sync()
    assert (report.sent, report.waiting, report.refused, report.is_copy) == (2, 0, (), True)
    assert any("Enrol it again" in sentence for sentence in report.sentences())
    assert back.ledger_ids(new) == council.ledger_ids(new)
    assert back.ledger_ids(lost) == council.ledger_ids(lost) == laptop.ledger_ids(lost)
    after = back.keep(new, PHONE)
    back.sync()
    assert after in council.ledger_ids(new)
    assert numbers(council, back) == [1, 2, 3, 3, 4, 4, 5]
    assert mine(council, back)["twin_seen_at"]
    assert_nothing_doubled(council)


def test_of_a_laptop_and_its_clone_neither_swallows_what_the_other_wrote(
    council: ends.Council, laptop: ends.Laptop, tmp_path: Path
) -> None:
    clone = from_image(council, laptop, image(laptop, tmp_path))
    written = []
    for _ in range(3):
        for one in (laptop, clone):
            written.append((one, one.add_person()))
            one.sync()
    reports = [laptop.sync(), clone.sync()]
    assert any(report.is_copy for report in reports)
    assert all((report.waiting, report.refused, report.differing) == (0, (), 0) for report in reports)
    for _, person in written:
        assert laptop.ledger_ids(person) == clone.ledger_ids(person) == council.ledger_ids(person)
        assert len(council.ledger_ids(person)) == 3
    assert_nothing_doubled(council)
    seen = council.rows(sa.select(audit.c.what).where(audit.c.action == "copy-seen", audit.c.device_id == "server"))
    assert [laptop.store.identity.device_id] in [line["what"] for line in seen]
    assert mine(council, laptop)["twin_seen_at"]


def test_a_laptop_whose_answer_was_lost_is_taken_for_no_copy(council: ends.Council, laptop: ends.Laptop) -> None:
    with laptop.client() as client, laptop.store.read() as session:
        client.sign_in(state.get(session, "incarnation") or "")  # and what it is told never reaches the store
    report = laptop.sync()
    assert not report.is_copy
    assert not mine(council, laptop)["twin_seen_at"]


def test_a_laptop_that_is_enrolled_anew_is_a_copy_no_more(council: ends.Council, laptop: ends.Laptop, tmp_path: Path) -> None:
    there = image(laptop, tmp_path)
    laptop.sync()
    laptop.sync()
    back = from_image(council, laptop, there)
    assert back.sync().is_copy
    with back.store.begin() as session:
        assert outbox.counts(session).waiting == 0
    anew = council.laptop(laptop.worker)
    assert anew.sync().is_clean
    assert anew.ledger_ids(sorted(people_of(back))[0]) == back.ledger_ids(sorted(people_of(back))[0])


def people_of(laptop: ends.Laptop) -> set[str]:
    with laptop.store.read() as session:
        return set(session.scalars(sa.select(ledger.c.person_id).where(ledger.c.kind == "person")))
