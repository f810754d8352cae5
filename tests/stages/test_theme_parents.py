"""Groups of themes: one matter, one word for it, and people counted once."""

from __future__ import annotations

import random

from hypothesis import given, settings, strategies as st

from icp_synth.domain.fields import Kind
from icp_synth.domain.insights import Insight
from icp_synth.domain.statistics import wilson
from icp_synth.domain.themes import Theme
from icp_synth.stages.themes import Family, ThemeGroup, find_parents, parent_of
from icp_synth.stages.themes.about import Matters
from tests.synthesis_factory import make_insight, make_theme

ELSE = (
    "Breakfast is early.",
    "Our accent puzzles the neighbour.",
    "The garden needs a fence.",
    "Lions sleep at noon.",
    "A choir meets upstairs.",
    "He whistles.",
    "Her bicycle squeaks.",
    "The lake freezes.",
)
"""What nobody makes a theme of, so that no matter is named by everybody."""


def theme(*said: str, kind: Kind = "pain", at: int = 0) -> ThemeGroup:
    """Return a theme of what P0, P1 … say, one sentence each."""
    category = {"pain": "problem", "motivation": "goal", "trait": "role"}[kind]
    insights = tuple(
        make_insight(
            f"P{i}", words, kind=kind, category=category, quote=words, at=at + 1000 * i
        )
        for i, words in enumerate(said)
    )
    people = tuple(sorted({one.participant for one in insights}))
    return ThemeGroup(kind=kind, insights=insights, participants=people)


def whole(*themes: ThemeGroup) -> list[Insight]:
    """Return what the themes hold and much beside it."""
    other = [
        make_insight(f"P{i % 5}", words, quote=words, at=90_000 + 100 * i)
        for i, words in enumerate(ELSE * 4)
    ]
    return [*(one for theme in themes for one in theme.insights), *other]


INVOICES = theme("Invoices leave late.", "An invoice waits for weeks.", at=100)
DISPUTES = theme("Clients dispute an invoice.", "Every invoice is argued.", at=200)
VANS = theme("Vans break down.", "The van stands still.", at=300)


def families(*themes: ThemeGroup) -> list[set[int]]:
    return [set(one.places) for one in find_parents(themes, whole(*themes))]


def test_themes_that_are_about_one_matter_are_a_group_and_a_stranger_stays_alone() -> (
    None
):
    assert families(INVOICES, VANS, DISPUTES) == [{0, 2}]


def test_a_group_says_what_its_themes_share_in_words_that_were_said() -> None:
    (found,) = find_parents((INVOICES, DISPUTES), whole(INVOICES, DISPUTES))
    assert found.words == ("invoice",)
    assert set(found.naming) == {
        one.id for theme in (INVOICES, DISPUTES) for one in theme.insights
    }


def test_chinese_themes_have_groups_as_well_in_their_own_words() -> None:
    late = theme("發票總是晚開", "發票要等好幾週", at=100)
    argued = theme("客戶不認發票", "每張發票都有爭議", at=200)
    (found,) = find_parents((late, argued), whole(late, argued))
    assert found.words[0] == "發票"


def test_one_concept_in_different_words_is_no_group() -> None:
    rain = theme("Rain spoils it.", "Rain again.", at=100)
    snow = theme("Snow blocks the yard.", "Snow again.", at=200)
    assert families(rain, snow) == []


def test_what_the_whole_study_speaks_of_groups_nothing() -> None:
    themes = [
        theme(f"The invoice is {word}.", f"Invoice: {word}.", at=100 * i)
        for i, word in enumerate(("late", "wrong", "lost", "long"), start=1)
    ]
    insights = [one for theme in themes for one in theme.insights]
    assert find_parents(themes, insights) == ()


def test_one_person_in_three_does_not_make_a_theme_about_a_matter() -> None:
    mixed = theme("An invoice was lost.", "Lions roar.", "Lions eat.", at=400)
    assert families(INVOICES, mixed) == []


