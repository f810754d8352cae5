"""What the pages are made of, beside a run's result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, Self

from pydantic import ConfigDict, TypeAdapter, ValidationError

from icp_synth.domain.transcripts import Speaks, Transcript
from icp_synth.domain.values import Value
from icp_synth.errors import UsageError

LineStatus = Literal["found", "optional", "missed", "false_alarm"]
Mismatch = Literal["kind", "category"]


class _Read(Value):
    """A value of a file that later versions may add keys to."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class ShownTurn(Value):
    """One turn; `start` and `end` are code points into the canonical text."""

    label: str = ""
    speaks: Speaks | None = None
    start: int
    end: int


class ShownText(Value):
    """The canonical text of one interview, and who speaks where."""

    text: str
    turns: tuple[ShownTurn, ...]
    language: str = "und"

    @classmethod
    def of(cls, transcript: Transcript) -> Self:
        """Take from a transcript what a page shows; withheld words are left out."""
        turns = tuple(
            ShownTurn(
                label=turn.label or "",
                speaks=turn.speaks,
                start=turn.start,
                end=turn.end,
            )
            for turn in transcript.turns
            if not turn.withheld
        )
        return cls(text=transcript.text, turns=turns, language=transcript.language)


class QuoteAt(_Read):
    """A quote and where it stands, in code points."""

    start: int
    end: int
    text: str


class Item(_Read):
    """A label or a prediction, as a line of items.jsonl holds it."""

    id: str = ""
    kind: str
    category: str
    statement: str = ""
    quotes: tuple[QuoteAt, ...] = ()
    explicit: bool | None = None
    intensity: int | None = None
    attribute: str | None = None
    value: str | None = None


class Line(_Read):
    """A line of items.jsonl: what became of a label or a prediction.

    Attributes:
        status: `found` and `missed` are of agreed labels, `optional` of a label that
            leaves the count, `false_alarm` of a prediction.
        mismatch: What keeps a label and a prediction of one place apart.
        near: Ids of what stands at the same place and is no pair.
        score: Overlap as a share of the shorter quote.
    """

    model: str
    epoch: int = 1
    case: str
    status: LineStatus
    mismatch: Mismatch | None = None
    near: tuple[str, ...] = ()
    label: Item | None = None
    prediction: Item | None = None
    score: float | None = None

    @property
    def quotes(self) -> tuple[QuoteAt, ...]:
        """All quotes, of the label first."""
        sides = (self.label, self.prediction)
        return tuple(quote for side in sides if side for quote in side.quotes)

    @property
    def place(self) -> tuple[int, int, str, str, str]:
        """Where it stands in its interview: pages list by this."""
        at = min(((one.start, one.end) for one in self.quotes), default=(0, 0))
        ids = [side.id for side in (self.label, self.prediction) if side]
        side = self.label or self.prediction
        return (*at, self.status, side.statement if side else "", " ".join(ids))


class Refused(Value):
    """A quote that was quarantined: it is no slice of its interview.

    `status` is that of contracts.md, e.g. `altered_words`.
    """

    case: str
    model: str
    status: str
    quote: str
    statement: str = ""


class Side(Value):
    """One of two runs that are compared.

    Attributes:
        name: What people call the run.
        model: Which of its models is compared.
        result: The mapping of its result.json.
        lines: Of its items.jsonl.
    """

    name: str
    model: str
    result: Mapping[str, Any]
    lines: tuple[Line, ...]


class PastRun(Value):
    """One run of the past.

    Attributes:
        when: ISO instant at which it was made.
        result: The mapping of its result.json.
        page: Where its page is, relative to the history's page; None for none.
        name: What people call it; may be empty.
    """

    when: str
    result: Mapping[str, Any]
    page: str | None = None
    name: str = ""


_LINES = TypeAdapter(tuple[Line, ...])


def lines_of(raw: Iterable[Mapping[str, Any]]) -> tuple[Line, ...]:
    """Read the lines of items.jsonl; keys that this version lacks are passed over.

    Args:
        raw: One mapping a line.

    Raises:
        UsageError: A line is not of this shape; the message names line and field.
    """
    try:
        return _LINES.validate_python(tuple(raw))
    except ValidationError as error:
        first = error.errors()[0]
        at, *field = first["loc"]
        where = ".".join(str(part) for part in field)
        number = int(at) + 1
        msg = f"items.jsonl, line {number}: {where}: {first['msg']}."
        hint = "Make the file again with `eval run`."
        raise UsageError(msg, hint=hint) from error
