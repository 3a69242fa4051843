"""One gate for everything that lets information out. Deny wins, silence is no, and a rule that raises stops everything.

Until consents are recorded in carebook, the person may have what is theirs and everyone else is refused
(domain design rule 1; promise P42: sharing only with consent, or under a duty).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from carebook.errors import RuleFailed


class Answer(StrEnum):
    """What a finding says about one category."""

    YES = "yes"
    NO = "no"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Question:
    """May these categories be told to this recipient? recipient_kind: "person" (whom the record is about) or "other"."""

    recipient_kind: str
    recipient: str
    purpose: str
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the record says that bears on the question: ids of denials in force that this version can and cannot read."""

    denials: tuple[str, ...] = ()
    unread_denials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason: category ("*" for all), its answer, the rule's name, the row it rests on (or ""), and the rule's source."""

    category: str
    answer: Answer
    rule: str
    rests_on: str
    source: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer to a question, category by category, with every finding behind it."""

    question: Question
    findings: tuple[Finding, ...]

    def answer(self, category: str) -> Answer:
        """Deny wins, then ask; no finding means no."""
        said = {finding.answer for finding in self.findings if finding.category in (category, "*")}
        for answer in (Answer.NO, Answer.ASK, Answer.YES):
            if answer in said:
                return answer
        return Answer.NO

    @property
    def allowed(self) -> tuple[str, ...]:
        """The categories that may be told."""
        return tuple(name for name in self.question.categories if self.answer(name) is Answer.YES)

    @property
    def refused(self) -> tuple[str, ...]:
        """The categories that may not."""
        return tuple(name for name in self.question.categories if self.answer(name) is not Answer.YES)


Rule = Callable[[Question, Facts], tuple[Finding, ...]]


def the_person_may_have_what_is_theirs(question: Question, facts: Facts) -> tuple[Finding, ...]:
    """A copy of their own plan, assessment and letters is the person's (Care Act 2014 s.25(9); UK GDPR Art 15)."""
    if question.recipient_kind != "person":
        return ()
    return tuple(Finding(name, Answer.YES, "own_copy", "", "Care Act 2014 s.25(9)") for name in question.categories)


def others_need_permission(question: Question, facts: Facts) -> tuple[Finding, ...]:
    """Without a recorded permission or a duty nobody else is told (common-law confidentiality; promise P42)."""
    if question.recipient_kind == "person":
        return ()
    return (Finding("*", Answer.NO, "no_permission", "", "common-law duty of confidentiality; promise P42"),)


def what_cannot_be_read_blocks(question: Question, facts: Facts) -> tuple[Finding, ...]:
    """A refusal or exclusion of a kind this version cannot read stops sharing until carebook is updated (fail closed)."""
    if question.recipient_kind == "person":
        return ()
    return tuple(Finding("*", Answer.NO, "unread_denial", row, "fail closed") for row in facts.unread_denials)


RULES: tuple[Rule, ...] = (the_person_may_have_what_is_theirs, others_need_permission, what_cannot_be_read_blocks)


def decide(question: Question, facts: Facts, rules: tuple[Rule, ...] = RULES) -> Decision:
    """Ask every rule.

    Raises RuleFailed if one raises: nothing is shared on a half-asked question.
    """
    findings: list[Finding] = []
    for rule in rules:
        try:
            findings.extend(rule(question, facts))
        except Exception as error:
            raise RuleFailed(rule.__name__) from error
    return Decision(question, tuple(findings))
