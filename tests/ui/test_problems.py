"""Every circumstance has its sentence, in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from carebook.errors import (
    Circumstance,
    KeyMalformed,
    KeyringUnavailable,
    NotEncrypting,
    Problem,
    ServerBusy,
    ServerFailed,
    StoreDamaged,
    StoreInUse,
    StoreMissing,
    StoreNewer,
    WrongKey,
    WrongPassphrase,
)
from carebook.ui.problems import FIELD_PROBLEMS, SENTENCES, VARIANTS, field_problem, field_problems, say_also, sentence

UNWANTED = re.compile(r"\b(invalid|please|sorry|illegal|forbidden|client|patient|user|error)\b", re.IGNORECASE)


def _all(kind: type[Circumstance]) -> Iterator[type[Circumstance]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _all(below)


OURS = [kind for kind in _all(Circumstance) if kind.__module__ in {"carebook.errors", "carebook.ui.lane"}]


@pytest.mark.parametrize("kind", OURS, ids=lambda kind: kind.__name__)
def test_every_circumstance_has_a_sentence_of_its_own(kind: type[Circumstance]) -> None:
    told = SENTENCES[kind]
    assert told.title
    assert told.what.endswith(".")
    assert told.next_step.endswith(".")
    assert not UNWANTED.search(f"{told.title} {told.what} {told.next_step}")


def test_a_circumstance_of_one_room_is_told_as_the_one_it_is_a_kind_of() -> None:
    elsewhere = [kind for kind in _all(Circumstance) if kind.__module__.startswith("carebook.") and kind not in OURS]
    assert [kind.__name__ for kind in elsewhere if not any(base in SENTENCES for base in kind.__mro__[1:-5])] == []


def test_no_two_circumstances_have_the_same_title() -> None:
    titles = [told.title for told in SENTENCES.values()]
    assert len(titles) == len(set(titles))


def test_the_sentence_is_that_of_the_nearest_class() -> None:
    assert sentence(WrongPassphrase()) is SENTENCES[WrongPassphrase]


def test_figures_that_an_error_carries_are_said() -> None:
    assert "30 seconds" in sentence(ServerBusy(30)).words()
    assert "1 second." in sentence(ServerBusy(1)).words()
    assert "K7-42" in sentence(ServerFailed("K7-42")).words()


@pytest.mark.parametrize("code", sorted(FIELD_PROBLEMS))
def test_every_problem_of_a_field_is_in_plain_words(code: str) -> None:
    assert not UNWANTED.search(FIELD_PROBLEMS[code])
    assert not FIELD_PROBLEMS[code].endswith(".")


def test_the_first_problem_of_each_field_is_told_in_the_order_they_came() -> None:
    found = (Problem("b", "needed"), Problem("a", "too_long", "80"), Problem("b", "date_day"))
    assert list(field_problems(found).items()) == [("b", "Fill this in"), ("a", "Use at most 80 characters")]


def test_a_code_without_words_is_not_silent() -> None:
    assert "unheard_of" in field_problem(Problem("a", "unheard_of"))


@pytest.mark.parametrize(("kind", "code"), VARIANTS, ids=lambda part: part if isinstance(part, str) else part.__name__)
def test_a_code_with_words_of_its_own_is_told_in_them(kind: type[Circumstance], code: str) -> None:
    told = sentence(kind(code))
    assert told is VARIANTS[kind, code]
    assert told not in SENTENCES.values()
    assert told.what.endswith(".")
    assert told.next_step.endswith(".")
    assert not UNWANTED.search(f"{told.title} {told.what} {told.next_step}")
    assert sentence(kind("some-other-code")) is SENTENCES[kind]


def test_what_a_refused_store_says_differs_from_cause_to_cause() -> None:
    causes = [NotEncrypting("library"), NotEncrypting("temporary-files"), KeyMalformed("length"), WrongKey(), StoreNewer("9"),
              StoreDamaged("cut"), StoreDamaged("plain"), KeyringUnavailable("read-back"), StoreMissing(), StoreInUse()]
    assert len({sentence(cause).title for cause in causes}) == len(causes)


def test_one_problem_has_one_sentence_whichever_screen_is_opened_first() -> None:
    import carebook.ui.contact.problems
    import carebook.ui.facts.problems  # noqa: F401  both add their own

    with pytest.raises(ValueError, match="time_missing"):
        say_also({"time_missing": "Some other words"})
