"""What stands as a quote in report.md is one: its own check passes."""

from __future__ import annotations

import pytest
from hypothesis import example, given, strategies as st

from icp_synth.exports.escaping import escape_markdown as safe
from icp_synth.exports.markdown import to_markdown
from icp_synth.exports.markdown.quoting import quotation, settled
from icp_synth.exports.markdown.text import own
from icp_synth.exports.report import build_report
from icp_synth.stages.ground import parse_quotes, verify
from icp_synth.stages.ground.prose import passages
from icp_synth.stages.ground.tokens import long_enough, tokenize
from tests.exports.full_synthesis import full, recorded
from tests.exports.synthesis_factory import CLOSE, by_id
from tests.factories import make_transcript

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


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_report_passes_its_own_check_and_one_changed_letter_does_not(
    language: str,
) -> None:
    plain = full(TEXTS)
    asked = {"asked": 4, "said_when_asked": 3, "asked_by": "The close is painful, no?"}
    themes = (plain.themes[0].model_copy(update=asked), *plain.themes[1:])
    synthesis = plain.model_copy(update={"themes": themes})
    page = to_markdown(build_report(synthesis, by_id(TEXTS), language=language))

    def refused(text: str) -> set[str]:
        rows = parse_quotes(text.encode(), "report.md")
        return {one.text for one in verify(rows, list(TEXTS.values())).unverified()}

    assert "*The close is painful, no*?" in page
    assert refused(page) == set()
    note = f"]: “{CLOSE}”"
    assert page.count(note) == 1
    changed = CLOSE.replace("eats", "eatz")
    assert refused(page.replace(note, f"]: “{changed}”")) == {changed}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("“Not looked at”: nobody has.", "*Not looked at*: nobody has."),
        ("Ask: “Where do you work?”", "Ask: *Where do you work*?"),
        ("「你在哪裡工作？」請開始", "*你在哪裡工作*？請開始"),
        ('The "best of all" plan', "The *best of all* plan"),
        (
            "She says 'the best of all plans' of it",
            "She says *the best of all plans* of it",
        ),
        ("It's the firm's and the teams' own", "It's the firm's and the teams' own"),
        ('from "Anna, owner (no end', "from &#34;Anna, owner (no end"),
        ('a 5" screen', 'a 5" screen'),
    ],
)
def test_words_of_nobody_stand_in_italics(text: str, shown: str) -> None:
    assert settled(text, []) == shown
    assert list(passages(shown)) == []


def test_a_name_made_of_a_quote_keeps_its_marks() -> None:
    cited = ["we lose two hours every Monday"]
    name = "two hours every Monday"
    assert settled(f"Like “{name}”", cited) == f"Like “{name}”"
    assert settled("Like “our”", cited) == "Like *our*"
    assert settled("Like “two days every”", cited) == "Like *two days every*"


def test_the_name_of_a_field_stands_as_code_and_other_marks_are_escaped() -> None:
    assert own("of whom (`pain/problem`) holds") == "of whom (`pain/problem`) holds"
    assert own("`<b>`") == r"\`\<b>\`"


HARD = (
    r"we call it _Mondrian_ and nobody knows *which* [one](it) is",
    "it said “no way” to me and then “not today” again",
    "a 5” screen, a 6” screen and “nothing else at all",
    'he said "never again" and left it there with <b>us</b>',
    "'tis the teams' way of doing it, 'cause they can",
    "the export\u202e is slow\u200b every single Monday",
    "# 1. first we take it down & then it is &amp; gone",
    r"the path is C:\_temp\*new* on every machine",
    "我們叫它「大『匯』出」，每週都要跑一次",
    "每週「都要」跑」一次，真的很慢很慢",
    "graphic designer",
)


def _page(*texts: str) -> str:
    notes = (
        f'[^e{at}]: {quotation(text, "“”")} – Ann "who owns it all, {safe(text[:9])}'
        for at, text in enumerate(texts)
    )
    return settled("\n".join(notes), texts)


def _statuses(page: str, *told: str) -> list[str]:
    source = make_transcript([("Ann", "participant", one) for one in told])
    rows = parse_quotes(page.encode(), "report.md")
    return [one.status for one in verify(rows, [source]).quotes]


def test_quotes_with_marks_of_their_own_are_verified() -> None:
    found = _statuses(_page(*HARD), *HARD)
    assert len(found) == len(HARD) - 1  # Two long words are no quote by themselves.
    assert set(found) <= {"exact", "folded"}


@pytest.mark.parametrize("at", range(len(HARD) - 1))
def test_one_letter_changed_in_one_quote_is_found(at: int) -> None:
    page = _page(*HARD)
    first = next(one for one in HARD[at] if one.isalpha())
    told = [
        *HARD[:at],
        HARD[at].replace(first, "蘋" if first > "z" else "x"),
        *HARD[at + 1 :],
    ]
    found = _statuses(page, *told)
    assert sum(one not in {"exact", "folded"} for one in found) == 1


@given(
    st.lists(
        st.text(
            st.sampled_from("ab c1'\"“”‘’「」『』*_`<>[]()\\&#;~|.…-\u200b我每週"),
            min_size=20,
            max_size=40,
        ).map(lambda text: " ".join(text.split())),
        min_size=1,
        max_size=3,
    )
)
@example(["a“b”c" * 4, '" a b c d e f g h i', "「」" * 9])
def test_what_is_read_from_a_page_is_what_was_quoted(texts: list[str]) -> None:
    in_marks = [one for one in texts if quotation(one, "“”")[1] != "*"]
    read = [one.text for one in passages(_page(*texts))]
    assert read == [one for one in in_marks if len(one) >= 15]
    assert all(long_enough(sum(each.weight for each in tokenize(one))) for one in read)
