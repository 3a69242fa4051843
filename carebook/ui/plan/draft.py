"""A plan as it is being typed: every field as the words that stand in it, so that a draft loses nothing; no Qt in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from carebook.actions.write_plan import AboutMe, Budget, PlanBody, PlanNeed, Risk, Trigger, WellBeing
from carebook.errors import Problem
from carebook.ui.fields_typed import PartDate, WrongDate, read_date

Row = dict[str, str]
ABOUT = (
    ("matters", "What matters most to me"), ("people", "People who are important to me"),
    ("communicate", "How I communicate and how to communicate with me"), ("support", "How and when to support me"),
    ("please_do", "Please do"), ("please_do_not", "Please do not"), ("worth_knowing", "Also worth knowing about me"),
)
"""The parts of About me (PRSB About Me v1.2), with the words they are asked for in."""

_LINES = ("advice_meet", "advice_prevent", "review_early")
_WORDS = ("budget_words", "carer_emergency", "out_of_hours", "review_words", "reason")
_MONEY = ("total", "contribution", "council", "direct_payment")
_NEED_WORDS = ("title", "words", "how_far", "goal", "met_by", "support", "provider", "when", "checked_by")


class PlanDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the form. fields: by key; rows: the needs, areas of well-being, triggers and risks, each by key.

    replaces: the version this one is to stand in place of, or "".
    """

    replaces: str = ""
    fields: Row = {}
    rows: dict[str, list[Row]] = {}


def encode(draft: PlanDraft) -> str:
    """The draft as kept."""
    return msgspec.json.encode(draft).decode()


def decode(body: str) -> PlanDraft:
    """A kept draft."""
    return msgspec.json.decode(body, type=PlanDraft)


def pounds(pence: int | None) -> str:
    """Pence as typed in pounds: 14250 is "142.50"."""
    return "" if pence is None else f"{pence // 100}.{pence % 100:02d}"


def pence(typed: str) -> int | None:
    """Pounds as typed, in pence; None when nothing was typed. Raises ValueError for what is no amount."""
    words = typed.replace("£", "").replace(",", "").strip()
    if not words:
        return None
    found = re.fullmatch(r"(\d{1,7})(?:\.(\d{2}))?", words)
    if found is None:
        raise ValueError(typed)
    return int(found[1]) * 100 + int(found[2] or 0)


# ------------------------------------------------------------ from a version to what stands in the form


def begun(body: PlanBody, replaces: str) -> PlanDraft:
    """The version as it stands, to be changed; the reason is empty."""
    fields = {"life": body.life, "start_on": _day(body.start_on), "review_on": _day(body.review_on)}
    fields |= {key: getattr(body.about_me, key) for key in (*(key for key, _ in ABOUT), "written_with")}
    fields |= {key: "\n".join(getattr(body, key)) for key in _LINES}
    fields |= {key: getattr(body, key) for key in _WORDS if key != "reason"}
    fields |= {key: pounds(getattr(body.budget, key)) for key in _MONEY}
    fields |= {key: getattr(body.budget, key) for key in ("direct_payment_needs", "direct_payment_frequency")}
    return PlanDraft(
        replaces=replaces,
        fields=fields,
        rows={
            "needs": [_need_row(need) for need in body.needs],
            "well_being": [{"area": one.area, "words": one.words} for one in body.well_being],
            "triggers": [{"when": one.when, "what_to_do": one.what_to_do, "call": one.call} for one in body.triggers],
            "risks": [{"what": one.what, "agreed": one.agreed} for one in body.risks],
        },
    )


def _day(day: date | None) -> str:
    return PartDate(day.year, day.month, day.day).words() if day else ""


def _need_row(need: PlanNeed) -> Row:
    row = {key: getattr(need, key) for key in _NEED_WORDS}
    return row | {
        "need_id": need.need_id, "outcomes": ",".join(need.outcomes), "eligible": "yes" if need.eligible else "no",
        "from_on": _day(need.from_on), "to_on": _day(need.to_on),
    }


# ------------------------------------------------------------ from what stands in the form to a version


