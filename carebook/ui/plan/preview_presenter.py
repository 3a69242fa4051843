"""What the preview of a copy shows and when: the format, its warnings, the pages, and giving the copy out; no Qt in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from carebook.actions.open_person import OpenedPerson, PersonRecord, open_person
from carebook.actions.preview_plan import PlanPreview, preview_plan
from carebook.actions.print_plan import print_plan
from carebook.actions.show_pages import PageShown, show_pages
from carebook.errors import Circumstance, PrintingFailed
from carebook.policy.accessible import NEEDS, PRINTABLE, made_elsewhere, print_format
from carebook.ui.contact.asking import Asking
from carebook.ui.lane import Cancel
from carebook.ui.problems import sentence
from carebook.ui.room import Room

FORMATS = tuple((code, NEEDS[code].words) for code in PRINTABLE)
"""Formats that carebook prints itself, by code."""

PRINT_SCALE = 200 / 72
"""Pixels to a point on paper: 200 to the inch."""


@dataclass(frozen=True, slots=True)
class _Made:
    preview: PlanPreview
    pages: tuple[PageShown, ...]


class PreviewScreen(Protocol):
    """What the presenter needs of the screen."""

    def show_person(self, record: PersonRecord, needed: str) -> None:
        """Who the copy is for, and the format they need."""

    def show_warnings(self, warnings: Sequence[tuple[str, str]]) -> None:
        """What is to be known before it is given out: titles and words."""

    def show_making(self) -> None:
        """It is being made."""

    def tell_progress(self, pages: int) -> None:
        """So many pages are done; called from the lane's thread."""

    def show_pages(self, pages: Sequence[PageShown], told: str) -> None:
        """The pages, and how many there are in words."""

    def show_stopped(self, title: str, words: str) -> None:
        """There are no pages, why, and what to do."""

    def show_busy(self, is_busy: bool) -> None:
        """The copy is being given out, or that is over."""

    def show_notice(self, tone: str, title: str, words: str) -> None:
        """Tell something."""

    def put_on_paper(self, pages: Sequence[PageShown]) -> bool:
        """Send the pages to the printer that was chosen; whether it took them."""


