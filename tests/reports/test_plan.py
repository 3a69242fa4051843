"""The printed plan: all its values, in order, in every format, and nothing else."""

from __future__ import annotations

import io
import re
from dataclasses import fields, replace

import pikepdf
import pypdfium2 as pdfium
import pytest
from reports.plan_words import EMPTY_SENTENCES, said, values
from reports.sample_plan import COVER, FACTS, MARGARET, NAME
from reports.structure import read

from carebook.errors import PrintingFailed
from carebook.policy.plan_copy import (
    Advice,
    Agreement,
    Budget,
    Contingency,
    PlanCopy,
    Review,
    Sharing,
    Signature,
    Status,
    Topic,
    digest,
)
from carebook.reports.page_flow import Cancelled
from carebook.reports.plan import RenderResult, render

FORMATS = ["F01", "F02", "F03", "F04", "F05", "F06"]
EMPTY = PlanCopy(cover=COVER, facts=FACTS)
MAIN_HEADINGS = [
    "About me",
    "My needs",
    "What the council will do, and how",
    "Needs that are met by others",
    "My well-being and what I want to achieve",
    "My personal budget",
    "Advice and information",
    "If things go wrong",
    "Risks we have talked about",
    "The people involved",
    "Who gets this plan",
    "Agreement",
    "Review",
    "About this copy",
]


def printed(copy: PlanCopy) -> bytes:
    held = io.BytesIO()
    render(copy, held)
    return held.getvalue()


def page_texts(data: bytes) -> list[str]:
    with pdfium.PdfDocument(data) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


@pytest.mark.parametrize("code", FORMATS)
def test_a_screen_reader_finds_every_value_in_order_and_nothing_else(code: str) -> None:
    copy = replace(MARGARET, format=code)
    reading = read(printed(copy))
    assert reading.faults == []
    assert said(reading.texts) == values(copy)


@pytest.mark.parametrize("code", ["F01", "F04"])
def test_equal_values_make_equal_bytes_and_another_value_makes_others(code: str) -> None:
    copy = replace(MARGARET, format=code)
    assert printed(copy) == printed(replace(copy))
    assert printed(copy) != printed(replace(copy, facts=replace(FACTS, number="4")))


def test_headings_follow_one_another_without_a_gap() -> None:
    nodes = read(printed(MARGARET)).nodes
    assert [node.text for node in nodes if node.tag == "H1"] == ["Care and support plan"]
    assert [node.text for node in nodes if node.tag == "H2"] == MAIN_HEADINGS


PARTS = [field.name for field in fields(PlanCopy) if field.name not in ("cover", "facts", "format", "giant_points")]


@pytest.mark.parametrize("part", PARTS)
def test_a_part_removed_by_permission_leaves_no_trace(part: str) -> None:
    removed = read(printed(replace(MARGARET, **{part: None})))
    whole = read(printed(MARGARET))
    kept = {node.text for node in removed.nodes if node.tag == "H2"}
    gone = [node.text for node in whole.nodes if node.tag == "H2" and node.text not in kept]
    assert len(gone) == 1
    assert gone[0] not in removed.texts
    assert sum(node.tag == "Sect" for node in removed.nodes) == sum(node.tag == "Sect" for node in whole.nodes) - 1
    assert removed.faults == []


def test_a_copy_without_the_budget_does_not_hold_its_sums_anywhere() -> None:
    data = printed(replace(MARGARET, budget=None))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        streams = [obj.read_bytes() for obj in pdf.objects if isinstance(obj, pikepdf.Stream)]
    text = " ".join(page_texts(data))
    assert "312.40" not in text
    assert "budget" not in text.lower()
    assert all("budget".encode("utf-16-be") not in stream for stream in streams)


def test_who_does_not_get_the_plan_stands_on_the_councils_own_copy_only() -> None:
    sharing = Sharing(MARGARET.sharing.shared_with if MARGARET.sharing else (), ("Mr Pike, neighbour",))
    assert "Mr Pike, neighbour" in read(printed(replace(MARGARET, sharing=sharing))).texts
    assert "Pike" not in " ".join(page_texts(printed(MARGARET)))


def test_a_part_with_nothing_in_it_says_so() -> None:
    texts = read(printed(EMPTY)).texts
    assert [text for text in texts if text in MAIN_HEADINGS] == MAIN_HEADINGS
    for sentence in EMPTY_SENTENCES:
        assert sentence in texts


def test_the_empty_parts_of_a_copy_are_values_of_their_own() -> None:
    assert EMPTY.budget == Budget()
    assert (EMPTY.advice, EMPTY.contingency, EMPTY.agreement) == (Advice(), Contingency(), Agreement())
    assert (EMPTY.sharing, EMPTY.review) == (Sharing(), Review())


@pytest.mark.parametrize(
    ("status", "banner"),
    [
        (Status.DRAFT, "Draft: not agreed yet, it may change"),
        (Status.SHARED, "Shared for comment: not agreed yet"),
        (Status.SUPERSEDED, "No longer in use: a newer plan has taken its place"),
    ],
)
def test_every_page_of_a_plan_that_is_not_in_force_says_so(status: Status, banner: str) -> None:
    pages = page_texts(printed(replace(MARGARET, cover=replace(COVER, status=status))))
    assert len(pages) > 3
    assert all(banner in page for page in pages)


def test_an_agreed_plan_has_no_banner() -> None:
    assert "Draft" not in " ".join(page_texts(printed(MARGARET)))


