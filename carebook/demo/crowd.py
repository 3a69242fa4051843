"""The rest of the caseload: invented people drawn by lot from a seed, always the same for the same seed."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from carebook.demo.scenes import FOLDER, Table, tell_scene
from carebook.demo.told import Teller
from carebook.policy.nhs_number import is_possible


@dataclass(slots=True)
class Crowd:
    """Draws people from the words in resources/demo/words/crowd.toml; `until` is the last day anything happened."""

    seed: int
    until: date
    workers: Sequence[str] = ("p.osei", "p.osei", "h.brand", "t.ferris", "m.lund")
    _dice: random.Random = field(init=False)
    _words: dict[str, Any] = field(init=False)
    _numbers: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)  # noqa: S311  a demonstration must be the same each time
        self._words = tomllib.loads((FOLDER / "words" / "crowd.toml").read_text("utf-8"))

    def tell(self, teller: Teller, how_many: int) -> list[str]:
        """Write `how_many` people down; returns their ids."""
        return [tell_scene(teller, self.scene(number)) for number in range(how_many)]

    def scene(self, number: int) -> Table:
        """One person as a scene file would tell them."""
        origin = self._dice.choice(self._words["origins"])
        is_woman = self._dice.random() < 0.58
        given = self._dice.choice(origin["women" if is_woman else "men"])
        since = self.until - timedelta(days=self._dice.randint(40, 1300))
        worker = self._dice.choice(self.workers)
        return {
            "person": {
                "given": given, "family": self._dice.choice(origin["families"]),
                "title": self._dice.choice(("Mrs", "Miss", "Ms") if is_woman else ("Mr", "Mr", "Dr")),
                "council_number": f"QV{110000 + number * 7 + self._dice.randint(0, 6)}", "worker": worker,
                "since": since.isoformat(), "fact": self._facts(origin, worker, is_woman=is_woman),
            },
            "contact": self._contacts(since, given),
        }

    def _facts(self, origin: Table, worker: str, *, is_woman: bool) -> list[Table]:
        pick = self._dice.choice
        born = date(self.until.year - int(self._dice.triangular(19, 99, 84)), 1, 1) + timedelta(days=self._dice.randint(0, 364))
        street, area = pick(self._words["streets"])
        facts: list[Table] = [
            {"kind": "birth", "year": born.year, "month": born.month, "day": born.day},
            {"kind": "nhs_number", "number": self._nhs_number(), "status": pick(("01", "01", "01", "02"))},
            {"kind": "address", "use": "home", "lines": [f"{self._dice.randint(1, 148)} {street}", "Quarry Vale"],
             "postcode": f"QX{area} {self._dice.randint(1, 9)}{pick('ABDEFGHJLNPQRSTUWXYZ')}{pick('ABDEFGHJLNPQRSTUWXYZ')}"},
            {"kind": "phone", "number": f"01632 960{self._dice.randint(500, 999)}", "use": "home"},
            {"kind": "involvement", **pick(self._words["involved"])},
            {"kind": "relationship", "name": f"{pick(origin['men'] + origin['women'])} {pick(origin['families'])}",
             "relation": pick(("Son", "Daughter", "Sister", "Brother", "Friend", "Husband" if is_woman else "Wife")),
             "phone": f"07700 900{self._dice.randint(100, 999)}", "emergency": self._dice.random() < 0.5,
             "carer": self._dice.random() < 0.4},
        ]
        facts += [{"kind": "need", **one} for one in self._dice.sample(self._words["needs"], self._dice.randint(0, 2))]
        facts += [{"kind": "alert", **one} for one in self._dice.sample(self._words["alerts"], pick((0, 0, 1, 1, 2)))]
        if self._dice.random() < 0.3:
            due = self.until + timedelta(days=self._dice.randint(-3, 20))
            facts.append({"kind": "task", "title": pick(self._words["tasks"]), "due_on": due, "for_worker": worker})
        return facts

    def _contacts(self, since: date, given: str) -> list[Table]:
        days = sorted(self._dice.sample(range((self.until - since).days), k=min(self._dice.randint(3, 12), 30)))
        return [self._contact(since + timedelta(days=day), given) for day in days]

    def _contact(self, day: date, given: str) -> Table:
        pick = self._dice.choice
        told = dict(pick(self._words["contacts"]))
        passages = [{"category": "contacts", "words": told.pop("words").replace("{given}", given)}]
        if self._dice.random() < 0.6:
            passages.append({"category": "discussions", "words": pick(self._words["discussions"]).replace("{given}", given)})
        if self._dice.random() < 0.5:
            passages.append({"category": "decisions", "words": pick(self._words["decisions"])})
        clock = f"{self._dice.randint(9, 16):02d}:{pick(('00', '10', '15', '20', '30', '40', '45'))}"
        return {**told, "at": f"{day.isoformat()} {clock}", "identity_checked": True, "passage": passages}

    def _nhs_number(self) -> str:
        while True:
            first = f"999{self._dice.randint(200000, 999999)}"
            for check in range(10):
                number = f"{first}{check}"
                if is_possible(number) and number not in self._numbers:
                    self._numbers.add(number)
                    return number
