"""New interviews that bear a claim out, weaken or contradict it are told apart."""

from __future__ import annotations

import pytest

from icp_synth.domain.diffs import Owner
from icp_synth.stages.drift import (
    HeldClaim,
    by_owner,
    drift_of,
    shift_of,
    shifts_of,
)

OLD = tuple(f"o{i:02}" for i in range(20))
NEW = tuple(f"n{i:02}" for i in range(20))
ICP = Owner(sort="icp", id="icp-01", name="Shops")


def held(before: int, now: int, *, against: int = 0, silent: int = 0) -> HeldClaim:
    """Build a claim of so many earlier and new people."""
    return HeldClaim(
        owner=ICP,
        claim="clm-1",
        field="pain/problem",
        text="It is slow.",
        supporters=OLD[:before],
        supports=NEW[:now],
        contradicts=NEW[now : now + against],
        silent=NEW[now + against : now + against + silent],
    )


@pytest.mark.parametrize(
    ("before", "now", "against", "n", "verdict"),
    [
        (12, 11, 0, 20, "holds"),
        (12, 3, 0, 5, "holds"),
        (16, 3, 0, 20, "weaker"),
        (16, 0, 0, 10, "weaker"),
        (12, 2, 5, 20, "contradicted"),
        (12, 1, 2, 4, "contradicted"),
        (12, 6, 5, 20, "holds"),
        (2, 0, 0, 20, "too_few"),
        (12, 1, 1, 4, "too_few"),
        (12, 0, 0, 0, "too_few"),
    ],
)
def test_the_verdict_follows_from_who_says_what(
    before: int, now: int, against: int, n: int, verdict: str
) -> None:
    found = drift_of(held(before, now, against=against), before_of=20, new=NEW[:n])
    assert found.verdict == verdict


def test_new_people_are_in_one_place_each() -> None:
    found = drift_of(held(12, 4, against=2, silent=3), before_of=20, new=NEW[:12])
    assert (found.supports, found.contradicts) == (NEW[:4], NEW[4:6])
    assert (found.silent, found.unjudged) == (NEW[6:9], NEW[9:12])
    assert found.share == pytest.approx(4 / 12, abs=1e-4)
    assert found.interval == pytest.approx((0.1381, 0.6094), abs=1e-4)


def test_without_new_people_there_is_no_share_and_no_interval() -> None:
    found = drift_of(held(12, 0), before_of=20, new=())
    assert found.share is None
    assert found.interval is None
    assert found.difference is None


def test_the_interval_of_a_difference_is_of_the_share_now_less_that_before() -> None:
    # Newcombe 1998, table II, row a: 56 of 70 less 48 of 80.
    before = [f"b{i}" for i in range(48)]
    now = [f"a{i}" for i in range(70)]
    claim = held(0, 0)._replace(supporters=before, supports=now[:56], silent=now[56:])
    found = drift_of(claim, before_of=80, new=now)
    assert found.difference == (0.0524, 0.3339)


def test_verdicts_are_counted_by_icp() -> None:
    claims = [
        drift_of(held(16, 2), before_of=20, new=NEW),
        drift_of(held(12, 11), before_of=20, new=NEW),
    ]
    (one,) = by_owner(claims)
    assert (one.holds, one.weaker, one.disagrees) == (1, 1, True)
    assert not by_owner(claims[1:])[0].disagrees


def test_one_weaker_claim_of_twenty_is_no_disagreement_and_three_are() -> None:
    weak, sound = held(16, 2), held(12, 11)
    for n, disagrees in ((1, False), (3, True)):
        claims = [
            drift_of(one, before_of=20, new=NEW)
            for one in [weak] * n + [sound] * (20 - n)
        ]
        (one,) = by_owner(claims)
        assert (one.weaker, one.disagrees) == (n, disagrees)


def test_a_shift_needs_twenty_people_on_each_side() -> None:
    few = shift_of("group", ["a"] * 19, ["b"] * 40)
    assert (few.code, few.psi, few.critical) == ("too_few", None, None)
    assert shift_of("group", ["a"] * 30, ["a"] * 30).code == "too_few"


def test_a_changed_make_up_is_a_shift_and_chance_is_none() -> None:
    moved = shift_of("size", ["s"] * 40 + ["l"] * 10, ["s"] * 10 + ["l"] * 40)
    assert moved.code == "shifted"
    same = shift_of("size", ["s"] * 14 + ["l"] * 11, ["s"] * 11 + ["l"] * 14)
    assert same.code == "steady"
    assert same.psi is not None
    assert same.critical is not None
    assert same.psi < same.critical


def test_who_is_not_known_in_a_respect_is_not_counted() -> None:
    values = {"size": dict.fromkeys((*OLD[:5], *NEW[:3]), "s")}
    (one,) = shifts_of(values, before=OLD, new=NEW)
    assert (one.before, one.after) == (5, 3)
    assert one.bins == (("s", 5, 3),)
