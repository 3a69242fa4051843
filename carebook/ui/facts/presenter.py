"""Decides what a sheet does with what was typed: keep it, or say what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from carebook.errors import Circumstance, InputProblems, Problem
from carebook.ui.facts import problems as _sentences  # noqa: F401 - its sentences are registered
from carebook.ui.facts.asks import SheetForm, Values
from carebook.ui.problems import field_problem, sentence
from carebook.ui.room import Room


class SheetShown(Protocol):
    """What a sheet shows."""

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Words by field; what was typed stays."""

    def show_failed(self, title: str, words: str) -> None:
        """It was not kept, and why."""

    def show_busy(self, is_busy: bool) -> None:
        """It is being kept."""

    def close_kept(self) -> None:
        """It is kept."""


class SheetPresenter:
    """One sheet."""

    def __init__(self, view: SheetShown, room: Room, form: SheetForm) -> None:
        self._view, self._room, self._form = view, room, form

    def save(self, values: Values, wrong: Mapping[str, str]) -> None:
        """Keep what was typed. wrong: codes of fields whose words are no date or time."""
        found = [Problem(key, code) for key, code in wrong.items()]
        found += [problem for problem in self._form.checks(values) if problem.field not in wrong]
        if found:
            self._view.show_problems(self._told(found))
            return
        self._view.show_problems({})
        self._view.show_busy(True)
        self._room.quick.run(lambda: self._form.keep(values), self._kept, self._failed)

    def _kept(self, _: object) -> None:
        self._view.show_busy(False)
        self._room.say(self._form.done)
        self._room.refresh()
        self._view.close_kept()

    def _failed(self, error: Circumstance) -> None:
        self._view.show_busy(False)
        if isinstance(error, InputProblems):
            self._view.show_problems(self._told(error.problems))
            return
        told = sentence(error)
        self._view.show_failed(told.title, told.words())

    def _told(self, problems: tuple[Problem, ...] | list[Problem]) -> dict[str, str]:
        words: dict[str, str] = {}
        for problem in problems:
            own = self._form.says.get((problem.field, problem.code))
            words.setdefault(problem.field, own or field_problem(problem))
        return words
