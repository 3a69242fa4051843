"""Hard cases on paper: many scripts, values that are empty, too long or hostile, characters nothing can draw."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from reports.plan_words import said, values
from reports.sample_plan import COVER, FACTS, MARGARET, NAME, SCRIPTS, page_texts, printed
from reports.structure import read

from carebook.policy.plan_copy import (
    Agreement,
    Budget,
    DirectPayment,
    Need,
    PersonInvolved,
    Signature,
    Support,
    Topic,
)
from carebook.reports.plan import render


def test_words_in_another_language_are_marked_with_it() -> None:
    copy = replace(MARGARET, about_me=(Topic("O que importa", "Quero ficar em casa com a minha irmã.", "pt"),))
    nodes = read(printed(copy)).nodes
    assert [node.lang for node in nodes if node.text.startswith("Quero")] == ["pt"]
    assert {node.lang for node in nodes if node.tag == "H2"} == {"en-GB"}


@pytest.mark.parametrize("script", SCRIPTS)
def test_names_and_words_of_many_scripts_are_drawn_and_read_back(script: str) -> None:
    words = SCRIPTS[script]
    copy = replace(MARGARET, cover=replace(COVER, name=words), about_me=(Topic(script, words),))
    held = io.BytesIO()
    assert render(copy, held).warnings == ()
    reading = read(held.getvalue())
    assert reading.faults == []
    assert said(reading.texts) == values(copy)


def test_what_no_font_can_draw_is_told_and_still_read_back() -> None:
    copy = replace(MARGARET, about_me=(Topic("Signs", "I send 😀 and 你好."),))
    held = io.BytesIO()
    result = render(copy, held)
    assert [warning[-8:] for warning in result.warnings] == ["U+1F600)", "(U+4F60)", "(U+597D)"]
    assert said(read(held.getvalue()).texts) == values(copy)


def test_broken_and_unseen_characters_do_no_harm() -> None:
    hostile = "A\0b\ud83d \u202etxt\ufffe <&> (\\) ]TJ \r\n\tEnd"
    copy = replace(MARGARET, cover=replace(COVER, name=hostile), about_me=(Topic(hostile, hostile),))
    reading = read(printed(copy))
    assert reading.faults == []
    assert "Ab txt <&> (\\) ]TJ" in reading.texts
    assert "\0" not in "".join(reading.texts)


def test_a_name_too_long_for_the_line_is_broken_and_not_lost() -> None:
    copy = replace(MARGARET, format="F06", cover=replace(COVER, name="Wolfeschlegelsteinhausenbergerdorff-Okafor"))
    assert said(read(printed(copy)).texts) == values(copy)


def test_a_very_long_value_goes_on_over_pages_in_a_table_and_in_a_list() -> None:
    long = "We talked about this for a long time and wrote it down. " * 120
    for code in ("F01", "F04"):
        people = tuple(replace(person, role=long.strip()) for person in MARGARET.people or ())
        copy = replace(MARGARET, format=code, people=people)
        reading = read(printed(copy))
        assert reading.faults == []
        assert said(reading.texts) == values(copy)


def test_a_copy_that_was_never_given_out_or_brought_up_to_date_says_so_in_good_english() -> None:
    facts = replace(FACTS, number="not given out yet", synced_at="never")
    first = page_texts(printed(replace(MARGARET, facts=facts)))[0]
    assert f"Copy for {NAME}, not given out yet. Printed by" in first
    assert "Last update from the council: never." in first


def test_values_left_empty_leave_no_empty_headings_bullets_or_commas() -> None:
    copy = replace(
        MARGARET,
        needs=(Need("", "I need help.", is_eligible=True),),
        council_support=(Support("", "", "Lunch visit"), Support("Cooking", "", "")),
        budget=Budget("£1.00", direct_payment=DirectPayment(("", " "), "£1.00", "")),
        people=(PersonInvolved("Ann", ""),),
        agreement=Agreement(signatures=(Signature("Ann", ""),)),
    )
    reading = read(printed(copy))
    assert reading.faults == []
    assert all(node.text for node in reading.nodes if node.tag in ("H1", "H2", "H3", "LBody", "P"))
    assert "Ann: signature and date" in reading.texts
    assert [text for text in reading.texts if text in ("Lunch visit", "Cooking")] == ["Lunch visit", "Lunch visit", "Cooking"]


def test_a_place_to_sign_is_left_for_who_has_not_signed() -> None:
    agreement = replace(MARGARET.agreement or Agreement(), signatures=(Signature("Ruth Pell", "Advocate"),))
    assert "Ruth Pell, Advocate: signature and date" in read(printed(replace(MARGARET, agreement=agreement))).texts


@pytest.mark.parametrize(("how_far", "sentence"), [("In part", "in part"), ("Wholly eligible", "wholly")])
def test_how_far_a_need_is_eligible_is_said_in_one_sentence(how_far: str, sentence: str) -> None:
    copy = replace(MARGARET, needs=(Need("Shopping", "I can carry little.", is_eligible=True, how_far=how_far),))
    texts = read(printed(copy)).texts
    assert f"This is an eligible need: {sentence}." in texts
    assert not {"This is an eligible need.", how_far} & set(texts)


def test_a_budget_that_is_not_worked_out_says_nothing_of_a_direct_payment() -> None:
    texts = read(printed(replace(MARGARET, budget=Budget()))).texts
    assert "My personal budget has not been worked out yet." in texts
    assert not [text for text in texts if "irect payment" in text]


def test_a_need_the_council_meets_without_support_written_down_says_so() -> None:
    texts = read(printed(replace(MARGARET, council_support=(Support("Cooking", "", ""),)))).texts
    assert texts[texts.index("Cooking") + 1] == "No support has been written down yet."


@pytest.mark.parametrize("lines", range(0, 30, 3))
def test_the_places_to_sign_stand_on_one_page(lines: int) -> None:
    signatures = (Signature("Ann", "Herself"), Signature("Bo", "Worker"))
    agreement = Agreement("Ann agrees.", "A line.\n" * lines, signatures=signatures)
    pages = page_texts(printed(replace(MARGARET, agreement=agreement)))
    assert [page.count("signature and date") for page in pages if "signature and date" in page] == [2]
