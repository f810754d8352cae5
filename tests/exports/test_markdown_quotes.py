"""What stands as a quote in report.md is one: its own check passes."""

from __future__ import annotations

import pytest

from icp_synth.exports.markdown import to_markdown
from icp_synth.exports.markdown.text import own, unquoted
from icp_synth.exports.report import build_report
from icp_synth.stages.ground.prose import passages
from tests.exports.full_synthesis import full, recorded
from tests.exports.synthesis_factory import by_id

TEXTS = recorded()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_quotes_that_verify_reads_are_all_those_of_citations(language: str) -> None:
    report = build_report(full(TEXTS), by_id(TEXTS), language=language)
    read = {one.text for one in passages(to_markdown(report))}
    # A title may be a part of the quote that it is cut from.
    assert read
    assert [
        one for one in read if not any(one in each.text for each in report.cited)
    ] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("“Not looked at”: nobody has.", "*Not looked at*: nobody has."),
        ("Ask: “Where do you work?”", "Ask: *Where do you work*?"),
        ("「你在哪裡工作？」請開始", "*你在哪裡工作*？請開始"),
        ('The "best of all" plan', "The *best of all* plan"),
        ("It's the firm's", "It's the firm's"),
    ],
)
def test_words_of_nobody_stand_in_italics(text: str, shown: str) -> None:
    assert unquoted(text) == shown
    assert list(passages(shown)) == []


def test_the_name_of_a_field_stands_as_code_and_other_marks_are_escaped() -> None:
    assert own("of whom (`pain/problem`) holds") == "of whom (`pain/problem`) holds"
    assert own("`<b>`") == r"\`\<b>\`"
