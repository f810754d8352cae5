"""A theme about the trade settles it for a group that names its customers instead."""

from __future__ import annotations

from typing import Any

import pytest

from icp_synth.analysts.protocol import Wordings
from icp_synth.domain.insights import Normal
from icp_synth.domain.profiles import Claim, Criterion
from icp_synth.domain.transcripts import Person
from icp_synth.stages.draft import claims_of, criteria_of, draft_profiles, refused_of
from icp_synth.stages.draft.overlaps import facts_by_account
from icp_synth.stages.draft.profiles import Profile
from icp_synth.stages.draft.scorecards import draft_scorecard, known_facts
from icp_synth.stages.draft.trades import with_trades
from tests.synthesis_factory import make_findings, make_theme, make_trait

SIX = [f"p{i}" for i in range(6)]
OTHERS = ["q0", "q1", "q2"]
PEOPLE = {
    name: Person(id=name, label=name, company=f"of {name}") for name in (*SIX, *OTHERS)
}
SAID = {
    "p0": "cleaning company",
    "p1": "Commercial cleaning",
    "p2": "stairwells",
    "p3": "surgeries",
    "p4": "rail depots",
    "p5": "flats",
    "q0": "lift repair",
    "q1": "milking machines",
    "q2": "garden design",
}
FIVE = SIX[:5]


def trades_of(
    carriers: list[str] = FIVE,
    *,
    said: dict[str, str] | None = None,
    of_size: int = 0,
) -> tuple[Profile, tuple[Claim, ...], dict[str, Any]]:
    """Return the ICP of six firms whose theme `carriers` make.

    Args:
        carriers: Who says that they clean premises.
        said: Trades; those of `SAID` else.
        of_size: So many of the carriers told a figure in it, and not their trade.
    """
    traits = [
        make_trait(name, "industry", trade) for name, trade in (said or SAID).items()
    ]
    eighty = Normal(low=80, high=80, unit="sites")
    sizes = [
        make_trait(name, "sites", "80 sites", at=90, normal=eighty)
        for name in carriers[:of_size]
    ]
    by_name = {one.participant: one for one in (*traits, *sizes)}
    cited = [by_name[name] for name in carriers]
    theme = make_theme("They clean premises", cited, of=len(PEOPLE))
    study = make_findings(PEOPLE, traits=[*traits, *sizes]).model_copy(
        update={"themes": (theme,)}
    )
    (icp,), _ = draft_profiles(study, [SIX])
    claims = claims_of(study, icp, Wordings(texts={}))
    return icp, claims, {"insights": study.insights, "facts": study.facts}


def trade(*args: Any, **more: Any) -> Criterion | None:
    icp, claims, held = trades_of(*args, **more)
    found = criteria_of(icp, claims, insights=held["insights"])
    return next((one for one in found if one.field == "industry"), None)


def test_two_who_name_the_trade_name_it_for_all_who_share_its_theme() -> None:
    icp, claims, held = trades_of()
    assert not criteria_of(icp, claims), "by its words alone it is of two"
    assert "no_kind" in {one.code for one in refused_of(icp, claims)}
    (one,) = criteria_of(icp, claims, insights=held["insights"])
    assert (one.field, one.operator) == ("industry", "in")
    assert set(one.value) == {"cleaning company", "Commercial cleaning"}  # type: ignore[arg-type]  # words
    assert one.status == "evidence"
    (theme,) = (claim for claim in claims if claim.field == "trait/firmographic")
    assert one.claim == theme.id
    assert not refused_of(icp, claims, insights=held["insights"])


@pytest.mark.parametrize("carriers", [SIX[:2], ["p0", "p2", "p3"]])
def test_a_theme_of_few_or_without_who_names_the_trade_settles_nothing(
    carriers: list[str],
) -> None:
    assert trade(SIX[:3]) is not None
    assert trade(carriers) is None


def test_a_theme_about_size_settles_no_trade() -> None:
    assert trade(of_size=2) is not None
    assert trade(of_size=3) is None


def test_a_word_that_holds_for_most_needs_no_theme() -> None:
    said = {**SAID, "p2": "cleaning", "p3": "window cleaning"}
    found = trade(said=said)
    assert found is not None
    icp, claims, _ = trades_of(said=said)
    assert (found,) == criteria_of(icp, claims)


def test_all_who_share_the_theme_meet_the_condition_and_others_stay_as_they_are() -> (
    None
):
    icp, claims, held = trades_of()
    criteria = criteria_of(icp, claims, insights=held["insights"])
    plain = known_facts(held["facts"])
    settled = with_trades(plain, criteria, claims)
    (word,) = set(settled["p4"]["industry"]) - set(plain["p4"]["industry"])
    assert word in {"cleaning company", "Commercial cleaning"}
    assert settled["p5"] == plain["p5"], "who does not share the theme is not known"
    assert settled["q0"] == plain["q0"]
    (row,) = draft_scorecard(criteria).rows
    accounts = facts_by_account(PEOPLE, settled, SIX, level="account")
    wanted = set(row.perfect_fit.value)  # type: ignore[arg-type]  # words
    met = [name for name, of in accounts.items() if wanted & set(of["industry"])]
    assert met == [f"of {name}" for name in FIVE]