class Reading:
    """Reads what was typed, and gathers what cannot be understood as problems by field."""

    def __init__(self, today: date) -> None:
        self._today = today
        self.problems: list[Problem] = []

    def day(self, typed: str, field: str) -> date | None:
        """A whole date, or None with a problem where something else was typed."""
        found = read_date(typed, self._today)
        if isinstance(found, PartDate) and found.whole is not None:
            return found.whole
        if found is not None:
            self.problems.append(Problem(field, found.code if isinstance(found, WrongDate) else "date_not_whole"))
        return None

    def money(self, typed: str, field: str) -> int | None:
        """Pence, or None with a problem where something else was typed."""
        try:
            return pence(typed)
        except ValueError:
            self.problems.append(Problem(field, "money_not_understood"))
            return None


def body_of(draft: PlanDraft, today: date) -> tuple[PlanBody, tuple[Problem, ...]]:
    """The version that stands in the form, and what of it could not be understood or is not decided yet."""
    reading, fields = Reading(today), draft.fields
    needs = [row for row in draft.rows.get("needs", []) if row.get("title", "").strip()]
    words = {key: fields.get(key, "").strip() for key in _WORDS}
    lines = {key: _lines(fields.get(key, "")) for key in _LINES}
    if not fields.get("life"):
        reading.problems.append(Problem("life", "life_missing"))
    body = PlanBody(
        number=0, life=fields.get("life") or "adult", start_on=reading.day(fields.get("start_on", ""), "start_on"),
        review_on=reading.day(fields.get("review_on", ""), "review_on"),
        about_me=AboutMe(**{key: fields.get(key, "").strip() for key in (*(key for key, _ in ABOUT), "written_with")}),
        needs=tuple(_need(row, number, reading) for number, row in enumerate(needs)),
        well_being=tuple(
            WellBeing(area=row["area"], words=row.get("words", "").strip())
            for row in _told(draft.rows.get("well_being", []), "area")
        ),
        budget=_budget(fields, reading),
        triggers=tuple(
            Trigger(when=row["when"].strip(), what_to_do=row.get("what_to_do", "").strip(), call=row.get("call", "").strip())
            for row in _told(draft.rows.get("triggers", []), "when")
        ),
        risks=tuple(
            Risk(what=row["what"].strip(), agreed=row.get("agreed", "").strip())
            for row in _told(draft.rows.get("risks", []), "what")
        ),
        budget_words=words["budget_words"], carer_emergency=words["carer_emergency"], out_of_hours=words["out_of_hours"],
        review_words=words["review_words"], reason=words["reason"], advice_meet=lines["advice_meet"],
        advice_prevent=lines["advice_prevent"], review_early=lines["review_early"],
    )
    return body, tuple(reading.problems)


def _told(rows: Iterable[Row], key: str) -> list[Row]:
    return [row for row in rows if row.get(key, "").strip()]


def _lines(words: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in words.splitlines() if line.strip())


def _need(row: Row, number: int, reading: Reading) -> PlanNeed:
    if row.get("eligible") not in {"yes", "no"}:
        reading.problems.append(Problem(f"needs{number}.eligible", "eligible_missing"))
    return PlanNeed(
        need_id=row.get("need_id", ""), outcomes=tuple(code for code in row.get("outcomes", "").split(",") if code),
        eligible=row.get("eligible") == "yes", from_on=reading.day(row.get("from_on", ""), f"needs{number}.from_on"),
        to_on=reading.day(row.get("to_on", ""), f"needs{number}.to_on"),
        **{key: row.get(key, "").strip() for key in _NEED_WORDS},
    )


def _budget(fields: Mapping[str, str], reading: Reading) -> Budget:
    return Budget(
        total=reading.money(fields.get("total", ""), "total"),
        contribution=reading.money(fields.get("contribution", ""), "contribution"),
        council=reading.money(fields.get("council", ""), "council"),
        direct_payment=reading.money(fields.get("direct_payment", ""), "direct_payment"),
        direct_payment_needs=fields.get("direct_payment_needs", "").strip(),
        direct_payment_frequency=fields.get("direct_payment_frequency", "").strip(),
    )
