"""Quotes with their place: each is cut out of its transcript again, and checked.

Nothing is shown as a quote that has not passed through `Evidence.cite`: the text is
the slice of the canonical text, in a turn of the participant to whom it is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

from icp_synth.domain.insights import Insight, Quote
from icp_synth.domain.profiles import Synthesis
from icp_synth.domain.spans import Span
from icp_synth.domain.transcripts import Transcript, Turn
from icp_synth.errors import IcpSynthError
from icp_synth.exports.escaping import has_hidden
from icp_synth.exports.formatting import clock, recording
from icp_synth.exports.people import Person

NEIGHBOUR = 420
"""Code points shown of the turn before and of the turn after."""

AROUND = 600
"""Code points shown on either side of a quote within its own turn."""

_LONG_WORD = 24


@dataclass(frozen=True)
class TurnShown:
    """A neighbouring turn, cut on the side that is far from the quote.

    Attributes:
        speaker: The label as in the file; empty where there is none.
        speaks: `participant`, `interviewer`, or None where nobody knows.
        cut: Something is left out on the far side.
    """

    speaker: str
    speaks: str | None
    text: str
    cut: bool


@dataclass(frozen=True)
class Citation:
    """A quote, who said it where, and what stands around it.

    Attributes:
        number: Counts from 1 in the order of first showing; `e12` in the outputs.
        text: The slice of the canonical text.
        recording: Address of the moment in the recording, where both are known.
        lead: What stands before it in its turn, up to `AROUND` code points.
        tail: What follows it in its turn.
        cut: Whether something is left out before the lead, and after the tail.
    """

    number: int
    insight: Insight
    quote: Quote
    who: Person
    text: str
    language: str
    time: str | None
    recording: str | None
    path: str
    speaker: str
    lead: str
    tail: str
    cut: tuple[bool, bool]
    before: TurnShown | None
    after: TurnShown | None

    @property
    def key(self) -> str:
        """The name of the quote in this report, e.g. `e12`."""
        return f"e{self.number}"

    @property
    def hidden(self) -> bool:
        """Whether the quote holds characters that nobody sees."""
        return has_hidden(self.text)


class Evidence:
    """Gives out citations, numbered in the order in which they are first asked for.

    Args:
        synthesis: Whose insights can be cited.
        transcripts: The canonical texts by name; only their turns are shown.
        people: The participants by name.
    """

    def __init__(
        self,
        synthesis: Synthesis,
        transcripts: Mapping[str, Transcript],
        *,
        people: Mapping[str, Person],
    ) -> None:
        self._transcripts = transcripts
        self._people = people
        self._insights = {insight.id: insight for insight in synthesis.insights}
        self._cited: dict[tuple[str, int, int], Citation] = {}

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All that were given out, by number."""
        return tuple(self._cited.values())

    def insight(self, name: str) -> Insight:
        """Return the insight that a theme, claim or fact cites.

        Raises:
            IcpSynthError: When the synthesis does not hold it.
        """
        found = self._insights.get(name)
        if found is None:
            _refuse(f"Insight {name!r} is cited and is not in the synthesis.")
        return found

    def slice(self, transcript: str, start: int, end: int) -> tuple[str, str]:
        """Return the words at a place in a participant's turn, and their language.

        Raises:
            IcpSynthError: When the place does not lie in a turn of a participant.
        """
        found = self._transcripts.get(transcript)
        if found is None:
            _refuse(f"Transcript {transcript!r} is cited and not there.")
        span = Span(start=start, end=end)
        if not any(turn.span.holds(span) for turn in found.participant_turns()):
            _refuse(f"Nobody says what stands at {start} of {found.path!r}.")
        return span.of(found.text), found.language

    def cite(self, insight: Insight, quote: Quote) -> Citation:
        """Return the citation of one quote, cut out of its transcript.

        Raises:
            IcpSynthError: When the text at its place is another one, or the place
                does not lie in a turn of the insight's participant.
        """
        key = (insight.id, quote.start, quote.end)
        if key not in self._cited:
            number = len(self._cited) + 1
            self._cited[key] = self._make(number, insight, quote)
        return self._cited[key]

    def _make(self, number: int, insight: Insight, quote: Quote) -> Citation:
        transcript = self._transcripts.get(insight.transcript)
        if transcript is None:
            _refuse(f"Transcript {insight.transcript!r} is cited and not there.")
        text = quote.span.of(transcript.text)
        if text != quote.text:
            _refuse(
                f"The quote at {quote.start} of {transcript.path!r} is not what "
                "stands there."
            )
        turn = _turn_of(transcript, insight, quote)
        # By number, not by place: turns that must not be shown are not among them.
        turns = {one.index: one for one in transcript.turns}
        before, after = turns.get(turn.index - 1), turns.get(turn.index + 1)
        lead = _last(transcript.text, turn.start, quote.start, most=AROUND)
        tail = _first(transcript.text, quote.end, turn.end, most=AROUND)
        return Citation(
            number=number,
            insight=insight,
            quote=quote,
            who=self._person(insight.participant),
            text=text,
            language=transcript.language,
            time=clock(quote.time),
            recording=recording(transcript.media, quote.time),
            path=transcript.path,
            speaker=turn.label or "",
            lead=lead.of(transcript.text),
            tail=tail.of(transcript.text),
            cut=(lead.start > turn.start, tail.end < turn.end),
            before=None if before is None else _before(transcript, before),
            after=None if after is None else _after(transcript, after),
        )

    def _person(self, name: str) -> Person:
        found = self._people.get(name)
        if found is None:
            _refuse(f"Participant {name!r} is cited and is not in the synthesis.")
        return found


def _turn_of(transcript: Transcript, insight: Insight, quote: Quote) -> Turn:
    for turn in transcript.turns:
        theirs = turn.participant == insight.participant
        if theirs and turn.index == quote.turn and turn.span.holds(quote.span):
            return turn
    return _refuse(
        f"The quote at {quote.start} of {transcript.path!r} does not stand in a turn "
        f"of {insight.participant!r}."
    )


def _before(transcript: Transcript, turn: Turn) -> TurnShown:
    shown = _last(transcript.text, turn.start, turn.end, most=NEIGHBOUR)
    text = shown.of(transcript.text)
    return TurnShown(turn.label or "", turn.speaks, text, shown.start > turn.start)


def _after(transcript: Transcript, turn: Turn) -> TurnShown:
    shown = _first(transcript.text, turn.start, turn.end, most=NEIGHBOUR)
    text = shown.of(transcript.text)
    return TurnShown(turn.label or "", turn.speaks, text, shown.end < turn.end)


def _last(text: str, start: int, end: int, *, most: int) -> Span:
    """Return the last `most` code points, begun at a word where one is near."""
    if end - start <= most:
        return Span(start=start, end=end)
    cut = end - most
    space = text.find(" ", cut, cut + _LONG_WORD)
    return Span(start=space + 1 if space >= 0 else cut, end=end)


def _first(text: str, start: int, end: int, *, most: int) -> Span:
    """Return the first `most` code points, ended at a word where one is near."""
    if end - start <= most:
        return Span(start=start, end=end)
    cut = start + most
    space = text.rfind(" ", cut - _LONG_WORD, cut)
    return Span(start=start, end=space if space >= 0 else cut)


def _refuse(message: str) -> NoReturn:
    raise IcpSynthError(
        message,
        hint="Nothing was published. Run again; if it stays, report it as a fault.",
    )
