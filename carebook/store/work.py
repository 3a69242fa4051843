"""One work: one transaction, one moment, one worker; and the one way a worker writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from carebook.clock import Clock, random_id
from carebook.errors import ChangedMeanwhile, InputProblems, NotAllowed, NotHeld, Problem
from carebook.models.access import allocation
from carebook.models.ids import COUNCIL, ORDINARY
from carebook.models.kinds import KIND_OF, LONGEST_BODY, fixed_fact, write_body
from carebook.models.ledger import LedgerRow, as_columns, ledger
from carebook.models.lines import put_lines
from carebook.models.people import Body, person
from carebook.models.projection import is_head, project, replacement
from carebook.models.sealed import SealedRow
from carebook.policy.roles import may
from carebook.store import drafts, outbox
from carebook.store.drafts import Draft
from carebook.store.standing import Standing
from carebook.words import local

_TODAY: Final = sa.bindparam("today", type_=sa.Date)
_RELATIONS: Final = (
    sa.select(allocation.c.relation)
    .select_from(person)
    .outerjoin(
        allocation,
        sa.and_(
            allocation.c.person_id == person.c.person_id,
            allocation.c.worker == sa.bindparam("worker"),
            allocation.c.from_on <= _TODAY,
            sa.or_(allocation.c.to_on.is_(None), allocation.c.to_on >= _TODAY),
            is_head(allocation),
        ),
    )
    .where(person.c.person_id == sa.bindparam("person"))
)
"""A line for each relation between the person and the worker today: one without a relation if there is none, none at all if
the person is not held."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose laptop this is: the worker, their role, and the device; demonstration stores accept synthetic numbers."""

    worker: str
    name: str
    role: str
    device_id: str
    demonstration: bool = False


@dataclass(slots=True)
class Work:
    """What an action is given. It ends with the transaction: keep no reference to it.

    is_traced: whether the audit gets a row. An action that only shows the worker their own day, or that repeats with
    each key stroke, sets it to False; whatever writes to the record is traced all the same.
    """

    session: Session
    clock: Clock
    identity: Identity
    action: str
    at: datetime
    stands: Standing
    person_id: str | None = None
    what: list[str] = field(default_factory=list)
    words: str = ""
    is_traced: bool = True
    written: list[SealedRow] = field(default_factory=list)
    drafts_kept: list[Draft] = field(default_factory=list)
    drafts_gone: list[str] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The day in England."""
        return local(self.at).date()

    @property
    def is_keeping(self) -> bool:
        """Whether the work keeps more than its trace."""
        return bool(self.written or self.drafts_kept)

    def about(self, person_id: str, *what: str) -> None:
        """Say whom this work is about, and which ids or fields it touches, for the audit.

        Raises NotHeld if this device holds no such person, NotAllowed if the worker's relationship does not reach.
        """
        self.person_id = person_id
        self.what.extend(what)
        asked = {"person": person_id, "worker": self.identity.worker, "today": self.today}
        relations = self.session.scalars(_RELATIONS, asked).all()
        if not relations:
            raise NotHeld(person_id)
        if not may(self.identity.role, self.action, {relation for relation in relations if relation}).allowed:
            raise NotAllowed(self.action)

    def keep(
        self,
        person_id: str,
        body: Body,
        *,
        fact_id: str | None = None,
        replaces: Sequence[str] = (),
        class_: str = ORDINARY,
    ) -> str:
        """Write one ledger row, its typed rows and its outbox item together; returns the row's id.

        Raises ChangedMeanwhile if a row it replaces is no longer a head, or if a single-valued fact has a head it does
        not name, InputProblems for a text that is too long or holds a character no database keeps.
        """
        kind = KIND_OF[type(body)]
        row_id = self.clock.new_id()
        fact = fact_id or fixed_fact(person_id, body) or row_id
        text = write_body(body)
        _check_text(text)
        self._check_heads(fact, tuple(replaces), single=fixed_fact(person_id, body) is not None)
        row = LedgerRow(
            row_id=row_id, kind=kind.name, version=kind.version, person_id=person_id, class_=class_, fact_id=fact,
            body=text, author=self.identity.worker, role=self.identity.role,
            device_id=self.identity.device_id, number=self.stands.next_number(), written_at=self.at,
            skew_ms=self.stands.skew_ms,
            replaces=tuple(replaces), denies=kind.denies,
        )
        put_lines(self.session, ledger, [as_columns(row)])
        project(self.session, [row])
        op_id = random_id()
        outbox.add(self.session, row_id=row_id, op_id=op_id, denies=row.denies, at=self.at)
        self.written.append(SealedRow(op_id, row))
        self.what.append(row_id)
        if self.person_id is None and person_id != COUNCIL:
            self.person_id = person_id
        return row_id

    def keep_draft(self, kept: Draft) -> None:
        """Keep a draft in place of its earlier form; it is sealed once the work has ended."""
        drafts.save(self.session, kept)
        self.drafts_kept.append(kept)

    def drop_draft(self, draft_id: str) -> None:
        """Forget a draft that was finished or discarded, and its sealed copy."""
        if drafts.remove(self.session, draft_id):
            self.drafts_gone.append(draft_id)

    def heads(self, fact_id: str) -> tuple[str, ...]:
        """The ids of the rows of a fact that nothing replaces: none, one, or several where there is a clash."""
        return tuple(self.session.scalars(sa.select(ledger.c.row_id).where(ledger.c.fact_id == fact_id, is_head(ledger))))

    def _check_heads(self, fact_id: str, replaces: tuple[str, ...], *, single: bool) -> None:
        if single and set(self.heads(fact_id)) - set(replaces):
            raise ChangedMeanwhile(fact_id)
        if not replaces:
            return
        present = self.session.scalar(sa.select(sa.func.count()).select_from(ledger).where(ledger.c.row_id.in_(replaces)))
        taken = self.session.scalar(
            sa.select(sa.func.count()).select_from(replacement).where(replacement.c.replaced_id.in_(replaces))
        )
        if taken or present != len(set(replaces)):
            raise ChangedMeanwhile(fact_id)


def _check_text(text: str) -> None:
    """What the server could not take in is not kept either: it would wait on this laptop for ever."""
    if len(text) > LONGEST_BODY:
        raise InputProblems((Problem("words", "words_too_long", f"{LONGEST_BODY:,}"),))
    if "\\u0000" in text:
        raise InputProblems((Problem("words", "character_not_kept"),))
