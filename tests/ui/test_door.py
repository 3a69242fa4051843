"""The door to real stores: opening, refusing, counting failures, setting aside; nothing is lost on the way."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from held_clock import HeldClock
from made_home import PASSPHRASE, MadeHome, make_home

from carebook import errors
from carebook.app.door import Door
from carebook.app.failures import failed_at, note_failure, wait_seconds
from carebook.models.audit import audit
from carebook.store.place import Place, held, set_aside_folders


@pytest.fixture
def made(tmp_path: Path) -> MadeHome:
    return make_home(tmp_path, HeldClock())


def test_the_door_opens_the_store_writes_the_unlock_into_the_audit_and_lets_go_of_the_folder(made: MadeHome) -> None:
    door = Door(made.settings, made.clock)
    (account,) = door.accounts()
    assert (account.worker, account.name, account.device) == ("p.osei", "Peter Osei", "dev-0001")
    with pytest.raises(errors.WrongPassphrase):
        door.unlock(account, "not this one at all")
    opened = door.unlock(account, PASSPHRASE)
    with opened.store.read() as session:
        lines = session.execute(audit.select().where(audit.c.action == "unlock").order_by(audit.c.number)).all()
    assert [(line.result, len(line.what)) for line in lines] == [("refused", 1), ("done", 0)]
    with pytest.raises(errors.StoreInUse):
        door.unlock(account, PASSPHRASE)
    opened.close()
    door.unlock(account, PASSPHRASE).close()


def test_a_failed_unlock_leaves_time_and_device_and_nothing_else(made: MadeHome) -> None:
    door = Door(made.settings, made.clock)
    with pytest.raises(errors.WrongPassphrase):
        door.unlock(door.accounts()[0], "my secret guess, nearly right")
    text = (made.place.folder / "failed-unlocks").read_text()
    assert text == '{"at": "2026-03-10T09:30:00.000000Z", "device": "dev-0001"}\n'


def test_five_failures_are_free_and_each_one_after_them_waits_longer_even_after_a_restart(tmp_path: Path) -> None:
    clock, place = HeldClock(), Place(tmp_path)
    waits = []
    for _ in range(12):
        note_failure(place, clock, "dev-1")
        waits.append(wait_seconds(Place(tmp_path), clock.now()))
    assert waits == [0, 0, 0, 0, 10, 20, 40, 80, 160, 300, 300, 300]
    clock.move(timedelta(seconds=299.5))
    assert wait_seconds(place, clock.now()) == 1
    clock.move(timedelta(seconds=1))
    assert wait_seconds(place, clock.now()) == 0


def test_a_wait_is_not_made_longer_by_a_clock_that_was_wrong(tmp_path: Path) -> None:
    clock, place = HeldClock(), Place(tmp_path)
    for _ in range(5):
        note_failure(place, clock, "dev-1")
    clock.show(clock.now() - timedelta(days=400))
    assert wait_seconds(place, clock.now()) == 10


def test_lines_that_cannot_be_read_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "failed-unlocks").write_text('nonsense\n{"at": 3}\n[]\n{"at": "2026-03-10T09:30:00.000000Z"}\n')
    assert len(failed_at(Place(tmp_path))) == 1


def test_setting_aside_deletes_nothing(made: MadeHome) -> None:
    door = Door(made.settings, made.clock)
    before = made.place.store.read_bytes()
    door.set_aside(door.accounts()[0])
    (folder,) = set_aside_folders(made.place)
    assert (folder / "store.db").read_bytes() == before
    assert (folder / "slot.json").exists()
    assert door.accounts() == ()


def test_a_store_whose_key_file_is_damaged_is_still_shown_and_says_so(made: MadeHome) -> None:
    made.place.slot.write_bytes(b"not a slot")
    door = Door(made.settings, made.clock)
    (account,) = door.accounts()
    assert (account.name, account.device) == ("", "dev-0001")
    with pytest.raises(errors.SlotUnreadable):
        door.unlock(account, PASSPHRASE)


def test_a_council_that_asks_for_a_keyring_is_heeded_at_the_unlock(made: MadeHome) -> None:
    from made_desk import arrive, row_from

    from carebook.models.access import SettingBody
    from carebook.models.ids import COUNCIL

    desk = made.desk()
    arrive(desk, row_from(desk, COUNCIL, SettingBody(setting="keyring_required", value="1")))
    desk.store.lock()
    door = Door(made.settings, made.clock)
    with pytest.raises(errors.KeyringRequired):
        door.unlock(door.accounts()[0], PASSPHRASE)
    with held(made.place):  # and the folder is let go
        assert made.place.store.exists()
