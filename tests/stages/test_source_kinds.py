"""How many kinds of source carry a claim."""

from __future__ import annotations

import pytest

from icp_synth.domain.profiles import Claim
from icp_synth.domain.source_kinds import SourceKind, source_kind_of
from icp_synth.stages.source_kinds import kinds_of, source_kinds
from tests.factories import make_transcript
from tests.synthesis_factory import make_insight

INSIGHTS = {
    one.id: one
    for one in (
        make_insight("Ann", transcript="talk"),
        make_insight("Bob", transcript="talk-2"),
        make_insight("Bob", transcript="form", at=9),
        make_insight("Cyd", transcript="loose"),
    )
}


def claim(*people: str) -> Claim:
    cited = [one for one in INSIGHTS.values() if one.participant in people]
    return Claim(
        id="c",
        field="pain/problem",
        text="t",
        basis="evidence",
        insights=tuple(one.id for one in cited),
        supports=tuple(sorted(people)),
    )


KINDS: dict[str, SourceKind] = {
    "talk": "interview",
    "talk-2": "interview",
    "form": "survey",
}


def test_each_kind_names_the_people_whose_words_it_holds() -> None:
    found = source_kinds(claim("Ann", "Bob"), INSIGHTS, KINDS)
    assert found.kinds == 2
    assert found.participants == {"interview": ("Ann", "Bob"), "survey": ("Bob",)}


def test_a_source_of_no_stated_kind_adds_none() -> None:
    assert source_kinds(claim("Ann", "Cyd"), INSIGHTS, KINDS).kinds == 1
    assert source_kinds(claim("Cyd"), INSIGHTS, KINDS).kinds == 1


def test_a_claim_without_evidence_is_carried_by_none() -> None:
    bare = Claim(id="c", field="sites", text="t", basis="inference")
    assert source_kinds(bare, INSIGHTS, KINDS).kinds == 0


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("interview", "interview"),
        ("Support calls", "support_call"),
        ("support_call", "support_call"),
        ("usability-test", "usability_test"),
        ("問卷", "survey"),
        ("客服電話", "support_call"),
        ("diary study", "other"),
        ("", "unstated"),
        (None, "unstated"),
    ],
)
def test_the_cell_of_participants_csv_is_understood(
    word: str | None, kind: SourceKind
) -> None:
    assert source_kind_of(word) == kind


def test_transcripts_give_their_kinds_by_name() -> None:
    one = make_transcript([("Ann", "participant", "Hello.")], id="a")
    two = one.model_copy(update={"id": "b", "source_kind": "Survey"})
    assert kinds_of([one, two]) == {"a": "unstated", "b": "survey"}
