"""What was said around quotes, how alike it is, and the groups that rest on it."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given, settings, strategies as st

from icp_synth.domain.fields import Kind
from icp_synth.domain.insights import Insight
from icp_synth.domain.transcripts import Transcript
from icp_synth.stages.themes import Family, ThemeGroup, find_parents
from icp_synth.stages.themes.bonds import covering_forms, near_by
from icp_synth.stages.themes.near import nearness
from icp_synth.stages.themes.spoken import returned_to, spoken_by
from tests.factories import make_transcript
from tests.synthesis_factory import make_insight

TALK = {
    "Ann": (
        "The weather was fine. Usually I write lyrics at night. A chorus comes late.",
        "I rewrite lyrics on trains. The chorus never rhymes. Dogs bark.",
        "My taxes scare me. Invoices pile up on the desk.",
        "Usually invoices wait. The taxes wait too.",
    ),
    "Bob": (
        "Lyrics cost me weeks. My chorus is weak. Rain fell.",
        "Nobody hears the lyrics. The chorus drowns them. Owls hoot.",
        "Taxes ate my spring. Unpaid invoices stay unpaid.",
        "Usually I forget invoices. Taxes I cannot forget.",
    ),
    "Cem": ("Usually lions sleep. A garden needs a fence.",),
    "Dan": ("Trams squeak. He usually whistles. The moon was red.",),
    "Eve": ("Bicycles rust. Kites need wind, usually. The lake froze.",),
}
"""A turn each; songs and money are what two of five come back to."""

SONGS_ONE = ("Usually I write lyrics at night", "Lyrics cost me weeks")
SONGS_TWO = ("I rewrite lyrics on trains", "Nobody hears the lyrics")
BILLS_ONE = ("Invoices pile up on the desk", "Unpaid invoices stay unpaid")
BILLS_TWO = ("Usually invoices wait", "Usually I forget invoices")


def transcripts() -> list[Transcript]:
    return [
        make_transcript(
            [
                turn
                for text in texts
                for turn in (
                    ("Q", "interviewer", "What about lyrics?"),
                    (name, "participant", text),
                )
            ],
            id=name,
        )
        for name, texts in TALK.items()
    ]


READ = {one.id: one for one in transcripts()}


def quoted(name: str, words: str, *, kind: Kind = "pain") -> Insight:
    """Return an insight that is a quote of one of them, where it stands."""
    at = READ[name].text.index(words)
    turn = READ[name].turn_at(at)
    assert turn is not None
    one = make_insight(name, words, quote=words, at=at, statement_origin="verbatim")
    quote = one.quotes[0].model_copy(update={"turn": turn.index})
    return one.model_copy(update={"quotes": (quote,), "kind": kind})


def theme(*said: str, kind: Kind = "pain") -> ThemeGroup:
    """Return a theme of what Ann and Bob say."""
    insights = tuple(
        quoted(name, words, kind=kind)
        for name, words in zip(("Ann", "Bob"), said, strict=True)
    )
    return ThemeGroup(kind=kind, insights=insights, participants=("Ann", "Bob"))


THEMES = (theme(*SONGS_ONE), theme(*BILLS_ONE), theme(*SONGS_TWO), theme(*BILLS_TWO))


def everything(themes: tuple[ThemeGroup, ...] = THEMES) -> list[Insight]:
    """Return what the themes hold and what the others say."""
    rest = [
        quoted(name, words)
        for name, words in (
            ("Ann", "Dogs bark"),
            ("Bob", "Owls hoot"),
            ("Cem", "Usually lions sleep"),
            ("Cem", "A garden needs a fence"),
            ("Dan", "Trams squeak"),
            ("Dan", "He usually whistles"),
            ("Dan", "The moon was red"),
            ("Eve", "Bicycles rust"),
            ("Eve", "Kites need wind, usually"),
            ("Eve", "The lake froze"),
        )
    ]
    return [*(one for each in themes for one in each.insights), *rest]


def families(themes: tuple[ThemeGroup, ...] = THEMES) -> tuple[Family, ...]:
    insights = everything(themes)
    return find_parents(themes, insights, spoken=spoken_by(READ.values(), insights))


def test_quotes_that_share_a_matter_and_its_surroundings_are_a_group() -> None:
    found = families()
    assert [set(one.places) for one in found] == [{0, 2}, {1, 3}]
    assert [one.words for one in found] == [("lyrics",), ("invoices",)]


def test_a_shared_word_in_other_surroundings_groups_nothing() -> None:
    insights = everything()
    spoken = spoken_by(READ.values(), insights)
    apart = dict(spoken.around)
    for which, beside in ((0, "chorus"), (2, "fence"), (1, "fence"), (3, "chorus")):
        for one in THEMES[which].insights:
            apart[one.id] = frozenset({beside, "moon" if which > 1 else "kite"})
    assert find_parents(THEMES, insights, spoken=spoken._replace(around=apart)) == ()


def test_kinds_have_groups_of_their_own_whatever_stands_around_them() -> None:
    wished = theme(*SONGS_TWO, kind="motivation")
    found = families((THEMES[0], THEMES[1], wished, THEMES[3]))
    assert [set(one.places) for one in found] == [{1, 3}]


def test_a_word_that_nobody_comes_back_to_groups_nothing() -> None:
    insights = everything()
    spoken = spoken_by(READ.values(), insights)
    assert "lyric" in spoken.returned
    assert not {"usual", "#habit"} & spoken.returned
    without = spoken._replace(returned=spoken.returned - {"lyric"})
    found = find_parents(THEMES, insights, spoken=without)
    assert [set(one.places) for one in found] == [{1, 3}]


def test_the_sentences_beside_a_quote_are_around_it_and_a_question_is_not() -> None:
    quote = quoted("Bob", "My chorus is weak")
    around = spoken_by(READ.values(), [quote]).around[quote.id]
    assert "lyric" in around  # said by Bob before it
    assert "#weather" in around  # and after it
    first = quoted("Ann", "The weather was fine")
    assert "lyric" in spoken_by(READ.values(), [first]).around[first.id]
    alone = quoted("Cem", "A garden needs a fence")
    assert "lyric" not in spoken_by(READ.values(), [alone]).around[alone.id]


@given(st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None)
def test_the_order_of_transcripts_and_insights_moves_no_group(
    chance: random.Random,
) -> None:
    insights, read = everything(), list(READ.values())
    chance.shuffle(insights)
    chance.shuffle(read)
    spoken = spoken_by(read, insights)
    assert find_parents(THEMES, insights, spoken=spoken) == families()


def test_matters_spread_over_all_are_not_come_back_to() -> None:
    here, nothing = frozenset({"van"}), frozenset[str]()
    bunched = {"Ann": [here] * 4, "Bob": [nothing] * 4, "Cem": [nothing] * 4}
    spread = {name: [here, *[nothing] * 3] for name in bunched}
    assert returned_to(bunched) == {"van"}
    assert returned_to(spread) == frozenset()
    assert returned_to({}) == frozenset()


def test_nearness_is_of_different_people_only() -> None:
    both, songs, bills = {"chorus", "verse"}, {"chorus", "song"}, {"tax", "desk"}
    by = {
        name: [make_insight(name, f"{name} {i}", at=100 * i) for i in range(4)]
        for name in ("Ann", "Bob", "Cem")
    }
    mixed = [
        ThemeGroup(
            kind="pain",
            insights=tuple(by[name][i] for name in by),
            participants=tuple(by),
        )
        for i in range(4)
    ]
    around = {
        one.id: said
        for i, said in enumerate((both, songs, bills, {"tax", "fee"}))
        for one in (by[name][i] for name in by)
    }
    near = nearness(mixed, around)
    assert near.shape == (4, 4)
    assert np.array_equal(near, near.T)
    assert near[0, 1] > 0 > near[0, 2]
    one_voice = [
        each.model_copy(
            update={"insights": each.insights[:1], "participants": ("Ann",)}
        )
        for each in mixed
    ]
    assert np.isinf(nearness(one_voice, around)).all()


def test_where_two_themes_are_all_there_is_nothing_keeps_them_apart() -> None:
    insights, pair = everything(), (THEMES[0], THEMES[2])
    spoken = spoken_by(READ.values(), insights)
    found = find_parents(pair, insights, spoken=spoken)
    assert [set(one.places) for one in found] == [{0, 1}]


def test_no_themes_and_themes_that_share_no_matter_are_no_groups() -> None:
    assert families(()) == ()
    dogs, owls = (
        theme("Dogs bark", "Rain fell"),
        theme("The weather was fine", "Owls hoot"),
    )
    assert families((dogs, owls)) == ()


def test_each_theme_of_a_group_has_one_of_its_few_words() -> None:
    people = {"Ann", "Bob"}
    forms = [
        {"#sound": {"music": people, "noise": {"Ann"}}},
        {"#sound": {"music": people}},
        {"#sound": {"audio": people}},
        {"#sound": {"hum": {"Ann"}}},
        {"#sound": {"roar": people}},
    ]
    words, reached = covering_forms("#sound", range(5), forms)
    assert words == ["music", "audio", "roar"]
    assert reached == [0, 1, 2, 4]
    near = np.full((5, 5), np.inf)
    assert near_by(forms, near)("#sound", range(5)) == (0, 1, 2, 4)


def test_the_least_alike_theme_leaves_first() -> None:
    forms = [{"van": {"van": {"Ann", "Bob"}}}] * 3
    near = np.array([[0.0, 2.0, 0.5], [2.0, 0.0, 0.4], [0.5, 0.4, 0.0]])
    assert near_by(forms, near)("van", (0, 1, 2)) == (0, 1)
    assert near_by(forms, near)("van", (0, 2)) == (2,)
