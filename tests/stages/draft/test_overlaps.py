"""Several ICPs: what they share, which fits whom best, and whose persona is whose."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from icp_synth.domain.conditions import Condition, Known
from icp_synth.domain.fit import Fit, FitScore
from icp_synth.domain.insights import Normal
from icp_synth.domain.profiles import Icp, Synthesis
from icp_synth.domain.scorecards import Scorecard, ScorecardRow
from icp_synth.domain.transcripts import Person
from icp_synth.exports.overlaps import Overlaps, overlaps_of as overlaps_shown
from icp_synth.exports.words import words_of
from icp_synth.stages.draft.overlaps import (
    accounts_of,
    fits_of,
    icps_by_fit,
    merged,
    overlaps_of,
)
from icp_synth.stages.draft.scorecards import Facts


def row(field: str, operator: str, value: Any) -> ScorecardRow:
    return ScorecardRow(
        field=field, perfect_fit=Condition(operator=operator, value=value)
    )


def icp(name: str, *rows: ScorecardRow, **more: Any) -> Icp:
    given = {
        "id": name,
        "version": "v",
        "name": name,
        "status": "draft",
        "segment": None,
        "type": "account",
        "n": 1,
        "scorecard": Scorecard(rows=rows),
        **more,
    }
    return Icp.model_validate(given)


OLLIE = icp("ollie", row("headcount_company", "<=", 9), participants=("a", "b"))
MARY = icp(
    "mary",
    row("headcount_company", "between", (10, 1000)),
    row("industry", "in", ("agency",)),
    participants=("b", "c"),
    accounts=("acme",),
)
PEOPLE = {
    "a": Person(id="a", label="a", company="tiny"),
    "b": Person(id="b", label="b", company="acme"),
    "c": Person(id="c", label="c", company="acme"),
    "d": Person(id="d", label="d"),
}
FACTS: Facts = {
    "a": {"headcount_company": [9.0]},
    "b": {"headcount_company": [10.0]},
    "c": {"industry": ["agency"]},
}


def test_accounts_hold_their_people_and_a_person_without_one_stands_alone() -> None:
    assert accounts_of(PEOPLE, "account") == {
        "acme": ["b", "c"],
        "d": ["d"],
        "tiny": ["a"],
    }
    assert list(accounts_of(PEOPLE, "person")) == ["a", "b", "c", "d"]


def people(low: float, high: float | None = None) -> Normal:
    return Normal(low=low, high=low if high is None else high, unit="people")


@pytest.mark.parametrize(
    ("field", "one", "other", "known"),
    [
        ("headcount_company", people(9), people(90), []),
        ("headcount_company", people(9), people(9), [people(9)]),
        ("headcount_company", people(9, 20), people(12, 30), [people(12, 20)]),
        ("headcount_company", 9.0, people(9), []),
        ("industry", "bakery", "hotel", []),
        ("industry", "bakery", "The Bakery.", ["bakery"]),
        ("technology", "Xero", "Excel", ["Xero", "Excel"]),
        ("role", "owner", "baker", ["owner", "baker"]),
    ],
)
def test_where_colleagues_disagree_an_account_is_not_known(
    field: str, one: Known, other: Known, known: list[Known]
) -> None:
    told = {"b": {field: [one]}, "c": {field: [other]}}
    assert merged(["b", "c"], told).get(field, []) == known
    assert merged(["c", "b"], told).keys() == merged(["b", "c"], told).keys()


def test_an_icp_of_which_enough_is_known_is_better_than_a_guess() -> None:
    size = row("headcount_company", "<=", 9)
    guess = icp("a-guess", size, row("industry", "in", ("x",)), row("sites", ">=", 2))
    known = icp("known", row("headcount_company", "<=", 3), size)
    (fit,) = fits_of(
        [guess, known],
        {"a": PEOPLE["a"]},
        {"a": {"headcount_company": [5.0]}},
        level="account",
    )
    assert fit.scores["a-guess"].total == 100.0
    assert fit.scores["a-guess"].tier == "needs_check"
    assert (fit.best, fit.tie) == ("known", False)


def test_nine_go_to_ollie_ten_to_mary_and_the_unknown_to_nobody() -> None:
    fits = {
        one.account: one
        for one in fits_of([OLLIE, MARY], PEOPLE, FACTS, level="account")
    }
    assert {name: one.best for name, one in fits.items()} == {
        "acme": "mary",
        "d": None,
        "tiny": "ollie",
    }
    acme = fits["acme"].scores["mary"]
    assert (acme.total, acme.coverage, acme.tier) == (100.0, 1.0, "perfect_fit")
    tiny = fits["tiny"].scores
    assert (tiny["ollie"].total, tiny["mary"].total) == (100.0, 0.0)
    # Of Mary's two criteria the trade is unknown: not "not fit".
    assert (tiny["mary"].low, tiny["mary"].high) == (0.0, 50.0)


def test_a_trade_in_other_words_fits_or_is_not_known() -> None:
    cleans = icp("cleans", row("industry", "in", ("office cleaning",)))
    people = {name: Person(id=name, label=name) for name in ("ann", "bob", "cem")}
    facts: Facts = {
        "ann": {"industry": ["We clean windows"]},
        "bob": {"industry": ["stairwells for the housing cooperatives"]},
        "cem": {"industry": ["office cleaning"]},
    }
    fits = fits_of([cleans], people, facts, level="account")
    assert {one.account: one.scores["cleans"].total for one in fits} == {
        "ann": 100.0,
        "bob": None,
        "cem": 100.0,
    }


@pytest.mark.parametrize(
    ("job", "total"),
    [
        ("an author", 100.0),
        ("a copywriter", 100.0),
        ("a sculptor", None),
        ("a musician", 0.0),
    ],
)
def test_a_job_in_other_words_fits_unless_it_is_known_to_be_another(
    job: str, total: float | None
) -> None:
    writers = icp("writers", row("role", "in", ("a writer", "a screenwriter")))
    people = {"ann": Person(id="ann", label="ann")}
    (fit,) = fits_of([writers], people, {"ann": {"role": [job]}}, level="person")
    assert fit.scores["writers"].total == total


def test_what_may_turn_out_otherwise_fits_no_two_icps_yet() -> None:
    small = icp("small", row("headcount_company", "<=", 9))
    open_ = icp(
        "open", row("headcount_company", "<=", 9), row("customer_count", ">=", 2),
        row("sites", ">=", 2),
    )  # fmt: skip
    people = {"a": PEOPLE["a"]}
    known: Facts = {"a": {"headcount_company": [5.0], "sites": [1.0]}}
    fits = fits_of([small, open_], people, known, level="account")
    score = fits[0].scores["open"]
    assert (score.tier, score.so_far) == ("viable", True)
    (pair,) = overlaps_of([small, open_], fits)
    assert pair.fits_both == ()


def test_an_account_that_fits_no_icp_has_no_best_one() -> None:
    must = MARY.scorecard.rows[0].model_copy(update={"must_have": True})
    strict = icp("strict", must, row("sites", ">=", 1))
    people = {"a": PEOPLE["a"]}
    facts: Facts = {"a": {"headcount_company": [900_000.0], "sites": [3.0]}}
    (fit,) = fits_of([OLLIE, strict], people, facts, level="account")
    tiers = {name: score.tier for name, score in fit.scores.items()}
    assert tiers == {"ollie": "not_fit", "strict": "excluded"}
    assert (fit.best, fit.tie) == (None, False)


def test_nobody_fits_what_a_shifting_group_gave_and_no_persona_joins_it() -> None:
    shaky = OLLIE.scorecard.model_copy(update={"unsteady": True})
    icps = [OLLIE.model_copy(update={"scorecard": shaky}), MARY]
    before = fits_of([OLLIE, MARY], PEOPLE, FACTS, level="account")
    after = fits_of(icps, PEOPLE, FACTS, level="account")
    assert {one.scores["ollie"].tier for one in before} >= {"perfect_fit"}
    tiers = {one.scores["ollie"].tier for one in after}
    assert "needs_check" in tiers
    assert not tiers & {"perfect_fit", "viable"}
    assert [one.best for one in after] == [one.best for one in before]
    assert "ollie" not in icps_by_fit(list(PEOPLE), after)


def fits_shown(fits: list[Fit], *, product: str) -> Overlaps:
    settings = {"product": {"name": product, "what": ""}}
    synthesis = SimpleNamespace(
        icps=(),
        overlaps=(),
        fits=tuple(fits),
        manifest=SimpleNamespace(settings=settings),
    )
    names = {"ollie": ("icp-ollie", "Ollie"), "mary": ("icp-mary", "Mary")}
    made = cast("Synthesis", synthesis)
    return overlaps_shown(made, names, words_of("en"), people={})


def test_nobody_is_fit_to_buy_what_is_not_named() -> None:
    score = FitScore(total=80.0, low=80, high=80, coverage=1, tier="viable")
    fit = Fit(account="tiny", participants=("a",), scores={"ollie": score})
    assert fits_shown([fit], product="Fieldbook").fits
    assert not fits_shown([fit], product="").fits


def test_the_report_folds_of_whom_nothing_is_known_and_scores_by_conditions() -> None:
    wrong = FitScore(total=0.0, low=0, high=0, coverage=1, tier="not_fit")
    out = wrong.model_copy(update={"tier": "excluded"})
    nothing = wrong.model_copy(update={"total": None, "tier": "unknown"})
    fits = [
        Fit(account=name, participants=(name,), scores={"ollie": score})
        for name, score in (("tiny", wrong), ("far", out), ("quiet", nothing))
    ]
    shown = fits_shown(fits, product="Fieldbook")
    told = [(one.account, one.best, one.without) for one in shown.fits]
    assert told == [("tiny", None, "not fit"), ("far", None, "excluded")]
    assert [one.scores for one in shown.fits] == [
        ("0 (0–0) · not fit",),
        ("0 (0–0) · excluded",),
    ]
    assert shown.unknown == ("quiet",)
    assert shown.scored == (("icp-ollie", "Ollie"),)
    assert shown.unscored == (("icp-mary", "Mary"),)


def test_the_overlap_counts_people_fields_and_what_can_go_together() -> None:
    fits = fits_of([OLLIE, MARY], PEOPLE, FACTS, level="account")
    (overlap,) = overlaps_of([OLLIE, MARY], fits)
    assert overlap.icps == ("mary", "ollie")
    assert overlap.participants == ("b",)
    assert overlap.fields == ("headcount_company",)
    assert overlap.compatible == ()
    assert overlap.likeness == 0.0
    assert overlap.fits_both == ()


def test_an_account_that_fits_both_is_named_and_its_best_is_told_as_a_tie() -> None:
    twin = OLLIE.model_copy(update={"id": "twin"})
    fits = fits_of([OLLIE, twin], PEOPLE, FACTS, level="account")
    (overlap,) = overlaps_of([OLLIE, twin], fits)
    assert overlap.fits_both == ("tiny",)
    assert overlap.likeness == 1.0
    assert [(one.best, one.tie) for one in fits if one.account == "tiny"] == [
        ("ollie", True)
    ]


def test_a_persona_belongs_to_the_icps_that_two_of_its_people_fit_best() -> None:
    fits = fits_of([OLLIE, MARY], PEOPLE, FACTS, level="account")
    assert icps_by_fit(["a", "b", "c"], fits) == ("mary",)
    assert icps_by_fit(["a", "b"], fits) == ()


def test_who_made_the_conditions_is_no_test_of_them_and_a_fit_may_be_so_far() -> None:
    known = {
        "inside": {"headcount_company": [40.0]},
        "outside": {"headcount_company": [40.0], "sites": [3.0]},
    }
    people = {name: Person(id=name, label=name) for name in known}
    rows = tuple(
        ScorecardRow(
            field=field, perfect_fit=Condition(operator=">=", value=2), weight=weight
        )
        for field, weight in (("headcount_company", 6.0), ("sites", 4.0))
    )
    icp = MARY.model_copy(
        update={"participants": ("inside",), "scorecard": Scorecard(rows=rows)}
    )
    inside, outside = fits_of([icp], people, known, level="person")
    assert inside.scores[icp.id].made_from
    assert not outside.scores[icp.id].made_from
    assert not outside.scores[icp.id].so_far
    wide = icp.scorecard.model_copy(update={"tiers": {"perfect_fit": 75, "viable": 70}})
    (inside, _) = fits_of(
        [icp.model_copy(update={"scorecard": wide})], people, known, level="person"
    )
    assert inside.scores[icp.id].so_far


def test_without_criteria_nothing_is_scored() -> None:
    assert fits_of([icp("bare")], PEOPLE, FACTS, level="account") == ()
    (overlap,) = overlaps_of([icp("bare"), icp("bald")], ())
    assert overlap.likeness is None
