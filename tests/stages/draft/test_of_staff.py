"""A trait is of who speaks, unless its statement says something of others."""

from __future__ import annotations

import pytest

from icp_synth.domain.insights import Insight
from icp_synth.stages.draft.reasons import About
from icp_synth.stages.draft.section_cues import fits
from tests.synthesis_factory import make_insight


def trait(statement: str) -> Insight:
    said = make_insight(
        "ann",
        statement,
        kind="trait",
        category="demographic",
        attribute="language",
        quote="I learned that in ten years",
    )
    return said.model_copy(update={"statement_origin": "written"})


@pytest.mark.parametrize(
    "statement",
    [
        "Her people skills come from ten years in retail.",
        "My engineer degree is from Leeds.",
        "His customer is himself.",
        "Her team lead certificate is from 2019.",
        "The engineer is 45.",
        "她的客戶服務經驗來自零售業。",
    ],
)
def test_a_trait_of_the_speaker_stays(statement: str) -> None:
    assert fits("demographics", About(), trait(statement))


@pytest.mark.parametrize(
    "statement",
    [
        "Many of her people read Arabic.",
        "His technicians are mostly in their fifties.",
        "Their crew speaks Polish.",
        "The owner's cleaners from Kabul speak Dari.",
        "All her staff have children.",
        "Their team of six, all women, works nights.",
        "The crew members aren't native speakers.",
        "The people she employs speak Arabic.",
        "My staff of twelve come from Syria.",
        "他的員工都是越南人。",
    ],
)
def test_what_is_said_of_others_is_no_trait_of_the_speaker(statement: str) -> None:
    assert not fits("demographics", About(), trait(statement))
