"""Like quotes vote on a kind that nothing tells: most people decide, no cue yields."""

from __future__ import annotations

import pytest

from icp_synth.domain.fields import Kind
from icp_synth.domain.insights import Insight, Intensity
from icp_synth.stages.themes import meanings_of, vote_kinds
from tests.synthesis_factory import make_insight, text_hash, unit

CATEGORY = {"pain": "problem", "motivation": "goal", "trait": "role"}
KIND: dict[str, Kind] = {"p": "pain", "m": "motivation", "t": "trait"}


def said(group: str) -> list[Insight]:
    """Return insights of one matter; "Ap" is person A's, read as a pain."""
    return [
        make_insight(
            who, f"{at}", at=9 * at, kind=KIND[kind], category=CATEGORY[KIND[kind]]
        )
        for at, (who, kind) in enumerate(map(tuple, group.split()))
    ]


def told(quote: str, category: str) -> tuple[Intensity, tuple[str, ...]]:
    del quote
    return 2, (f"+{category}",)


def voted(
    group: str,
    *,
    sure: str = "",
    praise: str = "",
    words: str = "invoice machine broken",
) -> tuple[Insight, ...]:
    """Return the group after the vote.

    `sure` are the places of those with a cue, `praise` of those who say why they stay.
    """
    like = said(group)
    hashes = {one.transcript: text_hash(one.transcript) for one in like}
    return vote_kinds(
        like,
        unit([[1.0, 0.0]] * len(like)),
        meanings_of([words] * len(like)),
        sure={like[int(at)].id for at in sure.split()},
        praise={like[int(at)].id: "reason_to_stay" for at in praise.split()},
        told=told,
        text_hashes=hashes,
    )


@pytest.mark.parametrize(
    ("group", "kinds"),
    [
        ("Ap Bp Cp Dm", ["pain"] * 4),
        ("Ap Bp Cm Dm", ["pain", "pain", "motivation", "motivation"]),
        ("Ap Bm", ["pain", "motivation"]),
        ("Ap Bp Dm Dm Dm Dm", ["pain"] * 6),
        ("Ap Bm Ct", ["pain", "motivation", "trait"]),
    ],
)
def test_more_than_half_of_the_people_decide_and_a_tie_nothing(
    group: str, kinds: list[Kind]
) -> None:
    assert [one.kind for one in voted(group)] == kinds


def test_who_has_a_word_of_the_own_kind_keeps_it() -> None:
    assert [one.kind for one in voted("Ap Bp Cp Dm Em", sure="3")] == [
        *("pain", "pain", "pain", "motivation", "pain")
    ]


def test_a_changed_one_is_told_anew() -> None:
    changed = voted("Ap Bp Cp Dt")[3]
    assert (changed.category, changed.intensity) == ("problem", 2)
    assert changed.signals == ("+problem",)
    trait = voted("At Bt Ct Dp")[3]
    assert (trait.intensity, trait.signals) == (None, ())


def test_quotes_that_share_one_word_do_not_vote() -> None:
    assert voted("Ap Bp Cp Dm", words="giraffe")[3].kind == "motivation"


def test_pains_that_most_people_put_as_praise_are_motivations_together() -> None:
    changed = voted("Ap Bp Cp", sure="2", praise="0 1")
    assert [one.kind for one in changed] == ["motivation"] * 3
    assert {one.category for one in changed} == {"reason_to_stay"}


@pytest.mark.parametrize(("group", "praise"), [("Ap Bp", "0"), ("Ap Bp Ap", "0 2")])
def test_praise_of_one_person_or_of_half_moves_nothing(group: str, praise: str) -> None:
    assert {one.kind for one in voted(group, praise=praise)} == {"pain"}
