"""What a study adds to the codebook: own categories, and worked examples."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from icp_synth.domain.fields import CATEGORIES, KIND_OF, Kind
from icp_synth.domain.values import Value

_WORD = re.compile(r"[\w-]+")
_MARK = re.compile(r"\[\d+ (I|P\d*)\][ \t]*")
_LABEL = re.compile(r"([^\W_][^:：\n\[\]]{0,29})(?::[ \t]+|：[ \t]*)")
_WORDS_OF_A_LABEL = 3
_ASKS = frozenset(
    {
        *("i", "q", "ai", "interviewer", "moderator", "host", "researcher"),
        *("訪談者", "訪員", "主持人", "採訪者", "問"),
    }
)


class OwnCategory(Value):
    """A category that a study adds to one kind of insight."""

    category: str
    kind: Kind
    description: str = ""


class ExampleInsight(Value):
    """What a careful coder marks in an example; `quote` stands in it verbatim."""

    kind: Kind
    category: str
    quote: str
    statement: str = ""


class ExampleTurn(Value):
    """One turn of an example; `participant` counts from 1, None is the interviewer."""

    participant: int | None
    text: str


class Example(Value):
    """A passage with the insights in it, shown to a model before it reads.

    Attributes:
        text: Turns that begin with a label (`Interviewer:`, `Anna:`, or `I:` and
            `P1:`) at the start of a line; words without any label are one
            participant's.
        insights: All of them, so that the example teaches what to leave out, too.
    """

    text: str
    insights: tuple[ExampleInsight, ...]

    def turns(self) -> tuple[ExampleTurn, ...]:
        r"""Return the turns, participants numbered in order of speech.

        Words before the first label belong to nobody and are left out.

        Example:
            >>> Example(text="Q: How?\nAnna: By hand.", insights=()).turns()[1].text
            'By hand.'
        """
        said: list[tuple[str | None, list[str]]] = []
        for line in self.text.strip().splitlines():
            label, words = _label_of(line)
            if label is not None:
                said.append((label, [words]))
            elif said:
                said[-1][1].append(line.strip())
        if not said:
            return (ExampleTurn(participant=1, text=self.text.strip()),)
        numbers: dict[str, int] = {}
        turns = []
        for label, lines in said:
            asks = label is not None and label.casefold() in _ASKS
            number = None if asks else numbers.setdefault(label or "", len(numbers) + 1)
            turns.append(ExampleTurn(participant=number, text="\n".join(lines).strip()))
        return tuple(turns)


class Codebook(Value):
    """`[codebook]` of study.toml or case.toml.

    Attributes:
        extra: Own categories, beside those of the codebook.
        examples: Passages with their insights.
    """

    extra: tuple[OwnCategory, ...] = ()
    examples: tuple[Example, ...] = ()

    def problems(self) -> list[str]:
        """Return what does not hold together, each with its place; empty if all does.

        A category must be one word that the codebook does not have; an example's
        quote must stand, letter for letter, in one turn of a participant.
        """
        own = [(one.kind, one.category) for one in self.extra]
        return [*_category_problems(self.extra), *example_problems(self.examples, own)]


def example_problems(
    examples: Sequence[Example], own: Iterable[tuple[Kind, str]] = ()
) -> list[str]:
    """Return what is wrong with examples: a model would learn it.

    Args:
        examples: In the order in which they are shown.
        own: Own categories as (kind, category).
    """
    known = frozenset(own)
    return [
        f"codebook.examples[{at}]{problem}"
        for at, example in enumerate(examples)
        for problem in _problems(example, known)
    ]


def _label_of(line: str) -> tuple[str | None, str]:
    """Return who a line says is speaking, and the words after that."""
    found = _MARK.match(line) or _LABEL.match(line)
    if found is None or len(found[1].split()) > _WORDS_OF_A_LABEL:
        return None, line
    return found[1].strip(), line[found.end() :]


def _category_problems(extra: Iterable[OwnCategory]) -> Iterator[str]:
    known = set(KIND_OF)
    for one in extra:
        if not _WORD.fullmatch(one.category):
            yield f"codebook.extra has a category {one.category!r}: it is not one word"
        elif one.category in known:
            yield f"codebook.extra has a category {one.category!r}: it is there already"
        known.add(one.category)


def _problems(example: Example, own: frozenset[tuple[Kind, str]]) -> Iterator[str]:
    turns = example.turns()
    if not example.text.strip():
        yield ": it has no text"
    for at, insight in enumerate(example.insights):
        place = f".insights[{at}]"
        named = (insight.kind, insight.category)
        if insight.category not in CATEGORIES[insight.kind] and named not in own:
            yield f"{place}: no category {insight.category!r} of {insight.kind}"
        problem = quote_problem(insight.quote, turns)
        if problem:
            yield f"{place}: {problem}"


def quote_problem(quote: str, turns: Iterable[ExampleTurn]) -> str:
    """Return why a quote could not be grounded in these turns; empty if it can."""
    if not quote.strip():
        return "the quote is empty"
    speakers = [one.participant for one in turns if quote in one.text]
    if not speakers:
        return f"the quote {quote!r} stands in no turn, letter for letter"
    if all(one is None for one in speakers):
        return f"the quote {quote!r} is the interviewer's"
    return ""
