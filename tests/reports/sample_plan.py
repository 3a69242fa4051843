"""An invented person's plan, long enough to show every part of the paper."""

from __future__ import annotations

import io

import pypdfium2 as pdfium

from carebook.policy.plan_copy import (
    Advice,
    Agreement,
    Budget,
    Contingency,
    CopyFacts,
    Cover,
    DirectPayment,
    Need,
    OtherHelp,
    PersonInvolved,
    PlanCopy,
    Review,
    Risk,
    SharedWith,
    Sharing,
    Signature,
    Status,
    Support,
    Topic,
    Trigger,
    WellBeing,
)
from carebook.reports.plan import render

NAME = "Margaret Okafor-Hale"

COVER = Cover(
    council="Fenmarch County Council",
    name=NAME,
    plan_type="Care and support plan for an adult",
    status=Status.AGREED,
    version="3",
    preferred_name="Maggie",
    date_of_birth="11 February 1943",
    council_id="FM-204417",
    nhs_number="999 000 1014",
    starts_on="7 December 2026",
    review_due_on="1 February 2027",
)

FACTS = CopyFacts(
    number="3",
    for_whom=NAME,
    printed_by="Peter Osei",
    printed_at="24 November 2026 at 11:20",
    synced_at="24 November 2026 at 08:55",
    permissions="Margaret agreed on 23 November 2026 that this plan is given to her and to her husband Edwin.",
)

