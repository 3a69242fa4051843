"""Setting a laptop up: addresses, each step and its refusals, the keyring said plainly, and all of it with a real server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import ends
import pytest
import sqlalchemy as sa
from accessible import faults
from held_clock import HeldClock
from inline_lane import InlineLane
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
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
from carebook.store.keys import check_passphrase, read_header
from carebook.store.place import Place
from carebook.sync.enrolment import Enrolment
from carebook.ui.enrol.presenter import Asked, EnrolPresenter, full_address
from carebook.ui.enrol.view import EnrolView
from carebook.ui.problems import Sentence, sentence
from carebook.ui.theme import Appearance, theme

GOOD = "long enough words"
TYPED = Asked("carebook.example", " ABCD-EFGH ", " amina.bello ", "secret")


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("carebook.example", "https://carebook.example:8443"),
        (" https://carebook.example:9000/ ", "https://carebook.example:9000"),
        ("127.0.0.1:36209", "https://127.0.0.1:36209"),
        ("https://[::1]:8443", "https://[::1]:8443"),
        ("http://carebook.example", ""),
        ("carebook.example:port", ""),
        ("carebook.example/records?person=1", ""),
        ("two words", ""),
        ("", ""),
    ],
)
def test_an_address_is_made_whole_or_refused(typed: str, address: str) -> None:
    assert full_address(typed) == address


@dataclass
class FakeEnrols:
    """The steps, each of which can fail."""

    enrol_error: errors.Circumstance | None = None
    make_error: errors.Circumstance | None = None
    sync_error: errors.Circumstance | None = None
    asked: list[Asked] = field(default_factory=list)
    syncs: int = 0
    on_sync: Callable[[Callable[[str, int, int], None]], None] = lambda progress: None

    def has_keyring(self) -> bool:
        return False

    def enrol(self, asked: Asked) -> str:
        self.asked.append(asked)
        if self.enrol_error is not None:
            raise self.enrol_error
        return "enrolment"

    def check(self, passphrase: str) -> None:
        check_passphrase(passphrase)

    def make(self, enrolment: str, passphrase: str) -> str:
        if self.make_error is not None:
            raise self.make_error
        return "store"

    def first_sync(self, opened: str, progress: Callable[[str, int, int], None], is_cancelled: Callable[[], bool]) -> None:
        self.syncs += 1
        self.on_sync(progress)
        if self.sync_error is not None:
            raise self.sync_error


@dataclass
class FakeView:
    """Notes what it is told to show."""

    shown: list[tuple[object, ...]] = field(default_factory=list)
    presenter: EnrolPresenter[str, str] | None = None

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *told, **named: self.shown.append((name, *told, *named.values()))

    def report(self, step: str, done: int, total: int) -> None:
        assert self.presenter is not None
        self.presenter.progressed(step, done, total)

    def of(self, name: str) -> list[tuple[object, ...]]:
        return [one[1:] for one in self.shown if one[0] == name]


def scene(enrols: FakeEnrols) -> tuple[EnrolPresenter[str, str], FakeView]:
    view = FakeView()
    view.presenter = EnrolPresenter(view, enrols, InlineLane())
    view.presenter.begin()
    return view.presenter, view


def test_a_computer_without_a_keyring_is_told_plainly() -> None:
    _, view = scene(FakeEnrols())
    ((words, is_there),) = view.of("show_keyring")
    assert not is_there
    assert "your passphrase alone protects the record" in str(words)
    assert "Your council can refuse" in str(words)


def test_what_is_missing_is_asked_for_field_by_field_before_the_server_is() -> None:
    enrols = FakeEnrols()
    presenter, view = scene(enrols)
    presenter.enrol(Asked("http://x", "", " ", ""))
    assert set(view.of("show_problems")[-1][0]) == {"address", "code", "worker", "password"}
    assert enrols.asked == []
    presenter.enrol(TYPED)
    assert enrols.asked == [Asked("https://carebook.example:8443", "ABCD-EFGH", "amina.bello", "secret")]
    assert view.of("show_step")[-1] == ("passphrase",)


@pytest.mark.parametrize(
    ("error", "where"),
    [
        (errors.CodeRefused("code"), "code"), (errors.SignInRefused("password"), "password"),
        (errors.Unreachable("x"), "address"), (errors.NotTrusted("authority"), "address"),
    ],
    ids=lambda told: type(told).__name__,
)  # fmt: skip
def test_a_refusal_stands_at_the_field_it_is_about(error: errors.Circumstance, where: str) -> None:
    presenter, view = scene(FakeEnrols(enrol_error=error))
    presenter.enrol(TYPED)
    assert list(view.of("show_problems")[-1][0]) == [where]
    assert view.of("show_step") == [("server",)]
    assert view.of("show_busy")[-1] == ("",)


def test_any_other_failure_is_told_in_its_own_words() -> None:
    presenter, view = scene(FakeEnrols(enrol_error=errors.ServerBusy(7)))
    presenter.enrol(TYPED)
    assert view.of("show_failed")[-1] == (sentence(errors.ServerBusy(7)),)


@pytest.mark.parametrize(
    ("first", "again", "where"),
    [
        ("", "", "new"), ("short", "short", "new"), ("passwordpassword", "passwordpassword", "new"),
        (GOOD, "long enough wards", "again"),
    ],
)
def test_a_passphrase_that_will_not_do_is_not_taken(first: str, again: str, where: str) -> None:
    presenter, view = scene(FakeEnrols())
    presenter.enrol(TYPED)
    presenter.choose(first, again)
    assert list(view.of("show_problems")[-1][0]) == [where]
    assert view.of("show_step")[-1] == ("passphrase",)


def test_a_store_that_could_not_be_made_leaves_the_worker_at_the_passphrase() -> None:
    presenter, view = scene(FakeEnrols(make_error=errors.DiskFull()))
    presenter.enrol(TYPED)
    presenter.choose(GOOD, GOOD)
    assert view.of("show_failed")[-1] == (sentence(errors.DiskFull()),)
    assert view.of("finished") == []


def test_work_can_begin_as_soon_as_everybody_has_arrived_and_begins_once() -> None:
    enrols = FakeEnrols()
    presenter, view = scene(enrols)

    def steps(progress: Callable[[str, int, int], None]) -> None:
        for step, done, total in (("sign-in", 0, 0), ("backfill", 0, 12), ("backfill", 12, 12), ("check", 0, 12)):
            progress(step, done, total)
        presenter.start()

    enrols.on_sync = steps
    presenter.enrol(TYPED)
    presenter.choose(GOOD, GOOD)
    told = view.of("show_progress")
    assert [one[-1] for one in told] == [False, False, False, True, True]
    assert told[2][0] == "Fetching the people you work with: 0 of 12 people"
    assert view.of("finished") == [("store",)]


def test_a_first_sync_that_fails_can_be_tried_again_or_left_for_later() -> None:
    enrols = FakeEnrols(sync_error=errors.Unreachable("x"))
    presenter, view = scene(enrols)
    presenter.enrol(TYPED)
    presenter.choose(GOOD, GOOD)
    (told,) = view.of("show_failed")[-1]
    assert isinstance(told, Sentence)
    presenter.sync()
    assert enrols.syncs == 2
    assert view.of("finished") == []
    presenter.start()
    assert view.of("finished") == [("store",)]


# ---------------------------------------------------------------- the screen, and a real server


@pytest.fixture
def view(dressed: QApplication, qtbot: QtBot) -> EnrolView:
    made = EnrolView(FakeEnrols(enrol_error=errors.CodeRefused("code")), InlineLane())
    qtbot.addWidget(made)
    made.resize(560, 760)
    made.show()
    return made


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("percent", [100, 200])
def test_every_step_can_be_read_and_used(view: EnrolView, qtbot: QtBot, scheme: str, percent: int) -> None:
    theme().apply(Appearance(scheme=scheme, text_percent=percent))
    view.resize(1000 if percent == 200 else 560, 760)
    for step in ("server", "passphrase", "sync"):
        view.show_step(step)
        qtbot.wait(20)
        assert faults(view) == [], step
    view.show_failed(sentence(errors.Unreachable("x")))
    qtbot.wait(20)
    assert faults(view) == []
    view.show_step("server")
    view._enrol()
    qtbot.wait(20)
    assert faults(view) == []


def test_problems_take_the_focus_to_the_summary_and_a_line_leads_to_its_field(view: EnrolView, qtbot: QtBot) -> None:
    for name, words in (("address", "carebook.example"), ("code", "ABCD"), ("worker", "a.b"), ("password", "x")):
        QTest.keyClicks(view.server_form.fields[name].edit, words)
    QTest.keyClick(view.password.edit, Qt.Key.Key_Return)
    assert view.summary.isVisible()
    assert view.code.problem.startswith("That code does not work.")
    view.summary.links()[0].click()
    qtbot.waitUntil(view.code.edit.hasFocus)
    assert view.code.value() == "ABCD"


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ends.Council]:
    with ends.council(tmp_path_factory.mktemp("council")) as found:
        yield found


def test_a_laptop_is_set_up_with_a_real_server_and_opens_with_the_passphrase_afterwards(
    dressed: QApplication, qtbot: QtBot, tmp_path: Path, council: ends.Council
) -> None:
    worker = council.add_worker("amina.bello")
    other = council.laptop()
    person_id = other.add_person("Okafor-Hale")
    other.sync()
    council.allocate(worker, person_id)
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
