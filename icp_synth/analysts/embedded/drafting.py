"""Make drafts of what was found: one insight each, however often it is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from icp_synth.analysts.embedded.sentences import Piece
from icp_synth.analysts.embedded.strength import intensity, signals
from icp_synth.domain.insights import InsightDraft, QuoteDraft
from icp_synth.embedding.words import pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from icp_synth.analysts.embedded.facts import Fact
    from icp_synth.domain.fields import Kind
    from icp_synth.domain.passages import RenderedTurn

_SAME = 0.75
"""Share of stems that two quotes of one person need to be one insight."""

_MOST_QUOTES = 3


class Item(NamedTuple):
    """What one segment states.

    Attributes:
        segment: Its place in the turn.
        pieces: The quotes, within the turn; the one that carries it first.
        kind: Of insight.
        category: Of the kind.
        fact: The profile fact that it states, if it does.
        chance: How likely it is so; 1 for a fact.
        sure: Whether it stands for itself beside a neighbour that is sure as well.
    """

    segment: int
    pieces: tuple[Piece, ...]
    kind: Kind
    category: str
    fact: Fact | None
    chance: float
    sure: bool


class _Said(NamedTuple):
    """What a draft says, to find the next one that says the same."""

    participant: str | None
    kind: Kind
    fact: str | None
    words: frozenset[str]
    draft: int


class _Last(NamedTuple):
    """The last segment of a kind, which the next one may join."""

    turn: int
    item: Item
    draft: int


class Drafting:
    """Collects the drafts of one window."""

    def __init__(self) -> None:
        self.drafts: list[InsightDraft] = []
        self._said: list[_Said] = []
        self._last: dict[Kind, _Last] = {}

    def add(self, turn: RenderedTurn, item: Item) -> None:
        """Add a draft, or a further quote to the draft that says the same.

        Two sentences in a row of one kind are one insight with two quotes, unless
        both are sure; the surer one gives category and statement. Facts stand for
        themselves.
        """
        quotes = [
            QuoteDraft(turn=turn.number, text=_once(turn.text, piece))
            for piece in item.pieces
        ]
        before = self._last.pop(item.kind, None)
        if before is not None and _joins(before, turn, item):
            self._quote(before.draft, quotes)
            if item.chance > before.item.chance:
                self._lead(before.draft, item, quotes)
            return
        told = _told(turn, item, quotes[0], len(self.drafts))
        for said in self._said:
            if _same(said, told):
                self._quote(said.draft, quotes)
                return
        self._said.append(told)
        if item.fact is None:
            self._last[item.kind] = _Last(turn.number, item, told.draft)
        self.drafts.append(self._told_apart(turn, item, _draft(item, quotes[0])))
        self._quote(told.draft, quotes[1:])

    def _told_apart(
        self, turn: RenderedTurn, item: Item, draft: InsightDraft
    ) -> InsightDraft:
        """Quote a fact more closely where another one has the same quote.

        What an insight is known by is its category, statement and quotes, so two
        products of one sentence would be taken for one.
        """
        fact = item.fact
        taken = {
            held.quotes[0].text
            for held in self.drafts
            if (held.category, held.quotes[0].turn) == (draft.category, turn.number)
        }
        if fact is None or draft.quotes[0].text not in taken:
            return draft
        closer = (
            Piece(fact.at.start, item.pieces[0].end).of(turn.text).rstrip(" ,，、"),
            fact.at.of(turn.text).strip(" ,，、"),
            fact.value,
        )
        text = next((one for one in closer if one not in taken), fact.value)
        quotes = (QuoteDraft(turn=turn.number, text=text),)
        return draft.model_copy(update={"statement": text, "quotes": quotes})

    def _quote(self, draft: int, quotes: Sequence[QuoteDraft]) -> None:
        """Add quotes that a draft has not, up to as many as it may have."""
        held = self.drafts[draft]
        kept = list(dict.fromkeys((*held.quotes, *quotes)))[:_MOST_QUOTES]
        self.drafts[draft] = held.model_copy(update={"quotes": tuple(kept)})

    def _lead(self, draft: int, item: Item, quotes: Sequence[QuoteDraft]) -> None:
        """Let a draft be led by a later, surer sentence."""
        held = self.drafts[draft]
        kept = tuple(dict.fromkeys((*quotes, *held.quotes)))[:_MOST_QUOTES]
        self.drafts[draft] = _draft(item, kept[0]).model_copy(update={"quotes": kept})


def _joins(before: _Last, turn: RenderedTurn, item: Item) -> bool:
    return (
        item.fact is None
        and (before.turn, before.item.segment + 1) == (turn.number, item.segment)
        and not (before.item.sure and item.sure)
    )


def _told(turn: RenderedTurn, item: Item, quote: QuoteDraft, draft: int) -> _Said:
    fact = item.fact
    return _Said(
        participant=turn.participant,
        kind=item.kind,
        fact=f"{fact.field}={fact.value.lower()}" if fact else None,
        words=frozenset(pieces(quote.text)),
        draft=draft,
    )


def _draft(item: Item, quote: QuoteDraft) -> InsightDraft:
    fact = item.fact
    strength = intensity(quote.text) if item.kind != "trait" else None
    return InsightDraft(
        kind=item.kind,
        category=item.category,
        statement=quote.text,
        statement_origin="verbatim",
        quotes=(quote,),
        intensity=strength,
        signals=signals(item.category, strength),
        attribute=fact.field if fact else None,
        value=fact.value if fact else None,
        normal=fact.normal if fact else None,
    )


def _same(before: _Said, told: _Said) -> bool:
    if (before.participant, before.kind, before.fact) != (
        told.participant,
        told.kind,
        told.fact,
    ):
        return False
    shared, either = before.words & told.words, before.words | told.words
    return told.fact is not None or len(shared) >= _SAME * max(1, len(either))


def _once(text: str, piece: Piece) -> str:
    """Return the quote, longer by whole words where it stands twice in the turn."""
    start, end = piece
    while text.count(text[start:end]) > 1 and (start > 0 or end < len(text)):
        start, end = max(0, start - 1), min(len(text), end + 1)
        while start > 0 and text[start].isascii() and not text[start - 1].isspace():
            start -= 1
        while end < len(text) and text[end - 1].isascii() and not text[end].isspace():
            end += 1
    return text[start:end].strip()
