"""Decides what People shows: who fits what was typed, how many, and what to say when there is nobody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from carebook.actions.find_people import PeopleFound, Summary, find_people
from carebook.errors import Circumstance
from carebook.ui.problems import sentence
from carebook.ui.room import Go, Room
from carebook.words import count, local, say

NOT_LISTED = "People outside what this laptop holds, and people who are restricted, are not listed."


class PeopleShown(Protocol):
    """What People shows."""

    def show_people(self, people: Sequence[Summary], words: str) -> None:
        """These people, and how many they are in words."""

    def show_nobody(self, title: str, words: str) -> None:
        """Nobody, and what to do."""

    def show_problem(self, title: str, words: str) -> None:
        """It could not be searched, and what to do next."""


class PeoplePresenter:
    """Finding people. words and filter: what is asked at the moment."""

    def __init__(self, view: PeopleShown, room: Room) -> None:
        self._view, self._room = view, room
        self.words, self.filter = "", "all"

    @property
    def today(self) -> date:
        """The day in England."""
        return local(self._room.desk.clock.now()).date()

    def search(self, words: str) -> None:
        """Something was typed."""
        if words.split() != self.words.split():
            self.words = words
            self.refresh()

    def choose(self, key: str) -> None:
        """A filter was chosen: all or mine."""
        self.filter = key
        self.refresh()

    def refresh(self) -> None:
        """Ask again."""
        desk, words, mine = self._room.desk, self.words, self.filter == "mine"

        def told(found: PeopleFound) -> None:
            if (words, mine) == (self.words, self.filter == "mine"):  # else a later question is on its way
                self._show(found)

        self._room.quick.run(lambda: desk.do(find_people, words, mine=mine), told, self._failed)

    def _show(self, found: PeopleFound) -> None:
        if found.total:
            words = count(found.total, "person", "people")
            if found.total > len(found.people):
                words = say("{} of {}: type more to find someone").format(len(found.people), words)
            self._view.show_people(found.people, words)
        elif self.words.strip():
            self._view.show_nobody(
                say("No one matches that search"),
                say("Check the spelling, or try the date of birth or NHS number.") + " " + say(NOT_LISTED),
            )
        else:
            self._view.show_nobody(
                say("Nobody is here yet"), say("Sync to fetch your people, or add someone.") + " " + say(NOT_LISTED)
            )

    def _failed(self, error: Circumstance) -> None:
        told = sentence(error)
        self._view.show_problem(told.title, told.words())

    def open(self, person: Summary) -> None:
        """Open someone: the search has settled, and is traced once."""
        desk, words, mine = self._room.desk, self.words, self.filter == "mine"
        if words.strip():
            self._room.quick.run(
                lambda: desk.do(find_people, words, mine=mine, is_settled=True), lambda _: self._go(person), self._failed
            )
        else:
            self._go(person)

    def _go(self, person: Summary) -> None:
        self._room.go(Go("person", person.person_id))

    def add(self) -> None:
        """Add someone new."""
        self._room.go(Go("new_person"))
