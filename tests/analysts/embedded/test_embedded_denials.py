"""Who denies a trouble, and whose worry it is: what others feel does not count."""

from __future__ import annotations

import pytest

from icp_synth.analysts.embedded.denials import denies_trouble, worry_of
from icp_synth.analysts.embedded.own_cues import has_cue_of, praises
from icp_synth.analysts.embedded.theme_members import leaving
from icp_synth.analysts.protocol import ThemeToName
from icp_synth.domain.fields import Kind


def theme(*statements: str, kind: Kind = "pain") -> ThemeToName:
    return ThemeToName(
        number=1,
        kind=kind,
        statements=statements,
        quotes=statements[:3],
        neighbours=(),
        people=tuple(range(1, len(statements) + 1)),
    )


@pytest.mark.parametrize(
    "statement",
    [
        "With us parking has never been an issue, the yard is ours",
        "Not one of them has had bother with the keys",
        "我們停車從來沒有問題",
    ],
)
def test_a_denied_trouble_is_none(statement: str) -> None:
    assert denies_trouble(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "Parking is an issue every morning",
        "Parking was no issue until the school opened",
        "Parking is no problem but the stairs are a nightmare",
        "It's not only a problem of parking",
        "They never solve the problem",
        "I've never seen such trouble",
        "停車有沒有問題？有，每天",
    ],
)
def test_a_trouble_beside_a_negation_is_one(statement: str) -> None:
    assert not denies_trouble(statement)


@pytest.mark.parametrize(
    ("statement", "whose"),
    [
        ("I worry that the drivers leave", "own"),
        ("My drivers are afraid of it", "own"),
        ("The main concern is the winter", "own"),
        ("They worry me", "own"),
        ("Many owners are worried, and I worry too", "own"),
        ("I can't stop worrying about it", "own"),
        ("A lot of people are worried about their jobs", "others"),
        ("I know most owners are afraid of it, but I like it", "others"),
        ("很多人會擔心這個", "others"),
        ("我怕客人跑掉", "own"),
        ("I can't spend my evenings worrying about it", "denied"),
        ("I'm not worried", "denied"),
        ("The vans are clean", None),
    ],
)
def test_a_worry_has_a_holder(statement: str, whose: str | None) -> None:
    assert worry_of(statement) == whose


def test_who_denies_the_trouble_leaves_a_theme_of_those_who_have_it() -> None:
    said = (
        "Parking at the school costs us twenty minutes",
        "The parking at the clinic takes half an hour",
        "With us parking has never been an issue",
    )
    assert leaving(theme(*said)) == {2}
    assert leaving(theme(*said, kind="trait")) == frozenset()
    assert leaving(theme(said[0], said[2])) == frozenset()


def test_who_tells_of_the_worries_of_others_leaves_those_who_worry() -> None:
    said = (
        "I worry that the robots take the cleaning",
        "I'm afraid the robots take it all",
        "We are concerned about robots",
        "A lot of people are worried about robots",
        "I really can't spend my time worrying about robots",
    )
    assert leaving(theme(*said)) == {3, 4}


def test_a_theme_of_what_others_fear_is_left_as_it_is() -> None:
    said = ("Many owners are worried about robots", "Most people fear robots")
    assert leaving(theme(*said)) == frozenset()


@pytest.mark.parametrize(
    ("quote", "category"),
    [
        ("I'd fight to keep it, we had a mess and they mended it", "reason_to_stay"),
        ("When people ask me why I stay it's the girl on the phone", "reason_to_stay"),
        ("I'd not swap, and it's the phone line", "reason_to_stay"),
        ("I've got my Sundays back", "desired_gain"),
        ("Now I can quickly plan the day, rather than lose hours", "desired_gain"),
        ("I don't get my evenings back any more", None),
        ("That's why we left", None),
    ],
)
def test_praise_outranks_the_trouble_beside_it(
    quote: str, category: str | None
) -> None:
    assert praises(quote) == category
    if category is not None:
        assert has_cue_of("motivation", quote)
        assert not has_cue_of("pain", quote)
