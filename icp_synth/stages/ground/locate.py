"""Say of a quote where it stands, by the statuses of contracts.md, in their order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from icp_synth.domain.insights import Located
from icp_synth.domain.passages import Rendered
from icp_synth.domain.spans import Span
from icp_synth.domain.transcripts import Transcript
from icp_synth.stages.ground.altered import compare
from icp_synth.stages.ground.elided import Way, marks_omission, parts_of, ways
from icp_synth.stages.ground.fold import fold
from icp_synth.stages.ground.source import Place, Source, Stretch, cuts_word
from icp_synth.stages.ground.stitch import stitched
from icp_synth.stages.ground.tokens import long_enough, tokenize

_REASONS = {
    "folded": "It differs in case, white space or marks only.",
    "elided": "It marks what it leaves out; each part stands in the source.",
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question to the locator."""

    quote: str
    turn: int | None
    participant: str | None

    def may_cite(self, stretch: Stretch) -> bool:
        return stretch.role == "citable" and (
            self.participant is None
            or self.participant in (stretch.participant, stretch.label)
        )


class Locator:
    """Looks quotes up in one transcript; built once, asked often.

    Args:
        transcript: Whose roles are decided.
        rendered: As for `within`.

    Example:
        >>> Locator(transcript).locate("every Monday I spend two hours").status
        'exact'
    """

    def __init__(
        self, transcript: Transcript, *, rendered: Rendered | None = None
    ) -> None:
        self._transcript = transcript
        self._source = Source(transcript, rendered=rendered)

    def within(self, rendered: Rendered) -> Locator:
        """Return a locator of what a reader read of this transcript.

        Only the window's bodies can be cited: not its context, and not what it does
        not show.

        Args:
            rendered: The window as it was shown.
        """
        narrower = Locator(self._transcript, rendered=rendered)
        all_read = narrower._source.stretches == self._source.stretches
        return self if all_read else narrower

    def locate(
        self, quote: str, *, turn: int | None = None, participant: str | None = None
    ) -> Located:
        """Find a quote.

        Args:
            quote: The words as given.
            turn: Index of the turn that is said to hold them. Where they do not
                stand there, they must stand exactly once in another turn.
            participant: Only this participant's turns (by name or label) count.

        Returns:
            The first status that holds. `span` is a slice of a turn for `exact`,
            `folded` and `interviewer`; `parts` are slices for `elided` and
            `stitched`; `nearest` is what an altered quote resembles. All are
            half-open code points of the canonical text.
        """
        asked = _Asked(quote, turn, participant)
        if not _enough(quote) and not self._once(asked):
            reason = "Under three words or six CJK characters."
            return Located(status="too_short", reason=reason)
        return (
            self._verified(asked)
            or self._elided(asked)
            or self._of_interviewer(quote)
            or self._patched(asked)
            or self._not_found(asked)
        )

    def holds(self, quote: str) -> bool:
        """Tell whether the quote, long enough, is exact or folded here."""
        found = self._verified(_Asked(quote, None, None)) if _enough(quote) else None
        return found is not None

    def locate_all(self, quotes: Iterable[str]) -> tuple[Located, ...]:
        """Find each quote, in order, wherever it stands."""
        return tuple(self.locate(quote) for quote in quotes)

    def _once(self, asked: _Asked) -> bool:
        """Tell whether the words stand once in the transcript, in the named turn."""
        if asked.turn is None:
            return False
        places = [
            place
            for place in self._source.folded(asked.quote)
            if not cuts_word(self._source.text, place)
        ]
        return len(places) == 1 and places[0].stretch.turn == asked.turn

    def _verified(self, asked: _Asked) -> Located | None:
        """Return the quote as exact or folded; the named turn goes before both."""
        exact = self._citable(self._source.exact(asked.quote), asked)
        if exact and _reaches(exact, asked.turn):
            return _located("exact", exact, asked.turn)
        folded = self._citable(self._source.folded(asked.quote), asked)
        if folded and (not exact or _reaches(folded, asked.turn)):
            return _located("folded", folded, asked.turn)
        return _located("exact", exact, asked.turn) if exact else None

    def _elided(self, asked: _Asked) -> Located | None:
        """Return the quote by its parts, where one stretch holds them in order."""
        parts = parts_of(asked.quote) if marks_omission(asked.quote) else ()
        if not parts:
            return None
        found = tuple(ways([self._places(part, asked) for part in parts]))
        return _located("elided", found, asked.turn) if found else None

    def _places(self, part: str, asked: _Asked) -> tuple[Place, ...]:
        """Return where a part of an elided quote stands; a short one as a word."""
        short = not _enough(part)
        return tuple(
            place
            for place in self._source.folded(part)
            if asked.may_cite(place.stretch)
            and not (short and cuts_word(self._source.text, place))
        )

    def _citable(self, places: Iterable[Place], asked: _Asked) -> tuple[Way, ...]:
        return tuple((place,) for place in places if asked.may_cite(place.stretch))

    def _of_interviewer(self, quote: str) -> Located | None:
        source = self._source
        for place in chain(source.exact(quote), source.folded(quote)):
            if place.stretch.role == "interviewer":
                return Located(
                    status="interviewer",
                    span=place.span,
                    turn=place.stretch.turn,
                    reason="The interviewer says it.",
                )
        return None

    def _patched(self, asked: _Asked) -> Located | None:
        """Return the quote as stitched or altered."""
        source = self._source
        folded = fold(asked.quote, marks=False).text
        tokens = tokenize(folded)
        citable = {
            number
            for number, stretch in enumerate(source.stretches)
            if asked.may_cite(stretch)
        }
        likeness = compare(folded, tokens, source, citable)
        if likeness and likeness.is_one_word():
            return likeness.located()
        parts = (
            ()
            if marks_omission(asked.quote)
            else stitched(tokens, source.stream, source.sentence)
        )
        if parts:
            spans = tuple(Span(start=start, end=end) for start, end in parts)
            said = " | ".join(span.of(source.text) for span in spans)
            reason = f"Put together without a mark of omission: {said}"
            return Located(status="stitched", parts=spans, reason=reason)
        return likeness.located() if likeness else None

    def _not_found(self, asked: _Asked) -> Located:
        """Say where the words stand, if they stand where they cannot be cited."""
        reason = "Nothing like it stands in a participant's turn."
        for place in self._source.folded(asked.quote):
            if place.stretch.role == "citable":
                reason = f"It is {place.stretch.participant!r} who says it."
                break
            if place.stretch.role == "unknown":
                reason = "It stands in a turn of which nobody knows who speaks."
                break
            reason = "It stands in a part of the transcript that was not read."
        return Located(status="not_found", reason=reason)


