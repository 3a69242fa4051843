"""Decides what New person does: keeps the draft, warns of people who may be the same, and adds the person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Protocol

import msgspec

from carebook.actions.add_person import NewPerson, add_person
from carebook.actions.find_duplicates import PossibleSame, find_duplicates
from carebook.actions.list_drafts import DraftFound, list_drafts
from carebook.actions.save_draft import save_draft
from carebook.errors import Circumstance, InputProblems, Problem
from carebook.ui.facts import problems as _sentences  # noqa: F401 - its sentences are registered
from carebook.ui.fields_typed import PartDate, WrongDate, read_date
from carebook.ui.person_words import born, listed_name, where
from carebook.ui.problems import field_problems, sentence
from carebook.ui.room import Go, Room
from carebook.words import at_time, local, say

REASONS = {
    "nhs_number": "the same NHS number",
    "name": "almost the same name",
    "sounds": "a name that sounds alike",
    "birth": "the same date of birth",
    "birth_near": "nearly the same date of birth",
    "postcode": "the same postcode",
}


@dataclass(frozen=True)
class Typed:
    """What stands in the form, as it was typed; also the form its draft is kept in."""

    given: str = ""
    family: str = ""
    title: str = ""
    preferred: str = ""
    life: str = "adult"
    birth: str = ""
    estimated: bool = False
    address: str = ""
    postcode: str = ""
    phone: str = ""
    nhs_number: str = ""
    needs_answer: str = ""
    needs_reason: str = ""


@dataclass(frozen=True)
class MaybeSame:
    """Someone who may be the person being typed: who, with what tells them apart, and why in words."""

    person_id: str
    name: str
    second: str
    why: str


class NewPersonShown(Protocol):
    """What New person shows."""

    def show_typed(self, typed: Typed) -> None:
        """A draft is gone on with."""

    def show_maybe(self, people: Sequence[MaybeSame]) -> None:
        """People who may be the same, the likest first."""

    def show_saved(self, at: str) -> None:
        """The draft is kept."""

    def show_not_saved(self, words: str) -> None:
        """The draft is not kept, and why."""

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Words by field."""

    def show_failed(self, title: str, words: str) -> None:
        """The person was not added, and why."""

    def ask_whether_different(self, people: Sequence[MaybeSame]) -> None:
        """Stop before someone is added who may be here already."""

    def show_form(self) -> None:
        """Back to the form."""


