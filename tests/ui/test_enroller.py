"""Setting a laptop up in earnest: a real server, a real keyring, and what a store set aside had not sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import ends
import pytest
import sqlalchemy as sa
from held_clock import HeldClock
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from secret_service import secret_service

from carebook import errors
from carebook.app.door import Door, Opened
from carebook.app.enrolling import Enroller
from carebook.app.left_behind import deliver_left_behind
from carebook.app.program import Program
from carebook.app.safe import PassphraseDoor
from carebook.clock import system_clock
from carebook.server.tables import sealed_upload
from carebook.settings import Settings
from carebook.store.drafts import Draft
from carebook.store.keyrings import platform_keyring
from carebook.store.keys import read_header
from carebook.store.place import Place
from carebook.sync.enrolment import Enrolment
from carebook.ui.enrol.presenter import Asked
from carebook.ui.enrol.view import EnrolView

GOOD = "long enough words"


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ends.Council]:
    with ends.council(tmp_path_factory.mktemp("council")) as found:
        yield found


def a_worker_with_a_person(council: ends.Council) -> str:
    worker, other = council.add_worker("amina.bello"), council.laptop()
    person_id = other.add_person("Okafor-Hale")
    other.sync()
    council.allocate(worker, person_id)
    return worker


def test_a_laptop_is_set_up_with_a_real_server_and_opens_with_the_passphrase_afterwards(
    dressed: QApplication, qtbot: QtBot, tmp_path: Path, council: ends.Council
) -> None:
    worker = a_worker_with_a_person(council)
    settings = Settings(home=tmp_path / "here", keyring="none")
    program = Program(settings, system_clock(), restart=lambda told: None)
    qtbot.addWidget(program.window)
    program.start({})
    program.unlock_view.presenter.enrol()
    view = program.window.screen_shown
    assert isinstance(view, EnrolView)
    view.address.set_value(council.address)
    view.code.set_value("23456789ABCDEFGHJKLM")
    view.worker.set_value(worker)
    view.password.set_value(ends.PASSWORD)
    view.go_on.click()
    qtbot.waitUntil(lambda: bool(view.code.problem or view.address.problem), timeout=20_000)
    view.code.set_value(council.code(worker))
    view.go_on.click()
    qtbot.waitUntil(lambda: view.step == "passphrase", timeout=20_000)
    assert view.password.value() == ""
    view.passphrase.new.set_value(GOOD)
    view.passphrase.again.set_value(GOOD)
    with qtbot.waitSignal(program.unlocked, timeout=30_000):
        view.make.click()
    sitting = program.sitting
    assert sitting is not None
    qtbot.waitUntil(lambda: sitting.shell.rail.sync_words.text().startswith("Up to date"), timeout=20_000)
    program.quit()

    door = Door(settings, system_clock())
    (account,) = door.accounts()
    assert account.worker == "amina.bello"
    opened = door.unlock(account, GOOD)
    assert opened.store.seal_key is not None
    assert not read_header(opened.store.place.slot).device_key
    opened.close()


def test_an_answer_that_was_lost_is_asked_for_again_with_the_same_device_key(tmp_path: Path, council: ends.Council) -> None:
    worker = council.add_worker()
    enroller = Enroller(Settings(home=tmp_path / "here", keyring="none"), system_clock())
    asked = Asked(council.address, council.code(worker), worker, ends.PASSWORD)
    assert enroller.enrol(asked) == enroller.enrol(asked)


# ---------------------------------------------------------------- with and without a keyring


@pytest.fixture
def service(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with secret_service(home / "s") as environment:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        yield


def an_enrolment() -> Enrolment:
    return Enrolment(
        address="https://127.0.0.1:9", authority="none", device_id="dev-7", device_key=b"1" * 32, worker="amina.bello",
        name="Amina Bello", role="PR", seal_key=b"2" * 32, signing_key=b"3" * 32, epoch="e",
    )  # fmt: skip


def test_with_a_keyring_the_store_opens_only_with_both_halves_of_its_key(service: None, tmp_path: Path) -> None:
    settings, clock = Settings(home=tmp_path), HeldClock()
    enroller = Enroller(settings, clock)
    assert enroller.has_keyring()
    enroller.make(an_enrolment(), GOOD).close()
    door = Door(settings, clock)
    (account,) = door.accounts()
    place = Place(Path(account.folder))
    assert read_header(place.slot).device_key
    door.unlock(account, GOOD).close()
    PassphraseDoor(settings, place).change(GOOD, "another four words here")
    door.unlock(account, "another four words here").close()
    with pytest.raises(errors.KeyringUnavailable):
        Door(Settings(home=tmp_path, keyring="none"), clock).unlock(account, "another four words here")
    platform_keyring().forget("dev-7", "amina.bello")
    with pytest.raises(errors.DeviceKeyMissing):
        door.unlock(account, "another four words here")


def test_a_store_is_never_made_over_one_that_is_there(tmp_path: Path) -> None:
    enroller = Enroller(Settings(home=tmp_path, keyring="none"), HeldClock())
    opened = enroller.make(an_enrolment(), GOOD)
    kept = opened.store.place.slot.read_bytes()
    opened.close()
    with pytest.raises(errors.StoreExists):
        enroller.make(an_enrolment(), GOOD)
    assert opened.store.place.slot.read_bytes() == kept


def test_a_store_that_could_not_be_made_can_be_tried_again(tmp_path: Path) -> None:
    enroller = Enroller(Settings(home=tmp_path, keyring="none"), HeldClock())
    place = Place(tmp_path / "stores" / "dev-7")
    place.folder.mkdir(parents=True)
    in_the_way = place.folder / "store.db-wal"
    in_the_way.write_bytes(b"left over")
    with pytest.raises(errors.StoreExists):
        enroller.make(an_enrolment(), GOOD)
    assert not place.slot.exists()
    assert in_the_way.read_bytes() == b"left over"
    in_the_way.unlink()
    enroller.make(an_enrolment(), GOOD).close()


def test_only_a_demonstration_takes_numbers_that_belong_to_nobody(tmp_path: Path) -> None:
    for starts_at, is_demonstration in (("2026-11-23T09:00:00+00:00", True), (None, False)):
        settings = Settings(home=tmp_path / str(is_demonstration), keyring="none", clock_starts_at=starts_at)
        opened = Enroller(settings, HeldClock()).make(an_enrolment(), GOOD)
        assert opened.store.identity.demonstration is is_demonstration
        opened.close()


def test_what_a_store_set_aside_had_not_sent_arrives_when_the_laptop_is_enrolled_again(
    tmp_path: Path, council: ends.Council
) -> None:
    worker, settings, clock = council.add_worker(), Settings(home=tmp_path / "here", keyring="none"), system_clock()

    def set_up() -> Opened:
        enroller = Enroller(settings, clock)
        opened = enroller.make(enroller.enrol(Asked(council.address, council.code(worker), worker, ends.PASSWORD)), GOOD)
        enroller.first_sync(opened, lambda *_: None, lambda: False)
        return opened

    first = set_up()
    laptop = ends.Laptop(first.store, b"")
    person_id = laptop.add_person("Okafor-Hale")
    with first.store.work("save_draft") as work:
        work.keep_draft(Draft(clock.new_id(), person_id, "contact", "{}", clock.now(), clock.now(), "s"))
    written = laptop.ledger_ids(person_id)
    seals = first.store.place.seals
    assert len(seals.ids()) == len(written) + 1
    first.close()
    door = Door(settings, clock)
    door.set_aside(door.accounts()[0])
    assert council.ledger_ids(person_id) == set()

    second = set_up()
    assert written <= council.ledger_ids(person_id)
    assert seals.ids() == ()
    kept = council.rows(sa.select(sealed_upload.c.seal_id).where(sealed_upload.c.worker == worker))
    assert len(kept) == len(written) + 1
    second.close()


def test_seals_of_a_store_that_is_in_use_or_belongs_to_somebody_else_are_left_alone(
    tmp_path: Path, council: ends.Council
) -> None:
    settings, clock = Settings(home=tmp_path / "here", keyring="none"), system_clock()
    opened = []
    for worker in (council.add_worker(), council.add_worker(), council.add_worker()):
        enroller = Enroller(settings, clock)
        asked = Asked(council.address, council.code(worker), worker, ends.PASSWORD)
        opened.append(enroller.make(enroller.enrol(asked), GOOD))
        ends.Laptop(opened[-1].store, b"").add_person()
    in_use, aside, mine = opened
    aside.close()
    door = Door(settings, clock)
    door.set_aside(next(one for one in door.accounts() if one.device == aside.store.identity.device_id))
    assert deliver_left_behind(mine.store) == 0
    assert len(aside.store.place.seals.ids()) == len(in_use.store.place.seals.ids()) == 2
    in_use.close()
    mine.close()
