"""One history from one seed: what workers, administrators, networks, disks and clocks do, step after step."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from carebook.errors import CarebookError
from carebook.models import kinds
from carebook.models.access import AllocationBody
from carebook.models.ledger import ledger
from carebook.server import administration
from carebook.server.tables import parked, quarantine, sealed_upload, sync_head
from carebook.store import state, work
from carebook.store.tables import draft
from carebook.sync.cycle import run_cycle
from carebook.sync.report import Report
from simulation.ends_here import Laptop, Server, Time
from simulation.kinds_later import with_later_kinds
from simulation.made import LONG_AGO, Template, copied, in_memory
from simulation.network import FAULTS, Killed, Network
from simulation.truth import Truth
from simulation.writing import Pen

STEPS = {
    "write": 30, "sync": 34, "add": 3, "grant": 6, "revoke": 7, "backup": 3, "restore": 3, "image": 2, "roll-back": 1,
    "kill-writing": 4, "late": 4, "clock": 3, "night": 2, "draft": 3, "malformed": 1,
}


Plant = Callable[[pytest.MonkeyPatch], None]


@dataclass
class History:
    """A council for as long as one history lasts."""

    seed: int
    folder: Path
    rng: random.Random
    server: Server
    laptops: list[Laptop]
    network: Network
    time: Time
    truth: Truth = field(default_factory=Truth)
    pens: dict[str, Pen] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    copies: list[Path] = field(default_factory=list)
    images: dict[str, Path] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)
    people: list[str] = field(default_factory=list)
    restores: int = 0
    repaired: int = 0
    set_back: bool = False
    calm: bool = False
    wrong_clocks: bool = True

    def begin(self, people: tuple[str, ...]) -> None:
        """What is so at first: people whom everyone knows, a copy of the server, an image of each laptop."""
        self.people.extend(people)
        self.truth.keep(row for row in self.server.ledger().values() if row.person_id in people)
        self.copies.append(self.folder / "copy-0")
        self.server.copy(self.copies[0])
        for laptop in self.laptops:
            self._image(laptop)

    def step(self) -> None:
        """Something happens."""
        name = self.rng.choices(list(STEPS), list(STEPS.values()))[0]
        laptop = self.rng.choice(self.laptops)
        self.told.append(f"{name} {laptop.name}")
        getattr(self, "_" + name.replace("-", "_"))(laptop)
        self.time.move(timedelta(minutes=self.rng.randint(1, 20)))

    def sync(self, laptop: Laptop) -> Report | None:
        """One sync, which may fail; a laptop that is killed in it is unlocked again."""
        try:
            with laptop.store.read() as session:
                is_first = state.get_number(session, "cursor") == 0  # the check brings what others wrote of who was added here
            self.reports[laptop.name] = report = run_cycle(laptop.store)
            self.repaired += 0 if is_first else report.repaired + report.differing
        except CarebookError as error:
            self.told.append(f"  {type(error).__name__} {error}")
            return None
        except Killed:
            laptop.restart()
            self.told.append("  killed")
            return None
        finally:
            self.network.heal()
            laptop.gate.open()
            self.server.gate.open()
        return report

    def _write(self, laptop: Laptop) -> None:
        self.truth.keep(self.pens[laptop.name].write())

    def _add(self, laptop: Laptop) -> None:
        person, rows = self.pens[laptop.name].add_person()
        self.people.append(person)
        self.truth.keep(rows)

    def _malformed(self, laptop: Laptop) -> None:
        rows = self.pens[laptop.name].write_malformed()
        self.truth.malformed |= {row.row_id for row in rows}
        self.truth.keep(rows)

    def _draft(self, laptop: Laptop) -> None:
        self.truth.drafts.update(self.pens[laptop.name].draft())

    def _kill_writing(self, laptop: Laptop) -> None:
        if self.calm:
            return
        laptop.gate.set(self.rng.randint(1, 3), after=self.rng.random() < 0.5)
        pen = self.pens[laptop.name]
        try:
            rows = pen.write() if self.rng.random() < 0.7 else pen.add_person()[1]
            self.truth.keep(rows)
        except Killed:
            laptop.restart()
        laptop.gate.open()
        self._adopt(laptop)

    def _adopt(self, laptop: Laptop) -> None:
        """What was committed and never shown is as good as saved."""
        mine = {row_id: row for row_id, row in laptop.ledger().items() if row.device_id == laptop.device_id}
        self.truth.keep(row for row_id, row in mine.items() if row_id not in self.truth.saved)
        self.people += sorted({row.person_id for row in mine.values()} - set(self.people))

    def _sync(self, laptop: Laptop) -> None:
        chance = self.rng.random()
        if self.calm:
            pass
        elif chance < 0.2:
            self.network.plan(self.rng.choice(FAULTS), self.rng.randint(1, 12))
        elif chance < 0.34:
            laptop.gate.set(self.rng.randint(1, 25), after=self.rng.random() < 0.5)
        elif chance < 0.5:
            self.server.gate.set(self.rng.choice((2, 3, 3, 3, 4, 5, 6, 8, 12)), after=self.rng.random() < 0.5)  # 3: the push
        self.sync(laptop)

    def _grant(self, laptop: Laptop) -> None:
        person = self._known_person()
        if person:
            relation = self.rng.choice(administration.RELATIONS)
            body = AllocationBody(worker=laptop.worker, relation=relation, from_on=LONG_AGO)
            administration.allocate(self.server.site, person, body)

    def _revoke(self, laptop: Laptop) -> None:
        person = self._known_person()
        if person:
            administration.end_allocation(self.server.site, laptop.worker, person)

    def _known_person(self) -> str:
        known = {line["person_id"] for line in self.server.rows(sa.select(ledger.c.person_id).where(ledger.c.kind == "person"))}
        found = [person for person in self.people if person in known]
        return self.rng.choice(found) if found else ""

    def _late(self, laptop: Laptop) -> None:
        if self.network.past:
            self.network.deliver(self.rng.choice(self.network.past))

    def _clock(self, laptop: Laptop) -> None:
        off = timedelta(days=self.rng.choice((-3653, -400, -1, 0, 1, 400, 3653)), seconds=self.rng.randint(-400, 400))
        laptop.off = off if self.wrong_clocks else timedelta(0)

    def _night(self, laptop: Laptop) -> None:
        self.time.move(timedelta(hours=self.rng.randint(8, 60)))

    def _backup(self, laptop: Laptop) -> None:
        copy = self.folder / f"copy-{len(self.told)}"
        reached = self.server.copy(copy)
        self.copies.append(copy)
        if self.rng.random() < 0.5:  # it is verified, and laptops need not keep for it what it has
            safe = sa.update(sync_head).values(safe_seq=reached)
            self.server.site.write(lambda session: session.execute(safe))
            self.copies = [copy]

    def _restore(self, laptop: Laptop) -> None:
        if not self.copies:
            return
        self.restores += 1
        self.set_back = True
        at = self.rng.randrange(len(self.copies))
        self.server.put_back(self.copies[at])
        self.copies = self.copies[: at + 1]
        self.truth.lose(self._still())
        self.truth.drafts.clear()

    def _image(self, laptop: Laptop) -> None:
        image = self.folder / f"image-{laptop.name}-{len(self.told)}"
        laptop.copy(image)
        self.images[laptop.name] = image

    def _roll_back(self, laptop: Laptop) -> None:
        image = self.images.get(laptop.name)
        if image:
            laptop.put_back(image)
            laptop.rolled_back = self.set_back = True
            self.truth.lose(self._still())
            self.truth.drafts = {one: who for one, who in self.truth.drafts.items() if one in self.drafts()}

    def drafts(self) -> set[str]:
        """The ids of drafts that are on a laptop, or at the server, sealed."""
        sealed = {line["item_id"] for line in self.server.rows(sa.select(sealed_upload.c.item_id))}
        return sealed.union(*({line["draft_id"] for line in one.rows(sa.select(draft.c.draft_id))} for one in self.laptops))

    def _still(self) -> set[str]:
        """The ids of rows that are at the server or on any laptop."""
        still = set(self.server.ledger())
        for table in (quarantine, parked):
            still |= {line["row_id"] for line in self.server.rows(sa.select(table.c.row_id))}
        for laptop in self.laptops:
            still |= set(laptop.ledger())
        return still

    def settle(self) -> None:
        """Nothing goes wrong any more, and everyone syncs until nothing moves."""
        quiet: dict[str, int] = {}
        for turn in range(18):
            laptop = self.laptops[turn % len(self.laptops)]
            report = self.sync(laptop)
            if report and not report.people_removed:
                quiet[laptop.name] = self.server.head
            if [quiet.get(one.name) for one in self.laptops] == [self.server.head] * len(self.laptops):
                return
        self.told.append("it never settles")


def run(
    seed: int, template: Template, folder: Path, steps: int = 40, *, plant: Plant | None = None, calm: bool = False,
    wrong_clocks: bool = True, script: Callable[[History], None] = lambda history: None,
) -> History:
    """A whole history, settled, its two ends closed again by `close`.

    plant: a mistake that lives in it. calm: neither line nor process fails. wrong_clocks: laptops' clocks may be years off.
    script: what happens for certain, before the steps that the seed chooses.
    """
    rng = random.Random(seed)
    network, time = Network(), Time(random.Random(seed + 1))
    names = tuple(rng.choice((("a", "b", "c"), ("a", "b", "d"))))
    with in_memory(network, random.Random(seed + 2)) as patch:
        for module in (work, kinds):
            patch.setattr(module, "KIND_OF", with_later_kinds())
        if plant:
            plant(patch)
        server, laptops = copied(template, folder, names, network, time)
        history = History(seed, folder, rng, server, laptops, network, time)
        history.calm, history.wrong_clocks = calm, wrong_clocks
        history.pens = {laptop.name: Pen(laptop, rng) for laptop in laptops}
        history.begin(template.people)
        script(history)
        for _ in range(steps):
            history.step()
        history.settle()
    return history


def a_child_before_its_parent(history: History) -> None:
    """A restored server gets an amendment from one laptop before it gets what was amended from the other."""
    first, second = history.laptops[:2]
    (parent,) = history.pens[first.name].write_phone(history.people[0])
    history.truth.keep([parent])
    history.sync(first)
    history.sync(second)
    history.truth.keep(history.pens[second.name].write_phone(history.people[0], parent))
    history.sync(second)
    history._restore(second)
    history.sync(second)
    history.sync(first)


def close(history: History) -> None:
    """Nothing of it is left open."""
    for laptop in history.laptops:
        laptop.stop()
    history.server.stop()

