"""What a reader may say, and what is held once it is grounded."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from icp_synth.domain.fields import Kind
from icp_synth.domain.ids import content_id
from icp_synth.domain.spans import Span
from icp_synth.domain.values import Value

QuoteStatus = Literal[
    "too_short",
    "exact",
    "folded",
    "elided",
    "interviewer",
    "stitched",
    "altered_number",
    "altered_negation",
    "altered_words",
    "not_found",
]
"""The statuses of contracts.md, in the order in which they are decided."""

VERIFIED: frozenset[QuoteStatus] = frozenset({"exact", "folded"})

Alignment = Literal["exact", "folded"]
Intensity = Literal[1, 2, 3]


class Normal(Value):
    """A value in a form that can be compared; open ends are None.

    Example:
        `about 200 people` → `Normal(low=200, high=200, unit="people")`
    """

    low: float | None = None
    high: float | None = None
    unit: str | None = None
    currency: str | None = None
    asof: str | None = None


class QuoteDraft(Value):
    """A quote as a reader gives it: the turn it names, and the words."""

    turn: int
    text: str


class InsightDraft(Value):
    """What a reader may write. No ids, no offsets, no speaker: code sets those."""

    kind: Kind
    category: str
    statement: str
    quotes: tuple[QuoteDraft, ...]
    explicit: bool = True
    intensity: Intensity | None = None
    signals: tuple[str, ...] = ()
    attribute: str | None = None
    value: str | None = None
    normal: Normal | None = None
    statement_origin: Literal["written", "verbatim"] = "written"


class Quote(Value):
    """A slice of the source: `text == canonical_text[start:end]`.

    Attributes:
        turn: Index of the participant turn that holds it.
        time: Milliseconds into the recording, or None.
        moved: The reader named another turn; the words stand once in this one.
        leading: The question before it leads (it offers the answer).
    """

    start: int
    end: int
    text: str
    turn: int
    time: int | None = None
    alignment: Alignment = "exact"
    moved: bool = False
    leading: bool = False

    @model_validator(mode="after")
    def _as_long_as_its_span(self) -> Self:
        if self.end - self.start != len(self.text):
            msg = f"quote at {self.start}: {len(self.text)} code points do not fit"
            raise ValueError(msg)
        return self

    @property
    def span(self) -> Span:
        """The stretch of the canonical text."""
        return Span(start=self.start, end=self.end)


class Insight(Value):
    """One thing that one participant said, with the words that carry it.

    `id` is a content hash of transcript text, participant, kind, category,
    statement and quote positions (docs/identity.md).
    """

    id: str
    participant: str
    transcript: str
    kind: Kind
    category: str
    statement: str
    statement_origin: Literal["written", "verbatim"]
    explicit: bool = True
    intensity: Intensity | None = None
    signals: tuple[str, ...] = ()
    attribute: str | None = None
    value: str | None = None
    normal: Normal | None = None
    quotes: tuple[Quote, ...] = Field(min_length=1)


class Quarantined(Value):
    """A quote that was refused, with its status as the reason; never shown.

    `invalid_item` is an item of an answer that did not fit the schema.
    """

    transcript: str
    statement: str
    quote: str
    reason: (
        QuoteStatus
        | Literal["no_quote", "unknown_category", "two_speakers", "invalid_item"]
    )


class Located(Value):
    """Where one quote stands, by the statuses of contracts.md.

    Attributes:
        status: The first status that holds.
        span: The place, for `exact`, `folded` and `interviewer`.
        turn: Index of the turn of that place.
        parts: The places of the parts, for `elided` (and `stitched`).
        nearest: The stretch that the quote resembles, for `altered_*`.
        moved: The named turn was another one.
        reason: One sentence for a person.
    """

    status: QuoteStatus
    span: Span | None = None
    turn: int | None = None
    parts: tuple[Span, ...] = ()
    nearest: Span | None = None
    moved: bool = False
    reason: str = ""


def insight_id(text_sha256: str, insight: Insight) -> str:
    """Return the content id of an insight (docs/identity.md).

    Args:
        text_sha256: Of the canonical text that its offsets count in.
        insight: Its own `id` is not looked at.
    """
    return content_id(
        "ins",
        text_sha256,
        insight.participant,
        insight.kind,
        insight.category,
        insight.statement,
        [[quote.start, quote.end] for quote in insight.quotes],
    )
