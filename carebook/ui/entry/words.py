"""An entry in the words its reader sees: its marks, who wrote it and when, and what one version changed; no Qt in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from carebook.actions.finish_contact import CHANNELS
from carebook.actions.read_contacts import Passage
from carebook.actions.read_entry import Entry
from carebook.policy.headings import TITLES, Heading
from carebook.policy.roles import ROLE_WORDS
from carebook.words import at, local, on_date, on_day

SKEW_TOLD_MS = 300_000
"""A device's clock is told of from five minutes on."""

KIND_TONES = {
    "contacts": ("Contact", "info", "message-square"),
    "family": ("You and your family", "purple", "users"),
    "discussions": ("What we discussed", "neutral", "message-circle"),
    "decisions": ("Decisions and agreements", "ok", "handshake"),
    "plan": ("Care and support plan", "warn", "clipboard-list"),
    "document": ("Document", "neutral", "file-text"),
}
"""The chip of each sort of happening: words, tone, icon."""

CHANNEL_ICONS = {
    "visit": "house", "call": "phone", "letter": "mail", "email": "mail", "office": "building", "video": "monitor",
    "meeting": "users", "text": "message-square",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of a passage as a chip: words, tone, icon."""

    words: str
    tone: str
    icon: str


def marks_of(passage: Passage) -> tuple[Mark, ...]:
    """The marks of a passage, whether the person knows of it first."""
    found = [_known(passage)]
    if passage.own_words:
        found.append(Mark("Own words", "info", "message-square-quote"))
    if passage.third_parties:
        found.append(Mark(f"Names {', '.join(passage.third_parties)}", "neutral", "users"))
    if passage.health:
        found.append(Mark("Health", "purple", "stethoscope"))
    if passage.confidence:
        found.append(Mark(f"In confidence from {passage.confidence}", "danger", "lock"))
    return tuple(found)


def _known(passage: Passage) -> Mark:
    if passage.known == "told" and passage.told_on:
        return Mark(f"Told on {on_date(passage.told_on)}", "info", "eye")
    if passage.known == "yes":
        return Mark("Known to them", "ok", "eye")
    return Mark("Not known to them", "warn", "eye-off")


def heading_title(heading: str) -> str:
    """A heading as it stands over what was written."""
    return "What happened" if heading == Heading.CONTACTS else TITLES[Heading(heading)]


def title_of(entry: Entry) -> str:
    """What the entry is called."""
    return entry.title or TITLES[Heading(entry.heading)]


def occasion(entry: Entry) -> str:
    """When, how and where: Monday 23-Nov-2026 15:40 · Home visit · 4 Lark Rise."""
    body = entry.body
    when = f"{on_day(local(entry.happened_at).date())} {at(entry.happened_at).rpartition(' ')[2]}"
    how = CHANNELS.get(body.channel, "") if body else ""
    if how == entry.title:
        how = ""
    return " · ".join(part for part in (when, how, body.place if body else "") if part)


def written_by(entry: Entry) -> str:
    """Who wrote it, as what, and when: Peter Osei, Social worker, 23-Nov-2026 15:52."""
    role = ROLE_WORDS.get(entry.role, entry.role)
    return f"{entry.author_name}, {role}, {at(entry.written_at)}"


def clock_words(entry: Entry) -> str:
    """What the server's clock showed, where the laptop's differed by five minutes or more; else empty."""
    if entry.skew_ms is None or abs(entry.skew_ms) < SKEW_TOLD_MS:
        return ""
    theirs = entry.written_at - timedelta(milliseconds=entry.skew_ms)
    return f"The laptop's clock was wrong: by the server's it was {at(theirs)}."


def facts_of(entry: Entry) -> tuple[tuple[str, str], ...]:
    """Why, who was there, what was checked; only what was written."""
    body = entry.body
    if body is None:
        return ()
    told = (
        ("Why", body.why), ("Who was there", ", ".join(body.present)),
        ("Who they are was checked", _yes(body.identity_checked)), ("Seen alone", _yes(body.seen_alone)),
        ("Decided by", body.decided_by),
    )
    return tuple((name, words) for name, words in told if words)


def _yes(is_so: bool | None) -> str:
    return "" if is_so is None else ("Yes" if is_so else "No")


# ------------------------------------------------------------ versions


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a version changed: what, and how it stood before and after ("" where it was not there)."""

    what: str
    before: str
    after: str


def changes(before: Entry, after: Entry) -> tuple[Change, ...]:
    """What `after` changed of `before`: the title, why, the outcome, and each passage by its id."""
    return tuple(one for one in _changes(before, after) if one.before != one.after)


def _changes(before: Entry, after: Entry) -> Iterator[Change]:
    was, now = before.body, after.body
    if was is None or now is None:
        return
    yield Change("Title", before.title, after.title)
    yield Change("Why", was.why, now.why)
    old = {one.passage_id: one for one in before.passages}
    for number, passage in enumerate(after.passages, 1):
        earlier = old.pop(passage.passage_id, None)
        yield Change(f"Passage {number}", earlier.words if earlier else "", passage.words)
        yield Change(f"Marks of passage {number}", _marks_words(earlier), _marks_words(passage))
    for gone in old.values():
        yield Change("Passage taken out", gone.words, "")
    yield Change("Outcome", was.outcome, now.outcome)


def _marks_words(passage: Passage | None) -> str:
    return ", ".join(mark.words for mark in marks_of(passage)) if passage else ""


def version_words(entry: Entry) -> str:
    """One version in a line: Amended 24-Nov-2026 09:10 by Jas Kaur because the day was wrong."""
    if entry.is_misplaced:
        return f"Taken off this record {at(entry.written_at)} by {entry.author_name} because {_because(entry.reason)}"
    if entry.body is not None and entry.body.moved_here and not entry.replaces:
        return f"Moved here {at(entry.written_at)} by {entry.author_name} because {_because(entry.reason)}"
    if not entry.replaces:
        return f"First written {at(entry.written_at)} by {entry.author_name}"
    return f"Amended {at(entry.written_at)} by {entry.author_name} because {_because(entry.reason)}"


def _because(reason: str) -> str:
    words = reason.strip().rstrip(".")
    return f"“{words}”"
