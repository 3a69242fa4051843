"""What a worker writes in a simulation, through the same works as every action."""

from __future__ import annotations

import random
from dataclasses import dataclass

import sqlalchemy as sa

from carebook.actions.add_person import NewPerson, add_person
from carebook.desk import Desk
from carebook.errors import ChangedMeanwhile
from carebook.models.kinds import fixed_fact
from carebook.models.ledger import LedgerRow, as_row, ledger
from carebook.models.people import Body, LanguageBody, PhoneBody
from carebook.models.projection import is_head
from carebook.models.record import EntryBody, Passage
from carebook.store.drafts import Draft
from carebook.store.tables import held
from simulation.ends_here import Laptop
from simulation.kinds_later import ConsentBody, ExclusionBody, LaterBody

AMENDED = ("phone", "language", "entry", "exclusion", "consent")


def canary(person_id: str) -> str:
    """Words about a person that stand nowhere else."""
    return "canary" + person_id.replace("-", "")[-16:]


@dataclass
class Pen:
    """The hand of a laptop's worker."""

    laptop: Laptop
    rng: random.Random
    count: int = 0

    def add_person(self) -> tuple[str, list[LedgerRow]]:
        """Someone new; their id and their rows."""
        self.count += 1
        new = NewPerson(life="adult", family=f"Sample{self.count}", given="Sam", needs_answer="not asked", needs_reason="rush")
        person = Desk(self.laptop.store).do(add_person, new)
        return person, list(self._rows(ledger.c.person_id == person))

    def write(self) -> list[LedgerRow]:
        """One row about someone who is here: new, or in place of heads; none if nobody is here."""
        people = self._people()
        if not people:
            return []
        person = self.rng.choice(people)
        choice = self.rng.random()
        if choice < 0.35:
            amended = self._amend(person)
            if amended:
                return amended
        return self._keep(person, self._body(person))

    def write_malformed(self) -> list[LedgerRow]:
        """One row that no server takes; none if nobody is here."""
        people = self._people()
        fact_id = f"\0{self.laptop.name}{self.count}"
        return self._keep(people[0], PhoneBody(number="0", use="home"), fact_id) if people else []

    def write_phone(self, person: str, before: LedgerRow | None = None) -> list[LedgerRow]:
        """A phone number, new or in place of one."""
        self.count += 1
        body = PhoneBody(number=f"{canary(person)} {self.laptop.name}{self.count}", use="home")
        return self._keep(person, body, before.fact_id, (before.row_id,)) if before else self._keep(person, body)

    def draft(self) -> dict[str, str]:
        """A draft about someone who is here, by its id."""
        people = self._people()
        if not people:
            return {}
        person = self.rng.choice(people)
        now = self.laptop.store.clock.now()
        self.count += 1
        kept = Draft(self.laptop.store.clock.new_id(), person, "contact", f'"{canary(person)}"', now, now, "s")
        with Desk(self.laptop.store).work("save_draft") as work:
            work.keep_draft(kept)
        return {kept.draft_id: person}

    def _body(self, person: str) -> Body:
        self.count += 1
        words = f"{canary(person)} {self.laptop.name}{self.count}"
        made = (
            lambda: PhoneBody(number=words, use="home"),
            lambda: LanguageBody(code="en", spoken="yes", note=words),
            lambda: EntryBody(
                heading="contacts", happened_at=self.laptop.store.clock.now(), title=words,
                passages=(Passage(passage_id="p", category="contacts", words=words),),
            ),
            lambda: ExclusionBody(whom=words),
            lambda: LaterBody(words=words, more={"a": self.count}),
        )
        return self.rng.choice(made)()

    def _amend(self, person: str) -> list[LedgerRow]:
        rows = self._rows((ledger.c.person_id == person) & ledger.c.kind.in_(AMENDED))
        if not rows:
            return []
        row = self.rng.choice(rows)
        heads = self._rows((ledger.c.fact_id == row.fact_id) & is_head(ledger))
        some = heads if row.kind == "language" else self.rng.sample(heads, self.rng.randint(1, len(heads)))
        self.count += 1
        words = f"{canary(person)} {self.laptop.name}{self.count}"
        body: Body = {
            "phone": PhoneBody(number=words, use="work"), "language": LanguageBody(code="pl", spoken="yes", note=words),
            "exclusion": ConsentBody(whom=words), "consent": ExclusionBody(whom=words),
            "entry": EntryBody(heading="contacts", happened_at=self.laptop.store.clock.now(), title=words, reason="more"),
        }[row.kind]
        return self._keep(person, body, row.fact_id, tuple(found.row_id for found in some))

    def _keep(
        self, person: str, body: Body, fact_id: str | None = None, replaces: tuple[str, ...] = ()
    ) -> list[LedgerRow]:
        try:
            with Desk(self.laptop.store).work("record_fact") as work:
                fact = fact_id or fixed_fact(person, body) if isinstance(body, LanguageBody) else fact_id
                row_id = work.keep(person, body, fact_id=fact, replaces=replaces)
        except ChangedMeanwhile:
            return []
        return self._rows(ledger.c.row_id == row_id)

    def _people(self) -> list[str]:
        """Whose record is all here."""
        whole = sa.select(held.c.person_id).where(held.c.complete)
        known = sa.select(ledger.c.person_id).where(ledger.c.kind == "person", ledger.c.person_id.in_(whole))
        return [line["person_id"] for line in self.laptop.rows(known.order_by(ledger.c.device_id, ledger.c.number))]

    def _rows(self, which: sa.ColumnElement[bool]) -> list[LedgerRow]:
        query = sa.select(ledger).where(which).order_by(ledger.c.device_id, ledger.c.number)  # ids depend on the clock
        return [as_row(line) for line in self.laptop.rows(query)]
