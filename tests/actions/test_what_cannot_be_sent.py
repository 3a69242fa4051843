"""What the server could not take in is refused while it is typed, not left waiting on the laptop for ever."""

from __future__ import annotations

from pathlib import Path

import pytest
from held_clock import HeldClock
from made_desk import MONDAY, a_desk
from made_people import a_contact, make_caseload

from carebook.actions.finish_contact import WrittenPassage, finish_contact
from carebook.errors import InputProblems
from carebook.models.kinds import LONGEST_BODY
from carebook.sync.wire.base import BODY_CHARS


@pytest.mark.parametrize(("words", "code"), [("long " * 120_000, "words_too_long"), ("a\0b", "character_not_kept")])
def test_a_note_that_no_server_takes_is_refused_at_once_and_nothing_of_it_stands(
    tmp_path: Path, words: str, code: str
) -> None:
    with a_desk(tmp_path, HeldClock(MONDAY)) as desk:
        person = make_caseload(desk).margaret
        before = desk.store.counts()
        note = a_contact(MONDAY.date(), passages=(WrittenPassage(heading="contacts", words=words),))
        with pytest.raises(InputProblems) as refused:
            desk.do(finish_contact, person, note)
        assert [problem.code for problem in refused.value.problems] == [code]
        assert desk.store.counts() == before


def test_the_laptop_keeps_as_much_as_the_server_takes() -> None:
    assert LONGEST_BODY == BODY_CHARS
