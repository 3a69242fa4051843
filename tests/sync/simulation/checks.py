"""What must be so when everyone has synced and nothing moves: T1 to T14 of the design, checked against what was written."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import sqlalchemy as sa

from carebook.models.audit import AuditRow, audit, first_broken
from carebook.models.ids import COUNCIL
from carebook.models.kinds import denial
from carebook.models.ledger import LedgerRow, digest, ledger
from carebook.models.projection import is_head
from carebook.server import scope
from carebook.server.tables import feed, op, parked, purge_order, quarantine, sealed_upload
from carebook.store.tables import held, inbox, journal, outbox
from simulation.ends_here import Laptop
from simulation.history import History
from simulation.remnants import remnants
from simulation.truth import denied, heads
from simulation.writing import canary

Found = Iterator[str]


def violations(history: History) -> list[str]:
    """Everything that should not be; empty when all is well."""
    return [f"{check.__name__}: {found}" for check in CHECKS for found in check(history)]


def settled(history: History) -> Found:
    """Each laptop's last sync was whole, and had nothing left to do."""
    if history.told and history.told[-1] == "it never settles":
        yield "it never settles"
    for laptop in history.laptops:
        if laptop.name not in history.reports:
            yield f"{laptop.name} never synced"
        elif _waiting(laptop):
            yield f"{laptop.name} still has rows that wait"
        elif laptop.rows(sa.select(inbox.c.number)) or laptop.rows(sa.select(held).where(~held.c.complete)):
            yield f"{laptop.name} still has pages or people that are not whole"


def t1_both_ends_are_equal(history: History) -> Found:
    """A laptop holds the rows of its scope, and beyond them only what the server holds back for a supervisor."""
    server = history.server.ledger()
    for laptop in history.laptops:
        units = _scope(history, laptop)
        theirs = {row_id: row for row_id, row in server.items() if (row.person_id, row.class_) in units}
        mine = laptop.ledger()
        apart = _apart(laptop)
        for row_id in set(theirs) - set(mine):
            yield f"{laptop.name} lacks {_named(theirs[row_id])}"
        extra = set(mine) - set(theirs) - apart
        if any(mine[row_id].person_id not in {person for person, _ in units} for row_id in mine):
            yield f"{laptop.name} holds someone out of scope"
        yield from (f"{laptop.name} has more: {_named(mine[row_id])}" for row_id in extra)
        for row_id in set(mine) & set(server):
            if digest(mine[row_id]) != digest(server[row_id]):
                yield f"{laptop.name} has other content: {_named(mine[row_id])}"


def t1_nothing_had_to_be_repaired(history: History) -> Found:
    """Where no disk was set back, the feed alone has brought everything: counts and digests never differed."""
    if history.repaired and not history.set_back:
        yield f"{history.repaired} units differed"


def t2_nothing_is_lost(history: History) -> Found:
    """What was shown as saved is in the record, held for a supervisor, parked, or refused and still visible."""
    kept = {**history.server.ledger()}
    somewhere = set(kept)
    for table in (quarantine, parked):
        somewhere |= {line["row_id"] for line in history.server.rows(sa.select(table.c.row_id))}
    somewhere |= {line["item_id"] for line in history.server.rows(sa.select(sealed_upload.c.item_id))}
    for laptop in history.laptops:
        somewhere |= {line["row_id"] for line in laptop.rows(sa.select(outbox.c.row_id).where(outbox.c.state == "refused"))}
    for row_id, row in history.truth.saved.items():
        if row_id not in somewhere and row_id not in history.truth.gone:
            yield f"lost {_named(row)}"
        if row_id in kept and digest(kept[row_id]) != digest(row):
            yield f"changed {_named(row)}"


def t3_nothing_is_doubled(history: History) -> Found:
    """A row has one answer and one place; what is in the record is never shown as refused."""
    ops = [line["row_id"] for line in history.server.rows(sa.select(op.c.row_id))]
    if len(ops) != len(set(ops)):
        yield "a row was answered under two ids"
    places = [line["row_id"] for line in history.server.rows(sa.select(feed.c.row_id))]
    if len(places) != len(set(places)):
        yield "a row stands twice in the feed"
    known = {*places, *(line["row_id"] for line in history.server.rows(sa.select(quarantine.c.row_id)))}
    for laptop in history.laptops:
        refused = laptop.rows(sa.select(outbox.c.row_id, outbox.c.why).where(outbox.c.state == "refused"))
        for line in refused:
            if line["row_id"] in known:
                yield f"{laptop.name} shows a row as refused that the server has: {line['why']}"
            elif line["row_id"] not in history.truth.malformed:
                yield f"{laptop.name} was refused a good row: {line['why']}"


def t4_no_version_is_hidden(history: History) -> Found:
    """The heads of every fact are those that the rows themselves say, at both ends."""
    for name, rows, found in _ends(history, ledger):
        shown: dict[str, set[str]] = {}
        for line in found:
            shown.setdefault(line["fact_id"], set()).add(line["row_id"])
        if shown != {fact: set(ids) for fact, ids in heads(rows).items()}:
            yield f"{name} shows other heads than there are"