@pytest.mark.parametrize("code", ["F01", "F04", "F05"])
def test_each_page_says_which_copy_it_is_and_how_many_pages_there_are(code: str) -> None:
    copy = replace(MARGARET, format=code)
    pages = page_texts(printed(copy))
    seal = digest(copy)[:12].upper()
    for number, page in enumerate(pages, 1):
        assert f"Copy 3 for {NAME}. Printed by Peter Osei, 24 November 2026 at 11:20." in page
        assert "Record as at 24 November 2026 at 08:55." in page
        assert f"{seal[:4]}-{seal[4:8]}-{seal[8:]}" in page
        assert f"Page {number} of {len(pages)}" in page


def test_giant_print_keeps_the_full_facts_on_the_first_page_and_the_copy_number_on_all() -> None:
    pages = page_texts(printed(replace(MARGARET, format="F06", giant_points=36)))
    assert "Printed by Peter Osei" in pages[0]
    assert all(f"Copy 3 for {NAME}" in page for page in pages)
    assert all(f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, 1))
    assert "Check code" in pages[0]
    draft = replace(MARGARET, format="F06", cover=replace(COVER, status=Status.DRAFT))
    assert all("Draft" in page for page in page_texts(printed(draft)))


@pytest.mark.parametrize(("code", "least"), [("F01", 12), ("F02", 14), ("F03", 16), ("F04", 18), ("F05", 22), ("F06", 30)])
def test_nothing_on_any_page_is_smaller_than_the_persons_format(code: str, least: float) -> None:
    with pikepdf.open(io.BytesIO(printed(replace(MARGARET, format=code)))) as pdf:
        sizes = {
            float(step.operands[1])
            for page in pdf.pages
            for step in pikepdf.parse_content_stream(page)
            if str(step.operator) == "Tf"
        }
        total = pdf.pages[0].Resources.XObject.Total.read_bytes()
    assert min(sizes) == least
    assert float(re.search(rb"([\d.]+) Tf", total)[1]) == least  # type: ignore[index]


def test_tables_become_lists_in_large_print() -> None:
    tags = {code: {node.tag for node in read(printed(replace(MARGARET, format=code))).nodes} for code in FORMATS}
    assert all("Table" in tags[code] for code in ("F01", "F02", "F03"))
    assert not any(tag in tags[code] for code in ("F04", "F05", "F06") for tag in ("Table", "TR", "TH", "TD"))


def test_every_font_is_embedded_and_none_is_slanted() -> None:
    with pikepdf.open(io.BytesIO(printed(MARGARET))) as pdf:
        fonts = [obj for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary) and obj.get("/Type") == "/FontDescriptor"]
        assert len(fonts) == 2
        for font in fonts:
            assert font.FontFile2.read_bytes()[:4] == b"\0\1\0\0"
            assert font.ItalicAngle == 0


def test_words_in_another_language_are_marked_with_it() -> None:
    copy = replace(MARGARET, about_me=(Topic("O que importa", "Quero ficar em casa com a minha irmã.", "pt"),))
    nodes = read(printed(copy)).nodes
    assert [node.lang for node in nodes if node.text.startswith("Quero")] == ["pt"]
    assert {node.lang for node in nodes if node.tag == "H2"} == {"en-GB"}


SCRIPTS = {
    "Welsh": "Siân Llŷr-Wŵd o Ŵyl Ŷd",
    "Polish": "Tomasz Wójcik-O'Neill, źdźbło, ćma, żółć, ą ę",
    "Portuguese": "Inês Valadares, coração, avô, à noite",
    "Tamil": "என் பெயர் சுனிதா ராமன். நான் வீட்டில் இருக்க விரும்புகிறேன்.",
    "Arabic": "اسمي فاطمة الزهراء، وأحب القهوة في الساعة 10 صباحا (كل يوم) مع ابنتي التي تزورني في نهاية الأسبوع.",
    "mixed directions": "She is فاطمة الزهراء and lives at 12 High Street, known as أم علي to all.",
    "Urdu": "میرا نام احمد ہے اور میں لندن میں رہتا ہوں۔",
    "Bengali": "আমার নাম রহিমা। আমি বাড়িতে থাকতে চাই।",
    "Punjabi": "ਮੇਰਾ ਨਾਮ ਗੁਰਪ੍ਰੀਤ ਕੌਰ ਹੈ।",
    "Gujarati": "મારું નામ પ્રિયા છે.",
    "Hindi": "मेरा नाम प्रिया है।",
    "Greek, Russian, Vietnamese": "Καλημέρα κόσμε. Привет. Nguyễn Thị Hồng.",
}


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


def test_words_that_were_never_given_stand_nowhere_in_the_file() -> None:
    secret = "Quixborough"
    assert any(secret in text for text in page_texts(printed(replace(MARGARET, about_me=(Topic("Home", secret),)))))
    assert not any(secret in text for text in page_texts(printed(MARGARET)))


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


def test_a_place_to_sign_is_left_for_who_has_not_signed() -> None:
    agreement = replace(MARGARET.agreement or Agreement(), signatures=(Signature("Ruth Pell", "Advocate"),))
    assert "Ruth Pell, Advocate: signature and date" in read(printed(replace(MARGARET, agreement=agreement))).texts


def test_progress_counts_every_page() -> None:
    told: list[int] = []
    result = render(replace(MARGARET, format="F04"), io.BytesIO(), progress=told.append)
    assert told == list(range(1, result.pages + 1))


def test_a_stop_is_heeded_before_the_next_page() -> None:
    told: list[int] = []
    with pytest.raises(Cancelled) as stopped:
        render(MARGARET, io.BytesIO(), progress=told.append, cancelled=lambda: len(told) >= 2)
    assert told == [1, 2]
    assert isinstance(stopped.value, PrintingFailed)


def test_the_result_says_how_many_pages_there_are() -> None:
    held = io.BytesIO()
    result = render(MARGARET, held)
    assert result == RenderResult(len(page_texts(held.getvalue())))