class NewPersonPresenter:
    """Adding one person."""

    def __init__(self, view: NewPersonShown, room: Room, draft_id: str = "") -> None:
        self._view, self._room = view, room
        self._draft_id = draft_id or room.desk.clock.new_id()
        self._maybe: tuple[MaybeSame, ...] = ()
        self._looked_at: set[str] = set()
        self._asked = ""
        self._is_over = False

    def begin(self, *, is_draft: bool) -> None:
        """Go on with a draft, if there is one."""
        if not is_draft:
            return
        desk, session_id = self._room.desk, self._room.session_id

        def told(drafts: tuple[DraftFound, ...]) -> None:
            for found in drafts:
                if found.draft_id == self._draft_id:
                    self._view.show_typed(msgspec.json.decode(found.body, type=Typed))

        self._room.quick.run(lambda: desk.do(list_drafts, session_id), told, self._not_saved)

    # ------------------------------------------------------------ while it is typed

    def typed(self, typed: Typed) -> None:
        """Something was typed, and typing paused: keep the draft, and look for people who may be the same."""
        if self._is_over or typed == Typed():
            return
        desk, draft_id, session_id = self._room.desk, self._draft_id, self._room.session_id
        body = msgspec.json.encode(asdict(typed)).decode()
        self._room.quick.run(
            lambda: desk.do(save_draft, draft_id, "", "person", body, session_id),
            lambda at: self._view.show_saved(at_time(at)),
            self._not_saved,
        )
        self._look(typed)

    def _not_saved(self, error: Circumstance) -> None:
        self._view.show_not_saved(sentence(error).words())

    def _look(self, typed: Typed) -> None:
        person = self._new(typed)
        born_on = (person.birth_year, person.birth_month, person.birth_day)
        asked = repr((person.given, person.family, born_on, person.postcode, person.nhs_number))
        if asked == self._asked:
            return
        self._asked = asked
        desk = self._room.desk

        def told(found: tuple[PossibleSame, ...]) -> None:
            if asked == self._asked:
                self._show_maybe(found)

        self._room.quick.run(
            lambda: desk.do(
                find_duplicates, person.given, person.family, born_on, postcode=person.postcode, nhs_number=person.nhs_number
            ),
            told,
            self._not_looked,
        )

    def _not_looked(self, error: Circumstance) -> None:
        told = sentence(error)
        self._view.show_failed(told.title, told.words())

    def _show_maybe(self, found: tuple[PossibleSame, ...]) -> None:
        today = local(self._room.desk.clock.now()).date()
        maybe = tuple(
            MaybeSame(
                one.person.person_id,
                listed_name(one.person),
                " · ".join(part for part in (born(one.person, today), where(one.person)) if part),
                say("They have {}").format(_listed([say(REASONS[reason]) for reason in one.reasons])),
            )
            for one in found
        )
        self._maybe = tuple(one for one in maybe if one.person_id not in self._looked_at)
        self._view.show_maybe(self._maybe)

    def open(self, person_id: str) -> None:
        """Look at someone who may be the same; the draft stays."""
        self._looked_at.add(person_id)
        self._room.go(Go("person", person_id))

    def dismiss(self, person_id: str) -> None:
        """Someone is a different person."""
        self._looked_at.add(person_id)
        self._maybe = tuple(one for one in self._maybe if one.person_id != person_id)
        self._view.show_maybe(self._maybe)

    # ------------------------------------------------------------ saving

    def save(self, typed: Typed, *, are_different: bool = False) -> None:
        """Add the person; first say what is wrong, then ask when someone likely the same was not looked at."""
        person = self._new(typed)
        found = [*_wrong_date(typed, self._room), *self._problems(person, typed)]
        if found:
            self._view.show_problems(field_problems(found))
            return
        self._view.show_problems({})
        unseen = tuple(one for one in self._maybe if one.person_id not in self._looked_at)
        if unseen and not are_different:
            self._view.ask_whether_different(unseen)
            return
        desk = self._room.desk
        self._is_over = True
        self._room.quick.run(lambda: desk.do(add_person, person), self._added, self._failed)

    def _problems(self, person: NewPerson, typed: Typed) -> tuple[Problem, ...]:
        desk = self._room.desk
        found = person.problems(local(desk.clock.now()).date(), demonstration=desk.identity.demonstration)
        if typed.needs_answer:
            return found
        rest = tuple(one for one in found if one.field != "needs_reason")
        return (*rest, Problem("needs_answer", "needs_answer_missing"))

    def _added(self, person_id: str) -> None:
        self._room.say(say("Added to the record"))
        self._room.refresh()
        self._room.back()
        self._room.go(Go("person", person_id))

    def _failed(self, error: Circumstance) -> None:
        self._is_over = False
        self._view.show_form()
        if isinstance(error, InputProblems):
            self._view.show_problems(field_problems(error.problems))
            return
        told = sentence(error)
        self._view.show_failed(told.title, told.words())

    def _new(self, typed: Typed) -> NewPerson:
        born_on = _read(typed, self._room)
        return NewPerson(
            family=typed.family, given=typed.given, title=typed.title, preferred=typed.preferred, life=typed.life,
            birth_year=born_on.year, birth_month=born_on.month, birth_day=born_on.day, birth_estimated=typed.estimated,
            address_lines=tuple(typed.address.splitlines()), postcode=typed.postcode, phone=typed.phone,
            nhs_number=typed.nhs_number, needs_answer=typed.needs_answer or "not asked", needs_reason=typed.needs_reason,
            draft_id=self._draft_id,
        )  # fmt: skip


def _read(typed: Typed, room: Room) -> PartDate:
    found = read_date(typed.birth, local(room.desk.clock.now()).date())
    return found if isinstance(found, PartDate) else PartDate()


def _wrong_date(typed: Typed, room: Room) -> tuple[Problem, ...]:
    found = read_date(typed.birth, local(room.desk.clock.now()).date())
    if found is None:
        return (Problem("birth", "birth_missing"),)
    return (Problem("birth", found.code),) if isinstance(found, WrongDate) else ()


def _listed(words: Sequence[str]) -> str:
    """a, b and c."""
    if len(words) < 2:
        return "".join(words)
    return say("{} and {}").format(", ".join(words[:-1]), words[-1])


