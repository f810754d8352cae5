from __future__ import annotations

import pytest

from icp_synth.stages.ground import Locator
from tests.factories import make_transcript


def _status(source: str, quote: str) -> str:
    transcript = make_transcript([("Ann", "participant", source)])
    return Locator(transcript).locate(quote).status


@pytest.mark.parametrize(
    ("source", "quote", "status"),
    [
        (
            "We pay about fifty euros for it",
            "We pay about sixty euros for it",
            "number",
        ),
        ("We pay about 50 euros for it", "We pay about 5 euros for it", "number"),
        ("We pay about 50 euros for it", "We pay about 50 dollars for it", "number"),
        ("We sync it every day by hand", "We sync it every week by hand", "number"),
        ("About 50% of us use it daily", "About 50 of us use it daily", "number"),
        ("It takes me 2.5 hours of work", "It takes me 25 hours of work", "number"),
        ("I did it once with my team", "I did it twice with my team", "number"),
        ("We hire people to do it", "We hire three people to do it", "number"),
        ("I can do it without any help", "I can do it with any help", "negation"),
        ("I don't like the export at all", "I like the export at all", "negation"),
        ("I don't like the export at all", "I do like the export at all", "negation"),
        ("I can hardly use the thing", "I can easily use the thing", "negation"),
        ("Nobody on my team likes it", "Everybody on my team likes it", "negation"),
        ("No tool we had did this well", "A tool we had did this well", "negation"),
        ("the thing is usable as it is", "the thing is unusable as it is", "negation"),
        ("They cannot see what we do", "They can see what we do", "negation"),
        ("I'd rather buy the small plan", "I'd rather buy the large plan", "words"),
        ("Most of us use the old tool", "Some of us use the old tool", "words"),
        ("I work with Ann on the list", "I work with Bob on the list", "words"),
        ("it is faster than the old one", "it is slower than the old one", "words"),
        ("我們團隊有二十個人在用", "我們團隊有三十個人在用", "number"),
        ("我們團隊有20個人在用這個", "我們團隊有30個人在用這個", "number"),
        ("我每天都要匯出一份報表", "我每週都要匯出一份報表", "number"),
        ("這個工具每個月要五百元", "這個工具每個月要五百美元", "number"),
        ("我覺得這個工具沒有用處", "我覺得這個工具很有用處", "negation"),
        ("請別把資料傳到外面去", "請把資料傳到外面去", "negation"),
        ("我们从未想过要换掉它", "我们曾经想过要换掉它", "negation"),
        ("這個功能我非常喜歡用", "這個功能我真的喜歡用", "words"),
        ("我一直都在用這個工具", "我以前都在用這個工具", "words"),
        ("我特別喜歡這個新功能", "我相當喜歡這個新功能", "words"),
    ],
)
def test_the_difference_says_which_status(source: str, quote: str, status: str) -> None:
    assert _status(source, quote) == f"altered_{status}"


def test_a_number_comes_before_a_negation() -> None:
    source = "I would not spend two hours a week on the export"
    assert _status(source, "I would spend three hours a week on the export") == (
        "altered_number"
    )


def test_a_word_replaced_at_the_border_counts_with_what_it_replaced() -> None:
    source = "Honestly, I would never pay double for a tool that syncs"
    assert _status(source, "gladly pay double for a tool that syncs") == (
        "altered_negation"
    )
