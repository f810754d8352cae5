"""The second sample study: what people tell of themselves is read, traps are not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from icp_synth import Project
from icp_synth.domain.insights import Insight
from icp_synth.domain.profiles import Synthesis
from tests.sample_truth import SAMPLE, load_truth

SECOND = SAMPLE.parent / "second"
FOUND = 36


@pytest.fixture(scope="module")
def synthesis(tmp_path_factory: pytest.TempPathFactory) -> Synthesis:
    study = Project(tmp_path_factory.mktemp("second"))
    study.run(SECOND, created="2026-01-01T00:00:00Z")
    return study.synthesis()


def told(insight: Insight, planted: Mapping[str, Any]) -> bool:
    """Tell whether an insight states a planted fact: its figure, or its place."""
    if insight.attribute != planted["field"]:
        return False
    if "low" in planted:
        return insight.normal is not None and insight.normal.low == planted["low"]
    return any(
        quote.start < planted["end"] and planted["start"] < quote.end
        for quote in insight.quotes
    )


def test_most_planted_facts_are_read(synthesis: Synthesis) -> None:
    found = [
        planted
        for planted in load_truth(SECOND)["fact"]
        if any(
            insight.participant == planted["participant"] and told(insight, planted)
            for insight in synthesis.insights
        )
    ]
    assert len(found) >= FOUND


def test_no_figure_is_read_from_a_trap(synthesis: Synthesis) -> None:
    traps = load_truth(SECOND)["trap"]
    fallen = [
        insight.statement
        for insight in synthesis.insights
        for trap in traps
        if insight.value
        and insight.participant == trap["participant"]
        and any(
            quote.start < trap["end"] and trap["start"] < quote.end
            for quote in insight.quotes
        )
    ]
    assert fallen == []
