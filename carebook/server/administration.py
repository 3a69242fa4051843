"""What an administrator does at the server's own command line: workers, codes, allocations, settings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session

from carebook.errors import InputProblems, Problem
from carebook.models.access import AllocationBody, SettingBody, WorkerBody, allocation
from carebook.models.ids import COUNCIL
from carebook.models.kinds import fixed_fact, read_body
from carebook.models.ledger import ledger
from carebook.models.people import person
from carebook.models.projection import is_head
from carebook.policy.roles import ROLES
from carebook.server import accounts, chain, devices, door, scope
from carebook.server.site import Site
from carebook.sync.signing import fingerprint, write_code

RELATIONS = ("allocated", "duty", "supervisor")


def keep_worker(site: Site, body: WorkerBody) -> str:
    """Add a worker, or say something new about one; returns the row's id. Raises InputProblems for an unknown role."""
    if body.role not in ROLES:
        raise InputProblems((Problem("role", "unknown"),))

    def work(session: Session) -> str:
        fact = fixed_fact(COUNCIL, body)
        replaces = door.heads(session, fact or "")
        return door.write(session, site.keeping.clock, "keep-worker", door.Writing(COUNCIL, body, replaces=replaces))[0].row_id

    return site.write(work)


def set_password(site: Site, worker: str, password: str) -> None:
    """Set a worker's server password. Raises InputProblems when it is too short or there is no such worker."""

    def work(session: Session) -> None:
        _must_stand(session, worker)
        try:
            accounts.set_password(session, worker, password, site.now())
        except ValueError:
            raise InputProblems((Problem("password", "short", str(accounts.LEAST_PASSWORD)),)) from None
        chain.add(session, chain.Deed(site.now(), door.AUTHOR, "set-password", what=(worker,)))

    site.write(work)


def enrol_code(site: Site, worker: str, authority: bytes) -> str:
    """A one-time code with which the worker enrols one device, and by which it knows the server's authority (DER)."""

    def work(session: Session) -> str:
        _must_stand(session, worker)
        secret = devices.make_code(session, site.keys, worker, site.now())
        chain.add(session, chain.Deed(site.now(), door.AUTHOR, "enrol-code", what=(worker,)))
        return secret

    return write_code(fingerprint(authority), site.write(work))


def allocate(site: Site, person_id: str, body: AllocationBody) -> str:
    """Allocate a person to a worker; returns the row's id. Raises InputProblems for what is unknown."""
    if body.relation not in RELATIONS:
        raise InputProblems((Problem("relation", "unknown"),))

    def work(session: Session) -> str:
        _must_stand(session, body.worker)
        writing = door.Writing(_person(session, person_id), body)
        return door.write(session, site.keeping.clock, "allocate", writing)[0].row_id

    return site.write(work)


def end_allocation(site: Site, worker: str, person_id: str, last_on: date | None = None, reason: str = "") -> int:
    """End every allocation of the person to the worker; returns how many.

    last_on: the last day of it; yesterday when not given, so that it ends at once.
    """

    def work(session: Session) -> int:
        end = last_on or scope.today(site.now()) - timedelta(days=1)
        writings = [
            replace(writing, body=msgspec.structs.replace(body, to_on=end, reason=reason))
            for writing, body in _allocations(session, worker, _person(session, person_id))
        ]
        if writings:
            door.write(session, site.keeping.clock, "end-allocation", *writings)
        return len(writings)

    return site.write(work)


def set_setting(site: Site, setting: str, value: str) -> None:
    """Set one thing for the whole council; it reaches every device with its next sync."""

    def work(session: Session) -> None:
        body = SettingBody(setting=setting, value=value)
        replaces = door.heads(session, fixed_fact(COUNCIL, body) or "")
        door.write(session, site.keeping.clock, "set", door.Writing(COUNCIL, body, replaces=replaces))

    site.write(work)


def _allocations(session: Session, worker: str, person_id: str) -> list[tuple[door.Writing, AllocationBody]]:
    """The allocations that stand, each as the row that would replace it and its body as it is."""
    lines = session.execute(
        sa.select(ledger)
        .join(allocation, allocation.c.row_id == ledger.c.row_id)
        .where(allocation.c.worker == worker, allocation.c.person_id == person_id, is_head(allocation))
        .order_by(ledger.c.row_id)
    )
    found = []
    for line in lines.mappings():
        body = read_body(line["kind"], line["version"], line["body"])
        if isinstance(body, AllocationBody):
            found.append((door.Writing(person_id, body, fact_id=line["fact_id"], replaces=(line["row_id"],)), body))
    return found


def _must_stand(session: Session, worker: str) -> None:
    if scope.standing(session, worker) is None:
        raise InputProblems((Problem("worker", "unknown"),))


def _person(session: Session, words: str) -> str:
    """The id of the person whose id or council number this is."""
    wanted = sa.or_(person.c.person_id == words, person.c.council_number == words)
    found: set[str] = set(session.scalars(sa.select(person.c.person_id).where(wanted, is_head(person))))
    if len(found) != 1:
        raise InputProblems((Problem("person", "unknown"),))
    return found.pop()