def test_the_products_name_groups_nothing() -> None:
    themes = (
        theme("Zorbatron is slow.", "Slow is Zorbatron.", at=100),
        theme("Zorbatron forgets us.", "Who trusts Zorbatron?", at=200),
    )
    assert find_parents(themes, whole(*themes))
    assert find_parents(themes, whole(*themes), names=("Zorbatron",)) == ()


def test_words_that_only_a_reader_writes_are_no_matter() -> None:
    insights = [
        make_insight(f"P{i % 2}", f"The interviewee {word}.", quote=word, at=100 * i)
        for i, word in enumerate(("limps", "waits", "hums", "sings"))
    ]
    themes = [
        ThemeGroup(kind="pain", insights=tuple(pair), participants=("P0", "P1"))
        for pair in (insights[:2], insights[2:])
    ]
    assert find_parents(themes, [*insights, *whole()]) == ()


def test_kinds_have_groups_of_their_own() -> None:
    wished = theme("I wish for invoices.", "One invoice a day.", kind="motivation")
    assert families(INVOICES, wished) == []
    assert families(INVOICES, wished, DISPUTES) == [{0, 2}]


def test_a_theme_that_one_matter_took_is_bound_by_no_other() -> None:
    both = theme("An invoice for the van.", "The van needs an invoice.", at=400)
    towed = theme("They towed our van.", "A van was towed.", at=500)
    assert families(both, VANS, towed) == [{0, 1, 2}]
    assert families(INVOICES, DISPUTES, both, VANS) == [{0, 1, 2}]
    assert families(INVOICES, DISPUTES, both, VANS, towed) == [{0, 1, 2}, {3, 4}]


@given(st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None)
def test_the_order_of_insights_moves_no_group(chance: random.Random) -> None:
    themes = (INVOICES, VANS, DISPUTES)
    insights = whole(*themes)
    before = find_parents(themes, insights)
    chance.shuffle(insights)
    assert find_parents(themes, insights) == before


def test_no_theme_is_in_two_groups() -> None:
    vans = theme("A van has the invoice.", "The invoice lies in a van.", at=500)
    found = families(INVOICES, VANS, vans, DISPUTES)
    assert sum(map(len, found)) == len(set().union(*found)) > 0


def test_how_strongly_a_theme_is_about_a_matter_grows_with_its_rarity() -> None:
    matters = Matters(whole(INVOICES, VANS))
    (van,) = (w for name, w in matters.about(VANS).items() if "vehicle" in name)
    crowd = [make_insight(f"Q{i}", "A van.", quote="A van", at=i) for i in range(4)]
    common = Matters([*whole(INVOICES, VANS), *crowd])
    (less,) = (w for name, w in common.about(VANS).items() if "vehicle" in name)
    assert 0 < less < van


def test_a_parent_counts_its_people_once_and_bears_the_words_that_all_share() -> None:
    themes: list[Theme] = [
        make_theme("edge", [make_insight("Ann"), make_insight("Bob")], of=9),
        make_theme("middle", [make_insight("Bob"), make_insight("Eve")], of=9),
    ]
    family = Family(places=(1, 0), words=("signal", "app"))
    parent = parent_of(family, themes, of=9)
    assert (parent.label, parent.words) == ("signal · app", ("signal", "app"))
    assert parent.themes == ("middle", "edge")
    assert parent.participants == ("Ann", "Bob", "Eve")
    assert (parent.n, parent.of, parent.interval) == (3, 9, wilson(3, 9))
    turned = Family(places=(0, 1), words=("signal",))
    assert parent.id == parent.version == parent_of(turned, themes, of=9).version


def test_a_parent_bears_the_name_that_it_was_given() -> None:
    themes = [make_theme("a", [make_insight("Ann"), make_insight("Bob")], of=9)] * 2
    family = Family(places=(0, 1), words=("signal",))
    assert parent_of(family, themes, of=9, label="Lost signal").label == "Lost signal"
