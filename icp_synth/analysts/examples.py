"""Worked examples in a prompt: how they are written, and checked before a run.

An example is a run of numbered turns as the transcript shows them, and below it, in
lines that begin with an arrow, what a coder marks in it:

    [3 I] What changed?
    [4 P1] Counting stock ate my whole Sunday.
    → pain/problem intensity 3 "Counting stock ate my whole Sunday"

After `kind/category` the first words in straight quote marks are the quote; whatever
else stands there, in brackets or after a colon, is for the model alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from icp_synth.analysts.material import INDENT
from icp_synth.domain.brief import Brief
from icp_synth.domain.codebook import (
    Example,
    ExampleTurn,
    example_problems,
    quote_problem,
)
from icp_synth.domain.fields import CATEGORIES, KINDS, Kind
from icp_synth.errors import PromptError, UsageError
from icp_synth.prompting import Prompt

_TURN = re.compile(r"\[\d+ (?:I|P(\d+))(, context)?\] ?(.*)")
_ARROW = "→"
_MARKED = re.compile(rf'\b({"|".join(KINDS)})/([\w-]+)([^"]*)(?:"([^"]*)")?')


def shown(example: Example) -> str:
    """Return an example as a prompt shows it: its turns, then a line an insight."""
    lines = []
    for number, turn in enumerate(example.turns(), start=1):
        who = "I" if turn.participant is None else f"P{turn.participant}"
        text = turn.text.replace("\n", f"\n{INDENT}")
        lines.append(f"[{number} {who}] {text}")
    for one in example.insights:
        said = f": {one.statement}" if one.statement else ""
        lines.append(f'{_ARROW} {one.kind}/{one.category} "{one.quote}"{said}')
    return "\n".join(lines)


def check_prompt(prompt: Prompt, brief: Brief) -> None:
    """Refuse examples that teach what grounding would refuse.

    Raises:
        PromptError: The prompt's own, or those of the study have no place in it.
        UsageError: Those of the study.
    """
    own = brief.own_categories()
    problems = check_examples(f"{prompt.system}\n{prompt.user}", own)
    if problems:
        msg = f"An example of the prompt {prompt.id!r} cannot be grounded: "
        hint = "Copy its quotes letter for letter from its turns marked P."
        raise PromptError(msg + "; ".join(problems) + ".", hint=hint)
    problems = example_problems(brief.examples, own)
    if problems:
        msg = f"The examples cannot be grounded: {'; '.join(problems)}."
        hint = "Copy each quote letter for letter from one turn of a participant."
        raise UsageError(msg, hint=hint)
    if brief.examples and "examples" not in prompt.variables:
        msg = f"The prompt {prompt.id!r} has no place for the examples of the study."
        hint = (
            "List `examples` among its variables, and write"
            " `{% for example in examples %}{{ example }}{% endfor %}` where they go."
        )
        raise PromptError(msg, hint=hint)


def check_examples(text: str, own: Iterable[tuple[Kind, str]] = ()) -> list[str]:
    r"""Return what is wrong with the examples in a prompt's text; empty if nothing.

    Every mark must name a category of the codebook and hold a quote that stands,
    letter for letter, in one participant turn of its own example: a model would
    learn any fault.

    Args:
        text: Of a prompt, both parts.
        own: Own categories as (kind, category).

    Example:
        >>> check_examples('[1 P1] It broke.\n→ pain/problem "It breaks"')
        ["line 2: the quote 'It breaks' stands in no turn, letter for letter"]
    """
    known = frozenset(own)
    problems = []
    turns: list[ExampleTurn] = []
    answered = False
    for number, line in enumerate(text.splitlines(), start=1):
        turn = _TURN.match(line)
        if turn is not None:
            turns = [] if answered else turns
            answered = False
            person = int(turn[1]) if turn[1] and not turn[2] else None
            turns.append(ExampleTurn(participant=person, text=turn[3]))
        elif turns and not answered and line.startswith(INDENT):
            last = turns.pop()
            longer = f"{last.text}\n{line.removeprefix(INDENT)}"
            turns.append(last.model_copy(update={"text": longer}))
        elif line.startswith(_ARROW):
            answered = True
            found = _problems(line, turns, known)
            problems += [f"line {number}: {problem}" for problem in found]
    return problems


def _problems(
    line: str, turns: Iterable[ExampleTurn], own: frozenset[tuple[Kind, str]]
) -> Iterator[str]:
    marks = list(_MARKED.finditer(line))
    if not marks:
        yield "it marks no kind/category"
    for mark in marks:
        kind, category = mark[1], mark[2]
        known = any(kind == k and category in CATEGORIES[k] for k in KINDS)
        if not known and (kind, category) not in own:
            yield f"no category {category!r} of {kind}"
        problem = quote_problem(mark[4] or "", turns)
        if problem:
            yield problem
