"""A card says how well its segment holds, and warns where that one does not."""

from __future__ import annotations

import pytest

from icp_synth.domain.profiles import Synthesis
from icp_synth.exports.card import Card
from icp_synth.exports.html import to_html
from icp_synth.exports.markdown import to_markdown
from icp_synth.exports.report import Report, build_report
from tests.exports.synthesis_factory import by_id, synthesis, transcripts

TEXTS = transcripts()
PLAIN = synthesis(TEXTS)


def divided(stability: float | None, *, decided: bool = False) -> Synthesis:
    held = {"stability": stability, "decided": decided, "by": "Ann" if decided else ""}
    segments = tuple(one.model_copy(update=held) for one in PLAIN.segments)
    return PLAIN.model_copy(update={"segments": segments})


def built(made: Synthesis, language: str = "en") -> Report:
    return build_report(made, by_id(TEXTS), language=language)


def drafted(report: Report) -> list[Card]:
    cards = [*report.icps, *report.personas]
    return [one for one in cards if one.segment is not None and not one.reason]


def test_every_card_of_a_segment_that_does_not_come_back_warns() -> None:
    report = built(divided(0.34))
    cards = drafted(report)
    assert {one.kind for one in cards} == {"icp", "persona"}
    for card in cards:
        assert "(0.34)" in card.steady
        assert "no finding" in card.doubt
    for page in (to_html(report), to_markdown(report)):
        assert page.count("a proposal to look into, and no finding") == len(cards)


@pytest.mark.parametrize(
    ("stability", "said"),
    [(0.6, "comes back in part"), (0.75, "comes back when"), (None, "")],
)
def test_a_segment_that_comes_back_is_told_without_a_warning(
    stability: float | None, said: str
) -> None:
    for card in drafted(built(divided(stability))):
        assert said in card.steady
        assert not card.doubt
        assert bool(card.steady) == (stability is not None)


def test_who_put_a_segment_together_answers_for_it() -> None:
    for card in drafted(built(divided(0.2, decided=True))):
        assert card.steady == "put together by Ann (segments.yaml)"
        assert not card.doubt


def test_the_warning_is_in_the_language_of_the_page() -> None:
    assert all("0.34" in card.doubt for card in drafted(built(divided(0.34), "zh")))
    assert "no finding" not in to_markdown(built(divided(0.34), "zh"))
