"""Views of several teams merged into one: the Woodpecker case, in invented words."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from icp_synth.cli.teams import ordinal_alpha
from icp_synth.domain.teams import Definition, TeamRating, TeamView
from icp_synth.stages.teams import merge_views


def view(team: str, *criteria: tuple[str, int] | tuple[str, int, str]) -> TeamView:
    return TeamView(
        team=team,
        criteria=tuple(
            TeamRating(
                criterion=one[0], rating=one[1], value=one[2] if len(one) == 3 else None
            )
            for one in criteria
        ),
    )


# An e-mailing tool whose teams dream of different customers: who tells others, who
# raises no objections, who solves problems alone.
WOODPECKER = (
    view(
        "marketing",
        ("Gets value from the product", 5),
        ("Tells others about us", 5),
        ("Open to joint campaigns", 4),
        ("Location", 3, "Western Europe"),
        ("Knows the basics of e-mailing", 2),
    ),
    view(
        "sales",
        ("Eager to buy", 5),
        ("Raises no objections", 4),
        ("Gets value from the product", 3),
        ("Happy with today's features", 4),
        ("Knows the basics of e-mailing", 1),
    ),
    view(
        "support",
        ("Solves problems alone", 5),
        ("Knows the basics of e-mailing", 5),
        ("Patient and friendly", 4),
        ("Location", 4, "same time zone"),
        ("Gets value from the product", 4),
    ),
)


def merged(views: Sequence[TeamView] = WOODPECKER) -> Definition:
    return merge_views(views, ordinal_alpha)


def test_one_definition_holds_every_criterion_and_its_weights_sum_to_one() -> None:
    found = merged()
    assert found.teams == ("marketing", "sales", "support")
    assert len(found.criteria) == 10
    assert sum(one.weight for one in found.criteria) == pytest.approx(1, abs=1e-5)


def test_a_merged_weight_is_the_mean_of_normalised_team_weights() -> None:
    value = merged().criteria[0]
    assert value.criterion == "Gets value from the product"
    # 5 of 19, 3 of 17 and 4 of 22 points.
    assert value.weight == pytest.approx((5 / 19 + 3 / 17 + 4 / 22) / 3, abs=1e-6)
    assert value.shares["sales"] == pytest.approx(3 / 17, abs=1e-6)


def test_what_a_team_does_not_name_gets_nothing_from_it() -> None:
    eager = next(one for one in merged().criteria if one.criterion == "Eager to buy")
    assert eager.teams == ("sales",)
    assert eager.weight == pytest.approx(5 / 17 / 3, abs=1e-6)
    assert eager.rank_spread is None


def test_the_planted_conflicts_are_listed() -> None:
    found = merged().disagreements
    importance = {
        one.criterion: (one.spread, one.highest, one.lowest)
        for one in found
        if one.code == "importance"
    }
    assert importance == {
        "Knows the basics of e-mailing": (4, ("support",), ("sales",)),
        "Gets value from the product": (2, ("marketing",), ("sales",)),
    }
    (place,) = [one for one in found if one.code == "other_value"]
    assert place.values == {
        "Western Europe": ("marketing",),
        "same time zone": ("support",),
    }
    alone = {one.criterion for one in found if one.code == "one_team"}
    assert "Patient and friendly" in alone
    assert len(alone) == 7


def test_a_wider_threshold_lists_fewer() -> None:
    found = merge_views(WOODPECKER, ordinal_alpha, threshold=3).disagreements
    assert [one.criterion for one in found if one.code == "importance"] == [
        "Knows the basics of e-mailing"
    ]


def test_ranks_share_ties_and_their_spread_is_told() -> None:
    basics = next(
        one for one in merged().criteria if one.criterion.startswith("Knows the")
    )
    assert basics.ranks == {"marketing": 5.0, "sales": 5.0, "support": 1.5}
    assert basics.rank_spread == 3.5


def test_agreement_is_anordinal_alpha_with_a_word_of_caution() -> None:
    found = merged().agreement
    assert found.shared == 3
    assert found.reason == "few_shared"
    assert found.alpha == pytest.approx(-0.1397, abs=1e-4)


def test_teams_that_rate_alike_agree_wholly() -> None:
    names = "abcdefghijkl"
    same = [(f"criterion {name}", 1 + at % 5) for at, name in enumerate(names)]
    found = merged([view("one", *same), view("two", *same)])
    assert found.agreement.alpha == 1.0
    assert found.agreement.reason == ""
    assert found.disagreements == ()


def test_teams_with_nothing_in_common_have_no_figure() -> None:
    found = merged([view("one", ("a", 3)), view("two", ("b", 4))])
    assert found.agreement.alpha is None
    assert found.agreement.reason == "nothing_shared"


def test_a_single_rating_for_all_has_no_figure() -> None:
    found = merged([view("one", ("a", 3), ("b", 3)), view("two", ("a", 3), ("b", 3))])
    assert found.agreement.alpha is None
    assert found.agreement.reason == "no_variation"


def test_the_order_of_the_files_changes_nothing() -> None:
    assert merged(tuple(reversed(WOODPECKER))) == merged()


def test_weights_are_compared_with_ratings_on_five_steps() -> None:
    weights = TeamView(
        team="founders",
        criteria=(
            TeamRating(criterion="a", weight=60),
            TeamRating(criterion="b", weight=30),
            TeamRating(criterion="c", weight=3),
        ),
    )
    found = merged([weights, view("sales", ("a", 1), ("b", 3), ("c", 1))])
    steps = {one.criterion: one.steps["founders"] for one in found.criteria}
    assert steps == {"a": 5, "b": 3, "c": 1}
    assert [one.criterion for one in found.disagreements] == ["a"]


def test_like_criteria_are_proposed_and_not_joined() -> None:
    views = [view("one", ("Pays on time", 3)), view("two", ("Pays punctually", 4))]
    found = merge_views(
        views,
        ordinal_alpha,
        likeness=lambda a, b: [[0.9 for _ in b] for _ in a],
        near=0.8,
    )
    assert found.perhaps_same == (("Pays on time", "Pays punctually"),)
    assert len(found.criteria) == 2


def test_names_that_differ_in_case_alone_are_one_criterion() -> None:
    found = merged(
        [view("one", ("Pays on time", 3)), view("two", ("pays on time.", 3))]
    )
    assert [one.teams for one in found.criteria] == [("one", "two")]
