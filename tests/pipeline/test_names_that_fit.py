"""After all answers a name is kept only where each of its people carries it."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from icp_synth.analysts.protocol import Wordings
from icp_synth.domain.themes import NamesGiven, ParentTheme
from icp_synth.pipeline.carrying import cut_uncarried
from icp_synth.pipeline.name_fit import fit_names
from icp_synth.stages.draft import Findings, Profile
from icp_synth.stages.draft.findings import Seed
from tests.synthesis_factory import make_insight, make_theme

SAID = (
    make_insight("ann", "The app loses what cleaners record in the depot."),
    make_insight("bob", "The app lost the lists of his cleaner."),
    make_insight("cat", "The app lost a checklist for a fryer."),
)
IDS = tuple(one.id for one in SAID)


def seed(label: str) -> Seed:
    return Seed(
        field="pain/problem",
        label=label,
        insights=IDS[:2],
        supports=("ann", "bob", "cat"),
        within=2,
        lift=1.0,
    )


def drafted(name: str, *texts: str, group: str = "depot") -> Any:
    """Return work with one theme of three people, drafted for two of them."""
    theme = make_theme(name, SAID, of=3)
    parent = ParentTheme(
        id="par",
        version="par",
        kind=theme.kind,
        label=group,
        words=("depot",),
        themes=(theme.id,),
        participants=theme.participants,
        n=3,
        of=3,
    )
    profile = Profile(
        what="icp",
        segment=0,
        participants=("ann", "bob"),
        accounts=(),
        status="draft",
        seeds=(seed(name),),
    )
    wordings = Wordings(texts=dict(enumerate(texts, start=1)))
    return SimpleNamespace(
        analyst=SimpleNamespace(model="reader"),
        study=SimpleNamespace(brief=SimpleNamespace(product="Larder", rivals=())),
        insights=SAID,
        themes=(theme,),
        parents=(parent,),
        theme_names=NamesGiven(),
        profiles=((profile, wordings),),
        flagged=(),
    )


def findings(work: Any) -> Findings:
    return Findings(
        people={}, insights={one.id: one for one in SAID}, themes=work.themes, facts={}
    )


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("She loses what she recorded", "role"),
        ("The company tells how many lists it lost", "empty"),
        ("The app lost 12 lists", "number"),
    ],
)
def test_a_name_that_does_not_fit_gives_way_to_one_persons_words(
    name: str, reason: str
) -> None:
    work = drafted(name)
    fit_names(work)
    assert [one.label for one in work.themes] == [SAID[0].statement]
    (refused,) = work.theme_names.refused
    assert (refused.level, refused.text, refused.reason) == ("theme", name, reason)
    (claim,) = work.profiles[0][0].seeds
    assert (claim.label, claim.example) == (SAID[0].statement, True)


def test_of_two_themes_of_one_name_only_the_one_it_does_not_fit_loses_it() -> None:
    name = "The app lost 12 lists"
    other = tuple(
        make_insight(who, f"We lost {n} lists in the app.", quote=f"{n} lists")
        for who, n in (("ann", 12), ("bob", "twelve"))
    )
    work = drafted(name)
    kept = make_theme(name, other, of=3).model_copy(update={"id": "thm-kept"})
    profile, wordings = work.profiles[0]
    claim = seed(name).model_copy(
        update={"insights": tuple(one.id for one in other), "supports": ("ann", "bob")}
    )
    work.insights, work.themes = (*SAID, *other), (*work.themes, kept)
    work.profiles = (
        (
            profile.model_copy(update={"seeds": (*profile.seeds, claim)}),
            wordings.model_copy(update={"texts": {1: name, 2: name}}),
        ),
    )
    fit_names(work)
    assert [one.label for one in work.themes] == [SAID[0].statement, name]
    drawn, worded = work.profiles[0]
    assert [one.label for one in drawn.seeds] == [SAID[0].statement, name]
    assert worded.texts == {2: name}


def test_a_name_that_each_carries_stays_for_theme_group_and_claim() -> None:
    work = drafted("The app loses what was recorded", group="Losses of the app")
    fit_names(work)
    assert [one.label for one in work.themes] == ["The app loses what was recorded"]
    assert [one.label for one in work.parents] == ["Losses of the app"]
    assert not work.theme_names.refused


def test_a_group_that_names_a_trade_not_everybodys_goes_by_its_words() -> None:
    work = drafted("The app loses what was recorded", group="Losses in cleaning")
    fit_names(work)
    assert [one.label for one in work.parents] == ["depot"]
    (refused,) = work.theme_names.refused
    assert (refused.level, refused.what) == ("theme_group", "cleaning")


def counted(texts: Sequence[str]) -> tuple[str, ...]:
    work = drafted("The app loses what was recorded", *texts)
    cut_uncarried(work, findings(work))
    (claim,) = work.profiles[0][0].seeds
    return tuple(claim.supports)


def test_people_beside_count_for_a_sentence_only_where_their_words_carry_it() -> None:
    assert counted(["The app loses what their cleaners record."]) == ("ann", "bob")
    assert counted(["The app loses what they record."]) == ("ann", "bob", "cat")
    assert counted([]) == ("ann", "bob", "cat")


def test_a_sentence_of_one_persons_relatives_is_cut_to_the_name() -> None:
    work = drafted("The app loses what was recorded", "Their husbands lose the lists.")
    cut_uncarried(work, findings(work))
    (flag,) = work.flagged
    assert (flag.reason, flag.what) == ("role", "husbands")
    assert not work.profiles[0][1].texts
