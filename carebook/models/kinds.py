"""Every kind of ledger row this version can read: its body, its typed table, its fixed fact and whether it denies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from carebook.errors import BodyUnreadable
from carebook.models import access, people, plans, record
from carebook.models.columns import typed
from carebook.models.people import Body
from carebook.words import fold

DENY_KINDS: Final = frozenset({"refusal", "withdrawal", "exclusion", "objection", "restriction"})
"""Kinds that deny, fixed by kind; the envelope carries the mark so that older versions heed it too."""

denial = typed("denial", sa.Column("kind", sa.Text, nullable=False))
"""Every row that denies, whether or not this version can read it."""

unread = typed("unread", sa.Column("kind", sa.Text, nullable=False), sa.Column("version", sa.Integer, nullable=False))
"""Rows kept in the ledger that this version cannot read: of a later kind or version."""

LONGEST_BODY: Final = 512 * 1024
"""Characters that the body of one row may have: what the server takes in, so what a laptop keeps."""

Columns = Callable[[Any], Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Kind:
    """How rows of one kind are read.

    fixed: for a single-valued fact, the part of the fact id that stands after the person's id; else None.
    """

    name: str
    version: int
    body: type[Body]
    table: sa.Table
    columns: Columns
    fixed: Callable[[Any], str | None]
    denies: bool = False


def _same(body: Body) -> Mapping[str, object]:
    return msgspec.structs.asdict(body)


def _name_columns(body: people.NameBody) -> Mapping[str, object]:
    return {**_same(body), "folded": fold(f"{body.given} {body.family}")}


def _entry_columns(body: record.EntryBody) -> Mapping[str, object]:
    every = dict(_same(body))
    del every["passages"], every["apart"]
    return every


def _plan_columns(body: plans.PlanBody) -> Mapping[str, object]:
    return {
        "number": body.number, "life": body.life, "start_on": body.start_on, "review_on": body.review_on,
        "content": msgspec.json.encode(body).decode(), "reason": body.reason,
    }


def _apart_columns(body: record.ApartBody) -> Mapping[str, object]:
    return {"entry_row_id": body.entry_row_id, "position": body.position}


apart = typed("apart", sa.Column("entry_row_id", sa.Text, nullable=False), sa.Column("position", sa.Integer, nullable=False))


def _none(_: object) -> None:
    return None


def _always(part: str) -> Callable[[object], str]:
    return lambda _: part


def _name_fact(body: people.NameBody) -> str | None:
    return f"name.{body.use}" if body.use in {"current", "preferred"} else None


def _kind(
    name: str, body: type[Body], table: sa.Table, fixed: Callable[[Any], str | None] = _none, columns: Columns = _same
) -> Kind:
    return Kind(name, 1, body, table, columns, fixed, denies=name in DENY_KINDS)


KINDS: Final[Mapping[str, Kind]] = {
    kind.name: kind
    for kind in (
        _kind("person", people.PersonBody, people.person, _always("person")),
        _kind("name", people.NameBody, people.name, _name_fact, _name_columns),
        _kind("birth", people.BirthBody, people.birth, _always("birth")),
        _kind("death", people.DeathBody, people.death, _always("death")),
        _kind("address", people.AddressBody, people.address),
        _kind("phone", people.PhoneBody, people.phone),
        _kind("email", people.EmailBody, people.email),
        _kind("language", people.LanguageBody, people.language, _always("language")),
        _kind("need", people.NeedBody, people.need),
        _kind("needs_asked", people.NeedsAskedBody, people.needs_asked, _always("needs_asked")),
        _kind("alert", people.AlertBody, people.alert),
        _kind("nhs_number", people.NhsNumberBody, people.nhs_number, _always("nhs_number")),
        _kind("relationship", people.RelationshipBody, people.relationship),
        _kind("involvement", people.InvolvementBody, people.involvement),
        _kind("sameness", people.SamenessBody, people.sameness),
        _kind("entry", record.EntryBody, record.entry, columns=_entry_columns),
        _kind("apart", record.ApartBody, apart, columns=_apart_columns),
        _kind("misplaced", record.MisplacedBody, record.misplaced),
        _kind("task", record.TaskBody, record.task),
        _kind("visit", record.VisitBody, record.visit),
        _kind("plan", plans.PlanBody, plans.plan, columns=_plan_columns),
        _kind("plan_step", plans.PlanStepBody, plans.plan_step),
        _kind("allocation", access.AllocationBody, access.allocation),
        _kind("recipient", access.RecipientBody, access.recipient),
        _kind("issued", access.IssuedBody, access.issued),
        _kind("worker", access.WorkerBody, access.worker, lambda body: f"worker.{body.worker}"),
        _kind("setting", access.SettingBody, access.setting, lambda body: f"setting.{body.setting}"),
    )
}

KIND_OF: Final[Mapping[type[Body], Kind]] = {kind.body: kind for kind in KINDS.values()}

_DECODERS: Final = {name: msgspec.json.Decoder(kind.body) for name, kind in KINDS.items()}


def readable(kind: str, version: int) -> bool:
    """Whether this version of carebook knows how to read rows of that kind and version."""
    return kind in KINDS and version <= KINDS[kind].version


def read_body(kind: str, version: int, body: str) -> Body:
    """The body of a readable row.

    Raises BodyUnreadable when the kind is known but the JSON does not fit it.
    """
    try:
        return _DECODERS[kind].decode(body)
    except (msgspec.MsgspecError, KeyError):
        raise BodyUnreadable(f"{kind}/{version}") from None


def write_body(body: Body) -> str:
    """The body as the JSON text that the ledger keeps for good."""
    return msgspec.json.encode(body).decode()


def fixed_fact(person_id: str, body: Body) -> str | None:
    """The fact id of a single-valued fact, so that two first values clash; None where a fact may have many values."""
    part = KIND_OF[type(body)].fixed(body)
    return None if part is None else f"{person_id}/{part}"
