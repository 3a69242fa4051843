"""Finding people, and what a list or a banner says of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from carebook.models.access import allocation, worker
from carebook.models.people import address, alert, birth, death, name, need, nhs_number, person
from carebook.models.plans import plan
from carebook.models.projection import is_head
from carebook.policy.duplicates import Likeness
from carebook.reads.facts import in_force
from carebook.words import fold

GRAVEST_FIRST = ("danger", "warn", "info")
"""Alerts stand in this order of tone wherever a person is shown; a tone not named here comes last."""

FEW = 60
"""Up to so many people each is asked for by id; above, handing the ids over takes longer than passing over the others."""


@dataclass(frozen=True, slots=True)
class AlertMark:
    """An alert as a chip: its short words, its tone (danger, warn, info) and all of it."""

    short: str
    tone: str
    words: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list row or the banner says of a person. Birth parts are None where not known; nhs_number is "" without one."""

    person_id: str
    life: str
    council_number: str
    family: str = ""
    given: str = ""
    title: str = ""
    preferred: str = ""
    birth_year: int | None = None
    birth_month: int | None = None
    birth_day: int | None = None
    birth_estimated: bool = False
    died_on: date | None = None
    nhs_number: str = ""
    nhs_status: str = ""
    address: str = ""
    postcode: str = ""
    alerts: tuple[AlertMark, ...] = ()
    needs: tuple[str, ...] = ()
    workers: tuple[str, ...] = ()
    review_on: date | None = None

    @property
    def full_name(self) -> str:
        """Given and family name as one says them."""
        return " ".join(part for part in (self.given, self.family) if part) or self.preferred

    @property
    def list_name(self) -> str:
        """Family name first, as lists are sorted."""
        return ", ".join(part for part in (self.family, self.given) if part) or self.preferred


@dataclass(frozen=True, slots=True)
class PeopleFound:
    """A page of people, in order of their list names, and how many there are in all."""

    people: tuple[Summary, ...]
    total: int


def find(session: Session, asked: str, today: date, *, of_worker: str | None = None, limit: int = 200) -> PeopleFound:
    """People this store holds whose name, number, date of birth or postcode fits what was asked.

    Words may come in any order and need only begin alike; any name counts, former names and aliases too.
    """
    ids = _ids_matching(session, asked)
    if of_worker is not None:
        ids &= _ids_of_worker(session, of_worker, today)
    every = sorted(summaries(session, ids, today), key=lambda one: (fold(one.list_name), one.person_id))
    return PeopleFound(tuple(every[:limit]), len(every))


def summaries(session: Session, ids: Iterable[str], today: date) -> list[Summary]:
    """Summaries of these people, in no order; a handful of questions whatever their number."""
    wanted = sorted(set(ids))
    parts: dict[str, dict[str, object]] = defaultdict(dict)
    for start in range(0, len(wanted), 900):
        _collect(session, wanted[start : start + 900], today, parts)
    return [Summary(person_id=key, **given) for key, given in parts.items() if "life" in given]  # type: ignore[arg-type]


def likenesses(session: Session) -> Mapping[str, Likeness]:
    """Every person this store holds, as the duplicate check compares them."""
    people: dict[str, dict[str, object]] = {key: {} for key in session.scalars(sa.select(person.c.person_id))}
    for line in session.execute(sa.select(name).where(name.c.use == "current", is_head(name))):
        people.setdefault(line.person_id, {}).update(given=fold(line.given), family=fold(line.family))
    for line in session.execute(sa.select(birth).where(is_head(birth))):
        people.setdefault(line.person_id, {})["birth"] = (line.year, line.month, line.day)
    for line in session.execute(sa.select(address).where(address.c.use == "home", is_head(address))):
        people.setdefault(line.person_id, {})["postcode"] = fold(line.postcode).replace(" ", "")
    for line in session.execute(sa.select(nhs_number).where(is_head(nhs_number))):
        people.setdefault(line.person_id, {})["nhs_number"] = line.number
    return {
        key: Likeness(**{"given": "", "family": "", **given}) for key, given in people.items()  # type: ignore[arg-type]
    }


def _ids_matching(session: Session, asked: str) -> set[str]:
    words = fold(asked).split()
    if not asked.strip():
        return set(session.scalars(sa.select(person.c.person_id)))
    left: set[str] | None = None
    for at, word in enumerate(words):
        pairs = {"".join(words[max(0, at - 1) : at + 1]), "".join(words[at : at + 2])} - {word}
        found = _ids_with(session, word).union(*(_ids_at(session, pair) for pair in pairs))
        left = found if left is None else left & found
    return (left or set()) | _ids_with_number(session, "".join(words))