def t5_the_feed_is_whole(history: History) -> Found:
    """Places without gaps, and a parent before its child."""
    lines = history.server.rows(sa.select(feed.c.seq, feed.c.row_id).order_by(feed.c.seq))
    rows = history.server.ledger()
    if [line["seq"] for line in lines] != list(range(1, history.server.head + 1)):
        yield "the feed has gaps"
    place = {line["row_id"]: line["seq"] for line in lines}
    if set(place) != set(rows):
        yield "feed and ledger differ"
    allowed = {row_id: row for row_id, row in rows.items() if not row.denies}  # a denial is in force before its parent is known
    for row in allowed.values():
        if any(place.get(parent, 0) > place.get(row.row_id, 0) for parent in row.replaces):
            yield f"a parent comes after {_named(row)}"


def t5_traces_are_whole(history: History) -> Found:
    """Every chain fits, and the server has that of each laptop which no image was put back on."""
    for device_id, chain in _chains(history.server.rows(sa.select(audit).order_by(audit.c.number))).items():
        if first_broken(chain) is not None:
            yield f"the chain of {device_id} is broken at the server"
    for laptop in history.laptops:
        mine = _chains(laptop.rows(sa.select(audit).order_by(audit.c.number)))
        there = history.server.rows(sa.select(audit).where(audit.c.device_id == laptop.device_id).order_by(audit.c.number))
        if not laptop.rolled_back and mine != _chains(there):
            yield f"the server has another trace of {laptop.name}"


def t6_who_left_is_gone(history: History) -> Found:
    """No word about someone out of scope is in the store, its free pages or its log; orders are answered."""
    for laptop in history.laptops:
        here = {person for person, _ in _scope(history, laptop)}
        left = [person for person in history.people if person not in here]
        for person in remnants(laptop.folder, laptop.key, {canary(person): person for person in left}):
            yield f"{laptop.name} still has words about {person}"
    waiting = purge_order.c.answered_at.is_(None) & purge_order.c.device_id.in_([one.device_id for one in history.laptops])
    if history.server.rows(sa.select(purge_order).where(waiting)):
        yield "a purge order is not answered"


def t6_drafts_are_kept(history: History) -> Found:
    """A draft is on its laptop, or was sealed and sent before it went."""
    for draft_id in set(history.truth.drafts) - history.drafts():
        yield f"draft {draft_id} is nowhere"


def t12_the_more_protective_holds(history: History) -> Found:
    """A fact of which some head denies is denied, at both ends, even if the row is held for a supervisor."""
    for name, rows, found in _ends(history, denial):
        if {line["fact_id"] for line in found} != denied(rows):
            yield f"{name} does not heed who must not be told"
    apart = history.server.rows(sa.select(quarantine).where(quarantine.c.in_force))
    waits = history.server.rows(sa.select(quarantine.c.row_id, quarantine.c.code).where(~quarantine.c.in_force))
    rows = history.server.ledger()
    for line in apart:
        if line["row_id"] not in rows:
            yield "a quarantined denial is not in force"
    for line in waits:
        written = history.truth.saved.get(line["row_id"])
        if written and written.denies and line["code"] != "number":
            yield "a denial waits in quarantine without effect"


def t13_nothing_waits_behind_a_refusal(history: History) -> Found:
    """A malformed row stays, visible, and everything else has gone."""
    for laptop in history.laptops:
        for line in laptop.rows(sa.select(outbox.c.row_id).where(outbox.c.state == "waiting")):
            yield f"{laptop.name} still waits with {line['row_id']}"


def _ends(history: History, table: sa.Table) -> Iterator[tuple[str, dict[str, LedgerRow], list[sa.RowMapping]]]:
    """At each end: its name, its rows, and the lines of a table that it takes for heads."""
    query = sa.select(table.c.row_id, table.c.fact_id).where(is_head(table))
    yield "the server", history.server.ledger(), history.server.rows(query)
    for laptop in history.laptops:
        yield laptop.name, laptop.ledger(), laptop.rows(query)


def _scope(history: History, laptop: Laptop) -> set[tuple[str, str]]:
    day = scope.today(history.server.clock.now())
    units = history.server.site.read(lambda session: scope.units_of(session, laptop.worker, day))
    return {(unit.person_id, unit.class_) for unit in units}


def _waiting(laptop: Laptop) -> bool:
    return bool(laptop.rows(sa.select(outbox.c.row_id).where(outbox.c.state == "waiting")))


def _apart(laptop: Laptop) -> set[str]:
    """The ids of rows that only this laptop shows: refused, or held back by the server."""
    kept = sa.select(journal.c.row_id).where(journal.c.outcome.in_(("quarantined", "parked")))
    return {line["row_id"] for query in (kept, sa.select(outbox.c.row_id)) for line in laptop.rows(query)}


def _chains(lines: list[sa.RowMapping]) -> dict[str, list[tuple[AuditRow, str]]]:
    chains: dict[str, list[tuple[AuditRow, str]]] = {}
    for line in lines:
        told = {name: line[name] for name in line if name not in ("hash", "what")}
        chains.setdefault(line["device_id"], []).append((AuditRow(**told, what=tuple(line["what"])), line["hash"]))
    return chains


def _named(row: LedgerRow) -> str:
    who = "the council" if row.person_id == COUNCIL else row.person_id[-4:]
    return f"{row.kind} {row.row_id[-4:]} about {who} by {row.author}, number {row.number}"


CHECKS: tuple[Callable[[History], Found], ...] = (
    settled, t1_both_ends_are_equal, t1_nothing_had_to_be_repaired, t2_nothing_is_lost, t3_nothing_is_doubled,
    t4_no_version_is_hidden, t5_the_feed_is_whole, t5_traces_are_whole, t6_who_left_is_gone, t6_drafts_are_kept,
    t12_the_more_protective_holds, t13_nothing_waits_behind_a_refusal,
)
