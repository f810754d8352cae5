"""What a theme or a claim says, and the voices that say it.

Shared by the quotes board and the cards: a title that is shown as a quote only where
it is one, then the people, each once, before anyone's second remark.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from icp_synth.domain.insights import Insight, Quote
from icp_synth.exports.evidence import Citation, Evidence

VISIBLE = 2
"""Voices that stand open beside the title; the others unfold."""

SHOWN = 12
"""Voices shown in all; the others are counted and stand in synthesis.json."""


@dataclass(frozen=True)
class Said:
    """A title.

    Attributes:
        text: A slice of the source where `citation` is there; else written words.
        citation: Where it stands, or None.
        language: Of the text; None for the report's own.
        example: One person's words or sentence, for what several said alike.
    """

    text: str
    citation: Citation | None
    language: str | None
    example: bool = False


@dataclass(frozen=True)
class Voices:
    """The quotes behind a title, one person after another.

    Attributes:
        first: Shown open.
        more: Shown when unfolded.
        hidden: Participants who said it and are not among those shown.
        mentions: Remarks (insights) in all, the title's among them.
        explicit: Of them, said outright; the rest are implied.
        leading: Of them, all quotes of which follow a leading question.
    """

    first: tuple[Citation, ...]
    more: tuple[Citation, ...]
    hidden: int
    mentions: int
    explicit: int
    leading: int

    @property
    def all(self) -> tuple[Citation, ...]:
        """Those shown, in order."""
        return (*self.first, *self.more)


NOBODY = Voices(first=(), more=(), hidden=0, mentions=0, explicit=0, leading=0)
"""Where nobody said anything of the sort."""


def title(text: str, insights: Sequence[str], evidence: Evidence) -> Said:
    """Return the title, as a checked slice where a cited quote holds it verbatim.

    Args:
        text: A theme's label or a claim's text.
        insights: Those that it rests on, the most central first.
        evidence: Cuts the slice.
    """
    words = text.strip().strip("…").strip()
    for insight in map(evidence.insight, insights):
        if insight.statement_origin != "verbatim" or not words:
            continue
        for quote in insight.quotes:
            if (at := quote.text.find(words)) >= 0:
                citation = evidence.cite(insight, quote)
                part = citation.text[at : at + len(words)]
                return Said(part, citation, citation.language)
    one_person = any(
        evidence.insight(insight).statement.strip() == text.strip()
        for insight in insights
    )
    return Said(text, None, None, example=one_person)


def stands_for(said: Said, people: int) -> Said:
    """Mark one person's quote or sentence that is the title of what several said.

    Example:
        >>> stands_for(Said("Closing hurts", None, None), 3).example
        False
    """
    one_person = said.example or said.citation is not None
    return replace(said, example=one_person and people > 1)


def voices(
    insights: Sequence[str],
    evidence: Evidence,
    *,
    among: Collection[str] | None = None,
    without: Citation | None = None,
    visible: int = VISIBLE,
    most: int = SHOWN,
    once: bool = False,
) -> Voices:
    """Return the quotes of the insights, each participant once before any twice.

    Args:
        insights: Ids, the most central first.
        evidence: Cuts and numbers the quotes.
        among: Only these participants; None for all.
        without: A quote that is shown already, as the title.
        visible: How many stand open.
        most: How many are shown in all.
        once: Only the first quote of each insight: a second one is no other voice.
    """
    meant = [
        insight
        for insight in map(evidence.insight, insights)
        if among is None or insight.participant in among
    ]
    chosen = list(_each_person_first(meant, without, once=once))[:most]
    shown = [evidence.cite(insight, quote) for insight, quote in chosen]
    heard = {citation.who.id for citation in shown}
    if without is not None:
        heard.add(without.who.id)
    return Voices(
        first=tuple(shown[:visible]),
        more=tuple(shown[visible:]),
        hidden=len({insight.participant for insight in meant} - heard),
        mentions=len(meant),
        explicit=sum(insight.explicit for insight in meant),
        leading=sum(all(q.leading for q in insight.quotes) for insight in meant),
    )


def _each_person_first(
    insights: Sequence[Insight], without: Citation | None, *, once: bool = False
) -> Iterator[tuple[Insight, Quote]]:
    spoken = {without.who.id} if without else set()
    told = {_place(without.insight, without.quote)} if without else set()
    later: list[tuple[Insight, Quote]] = []
    for insight in insights:
        for quote in insight.quotes[:1] if once else insight.quotes:
            if (place := _place(insight, quote)) in told:
                continue
            told.add(place)
            if insight.participant in spoken:
                later.append((insight, quote))
            else:
                spoken.add(insight.participant)
                yield insight, quote
    yield from later


def _place(insight: Insight, quote: Quote) -> tuple[str, int, int]:
    return insight.transcript, quote.start, quote.end
