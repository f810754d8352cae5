"""Read a model's reply: from what it may write to what we hold.

Nothing is lost on the way without a count: `Wordings.dropped`, `Drafts.repaired`,
`Drafts.invalid`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from icp_synth.analysts.answers import (
    Extraction,
    GroupNames,
    InsightAnswer,
    Judgement,
    NumberedText,
    ThemeNames,
    Wording,
)
from icp_synth.analysts.protocol import (
    Drafts,
    InvalidItem,
    Verdict,
    Verdicts,
    Wordings,
)
from icp_synth.domain.chat import ChatReply, ChatRequest
from icp_synth.domain.fields import KIND_OF, OTHER
from icp_synth.domain.insights import InsightDraft, Normal, QuoteDraft
from icp_synth.errors import AnswerUnusable
from icp_synth.llm.repair import check, parse_answer

A = TypeVar("A", bound=BaseModel)

_LONGEST_TITLE = 80
_LONGEST_NAME = 120
_LONGEST_CLAIM = 300
"""Characters; about twice what the prompts ask for. What is longer is dropped."""


def read_drafts(reply: ChatReply, schema: Mapping[str, Any]) -> Drafts:
    """Return the insights of an answer to `extract`.

    An answer that does not fit the schema as a whole (the desk has asked for it twice
    then) gives the items that fit by themselves; the others are listed as invalid.

    Raises:
        AnswerUnusable: The reply does not fit the schema, and neither does an item.
    """
    try:
        answer, repaired = _parse(reply, schema, Extraction)
    except AnswerUnusable:
        salvaged = _salvage(reply, schema)
        if salvaged is None:
            raise
        return salvaged
    return Drafts(
        drafts=tuple(_draft(insight) for insight in answer.insights), repaired=repaired
    )


def can_be_salvaged(request: ChatRequest, reply: ChatReply) -> bool:
    """Tell whether an answer that does not fit its schema has items that do.

    For answers that come by a file: nobody can be asked again there.
    """
    if request.step not in {"extract", "glean"}:
        return False
    return _salvage(reply, request.response_schema) is not None


def _salvage(reply: ChatReply, schema: Mapping[str, Any]) -> Drafts | None:
    """Read item by item; None where no item fits."""
    try:
        value, repaired = parse_answer(reply.text)
    except AnswerUnusable:
        return None
    items = value.get("insights")
    if not isinstance(items, list):
        return None
    shape = schema["properties"]["insights"]["items"]
    drafts: list[InsightDraft] = []
    invalid: list[InvalidItem] = []
    for at, item in enumerate(items):
        problems = check(item, shape)
        if problems:
            invalid.append(_invalid(at, item, problems[0]))
        else:
            drafts.append(_draft(InsightAnswer.model_validate(item)))
    if not drafts:
        return None
    return Drafts(drafts=tuple(drafts), repaired=repaired, invalid=tuple(invalid))


def _invalid(at: int, item: object, problem: str) -> InvalidItem:
    said = item if isinstance(item, Mapping) else {}
    quotes = said.get("quotes")
    first = quotes[0] if isinstance(quotes, list) and quotes else None
    quote = first.get("text") if isinstance(first, Mapping) else None
    statement = said.get("statement")
    return InvalidItem(
        reason=f"insights[{at}]{problem.removeprefix('$')}",
        statement=statement if isinstance(statement, str) else "",
        quote=quote if isinstance(quote, str) else "",
    )


def read_answer(reply: ChatReply, schema: Mapping[str, Any], answer: type[A]) -> A:
    """Return an answer as its type.

    Args:
        reply: As it came.
        schema: What it must fit.
        answer: The same as a type.

    Raises:
        AnswerUnusable: With what does not fit, for a person and for asking again.
    """
    return _parse(reply, schema, answer)[0]


def _parse(
    reply: ChatReply, schema: Mapping[str, Any], answer: type[A]
) -> tuple[A, bool]:
    """Return the answer as its type, and whether its JSON had to be repaired."""
    value, repaired = parse_answer(reply.text, schema)
    try:
        return answer.model_validate(value), repaired
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}"
            for one in error.errors()[:5]
        )
        msg = f"The answer does not fit its schema: {faults}."
        raise AnswerUnusable(msg, outcome="invalid") from error


def theme_names(answer: ThemeNames, wanted: Mapping[int, int]) -> Wordings:
    """Return the names of an answer to `name_themes`, and what does not carry them.

    Args:
        answer: As it was read.
        wanted: Number of each theme asked for → how many of its statements were shown.
    """
    texts, dropped = _numbered(answer.names, frozenset(wanted), _LONGEST_NAME)
    judged: set[int] = set()
    not_held: dict[int, tuple[int, ...]] = {}
    for one in answer.names:
        # Of two names for one theme the first is used, and what was judged by it.
        if one.number in judged or texts.get(one.number) != " ".join(one.text.split()):
            continue
        judged.add(one.number)
        given = set(one.not_held)
        shown = {place for place in given if 1 <= place <= wanted[one.number]}
        dropped += len(given - shown)
        if shown:
            not_held[one.number] = tuple(sorted(shown))
    return Wordings(texts=texts, dropped=dropped, not_held=not_held)


def group_names(answer: GroupNames, wanted: frozenset[int]) -> Wordings:
    """Return the names of an answer to `name_groups`, by the numbers asked for."""
    texts, dropped = _numbered(answer.names, wanted, _LONGEST_NAME)
    return Wordings(texts=texts, dropped=dropped)


def wording(answer: Wording, wanted: frozenset[int]) -> Wordings:
    """Return title and sentences of an answer to `draft`, by the numbers asked for."""
    worded = [
        NumberedText(number=one.number, text=one.text)
        for one in answer.claims
        if one.text is not None
    ]
    texts, dropped = _numbered(worded, wanted, _LONGEST_CLAIM)
    nulls = {one.number for one in answer.claims if one.text is None}
    title = " ".join(answer.title.split())
    if len(title) > _LONGEST_TITLE:
        title, dropped = "", dropped + 1
    unworded = tuple(sorted((nulls & wanted) - texts.keys()))
    return Wordings(
        texts=texts,
        title=title or None,
        dropped=dropped + len(nulls - wanted),
        unworded=unworded,
    )


def verdicts(answer: Judgement, wanted: frozenset[int]) -> Verdicts:
    """Return the verdicts of an answer to `judge`, by the passages asked about."""
    kept: dict[int, Verdict] = {}
    dropped = 0
    for one in answer.verdicts:
        quote = one.quote.strip() if one.quote and one.stance != "silent" else ""
        whole = one.stance == "silent" or quote
        if one.passage in wanted and one.passage not in kept and whole:
            kept[one.passage] = Verdict(
                number=one.passage, stance=one.stance, quote=quote
            )
        else:
            dropped += 1
    found = tuple(kept[number] for number in sorted(kept))
    return Verdicts(verdicts=found, dropped=dropped)


def _draft(answer: InsightAnswer) -> InsightDraft:
    kind = answer.kind
    if kind not in {"trait", "pain", "motivation"}:
        kind = KIND_OF.get(answer.category, "trait")
    ends = sorted(end for end in (answer.low, answer.high) if end is not None)
    normal = None
    if ends:
        normal = Normal(
            low=None if answer.low is None else ends[0],
            high=None if answer.high is None else ends[-1],
            unit=answer.unit,
            currency=answer.currency,
        )
    attribute = answer.attribute
    if attribute == "other":
        attribute = f"{OTHER}{answer.category}"
    return InsightDraft.model_validate(
        {
            "kind": kind,
            "category": answer.category,
            "statement": " ".join(answer.statement.split()),
            "quotes": tuple(
                QuoteDraft(turn=quote.turn, text=quote.text) for quote in answer.quotes
            ),
            "explicit": answer.explicit,
            "intensity": answer.intensity if answer.intensity in {1, 2, 3} else None,
            "signals": tuple(answer.signals),
            "attribute": attribute if kind == "trait" else None,
            "value": answer.value if kind == "trait" else None,
            "normal": normal if kind == "trait" else None,
        }
    )


def _numbered(
    texts: Iterable[NumberedText], wanted: frozenset[int], longest: int
) -> tuple[dict[int, str], int]:
    """Return the texts that were asked for, and how many cannot be used."""
    kept: dict[int, str] = {}
    dropped = 0
    for one in texts:
        text = " ".join(one.text.split())
        fits = 0 < len(text) <= longest
        if one.number in wanted and fits and one.number not in kept:
            kept[one.number] = text
        else:
            dropped += 1
    return kept, dropped
