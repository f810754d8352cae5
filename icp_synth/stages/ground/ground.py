"""Turn what a reader wrote into insights whose quotes are slices of the source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from icp_synth.domain.fields import CATEGORIES, SIGNALS, attribute_of
from icp_synth.domain.insights import (
    VERIFIED,
    Insight,
    InsightDraft,
    Located,
    Quarantined,
    Quote,
    QuoteDraft,
    QuoteStatus,
    insight_id,
)
from icp_synth.domain.passages import Rendered
from icp_synth.domain.spans import Span
from icp_synth.domain.transcripts import Transcript, Turn
from icp_synth.domain.values import Value
from icp_synth.stages.ground.elided import parts_of
from icp_synth.stages.ground.leading import is_led
from icp_synth.stages.ground.locate import Locator

QuarantineReason = QuoteStatus | Literal["no_quote", "unknown_category", "two_speakers"]

VERSION = "ground/1"
"""Changes whenever the same drafts could be grounded in another way."""


class Grounded(Value):
    """What became of a reader's drafts; nothing is dropped without a count.

    Attributes:
        insights: By place in the source, then id.
        quarantined: Refused quotes in the order of the drafts, with the reason.
        counts: `quotes` (all that the reader gave), and one number a status of
            contracts.md that occurs; these add up to it. Beside them, where they
            occur: `moved`, `elided_parts`, `elided_parts_refused`, `two_speakers`,
            `unknown_category` (quotes), `no_quote` (drafts), `duplicate_quotes`,
            `duplicate_insights`, `signals_dropped`, `intensity_dropped`,
            `attributes_dropped`.
    """

    insights: tuple[Insight, ...]
    quarantined: tuple[Quarantined, ...]
    counts: Mapping[str, int]


def ground(
    drafts: Sequence[InsightDraft],
    transcript: Transcript,
    *,
    rendered: Rendered | None = None,
    locator: Locator | None = None,
    extra: Collection[tuple[str, str]] = (),
) -> Grounded:
    """Ground the drafts of one window.

    Args:
        drafts: What a reader wrote.
        transcript: That it read, with roles.
        rendered: The window as it was shown; its context cannot be cited. None
            where the whole transcript was.
        locator: Of the whole transcript, to be used again over its windows.
        extra: The study's own categories as (kind, category).

    Returns:
        Insights with verified quotes, and every quote that was refused.
    """
    locator = locator or Locator(transcript)
    if rendered is not None:
        locator = locator.within(rendered)
    desk = _Desk(transcript, locator, frozenset(extra))
    insights: dict[str, Insight] = {}
    for draft in drafts:
        insight = desk.ground(draft)
        if insight is None:
            continue
        if insight.id in insights:
            desk.counts["duplicate_insights"] += 1
        insights.setdefault(insight.id, insight)
    ordered = sorted(
        insights.values(), key=lambda each: (each.quotes[0].start, each.id)
    )
    return Grounded(
        insights=tuple(ordered),
        quarantined=tuple(desk.quarantined),
        counts={name: n for name, n in sorted(desk.counts.items()) if n},
    )


@dataclass(frozen=True, slots=True)
class _Held:
    """A quote that passed, with whose words it holds."""

    quote: Quote
    speaker: str


@dataclass
class _Desk:
    """Where the drafts of one window are checked and counted."""

    transcript: Transcript
    locator: Locator
    extra: frozenset[tuple[str, str]]
    counts: Counter[str] = field(default_factory=Counter)
    quarantined: list[Quarantined] = field(default_factory=list)

    def ground(self, draft: InsightDraft) -> Insight | None:
        """Return the insight that stands, or None when no quote carries it."""
        if not draft.quotes:
            self._refuse(draft, "", "no_quote")
        located = [
            (quote, self.locator.locate(quote.text, turn=quote.turn))
            for quote in draft.quotes
        ]
        self.counts["quotes"] += len(located)
        self.counts.update(found.status for _, found in located)
        known = (draft.kind, draft.category) in self.extra
        if not known and draft.category not in CATEGORIES[draft.kind]:
            for quote in draft.quotes:
                self._refuse(draft, quote.text, "unknown_category")
            return None
        held = [
            one for quote, found in located for one in self._pass(draft, quote, found)
        ]
        return self._insight(draft, held) if held else None

    def _pass(
        self, draft: InsightDraft, quote: QuoteDraft, found: Located
    ) -> Iterator[_Held]:
        """Yield the quote, or its parts; refuse what does not pass by itself."""
        if found.turn is None or found.status not in {*VERIFIED, "elided"}:
            self._refuse(draft, quote.text, found.status)
            return
        self.counts["moved"] += found.moved
        if found.span is not None:
            yield self._hold(quote.text, found.span, found)
            return
        for text, span in zip(parts_of(quote.text), found.parts, strict=True):
            status = self.locator.locate(text, turn=found.turn).status
            if status in VERIFIED:
                self.counts["elided_parts"] += 1
                yield self._hold(text, span, found)
            else:
                self.counts["elided_parts_refused"] += 1
                self._refuse(draft, text, status)

    def _hold(self, words: str, span: Span, found: Located) -> _Held:
        turn = self._turns[found.turn]
        text = span.of(self.transcript.text)
        quote = Quote(
            start=span.start,
            end=span.end,
            text=text,
            turn=turn.index,
            time=turn.start_ms,
            alignment="exact" if text == words else "folded",
            moved=found.moved,
            leading=is_led(self.transcript, turn, span),
        )
        return _Held(quote, turn.participant or turn.label or self.transcript.id)

    @cached_property
    def _turns(self) -> dict[int | None, Turn]:
        return {turn.index: turn for turn in self.transcript.turns}

    def _insight(self, draft: InsightDraft, held: Sequence[_Held]) -> Insight:
        speaker = held[0].speaker
        quotes: dict[tuple[int, int], Quote] = {}
        for one in held:
            place = (one.quote.start, one.quote.end)
            if one.speaker != speaker:
                self._refuse(draft, one.quote.text, "two_speakers")
            elif place in quotes:
                self.counts["duplicate_quotes"] += 1
            else:
                quotes[place] = one.quote
        trait = draft.kind == "trait"
        signals = tuple(dict.fromkeys(s for s in draft.signals if _is_signal(s)))
        intensity = None if trait else draft.intensity
        attribute = attribute_of(draft.attribute) if trait else None
        self._count_changes(draft, intensity, signals)
        unnamed = Insight(
            id="",
            participant=speaker,
            transcript=self.transcript.id,
            kind=draft.kind,
            category=draft.category,
            statement=draft.statement,
            statement_origin=draft.statement_origin,
            explicit=draft.explicit,
            intensity=intensity,
            signals=signals,
            attribute=attribute,
            value=draft.value if trait else None,
            normal=draft.normal if trait else None,
            quotes=tuple(quotes.values()),
        )
        named = insight_id(self.transcript.text_sha256, unnamed)
        return unnamed.model_copy(update={"id": named})

    def _count_changes(
        self, draft: InsightDraft, intensity: int | None, signals: Sequence[str]
    ) -> None:
        """Count what a draft may not say of its kind and is therefore left out."""
        facts = (draft.attribute, draft.value, draft.normal)
        self.counts["signals_dropped"] += len(draft.signals) - len(signals)
        self.counts["intensity_dropped"] += intensity != draft.intensity
        self.counts["attributes_dropped"] += draft.kind != "trait" and any(
            fact is not None for fact in facts
        )

    def _refuse(
        self, draft: InsightDraft, words: str, reason: QuarantineReason
    ) -> None:
        if reason in {"no_quote", "unknown_category", "two_speakers"}:
            self.counts[reason] += 1
        self.quarantined.append(
            Quarantined(
                transcript=self.transcript.id,
                statement=draft.statement,
                quote=words,
                reason=reason,
            )
        )


def _is_signal(signal: str) -> bool:
    """Tell whether it is one of the seven, with its sign: `+ready`."""
    return signal[:1] in {"+", "-"} and signal[1:] in SIGNALS
