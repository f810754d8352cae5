"""The embedded analyst on small interviews."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys

import pytest

from icp_synth.analysts.embedded import EmbeddedAnalyst
from icp_synth.analysts.protocol import (
    Analyst,
    ClaimToWord,
    Drafts,
    GroupToName,
    Skeleton,
    ThemeToName,
)
from icp_synth.domain.fields import CATEGORIES
from icp_synth.domain.insights import InsightDraft
from icp_synth.domain.passages import Rendered, RenderedTurn

ENGLISH = (
    ("q", "Thanks for joining. Could you tell me about your role and the company?"),
    (
        "a",
        "Sure, so, um, I'm the operations manager, we're a plumbing wholesaler, about "
        "sixty people. I've been here nine years.",
    ),
    ("q", "What was it like before, and what made you look for a tool?"),
    (
        "a",
        "Oh, great fun, yeah. I just love spending four hours with a clipboard. No, "
        "honestly, it was a nightmare. Everything was typed twice, once into the "
        "sheet and once into the accounts package. Then we lost a whole order. "
        "That's when we started looking.",
    ),
    ("q", "So it is very easy to use, right?"),
    ("a", "Mm."),
    ("q", "What worries you, and what would you like to see?"),
    (
        "a",
        "I'm worried about the price going up again. I'd want it to talk to our "
        "accounting software. My cousin's firm has three hundred people.",
    ),
    ("q", "Would you recommend it?"),
    ("a", "I've already recommended it to two friends. I wouldn't go back to paper."),
    ("q", "Anything else?"),
    ("a", "No, I think that's everything. Thank you so much for your time."),
)
CHINESE = (
    ("q", "可以先請你介紹一下你自己跟公司嗎？"),
    ("a", "好，嗯，我是廠長，我們公司做烘焙原料的，大概八十個人。"),
    ("q", "有沒有什麼困擾？"),
    (
        "a",
        "手機上面很慢，倉庫收訊不好就一直轉圈，我回辦公室還要再輸入一次。"
        "還有我很擔心資料放在雲端，萬一外洩怎麼辦。",
    ),
    ("q", "那你希望怎麼改善？"),
    ("a", "我希望可以跟我們的會計系統串在一起，這樣可以省很多時間。"),
    ("q", "用起來很方便吧？"),
    ("a", "嗯。"),
    ("q", "謝謝你。"),
    ("a", "謝謝，辛苦了。"),
)


def render(said: tuple[tuple[str, str], ...], language: str = "en") -> Rendered:
    turns = []
    start = 0
    for number, (who, text) in enumerate(said):
        asks = who == "q"
        turns.append(
            RenderedTurn(
                number=number,
                speaks="interviewer" if asks else "participant",
                participant=None if asks else who,
                use="body",
                text=text,
                start=start,
            )
        )
        start += len(text) + 2
    return Rendered(window="w", transcript="t", language=language, turns=tuple(turns))


def read(rendered: Rendered) -> tuple[InsightDraft, ...]:
    found = EmbeddedAnalyst().extract(rendered)
    assert isinstance(found, Drafts)
    return found.drafts


def holds(drafts: tuple[InsightDraft, ...], kind: str, words: str) -> bool:
    return any(
        draft.kind == kind and words in quote.text
        for draft in drafts
        for quote in draft.quotes
    )


def test_it_is_an_analyst() -> None:
    analyst: Analyst = EmbeddedAnalyst()
    assert analyst.name
    assert analyst.model is None


@pytest.mark.parametrize("rendered", [render(ENGLISH), render(CHINESE, "zh")])
def test_every_quote_is_a_slice_of_the_turn_it_names(rendered: Rendered) -> None:
    drafts = read(rendered)
    assert drafts
    for draft in drafts:
        assert draft.statement == draft.quotes[0].text
        assert draft.statement_origin == "verbatim"
        assert draft.category in CATEGORIES[draft.kind]
        for quote in draft.quotes:
            turn = rendered.turns[quote.turn]
            assert turn.speaks == "participant"
            assert turn.text.count(quote.text) == 1


def test_pains_and_motivations_are_told_apart() -> None:
    drafts = read(render(ENGLISH))
    assert holds(drafts, "pain", "typed twice")
    assert holds(drafts, "pain", "worried about the price")
    assert holds(drafts, "motivation", "talk to our accounting software")
    assert holds(drafts, "motivation", "recommended it to two friends")
    assert holds(drafts, "motivation", "started looking")


def test_chinese_is_read_as_well() -> None:
    drafts = read(render(CHINESE, "zh"))
    assert holds(drafts, "pain", "手機上面很慢")
    assert holds(drafts, "pain", "擔心資料")
    assert holds(drafts, "motivation", "會計系統串在一起")


def test_facts_stand_with_field_value_and_normal() -> None:
    facts = {draft.attribute: draft for draft in read(render(ENGLISH))}
    headcount = facts["headcount_company"]
    assert headcount.kind == "trait"
    assert headcount.category == "firmographic"
    assert headcount.normal is not None
    assert (headcount.normal.low, headcount.normal.unit) == (60, "people")
    assert headcount.value is not None
    assert headcount.value in headcount.quotes[0].text


@pytest.mark.parametrize(
    "never",
    ["great fun", "love spending", "Mm", "Thank you", "everything.", "cousin"],
)
def test_irony_assent_thanks_and_other_firms_are_no_insight(never: str) -> None:
    assert not any(never in draft.statement for draft in read(render(ENGLISH)))


@pytest.mark.parametrize("never", ["嗯", "謝謝", "辛苦"])
def test_chinese_assent_and_thanks_are_no_insight(never: str) -> None:
    assert not any(never in draft.statement for draft in read(render(CHINESE, "zh")))


def test_an_interviewers_words_are_never_quoted() -> None:
    said = (("q", "I hate typing everything twice, it takes me hours every day."),)
    assert read(render(said)) == ()


def test_context_is_not_cited() -> None:
    rendered = render((("a", "I hate typing every invoice twice, it takes hours."),))
    context = rendered.turns[0].model_copy(update={"use": "context"})
    assert read(rendered)
    assert read(rendered.model_copy(update={"turns": (context,)})) == ()


def test_saying_it_again_is_a_second_quote() -> None:
    said = (
        ("q", "What goes wrong?"),
        ("a", "I am worried that the price will go up again."),
        ("q", "Anything else?"),
        ("a", "Well, I am worried that the price will go up again."),
    )
    drafts = read(render(said))
    assert [len(draft.quotes) for draft in drafts] == [2]


def test_words_that_stand_twice_in_a_turn_are_quoted_with_their_surroundings() -> None:
    said = (
        (
            "a",
            "I hate the slow reports on Monday. Every single month I hate the slow "
            "reports on Monday, it never ends.",
        ),
    )
    rendered = render(said)
    for draft in read(rendered):
        for quote in draft.quotes:
            assert rendered.turns[0].text.count(quote.text) == 1


def test_the_same_window_gives_the_same_bytes_in_another_process() -> None:
    code = (
        "import sys\n"
        "from icp_synth.analysts.embedded import EmbeddedAnalyst\n"
        "from icp_synth.domain.passages import Rendered\n"
        "window = Rendered.model_validate_json(sys.stdin.read())\n"
        "print(ascii(EmbeddedAnalyst().extract(window).model_dump_json()))\n"
    )
    digests = {
        hashlib.sha256(
            subprocess.run(
                [sys.executable, "-c", code],
                input=render(ENGLISH).model_dump_json(),
                env={**os.environ, "PYTHONHASHSEED": seed},
                capture_output=True,
                text=True,
                check=True,
            ).stdout.encode()
        ).hexdigest()
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_nothing_heavy_is_imported() -> None:
    code = (
        "import sys, icp_synth.analysts.embedded\n"
        "print([n for n in ('sklearn', 'scipy', 'openai', 'chromadb') "
        "if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_fingerprints_name_every_file_that_decides() -> None:
    prints = EmbeddedAnalyst().fingerprints()
    versions = {"cues": 1, "lexicon": 1, "facts": 3, "reader": 2, "folds": 2}
    assert set(prints) == {"extract", *versions}
    for name, version in versions.items():
        assert prints[name].startswith(f"{name}@{version}#")


def test_a_theme_is_named_by_its_most_central_quote() -> None:
    theme = ThemeToName(
        number=3,
        kind="pain",
        statements=("…",),
        quotes=("Yeah, so, we type everything twice, you know.", "another one here"),
    )
    named = EmbeddedAnalyst().name_themes([theme], "en")
    assert named.texts == {3: "we type everything twice"}


def test_a_group_of_themes_is_named_by_the_words_that_they_share() -> None:
    groups = [
        GroupToName(
            number=n, kind="pain", words=words, themes=("a", "b"), statements=()
        )
        for n, words in ((1, ("發票",)), (4, ("signal", "app")))
    ]
    named = EmbeddedAnalyst().name_groups(groups, "en")
    assert named.texts == {1: "發票", 4: "signal · app"}


def test_a_long_quote_is_cut_between_clauses_for_a_heading() -> None:
    quote = (
        "we type every order into the shop system in the morning, and then somebody "
        "in accounts types the same order again before lunch"
    )
    theme = ThemeToName(number=1, kind="pain", statements=(quote,), quotes=(quote,))
    name = EmbeddedAnalyst().name_themes([theme], "en").texts[1]
    assert name == "we type every order into the shop system in the morning"


def test_a_draft_keeps_the_labels_and_is_titled_by_what_defines_it() -> None:
    claims = tuple(
        ClaimToWord(
            number=number,
            field=field,
            label=label,
            statements=(),
            quotes=(),
            supports=4,
            of=5,
        )
        for number, field, label in (
            (1, "pain/problem", "everything is typed twice"),
            (2, "industry", "wholesale"),
        )
    )
    skeleton = Skeleton(id="icp-1", what="icp", people=5, of=9, claims=claims)
    worded = EmbeddedAnalyst().draft(skeleton, "en")
    assert worded.texts == {1: "everything is typed twice", 2: "wholesale"}
    assert worded.title == "wholesale · everything is typed twice"


def test_the_one_group_of_everybody_is_not_named_by_what_few_of_it_say() -> None:
    """A group beside others is: the theme tells it from them."""
    claims = tuple(
        ClaimToWord(
            number=number,
            field="pain/problem",
            label=label,
            statements=(),
            quotes=(),
            supports=supports,
            of=10,
        )
        for number, label, supports in ((1, "typed twice", 4), (2, "too slow", 5))
    )
    some = Skeleton(id="icp-1", what="icp", people=10, of=10, claims=claims)
    everybody = some.model_copy(update={"divided": False})
    assert EmbeddedAnalyst().draft(some, "en").title == "typed twice"
    assert EmbeddedAnalyst().draft(everybody, "en").title is None
    most = claims[1].model_copy(update={"supports": 6})
    held = everybody.model_copy(update={"claims": (claims[0], most)})
    assert EmbeddedAnalyst().draft(held, "en").title == "too slow"


@pytest.mark.parametrize(("known", "title"), [(2, "typed twice"), (4, "typed twice")])
def test_a_figure_is_a_title_only_where_nothing_else_is_and_most_hold_it(
    known: int, title: str
) -> None:
    claims = tuple(
        ClaimToWord(
            number=number,
            field=field,
            label=label,
            statements=(),
            quotes=(),
            supports=supports,
            of=6,
        )
        for number, field, label, supports in (
            (1, "headcount_company", "160–320 people", known),
            (2, "pain/problem", "typed twice", 4),
        )
    )
    skeleton = Skeleton(id="icp-1", what="icp", people=6, of=9, claims=claims)
    assert EmbeddedAnalyst().draft(skeleton, "en").title == title
    alone = skeleton.model_copy(update={"claims": claims[:1]})
    assert (EmbeddedAnalyst().draft(alone, "en").title is None) == (known == 2)