MARGARET = PlanCopy(
    cover=COVER,
    facts=FACTS,
    about_me=(
        Topic(
            "What matters most to me",
            "Being at home with Edwin. We have been in this house for 51 years and I want to see my garden every day. "
            "My church on Sunday mornings, and hearing from Ngozi and the grandchildren on Wednesday evenings.",
        ),
        Topic(
            "How to talk with me",
            "Speak clearly and face me: I use a hearing loop and I lip-read when the room is noisy. Telephone me, do not "
            "write. If you must write, use large print.",
        ),
        Topic(
            "What people should know about me",
            "I was a school cook for thirty years and I like things done properly.\n"
            "I am slow in the mornings until my tablets have worked, so not before half past eight.",
        ),
    ),
    needs=(
        Need(
            "Washing and dressing",
            "Since my fall in November I cannot lift my right arm above the shoulder. I cannot get in or out of the bath, "
            "and doing up buttons takes me most of an hour and hurts.",
            True,
            ("B", "D"),
            "I need help with this every morning. In the evening I manage with the aids I have, if I take my time.",
        ),
        Need(
            "Preparing and eating meals",
            "I cannot lift a pan or stand long enough to cook. I eat well when someone has put the meal in front of me.",
            True,
            ("A",),
            "I need one hot meal a day made for me. Edwin makes breakfast and supper.",
        ),
        Need(
            "Getting about the house safely",
            "I have fallen three times this year, twice on the stairs and once on the step to the garden.",
            True,
            ("E", "I"),
            "I can move about downstairs with my frame. I cannot use the stairs without someone beside me.",
        ),
        Need(
            "Keeping up the garden",
            "I can no longer do the heavy work in the garden. This makes me sad, but it does not put my health at risk.",
            False,
        ),
    ),
    council_support=(
        Support(
            "Washing and dressing",
            "To be washed and dressed by half past nine, doing as much of it myself as I can.",
            "Morning care visit",
            "Fenmarch Home Care",
            "Every day, 8:45am to 9:30am",
            "7 December 2026",
            "",
            "Peter Osei, after six weeks",
        ),
        Support(
            "Preparing and eating meals",
            "To have one hot meal each day that I have chosen.",
            "Lunch visit",
            "Fenmarch Home Care",
            "Every day, 12:30pm to 1pm",
            "7 December 2026",
            "",
            "Peter Osei, after six weeks",
        ),
        Support(
            "Getting about the house safely",
            "To go up and down the stairs without falling, with a second rail and a raised step.",
            "Equipment and small adaptations",
            "The council's occupational therapy team",
            "Fitted once, then checked each year",
            "14 December 2026",
            "21 December 2026",
            "Amina Farouk, occupational therapist",
        ),
    ),
    other_help=(
        OtherHelp("Breakfast and supper", "Edwin, my husband", "He prepares both every day. He says he is willing and able."),
        OtherHelp("My leg ulcer", "District nurses", "They visit on Mondays and Thursdays to change the dressing."),
        OtherHelp("The garden", "St Aidan's church", "Two volunteers come on the first Saturday of the month."),
    ),
    well_being=(
        WellBeing("My dignity", "I decide what I wear and who helps me wash. I have asked for women only."),
        WellBeing("My family and friends", "With the lunch visit in place Edwin can go to his club on Tuesdays."),
        WellBeing("Control over my day", "Visits come at the times I chose, and I am telephoned if someone will be late."),
    ),
    budget=Budget(
        "£312.40 a week",
        "£86.15 a week",
        "£226.25 a week",
        "My contribution was worked out on 20 November 2026. I can ask for it to be looked at again.",
        DirectPayment(("Help in the garden room on Tuesdays", "Taxis to church"), "£42.00", "Every four weeks"),
    ),
    advice=Advice(
        ("Use the long-handled sponge and the button hook that were left with me.", "Keep a light on at the stairs."),
        ("The falls clinic has a strength and balance class on Fridays.", "Ask the pharmacist to check my tablets in spring."),
    ),
    contingency=Contingency(
        (
            Trigger("The care worker has not come by 9:15am", "Telephone the office.", "Fenmarch Home Care, 01632 960 114"),
            Trigger("I fall", "Press the pendant. If I hit my head, call 999.", "Lifeline, 01632 960 130"),
        ),
        "If Edwin is ill, the council arranges extra visits within four hours. Ngozi can come by the next day.",
        "Emergency duty team, 01632 960 199, evenings, nights and weekends",
    ),
    risks=(
        Risk(
            "Making my own tea",
            "I might scald myself. I want to go on doing it. We agreed that I use the one-cup kettle and sit down to pour.",
        ),
    ),
    people=(
        PersonInvolved("Peter Osei", "Social worker", "Fenmarch County Council", "01632 960 101", True),
        PersonInvolved("Edwin Okafor-Hale", "Husband and carer", "", "01632 960 142"),
        PersonInvolved("Ngozi Hale", "Daughter", "", "07700 900 118"),
        PersonInvolved("Dr Lam", "General practitioner", "Willow Lane Surgery", "01632 960 155"),
    ),
    sharing=Sharing(
        (
            SharedWith("Edwin Okafor-Hale", "The whole plan", "23 November 2026"),
            SharedWith("Dr Lam, Willow Lane Surgery", "Services and who to contact", "23 November 2026"),
        ),
    ),
    agreement=Agreement(
        "Margaret agrees with this plan.",
        "I am glad of the help in the morning. I am not happy about paying for it, but I understand why.",
        "Margaret can make this decision herself.",
        "",
        (
            Signature(NAME, "The person this plan is about", "24 November 2026"),
            Signature("Peter Osei", "Social worker", "24 November 2026"),
            Signature("Jasvinder Kaur", "Team manager"),
        ),
        (NAME, "Edwin Okafor-Hale"),
    ),
    review=Review(
        "1 February 2027",
        "We look at the plan together after six to eight weeks, and then at least once a year.",
        ("I go into hospital", "Edwin becomes ill", "I ask for it: I can do so at any time"),
    ),
)

EMPTY = PlanCopy(cover=COVER, facts=FACTS)

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
"""Words in the scripts that the bundled fonts draw."""


def printed(copy: PlanCopy) -> bytes:
    """The whole document."""
    held = io.BytesIO()
    render(copy, held)
    return held.getvalue()


def page_texts(data: bytes) -> list[str]:
    """The words of each page as a reader of PDF finds them, head and foot included."""
    with pdfium.PdfDocument(data) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
