"""Decisions of people stay with the words that they were made about."""

from __future__ import annotations

from pathlib import Path

import pytest

from icp_synth.domain.profiles import Claim
from icp_synth.domain.reviews import Decision
from icp_synth.project.binding import bind
from icp_synth.project.decisions import Verdict, append, read_decisions
from tests.project.decision_factory import (
    COST,
    LOST,
    SLOW,
    TEXT,
    TEXTS,
    anchor,
    assumed,
    claim,
    decide,
    lines_of,
    verdict,
)


def test_equal_anchors_keep_a_decision(tmp_path: Path) -> None:
    records = decide(tmp_path, verdict(SLOW, LOST))
    bound = bind(records, [claim(LOST, SLOW), claim(COST, id="clm-2")], TEXTS)
    at = "2026-01-01T10:00:00+00:00"
    assert bound.claims[0].decision == Decision(verdict="accepted", by="Eva", at=at)
    assert bound.claims[1].decision is None
    assert bound.lost == ()


def test_a_corrected_typo_and_a_shorter_quote_are_equal_anchors(tmp_path: Path) -> None:
    records = decide(tmp_path, verdict(SLOW))
    corrected = TEXT.replace("Thier", "Their, I mean,")
    now = claim(SLOW).model_copy(
        update={"anchors": (anchor("approval takes three days", corrected),)}
    )
    (decided,) = bind(records, [now], {"t": corrected}).claims
    assert decided.decision is not None
    assert not decided.decision.stale


def test_half_of_the_anchors_keep_a_decision_as_stale(tmp_path: Path) -> None:
    records = decide(tmp_path, verdict(SLOW, LOST))
    (decided,) = bind(records, [claim(SLOW)], TEXTS).claims
    assert decided.decision is not None
    assert decided.decision.stale


@pytest.mark.parametrize("now", [claim(COST), claim(SLOW, field="pain/fear")])
def test_the_rest_lost_their_place_and_are_listed(tmp_path: Path, now: Claim) -> None:
    records = decide(tmp_path, verdict(SLOW))
    bound = bind(records, [now], TEXTS)
    assert bound.claims == (now,)
    assert bound.lost == records
    assert lines_of(tmp_path)


def test_of_several_the_newest_with_equal_anchors_counts(tmp_path: Path) -> None:
    records = decide(
        tmp_path,
        verdict(SLOW, said="rejected"),
        verdict(SLOW, said="edited", text="Approval takes three days"),
        verdict(SLOW, LOST),
    )
    bound = bind(records, [claim(SLOW)], TEXTS)
    decision = bound.claims[0].decision
    assert decision is not None
    assert (decision.verdict, decision.stale) == ("edited", False)
    assert bound.texts == {"clm-1": "Approval takes three days"}
    assert bound.lost == ()


def test_two_reviewers_are_taken_in_order_of_time(tmp_path: Path) -> None:
    append(tmp_path, "Zoe", verdict(SLOW, said="rejected"), at="2026-01-02")
    append(tmp_path, "Al", verdict(SLOW), at="2026-01-01")
    records = read_decisions(tmp_path).records
    decision = bind(records, [claim(SLOW)], TEXTS).claims[0].decision
    assert decision is not None
    assert decision.by == "Zoe"


def test_a_verdict_on_a_claim_binds_to_it_wherever_it_stands(tmp_path: Path) -> None:
    records = decide(tmp_path, Verdict.on(claim(SLOW), "rejected", about="icp-1"))
    claims = [claim(SLOW), claim(LOST, id="clm-2"), claim(SLOW, id="clm-3")]
    bound = bind(records, claims, TEXTS)
    assert [one.decision is not None for one in bound.claims] == [True, False, True]


def test_an_assumption_without_quotes_is_told_by_its_text(tmp_path: Path) -> None:
    few, many = assumed("≥ 3 sites"), assumed("≥ 30 sites")
    records = decide(tmp_path, Verdict.on(few, "accepted"))
    bound = bind(records, [many, few, claim(SLOW, field="sites")], TEXTS)
    assert [one.decision is not None for one in bound.claims] == [False, True, False]
    assert bind(records, [many], TEXTS).lost == records