def _enough(quote: str) -> bool:
    tokens = tokenize(fold(quote, marks=False).text)
    return long_enough(sum(token.weight for token in tokens))


def _reaches(found: Sequence[Way], turn: int | None) -> bool:
    """Tell whether a place will do as it is: none is named, or it is the named one."""
    return turn is None or any(way[0].stretch.turn == turn for way in found)


def _located(
    status: Literal["exact", "folded", "elided"],
    found: Sequence[Way],
    turn: int | None,
) -> Located:
    """Choose the place in the named turn, else the first, else the only other one."""
    inside = [way for way in found if turn in (None, way[0].stretch.turn)]
    if not inside and len(found) > 1:
        return Located(
            status="not_found",
            reason=f"It is not in turn {turn} and stands {len(found)} times elsewhere.",
        )
    moved = not inside
    way = (inside or found)[0]
    reasons = [_REASONS[status]] if status in _REASONS else []
    if moved:
        reasons.append(f"It stands in turn {way[0].stretch.turn}, not in turn {turn}.")
    parts = tuple(place.span for place in way)
    return Located(
        status=status,
        span=parts[0] if status != "elided" else None,
        turn=way[0].stretch.turn,
        parts=parts if status == "elided" else (),
        moved=moved,
        reason=" ".join(reasons),
    )
