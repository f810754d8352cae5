"""Profile facts in talk: answers to what was asked, and phrases that say it alone."""

from __future__ import annotations

import pytest

from icp_synth.analysts.embedded.facts import facts

PEOPLE = "How many people are you?"
TEAM = "How big is your team?"
PRICE = "What do you pay at the moment?"
SINCE = "How long have you been with us?"
JOB = "How long have you been doing this?"
WHO = "Who decides on something like this?"

Figure = tuple[str, str, str, float, str, str | None]

FIGURES: list[Figure] = [
    (
        PEOPLE,
        "Twenty-six people, with the new kid.",
        "headcount_company",
        26,
        "people",
        None,
    ),
    (PEOPLE, "There are nineteen of us.", "headcount_company", 19, "people", None),
    (
        PEOPLE,
        "Fourteen, and two who come in on Saturdays.",
        "headcount_company",
        14,
        "people",
        None,
    ),
    (PEOPLE, "Oh, thirty-five, give or take.", "headcount_company", 35, "people", None),
    (PEOPLE, "Twenty, no, twenty-two.", "headcount_company", 22, "people", None),
    (
        PEOPLE,
        "Let me think. Eleven at the moment.",
        "headcount_company",
        11,
        "people",
        None,
    ),
    (
        PEOPLE,
        "It's about a hundred and forty.",
        "headcount_company",
        140,
        "people",
        None,
    ),
    (
        PEOPLE,
        "We've got sixteen on the books.",
        "headcount_company",
        16,
        "people",
        None,
    ),
    (PEOPLE, "Nine. Well, nine and my mother.", "headcount_company", 9, "people", None),
    ("", "There's thirty-one of us now.", "headcount_company", 31, "people", None),
    ("", "We're a crew of twelve.", "headcount_company", 12, "people", None),
    ("", "We employ 40.", "headcount_company", 40, "people", None),
    (
        "",
        "We're forty-eight, all told, and proud of it.",
        "headcount_company",
        48,
        "people",
        None,
    ),
    (
        "",
        "We're fifteen, with the apprentices.",
        "headcount_company",
        15,
        "people",
        None,
    ),
    (
        "",
        "I've got seventeen people on the payroll.",
        "headcount_company",
        17,
        "people",
        None,
    ),
    ("", "We're a family business of eight.", "headcount_company", 8, "people", None),
    (TEAM, "Five, including me.", "headcount_department", 5, "people", None),
    (
        TEAM,
        "There's seven of us on the desk.",
        "headcount_department",
        7,
        "people",
        None,
    ),
    (
        "",
        "In my department we are only four.",
        "headcount_department",
        4,
        "people",
        None,
    ),
    (PRICE, "Six-twenty a month.", "price_paid", 620, "per month", None),
    (PRICE, "Three hundred and ten a month.", "price_paid", 310, "per month", None),
    (
        PRICE,
        "It's eight hundred and ninety euros in the month.",
        "price_paid",
        890,
        "per month",
        "EUR",
    ),
    (PRICE, "About two and a half grand a year.", "price_paid", 2500, "per year", None),
    (
        PRICE,
        "We're on four-fifty a month, all in.",
        "price_paid",
        450,
        "per month",
        None,
    ),
    (PRICE, "£275 a month plus VAT.", "price_paid", 275, "per month", "GBP"),
    (
        PRICE,
        "Uh, twelve hundred dollars a month.",
        "price_paid",
        1200,
        "per month",
        "USD",
    ),
    (
        PRICE,
        "It was five hundred at first. It's seven hundred a month now.",
        "price_paid",
        700,
        "per month",
        None,
    ),
    (
        PRICE,
        "Nineteen pounds per van per month.",
        "price_paid",
        19,
        "per month per van",
        "GBP",
    ),
    (
        PRICE,
        "Two hundred, no, two hundred and forty a month.",
        "price_paid",
        240,
        "per month",
        None,
    ),
    (
        "",
        "We pay five-eighty a month for the system.",
        "price_paid",
        580,
        "per month",
        None,
    ),
    ("", "I'm paying ninety euros a month.", "price_paid", 90, "per month", "EUR"),
    (
        "",
        "It isn't cheap, it's four hundred a month for us.",
        "price_paid",
        400,
        "per month",
        None,
    ),
    (SINCE, "Four years in spring.", "tenure", 4, "years", None),
    (SINCE, "Two and a half years now.", "tenure", 2.5, "years", None),
    (SINCE, "Going on six years.", "tenure", 6, "years", None),
    (SINCE, "Eighteen months, I think.", "tenure", 1.5, "years", None),
    (SINCE, "A year and a half.", "tenure", 1.5, "years", None),
    ("", "We've had it for three years.", "tenure", 3, "years", None),
    ("", "We've been with you nearly five years.", "tenure", 5, "years", None),
    ("", "We switched two years ago.", "tenure", 2, "years", None),
    (JOB, "Twenty-one years this autumn.", "experience", 21, "years", None),
    ("", "I've been thirty years in this trade.", "experience", 30, "years", None),
    ("", "I've run the depot for nine years.", "experience", 9, "years", None),
    ("", "We've been in business for twelve years.", "company_age", 12, "years", None),
    (
        "",
        "My father started the business forty years ago.",
        "company_age",
        40,
        "years",
        None,
    ),
    ("", "We work across eleven stores.", "sites", 11, "sites", None),
    ("", "And then there's a second shop out in Derby.", "sites", 2, "sites", None),
    ("", "We've got three depots.", "sites", 3, "sites", None),
    ("", "We run six vans.", "other:vans", 6, "vans", None),
    (
        "",
        "We do about two hundred repairs a week.",
        "other:repairs_per_week",
        200,
        "repairs per week",
        None,
    ),
    ("你們公司多少人？", "我們二十六個人。", "headcount_company", 26, "people", None),
    ("公司大概幾個人？", "連我十八個。", "headcount_company", 18, "people", None),
    (
        "你们公司有多少人？",
        "现在四十五个人吧。",
        "headcount_company",
        45,
        "people",
        None,
    ),
    ("", "我們公司總共三十二人。", "headcount_company", 32, "people", None),
    ("團隊有多少人？", "大概六個。", "headcount_department", 6, "people", None),
    ("費用方便說嗎？", "一個月三千八。", "price_paid", 3800, "per month", "TWD"),
    ("费用大概多少？", "一年一万二。", "price_paid", 12000, "per year", "CNY"),
    ("", "費用的話，一個月要四千五，還可以。", "price_paid", 4500, "per month", "TWD"),
    ("用了多久？", "快三年了。", "tenure", 3, "years", None),
    ("", "我們用了四年。", "tenure", 4, "years", None),
    ("", "這套我們用了一年半。", "tenure", 1.5, "years", None),
    ("您做這行多久了？", "十五年了。", "experience", 15, "years", None),
    ("", "我們有七家分店。", "sites", 7, "sites", None),
    ("", "我們公司成立二十年了。", "company_age", 20, "years", None),
]


