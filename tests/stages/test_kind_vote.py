"""Like statements vote on their kind: people count, and one guess overrules nobody."""

from __future__ import annotations

import pytest

from icp_synth.domain.fields import Kind
from icp_synth.domain.insights import Insight
from icp_synth.stages.themes import vote_kinds
from tests.synthesis_factory import make_insight, text_hash, unit

CATEGORY = {"pain": "problem", "motivation": "goal", "trait": "role"}
KIND: dict[str, Kind] = {"p": "pain", "m": "motivation"}


def said(group: str) -> list[Insight]:
    """Return insights of one matter; "Ap" is person A's, read as a pain."""
    return [
        make_insight(
            who, f"{at}", at=9 * at, kind=KIND[kind], category=CATEGORY[KIND[kind]]
        )
        for at, (who, kind) in enumerate(map(tuple, group.split()))
    ]


def voted(group: str, *, other_pains: int) -> set[Kind]:
    """Return the group's kinds after the vote, in a study of so many other pains."""
    like = said(group)
    others = [
        make_insight("Z", f"other {at}", at=999 + 9 * at) for at in range(other_pains)
    ]
    every = [*like, *others]
    rows = [[1.0, 0.0]] * len(like) + [[0.0, 1.0]] * len(others)
    hashes = {one.transcript: text_hash(one.transcript) for one in every}
    found = vote_kinds(every, unit(rows), 0.5, hashes)
    return {one.kind for one in found[: len(like)]}


@pytest.mark.parametrize(
    ("group", "kind"),
    [
        ("Ap Bp Cp Dp Ep Fp Gp Hp Ip Jp Km", "pain"),
        ("Ap Bp Cp Em Fm", "motivation"),
        ("Ap Bp Cp Dp Ep Fm Gm", "pain"),
        ("Ap Bm", "motivation"),
        ("Ap Bp Cp Dm Dm Dm Dm", "pain"),
        ("Ap Bm Cm Dm", "motivation"),
    ],
)
def test_people_vote_a_rare_kind_weighs_twice_and_needs_two_of_them(
    group: str, kind: Kind
) -> None:
    assert voted(group, other_pains=40) == {kind}
