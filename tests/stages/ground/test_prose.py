from __future__ import annotations

import pytest

from icp_synth.stages.ground.prose import passages


def _found(report: str) -> list[str]:
    return [passage.text for passage in passages(report)]


@pytest.mark.parametrize(
    "report",
    [
        'Ann said "it takes two hours" again.',
        "Ann said “it takes two hours” again.",
        "Ann said ‘it takes two hours’ again.",
        "Ann said 'it takes two hours' again.",
        "Ann said « it takes two hours » again.",
        "Ann said 「it takes two hours」 again.",
        "Ann said 『it takes two hours』 again.",
        "Then:\n\n> it takes two hours\n\nand so on.",
        "> it takes two hours\n> — Ann, founder (P3)",
        '> "it takes two hours" — Ann',
        "> *“it takes two hours”*\n> -- Ann",
        '<p class="a very long attribute">“it takes two hours”</p>',
    ],
)
def test_a_passage_is_found_in_any_marks(report: str) -> None:
    assert _found(report) == ["it takes two hours"]


@pytest.mark.parametrize(
    "report",
    [
        'a 5" desk and then a 6" board',
        "the users' wishes and the teams' plans",
        "it's what they'd call the team's own",
        'Ann calls it "a pain".',
        "他說「很慢」。",
        '```\nprint("it takes two hours")\n```',
        '<!-- "it takes two hours" -->',
        '---\ntitle: "What our customers say"\n---\n',
        '[link](https://example.org "a title of the link")',
        'an opening " mark\n\nand " another paragraph',
    ],
)
def test_what_is_no_quotation_is_left_alone(report: str) -> None:
    assert _found(report) == []


def test_six_cjk_characters_are_enough() -> None:
    assert _found("他說「我每週花兩小時」，也說「真的很慢」。") == ["我每週花兩小時"]


def test_marks_within_a_quotation_belong_to_it() -> None:
    report = "“they call it ‘the great export’ here” and 「我們叫它「大匯出」很久了」"
    assert _found(report) == [
        "they call it ‘the great export’ here",
        "我們叫它「大匯出」很久了",
    ]


def test_each_paragraph_of_a_block_quote_is_one_passage() -> None:
    report = "> it takes two hours\n> every single week\n>\n> and then it breaks\n"
    assert _found(report) == [
        "it takes two hours\nevery single week",
        "and then it breaks",
    ]


def test_passages_stand_in_order_with_their_lines() -> None:
    report = (
        "> it takes two hours\n\nand “then it breaks again”\r\n\r\n“and it is slow too”"
    )
    assert [(passage.line, passage.text) for passage in passages(report)] == [
        (1, "it takes two hours"),
        (3, "then it breaks again"),
        (5, "and it is slow too"),
    ]