@pytest.mark.parametrize("case", FIGURES, ids=lambda case: f"{case[2]}: {case[1]}")
def test_a_figure_is_read_from_an_answer_or_a_phrase(case: Figure) -> None:
    question, said, field, figure, unit, currency = case
    found = [fact for fact in facts(said, question) if fact.field == field]
    assert {fact.normal and fact.normal.low for fact in found} == {figure}
    normal = found[0].normal
    assert normal is not None
    assert (normal.unit, normal.currency) == (unit, currency)
    assert found[0].value in said


@pytest.mark.parametrize(
    ("question", "said", "field", "value"),
    [
        (
            "What is your job?",
            "I'm office manager at a dental lab.",
            "role",
            "office manager",
        ),
        ("Who are you?", "I own it, with my sister.", "role", "own it"),
        ("請介紹一下自己。", "我當倉儲主任，", "role", "倉儲主任"),
        (WHO, "I do.", "decision_role", "I do"),
        (WHO, "My husband and I.", "decision_role", "My husband and I"),
        (
            WHO,
            "It's the finance director and the dean.",
            "decision_role",
            "the finance director and the dean",
        ),
        (
            "",
            "The purchasing board has to approve it.",
            "decision_role",
            "The purchasing board has to approve it",
        ),
        ("", "I'm the one who signs.", "decision_role", "I'm the one who signs"),
        ("誰決定的？", "老闆決定。", "decision_role", "老闆決定"),
        (SINCE, "Since 2019.", "tenure", "Since 2019"),
        ("", "We've used it since spring 2021.", "tenure", "since spring 2021"),
        (
            "What does the company do?",
            "We repair kitchen equipment.",
            "industry",
            "repair kitchen equipment",
        ),
        ("公司是做什麼的？", "我們主要做冷氣維修。", "industry", "做冷氣維修"),
        ("Where are you based?", "Just outside Ghent.", "geography", "Ghent"),
        ("", "We're in Fargo.", "geography", "Fargo"),
        ("", "我們公司在嘉義。", "geography", "嘉義"),
        ("", "We've got Xero for the books.", "technology", "Xero"),
        ("", "We use Plantlog for the rounds.", "technology", "Plantlog"),
    ],
)
def test_words_are_read_from_an_answer_or_a_phrase(
    question: str, said: str, field: str, value: str
) -> None:
    assert (field, value) in [
        (fact.field, fact.value) for fact in facts(said, question)
    ]


