"""What was read: figures of the coverage, side by side in the report's language."""

from __future__ import annotations

import pytest

from icp_synth.domain.segments import IN_COVERAGE
from icp_synth.exports.sources import sources_of
from icp_synth.exports.words import words_of
from tests.exports.synthesis_factory import synthesis, transcripts


@pytest.mark.parametrize(("language", "mark"), [("en", "; "), ("zh", "；")])
def test_figures_of_one_part_are_joined_as_the_language_joins_them(
    language: str, mark: str
) -> None:
    coverage = {"turns": {"all": 9, "cited": 4}, IN_COVERAGE: {"codes": []}}
    read = sources_of(synthesis(transcripts(), coverage=coverage), words_of(language))
    ((_, told),) = read.counts
    assert [part.split()[-1] for part in told.split(mark)] == ["9", "4"]