def _ids_with(session: Session, word: str) -> set[str]:
    begins = sa.or_(name.c.folded.startswith(word, autoescape=True), name.c.folded.contains(f" {word}", autoescape=True))
    found = set(session.scalars(sa.select(name.c.person_id).where(begins, is_head(name))))
    if word.isdigit() and len(word) == 4:
        found |= set(session.scalars(sa.select(birth.c.person_id).where(birth.c.year == int(word), is_head(birth))))
    if word.isdigit() and len(word) <= 2:
        part = sa.or_(birth.c.day == int(word), birth.c.month == int(word))
        found |= set(session.scalars(sa.select(birth.c.person_id).where(part, is_head(birth))))
    return found | _ids_at(session, word) | _ids_with_number(session, word)


def _ids_at(session: Session, postcode: str) -> set[str]:
    """People at addresses whose postcode, written without its space, begins so."""
    asked = sa.select(address.c.person_id, address.c.postcode).where(address.c.postcode != "", is_head(address))
    lines = session.execute(asked)
    return {person_id for person_id, known in lines if _squeezed(known).startswith(postcode)}


def _squeezed(written: str) -> str:
    """Without spaces and hyphens, in lower case. Done here, since each function the engine calls costs it a locked page."""
    return written.replace(" ", "").replace("-", "").lower()


def _ids_with_number(session: Session, word: str) -> set[str]:
    if len(word) < 3:
        return set()
    lines = session.execute(sa.select(person.c.person_id, person.c.council_number))
    found = {person_id for person_id, number in lines if _squeezed(number).startswith(word)}
    if word.isdigit():
        begins = nhs_number.c.number.startswith(word, autoescape=True)
        found |= set(session.scalars(sa.select(nhs_number.c.person_id).where(begins, is_head(nhs_number))))
    return found


def _ids_of_worker(session: Session, worker_id: str, today: date) -> set[str]:
    lines = session.execute(sa.select(allocation).where(allocation.c.worker == worker_id, is_head(allocation)))
    return {line.person_id for line in lines if in_force(line.from_on, line.to_on, today)}


Parts = dict[str, dict[str, object]]
Heads = Callable[[sa.Table], Iterable[sa.RowMapping]]


def _collect(session: Session, ids: Sequence[str], today: date, parts: Parts) -> None:
    wanted = frozenset(ids)

    def heads(table: sa.Table) -> Iterable[sa.RowMapping]:
        asked = sa.select(table).where(is_head(table)).order_by(table.c.row_id)
        if len(wanted) <= FEW:
            return session.execute(asked.where(table.c.person_id.in_(ids))).mappings()
        return (line for line in session.execute(asked).mappings() if line["person_id"] in wanted)

    _collect_numbers(heads, parts)
    for line in heads(name):
        _add_name(parts[line["person_id"]], line)
    for line in heads(birth):
        parts[line["person_id"]].update(
            birth_year=line["year"], birth_month=line["month"], birth_day=line["day"], birth_estimated=line["estimated"]
        )
    for line in heads(address):
        if line["use"] in ("home", "temporary") and in_force(line["from_on"], line["to_on"], today):
            parts[line["person_id"]].update(address=", ".join(line["lines"]), postcode=line["postcode"])
    _collect_around(heads, today, parts, dict(session.execute(sa.select(worker.c.worker, worker.c.name)).all()))


def _collect_numbers(heads: Heads, parts: Parts) -> None:
    for line in heads(person):
        parts[line["person_id"]].update(life=line["life"], council_number=line["council_number"])
    for line in heads(death):
        parts[line["person_id"]].update(died_on=line["died_on"])
    for line in heads(nhs_number):
        parts[line["person_id"]].update(nhs_number=line["number"], nhs_status=line["status"])


def _add_name(parts: dict[str, object], line: sa.RowMapping) -> None:
    if line["use"] == "current":
        parts.update(family=line["family"], given=line["given"], title=line["title"])
    elif line["use"] == "preferred":
        parts.update(preferred=line["given"])


def _collect_around(heads: Heads, today: date, parts: Parts, names: Mapping[str, str]) -> None:
    for line in sorted(heads(alert), key=lambda line: _gravity(line["tone"])):
        if in_force(None, line["to_on"], today):
            _append(parts[line["person_id"]], "alerts", AlertMark(line["short"], line["tone"], line["words"]))
    for line in heads(need):
        if in_force(None, line["to_on"], today):
            _append(parts[line["person_id"]], "needs", line["code"])
    for line in heads(allocation):
        if line["relation"] == "allocated" and in_force(line["from_on"], line["to_on"], today):
            _append(parts[line["person_id"]], "workers", names.get(line["worker"], line["worker"]))
    for line in heads(plan):
        parts[line["person_id"]].update(review_on=line["review_on"])


def _gravity(tone: str) -> int:
    return GRAVEST_FIRST.index(tone) if tone in GRAVEST_FIRST else len(GRAVEST_FIRST)


def _append(parts: dict[str, object], key: str, value: object) -> None:
    parts[key] = (*parts.get(key, ()), value)  # type: ignore[misc]