class PreviewPresenter:
    """Decides for one copy of one version of a plan."""

    def __init__(self, view: PreviewScreen, room: Room, person_id: str, row_id: str) -> None:
        self._view, self._room, self._person_id, self._row_id = view, room, person_id, row_id
        self.asking, self.slow = Asking(room.quick), Asking(room.slow)
        self._record: PersonRecord | None = None
        self._cancel: Cancel | None = None
        self._number = 0
        self.format = ""

    # ------------------------------------------------------------ opening and making

    def start(self) -> None:
        """Fetch what the person needs, then make the copy in that format."""
        if self._record is None:
            self.asking.run(lambda: self._room.desk.do(open_person, self._person_id), self._opened, self._not_made)

    def _opened(self, opened: OpenedPerson) -> None:
        self._record = opened.record
        needed = print_format(opened.record.summary.needs)
        self._view.show_person(opened.record, needed)
        self.choose(needed)

    def choose(self, code: str) -> None:
        """Make the copy in this format."""
        if self._record is None or code not in PRINTABLE or code == self.format:
            return
        self.format = code
        self._warn(())
        self.make()

    def make(self) -> None:
        """Make the copy again."""
        if self._cancel is not None:
            self._cancel.cancel()
        self._number += 1
        number, code = self._number, self.format
        self._view.show_making()

        def job(cancel: Cancel) -> _Made:
            preview = preview_plan(
                self._room.desk, self._person_id, self._row_id, code, progress=self._view.tell_progress,
                cancelled=lambda: cancel.is_cancelled,
            )
            pages = show_pages(preview.pdf, cancelled=lambda: cancel.is_cancelled)
            cancel.check()
            return _Made(preview, pages)

        self._cancel = self.slow.run_slowly(
            job, lambda made: self._made(made, number), lambda problem: self._not_made(problem, number)
        )

    def stop(self) -> None:
        """The worker does not want to wait."""
        if self._cancel is not None:
            self._cancel.cancel()

    def _made(self, made: _Made, number: int) -> None:
        if number == self._number:
            self._warn(made.preview.warnings)
            pages = "1 page" if made.preview.pages == 1 else f"{made.preview.pages} pages"
            self._view.show_pages(made.pages, pages)

    def _not_made(self, problem: Circumstance, number: int | None = None) -> None:
        if number not in {None, self._number}:
            return
        if self._cancel is not None and self._cancel.is_cancelled:
            self._view.show_stopped("Stopped", "No copy was made. Choose a format to start again.")
            return
        told = sentence(problem)
        self._view.show_stopped(told.title, told.words())

    def _warn(self, more: Sequence[str]) -> None:
        assert self._record is not None
        who = self._record.summary.preferred or self._record.summary.given or "The person"
        needs = self._record.summary.needs
        found: list[tuple[str, str]] = []
        needed = print_format(needs)
        if self.format != needed:
            words = "Give another format only when they ask for it: they may not be able to read this."
            found.append((f"{who} needs {_small(needed)}", words))
        elsewhere = made_elsewhere(needs)
        if elsewhere:
            words = ", ".join(_small(code) for code in elsewhere)
            found.append((f"{who} also needs {words}", "carebook does not make this. Ask who does in your council."))
        found.extend(("A character cannot be printed", words) for words in more)
        self._view.show_warnings(found)

    # ------------------------------------------------------------ giving it out

    def print(self) -> None:
        """Register a copy and put it on paper."""
        self._give("printed", lambda made: show_pages(made.pdf, PRINT_SCALE), self._printed)

    def save(self, folder: str) -> None:
        """Register a copy and save it into a folder that the worker chose, under the council number."""
        record = self._record
        if not folder or record is None:
            return
        number = record.summary.council_number

        def write(made: PlanPreview) -> str:
            name = f"{number}-plan-{made.copy.cover.version}-copy-{made.copy.facts.number}.pdf"
            try:
                with (Path(folder) / name).open("xb") as file:
                    file.write(made.pdf)
            except OSError as error:
                raise PrintingFailed("folder") from error
            return name

        self._give("saved", write, self._saved)

    def _give(self, how: str, then: Callable[[PlanPreview], object], done: Callable[[tuple[str, object]], None]) -> None:
        self._view.show_busy(True)
        code = self.format

        def job() -> tuple[str, object]:
            made = print_plan(self._room.desk, self._person_id, self._row_id, code, how=how)
            return made.copy.facts.number, then(made)

        self.slow.run(job, done, self._not_given)

    def _printed(self, given: tuple[str, object]) -> None:
        number, pages = given
        self._view.show_busy(False)
        assert isinstance(pages, tuple)
        if self._view.put_on_paper(pages):
            self._told("ok", f"Copy {number} was sent to the printer", "It stands in the register of documents given out.")
        else:
            words = "Check the printer and print again. The number stays used, so that no two copies bear the same."
            self._told("danger", f"The printer did not take copy {number}", words)
        self._room.refresh()

    def _saved(self, given: tuple[str, object]) -> None:
        number, name = given
        self._view.show_busy(False)
        words = "Outside carebook it is not encrypted. Delete it once it has been given."
        self._told("ok", f"Copy {number} was saved as {name}", words)
        self._room.refresh()

    def _not_given(self, problem: Circumstance) -> None:
        self._view.show_busy(False)
        told = sentence(problem)
        if str(problem) == "folder":
            self._told("danger", "The copy was not saved", "carebook cannot write in that folder. Choose another one.")
        else:
            self._told("danger", told.title, told.words())

    def _told(self, tone: str, title: str, words: str) -> None:
        self._view.show_notice(tone, title, words)
        self._room.say(f"{title}. {words}")


def _small(code: str) -> str:
    words = NEEDS[code].words if code in NEEDS else code
    return words if words.startswith(("BSL", "Braille", "Easy", "Moon")) else f"{words[0].lower()}{words[1:]}"
