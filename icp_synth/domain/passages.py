"""What is read and what is searched: ordered lists of exact slices."""

from __future__ import annotations

from typing import Literal

from icp_synth.domain.spans import Span
from icp_synth.domain.transcripts import Speaks
from icp_synth.domain.values import Value

Use = Literal["context", "body"]


class Slice(Value):
    """An exact stretch of one turn; `context` is repeated and cannot be cited."""

    turn: int
    start: int
    end: int
    use: Use

    @property
    def span(self) -> Span:
        """The stretch of the canonical text."""
        return Span(start=self.start, end=self.end)


class Window(Value):
    """What a model reads: whole turns of one transcript, up to the budget.

    The participants' body slices of a transcript's windows partition its
    participant turns, character for character.
    """

    id: str
    transcript: str
    index: int
    slices: tuple[Slice, ...]
    tokens: int


class Passage(Value):
    """What is searched: an answer with its question, up to the budget."""

    id: str
    transcript: str
    participant: str
    slices: tuple[Slice, ...]
    tokens: int

    def body(self) -> tuple[Slice, ...]:
        """Return the slices that are the participant's own words."""
        return tuple(piece for piece in self.slices if piece.use == "body")


class RenderedTurn(Value):
    """A slice as a reader sees it, with the way back to the canonical text.

    Attributes:
        number: The turn's index in the transcript, as shown to the reader.
        speaks: Whose words they are; None where nobody knows.
        participant: The participant's name, for participant turns.
        use: `context` cannot be cited.
        text: The words as shown.
        start: Canonical offset of the first code point of `text`.
    """

    number: int
    speaks: Speaks | None
    participant: str | None
    use: Use
    text: str
    start: int

    def canonical(self, offset: int) -> int:
        """Return the canonical offset of a code point of `text`."""
        return self.start + offset


class Rendered(Value):
    """A window as it is given to an analyst.

    The map of offsets is the identity, shifted by each turn's start, as long as
    nothing is replaced in the text. `text_sha256` is of the whole transcript, where it
    is known.
    """

    window: str
    transcript: str
    language: str
    turns: tuple[RenderedTurn, ...]
    text_sha256: str | None = None
