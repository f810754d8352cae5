"""A theme is named by a whole thought of its people; who denies it leaves it."""

from __future__ import annotations

import pytest

from icp_synth.analysts.embedded.own_cues import has_cue_of
from icp_synth.analysts.embedded.theme_members import against
from icp_synth.analysts.embedded.theme_names import (
    is_sentence,
    name_themes,
    whole_heading,
)
from icp_synth.analysts.protocol import ThemeToName
from icp_synth.domain.fields import KINDS, Kind


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
    "quote",
    [
        "I think there are certain areas where it can be used meaningfully in the yard,"
        " but right now it only hurts us",
        "When it works well the drivers are out of the yard by seven and nobody rings"
        " the office before noon",
        "If I'm starting a new project I take the plans of the last one and I change"
        " what is different",
        "我覺得有些地方可以用得很好，可是現在這樣只會害到我們這些做維修的人",
    ],
)
def test_no_name_is_cut_where_what_follows_could_turn_it_round(quote: str) -> None:
    assert whole_heading(quote) in {quote, None}


@pytest.mark.parametrize(
    "fragment", ["Personally", "When it works well", "Not at the moment", "the yard"]
)
def test_a_fragment_is_no_sentence(fragment: str) -> None:
    assert not is_sentence(fragment)


def test_a_name_is_a_sentence_of_what_most_people_name() -> None:
    statements = (
        "Personally",
        "I don't have anything to add about parts",
        "the parts are never in the van and we lose hours",
        "missing parts cost us the whole morning",
    )
    name = name_themes([theme(*statements)]).texts[1]
    assert name == statements[2]


def test_who_denies_what_most_say_leaves_the_theme() -> None:
    statements = (
        "I do have concerns about the new app",
        "I'm worried about the new app",
        "I do not currently have concerns",
        "My drivers are afraid of it",
        "I'm not really concerned",
        "I'm less worried about that",
    )
    three = (*statements, "We fear what comes", "That is a concern for us")
    assert against(three) == {2, 4, 5}
    assert name_themes([theme(*three)]).not_held == {1: (3, 5, 6)}


def test_of_two_sides_of_one_size_nobody_leaves() -> None:
    assert against(("I am worried", "I am not worried")) == frozenset()


def test_a_denied_cue_tells_no_kind() -> None:
    assert not any(has_cue_of(kind, "開會有什麼好怕的") for kind in KINDS)
    assert has_cue_of("pain", "我怕客戶會跑掉")


def test_what_was_so_in_other_times_leaves_a_trait_of_today() -> None:
    now = ("We are nine people", "There are nine of us", "Nine people work here")
    then = "Back then we were twelve people"
    pain, trait = theme(*now, then), theme(*now, then, kind="trait")
    assert name_themes([trait]).not_held == {1: (4,)}
    assert name_themes([pain]).not_held == {}


def test_a_denial_names_no_theme_of_those_who_do_not_deny() -> None:
    statements = (
        "I didn't hear of it at the trade fair in spring",
        "I heard of it at the trade fair in spring",
        "We heard about it at the trade fair",
    )
    assert name_themes([theme(*statements, kind="trait")]).texts[1] == statements[1]


def test_a_name_uses_the_words_that_most_use_for_the_matter() -> None:
    said = (
        "in the basement there's no signal, and we lose the pictures",
        "It doesn't work without signal, and we lost the readings",
        "The phone has no signal in the shed and loses the list",
        "otherwise I forget to ask about the knee",
    )
    named = name_themes([theme(*reversed(said))]).texts[1]
    assert "knee" not in named
    assert "signal" in named


def test_a_short_name_of_the_main_matter_goes_before_one_in_a_rare_word() -> None:
    said = (
        "we run nine vans",
        "There's a lorry reversing, it's been at it for ten minutes",
        "If I could get it done in one trip with the part in the van",
        "The van",
    )
    assert name_themes([theme(*said, kind="trait")]).texts[1] == "we run nine vans"
