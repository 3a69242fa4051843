"""Minimal kinds that this version does not know: what denies, what allows it again, and something of a later version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from carebook.models.kinds import KIND_OF, Kind
from carebook.models.people import Body, PhoneBody


class ExclusionBody(Body, frozen=True, kw_only=True):
    """Someone the person does not want told."""

    whom: str


class ConsentBody(Body, frozen=True, kw_only=True):
    """The person's permission, in place of what it names."""

    whom: str


class LaterBody(Body, frozen=True, kw_only=True):
    """Something that only a later version can read."""

    words: str
    more: dict[str, int]


def with_later_kinds() -> Mapping[type[Body], Kind]:
    """What `work.keep` knows, and these: they have no typed tables, as with an older version that receives them."""
    some = KIND_OF[PhoneBody]
    return {
        **KIND_OF,
        ExclusionBody: replace(some, name="exclusion", body=ExclusionBody, denies=True),
        ConsentBody: replace(some, name="consent", body=ConsentBody),
        LaterBody: replace(some, name="from-later", version=7, body=LaterBody),
    }
