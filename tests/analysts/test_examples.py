"""Examples in prompts are groundable, or nothing is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from icp_synth.analysts.examples import check_examples, shown
from icp_synth.analysts.llm import LlmAnalyst
from icp_synth.domain.brief import Brief
from icp_synth.domain.codebook import Example, ExampleInsight
from icp_synth.errors import PromptError, UsageError
from icp_synth.llm.tokens import estimate_v1
from icp_synth.prompting import load_prompt, packaged_prompts
from icp_synth.stages.chunk import chunk
from icp_synth.stages.extract import render
from tests.factories import make_transcript

EXAMPLE = Example(
    text="Interviewer: How?\nAnna: By hand.\nIt ate my Sunday.\nBob: I help her.",
    insights=(
        ExampleInsight(
            kind="pain",
            category="problem",
            quote="It ate my Sunday.",
            statement="Counting takes her Sunday.",
        ),
        ExampleInsight(kind="trait", category="behaviour", quote="I help her."),
    ),
)
SHOWN = """\
[1 I] How?
[2 P1] By hand.
    It ate my Sunday.
[3 P2] I help her.
→ pain/problem "It ate my Sunday.": Counting takes her Sunday.
→ trait/behaviour "I help her.\""""

TURNS = "[3 I] What broke?\n[4 P1, context] It did.\n[5 P1] The oven broke.\n    Twice."
SLOT = "{% for example in examples %}\n{{ example }}\n{% endfor %}\n"


def prompt(folder: Path, *, examples: bool = True, system: str = "Read.") -> Path:
    """Write an own extraction prompt, with or without a place for examples."""
    variables = "[examples, turns]" if examples else "[turns]"
    slot = SLOT if examples else ""
    (folder / "extract.md").write_text(
        f"---\nid: extract\nversion: 9\nvariables: {variables}\nschema: extraction\n"
        f"---\n# system\n{system}\n# user\n{slot}{{{{ turns }}}}\n",
        encoding="utf-8",
    )
    return folder


@pytest.mark.parametrize(
    "path", sorted(packaged_prompts().rglob("extract.md")), ids=str
)
def test_the_examples_of_every_shipped_version_can_be_grounded(path: Path) -> None:
    found = load_prompt("extract", path.parent)
    text = f"{found.system}\n{found.user}"
    assert "→ trait/" in text
    assert check_examples(text) == []


def test_an_example_is_shown_as_turns_and_what_is_marked_in_them() -> None:
    assert shown(EXAMPLE) == SHOWN
    assert check_examples(SHOWN) == []


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        ('→ pain/problem "The oven breaks."', "stands in no turn"),
        ('→ pain/problem "What broke?"', "is the interviewer's"),
        ('→ pain/problem "It did."', "is the interviewer's"),
        ("→ pain/problem The oven broke.", "the quote is empty"),
        ('→ pain/joy "The oven broke."', "no category 'joy' of pain"),
        ('→ "The oven broke."', "marks no kind/category"),
        ('→ pain/problem "The oven broke."; pain/fear "It may."', "'It may.'"),
    ],
)
def test_a_mark_that_cannot_be_grounded_is_named_with_its_line(
    marks: str, words: str
) -> None:
    (problem,) = check_examples(f"Read.\n{TURNS}\n{marks}")
    assert problem.startswith("line 6: ")
    assert words in problem


def test_a_mark_may_say_more_than_its_quote() -> None:
    marks = '→ pain/problem intensity 2 "Twice." (value "two", low 2): It fails.'
    assert check_examples(f"{TURNS}\n{marks}") == []


def test_each_example_is_checked_against_its_own_turns() -> None:
    first = f'{TURNS}\n→ pain/problem "The oven broke."'
    second = '[1 P1] It is fine.\n→ motivation/like "The oven broke."'
    (problem,) = check_examples(f"{first}\n\nEXAMPLE\n{second}")
    assert problem.startswith("line 9: ")


def test_own_categories_may_be_marked() -> None:
    text = f'{TURNS}\n→ pain/audit "The oven broke."'
    assert check_examples(text, [("pain", "audit")]) == []
    assert len(check_examples(text)) == 1


def test_a_prompt_with_a_faulty_example_asks_nothing(tmp_path: Path) -> None:
    own = prompt(tmp_path, system=f'{TURNS}\n→ pain/problem "The oven breaks."')
    with pytest.raises(PromptError, match="The oven breaks") as caught:
        LlmAnalyst("m", Brief(), prompts=own)
    assert caught.value.hint


def test_examples_of_a_study_stand_in_every_request(tmp_path: Path) -> None:
    analyst = LlmAnalyst("m", Brief(examples=(EXAMPLE,)), prompts=prompt(tmp_path))
    talk = make_transcript([("Ann", "participant", "It broke.")])
    (window,) = chunk(talk, estimate_v1).windows
    said = analyst.extract(render(window, talk)).request.messages[1].content
    assert said == f"{SHOWN}\n[0 P1] It broke."


def test_a_prompt_without_a_place_for_examples_says_how_to_make_one(
    tmp_path: Path,
) -> None:
    own = prompt(tmp_path, examples=False)
    with pytest.raises(PromptError, match="no place for the examples") as caught:
        LlmAnalyst("m", Brief(examples=(EXAMPLE,)), prompts=own)
    assert "{% for example in examples %}" in caught.value.hint
    assert LlmAnalyst("m", Brief(), prompts=own).fingerprints()


def test_a_faulty_example_of_a_study_is_named(tmp_path: Path) -> None:
    wrong = EXAMPLE.insights[0].model_copy(update={"quote": "It eats my Sunday."})
    brief = Brief(examples=(EXAMPLE, Example(text=EXAMPLE.text, insights=(wrong,))))
    with pytest.raises(UsageError, match=r"examples\[1\]\.insights\[0\].*It eats"):
        LlmAnalyst("m", brief, prompts=prompt(tmp_path))
