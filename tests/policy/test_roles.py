"""Who may do what: the matrix is whole, the default is no, and a relationship narrows what a role allows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carebook.policy.roles import MATRIX, NOT_YET, ROLE_WORDS, ROLES, may

RELATIONS = ("allocated", "duty", "supervisor", "team", "stranger")
some = st.lists(st.sampled_from(RELATIONS), unique=True)


def test_every_row_says_something_of_every_role_and_every_role_has_words() -> None:
    assert all(set(row) == set(ROLES) for row in MATRIX.values())
    assert {letter for row in MATRIX.values() for letter in row.values()} <= set("ACTO-")
    assert set(ROLE_WORDS) == set(ROLES)


def test_what_does_not_exist_yet_is_in_no_row() -> None:
    assert not set(NOT_YET) & set(MATRIX)
    assert not any(may(role, action).allowed for role in ROLES for action in NOT_YET)


@given(st.sampled_from(ROLES), st.text(max_size=12), some)
def test_an_unheard_of_action_is_refused(role: str, action: str, relations: list[str]) -> None:
    if action not in MATRIX:
        assert may(role, action, relations).why == "unknown_action"


@given(st.text(max_size=4), st.sampled_from(sorted(MATRIX)))
def test_an_unheard_of_role_is_refused(role: str, action: str) -> None:
    if role not in ROLES:
        assert not may(role, action).allowed


@given(st.sampled_from(ROLES), st.sampled_from(sorted(MATRIX)), some)
def test_a_relationship_never_allows_what_the_role_does_not(role: str, action: str, relations: list[str]) -> None:
    if may(role, action, relations).allowed:
        assert may(role, action).allowed


@given(st.sampled_from(ROLES), st.sampled_from(sorted(MATRIX)), some, some)
def test_one_relationship_more_takes_nothing_away(role: str, action: str, fewer: list[str], more: list[str]) -> None:
    if may(role, action, fewer).allowed:
        assert may(role, action, [*fewer, *more]).allowed


@pytest.mark.parametrize(
    ("role", "action", "relations", "why"),
    [
        ("PR", "open_person", ["allocated"], "allowed"),
        ("PR", "open_person", ["duty"], "allowed"),
        ("PR", "open_person", ["supervisor"], "relationship"),
        ("PR", "open_person", [], "relationship"),
        ("SP", "open_person", ["supervisor"], "allowed"),
        ("TM", "sign_off_plan", ["team"], "allowed"),
        ("PR", "sign_off_plan", ["allocated"], "role"),
        ("BS", "read_plan", ["allocated"], "role"),
        ("BS", "finish_contact", ["team"], "allowed"),
        ("AU", "find_people", [], "role"),
        ("SA", "read_today", [], "allowed"),
        ("PR", "find_people", [], "allowed"),
    ],
)
def test_the_matrix_in_examples(role: str, action: str, relations: list[str], why: str) -> None:
    assert may(role, action, relations).why == why