@pytest.mark.parametrize("said", ["Since 2019.", "Since the spring of 2020, I think."])
def test_a_year_gives_no_stretch_of_time_without_the_date_of_the_interview(
    said: str,
) -> None:
    assert [fact.normal for fact in facts(said, SINCE)] == [None]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("", "Twenty-six."),
        ("", "Six-twenty a month."),
        (PEOPLE, "1,000萬。"),
        (PRICE, "1,000萬。"),
        ("公司在哪？", "那個島上有兩千一百萬人。"),
        ("", "Four years in spring."),
        (PEOPLE, "My brother's place has eighty people."),
        (PEOPLE, "They've got sixty people over there."),
        (PEOPLE, "We were twelve back then."),
        (PEOPLE, "If we were thirty I'd hire an accountant."),
        (PEOPLE, "I'd like to be twenty one day."),
        (PEOPLE, "Forty stores."),
        (PEOPLE, "Two of us are in the office."),
        (PEOPLE, "Not fifty, that's for sure."),
        ("How many people use it?", "Six, maybe seven."),
        ("How many people work on a job?", "Two."),
        (PRICE, "It was nine hundred with the old supplier."),
        (PRICE, "They wanted two thousand a month."),
        (PRICE, "I'd pay a thousand a month if it did the invoices."),
        (PRICE, "The competitor charges three hundred a month."),
        ("", "We pay the bookkeeper three hundred a month."),
        ("", "We pay twelve pounds an hour."),
        ("", "We pay 900 euros a month for the warehouse."),
        ("", "My salary is four thousand a month."),
        ("", "It costs us three hundred pounds every time we miss a visit."),
        ("What would you pay for that?", "Two hundred a month."),
        ("What does a missed visit cost you?", "Two hundred."),
        (SINCE, "My cousin has used it for nine years."),
        (SINCE, "We were with Otherfirm for six years."),
        ("", "We've got sixty people over at the other company."),
        ("", "We looked at Quickplan."),
        ("", "We're in June already."),
        ("", "If I'm the manager I decide what we buy."),
        ("公司多少人？", "隔壁那家有八十個人。"),
        ("公司多少人？", "以前十二個人。"),
        ("費用呢？", "如果一個月兩千我就買。"),
        ("費用呢？", "別家一個月要五千。"),
        ("", "一個月三千八。"),
        ("", "我父親做了三十年的記者。"),
        ("", "我們三個人在聊天。"),
        ("", "我一個月薪水四萬塊。"),
    ],
)
def test_what_is_not_theirs_not_now_or_not_said_gives_no_figure(
    question: str, said: str
) -> None:
    assert [fact for fact in facts(said, question) if fact.normal is not None] == []


def test_only_the_first_sentences_answer_what_was_asked() -> None:
    said = "Well. It depends. You know how it is. Some leave. Twenty-six."
    assert facts(said, PEOPLE) == []


def test_one_number_is_one_fact() -> None:
    question = "How many people are you, and how long have you been with us?"
    found = facts("Twelve years.", question)
    assert [fact.field for fact in found] == ["tenure"]
