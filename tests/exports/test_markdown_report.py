"""report.md: every quote a footnote, everything foreign escaped."""

from __future__ import annotations

import re

import pytest

from icp_synth.exports.markdown import to_markdown
from icp_synth.exports.report import build_report
from tests.exports.synthesis_factory import (
    AGAINST,
    CHINESE,
    CLOSE,
    REFUSED,
    by_id,
    synthesis,
    transcripts,
)


def _report(language: str = "en") -> str:
    texts = transcripts()
    return to_markdown(build_report(synthesis(texts), by_id(texts), language=language))


def test_a_footnote_names_quote_person_time_and_file() -> None:
    line = f"“{CLOSE}” – ann, super-user, 00:12:05, ann.txt.txt (leading question)"
    assert line in _report()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_footnote_is_referred_to_and_every_reference_is_there(
    language: str,
) -> None:
    text = _report(language)
    notes = re.findall(r"^\[\^(e\d+)\]: ", text, re.MULTILINE)
    references = set(re.findall(r"\[\^(e\d+)\](?!:)", text))
    assert notes == [f"e{number}" for number in range(1, len(notes) + 1)]
    assert references == set(notes)


def test_a_quote_stands_in_the_quotation_marks_of_its_language() -> None:
    assert f"「{CHINESE}」" in _report("en")


def test_it_says_draft_baseline_and_sample_before_anything_else() -> None:
    head = _report().split("## ")[0]
    assert "**DRAFT**" in head
    assert "quotes, not interpretations" in head
    assert "n = 6: 4 super-users, 1 churned" in head


def test_counter_evidence_stands_under_the_claim() -> None:
    text = _report()
    assert "say so 4 / say otherwise 1 / silent in the passages read 1\n" in text
    assert AGAINST in text


def test_the_text_of_a_refused_quote_is_shown_nowhere_and_counted() -> None:
    text = _report()
    assert REFUSED not in text
    assert "a number or unit was changed: 1" in text


def test_how_it_was_made_is_told_with_the_hashes_of_the_inputs() -> None:
    text = _report()
    assert all(one.sha256 in text for one in transcripts().values())
    assert "estimate-v1" in text
