"""A report tells what judges could place, what they could not, and what waits."""

from __future__ import annotations

import re
from typing import Any

import pytest

from icp_synth.exports.html import to_html
from icp_synth.exports.markdown import to_markdown
from icp_synth.exports.report import Report, build_report
from tests.exports.synthesis_factory import PEOPLE, by_id, synthesis, transcripts

TEXTS = transcripts()
NOBODY = {"supports": 0, "contradicts": 0, "silent": 0}


def built(language: str = "en", **coverage: Any) -> Report:
    made = synthesis(TEXTS, coverage=coverage)
    return build_report(made, by_id(TEXTS), language=language)


def both(report: Report) -> list[str]:
    """Return the words of the page and of report.md."""
    page = re.sub(r"<style>.*?</style>|<[^>]+>", " ", to_html(report), flags=re.DOTALL)
    return [" ".join(page.split()), to_markdown(report)]


def test_where_nobody_could_be_placed_no_claim_counts_as_held_against_people() -> None:
    challenge = {"claims": 47, "judged": 0, "verdicts": {**NOBODY, "unjudged": 557}}
    for text in both(built(challenge=challenge)):
        assert "could not judge any of 557 passages" in text
        assert "47 claims" not in text


def test_what_was_judged_counts_only_claims_on_which_somebody_was_placed() -> None:
    verdicts = {**NOBODY, "contradicts": 1, "unjudged": 9}
    for text in both(built(challenge={"claims": 5, "judged": 1, "verdicts": verdicts})):
        assert "1 claim was judged against people" in text
        assert "could not judge any" not in text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_waits_for_answers_is_told_there_and_at_the_top(language: str) -> None:
    challenge = {"claims": 30, "judged": 0, "pending": 30, "verdicts": NOBODY}
    report = built(language, challenge=challenge, pending={"challenge": 30, "draft": 2})
    told = {
        "en": ("30 claims are not judged yet", "32 answers of the model are missing"),
        "zh": ("有 30 項主張尚未判斷", "還缺模型的 32 個答案"),
    }[language]
    for text in both(report):
        assert all(one in text for one in told)
    title = {"en": "Not finished", "zh": "尚未完成"}[language]
    assert all(title not in text for text in both(built(language)))


def test_who_was_looked_at_is_told_apart_from_whom_nobody_looked_at() -> None:
    plain = synthesis(TEXTS)
    icp = plain.icps[0]
    claim = icp.claims[0].model_copy(
        update={
            "contradicts": (),
            "silent": (),
            "counter": (),
            "divided": (),
            "unjudged": tuple(sorted(set(PEOPLE) - set(icp.claims[0].supports))),
            "looked_at": ("eve",),
        }
    )
    found = icp.model_copy(update={"claims": (claim,)})
    made = plain.model_copy(update={"icps": (found,)})
    text = to_markdown(build_report(made, by_id(TEXTS), language="en"))
    assert "looked at, could not tell 1 / not looked at 1" in text
