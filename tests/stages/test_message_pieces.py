"""A piece of the product tells by itself what is praised; who buys it does not."""

from __future__ import annotations

import pytest

from icp_synth.domain.brief import Brief
from icp_synth.embedding.embedded import EmbeddedEmbedder
from icp_synth.pipeline.likeness import likeness_by
from icp_synth.stages.positioning import Told, message_match
from tests.synthesis_factory import make_insight

EMBEDDED = likeness_by(EmbeddedEmbedder().embed)


@pytest.mark.parametrize(
    ("what", "promise", "praise", "stated"),
    [
        (
            "Scheduling for a small business",
            "A business that runs itself",
            "My business bank likes the tidy statements",
            False,
        ),
        (
            "A business planner, and a crew that knows where to go",
            "A crew that is never late",
            "My crew has a green van",
            False,
        ),
        (
            "A calendar that is shared by a foreman",
            "A foreman who sleeps at night",
            "The foreman got a new hat",
            False,
        ),
        (
            "Dispatch that prints once a month",
            "A month without paper",
            "The month of May was warm",
            False,
        ),
        (
            "Dispatch with a planning board for a small business",
            "The day is planned on one board",
            "He likes that visits can be dragged around the board",
            True,
        ),
    ],
)
def test_praise_that_names_a_buyer_states_no_promise(
    what: str,
    promise: str,
    praise: str,
    stated: bool,  # noqa: FBT001 - a case
) -> None:
    said = make_insight("ann", praise, kind="motivation", category="like", quote=praise)
    (found,) = message_match(
        Told(
            brief=Brief(product="Plumbline", what=what, value_proposition=(promise,)),
            people=("ann",),
            insights={said.id: said},
            likeness=EMBEDDED,
            near=0.34,
        )
    )
    assert found.supports == (("ann",) if stated else ())
