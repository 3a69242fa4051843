"""The one gate: deny wins, silence is no, and a rule that raises stops everything."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carebook.errors import RuleFailed
from carebook.policy.decide import RULES, Answer, Facts, Finding, Question, decide
from carebook.policy.headings import CATEGORIES

categories = st.lists(st.sampled_from(CATEGORIES), unique=True).map(tuple)
questions = st.builds(
    Question,
    recipient_kind=st.sampled_from(["person", "other", ""]),
    recipient=st.text(max_size=5),
    purpose=st.text(max_size=5),
    categories=categories,
)
rows = st.lists(st.text(min_size=1, max_size=4), max_size=3).map(tuple)
facts = st.builds(Facts, denials=rows, unread_denials=rows)
findings = st.lists(
    st.builds(
        Finding, category=st.sampled_from([*CATEGORIES, "*"]), answer=st.sampled_from(Answer), rule=st.just("made"),
        rests_on=st.just(""), source=st.just("a test"),
    )
).map(tuple)


def of_the_person(*wanted: str) -> Question:
    return Question("person", "Margaret Okafor-Hale", "their own plan", wanted)


def test_the_person_may_have_what_is_theirs() -> None:
    decision = decide(of_the_person("plan", "details"), Facts())
    assert decision.allowed == ("plan", "details")
    assert {finding.source for finding in decision.findings} == {"Care Act 2014 s.25(9)"}


@given(categories, facts)
def test_nobody_else_is_told_anything_until_permissions_are_recorded(wanted: tuple[str, ...], known: Facts) -> None:
    decision = decide(Question("other", "Ward 7", "discharge", wanted), known)
    assert decision.allowed == ()
    assert decision.refused == wanted


@given(questions, facts)
def test_every_category_is_either_allowed_or_refused(question: Question, known: Facts) -> None:
    decision = decide(question, known)
    assert sorted((*decision.allowed, *decision.refused)) == sorted(question.categories)


@given(questions, facts, findings)
def test_one_refusal_beats_any_number_of_permissions(question: Question, known: Facts, more: tuple[Finding, ...]) -> None:
    no = tuple(Finding(name, Answer.NO, "refusal", "row", "a test") for name in question.categories)
    decision = decide(question, known, (*RULES, lambda _, __: more, lambda _, __: no))
    assert decision.allowed == ()


@given(questions, facts, findings)
def test_a_rule_more_never_lets_out_what_a_refusal_holds_back(
    question: Question, known: Facts, more: tuple[Finding, ...]
) -> None:
    before = decide(question, known)
    after = decide(question, known, (*RULES, lambda _, __: more))
    refused = {name for name in question.categories if before.answer(name) is Answer.NO and before.findings}
    if question.recipient_kind != "person":
        assert not refused & set(after.allowed)


@given(questions, facts)
def test_no_finding_means_no(question: Question, known: Facts) -> None:
    assert decide(question, known, ()).allowed == ()


@given(questions, facts)
def test_asking_is_not_allowing(question: Question, known: Facts) -> None:
    def ask(_: Question, __: Facts) -> tuple[Finding, ...]:
        return (Finding("*", Answer.ASK, "ask", "", "a test"),)

    assert decide(question, known, (*RULES, ask)).allowed == ()


def test_an_unreadable_denial_blocks_everyone_but_the_person() -> None:
    decision = decide(Question("other", "Ward 7", "discharge", ("plan",)), Facts(unread_denials=("row1",)))
    assert "unread_denial" in {finding.rule for finding in decision.findings}
    assert decide(of_the_person("plan"), Facts(unread_denials=("row1",))).allowed == ("plan",)


@pytest.mark.parametrize("kind", ["person", "other"])
def test_a_rule_that_raises_stops_everything(kind: str) -> None:
    def stumbles(_: Question, __: Facts) -> tuple[Finding, ...]:
        raise ZeroDivisionError

    with pytest.raises(RuleFailed, match="stumbles"):
        decide(Question(kind, "x", "y", ("plan",)), Facts(), (*RULES, stumbles))
