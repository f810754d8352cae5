"""Where the quote of a label stands, or why it is no quote."""

from __future__ import annotations

from icp_synth.domain.insights import VERIFIED
from icp_synth.domain.spans import Span
from icp_synth.domain.transcripts import Transcript
from icp_synth.evaluation.labelling.fields import Unfit, turn_of
from icp_synth.evaluation.labelling.given import DraftQuote
from icp_synth.stages.ground import Locator
from icp_synth.stages.ground.source import Place, Source

_SHOWN = 5


class Misquoted(Unfit):
    """A quote that cannot be used; `field` is the part of it that is wrong."""

    def __init__(self, *, field: str, said: str) -> None:
        super().__init__(said)
        self.field = field


class QuoteFinder:
    """Finds the quotes of one transcript.

    Args:
        transcript: Whose roles are decided.
    """

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self._locator = Locator(transcript)
        self._source = Source(transcript)

    def find(self, quote: DraftQuote) -> Span:
        """Return where a quote stands, inside one participant turn.

        Args:
            quote: By its place, or by its words and, where they stand more than
                once, their turn.

        Raises:
            Misquoted: It does not stand in a participant's turn, or the text there
                is another one, or nobody can tell which of several places is meant.
        """
        if quote.start is None or quote.end is None:
            return self._by_words(quote)
        return self._by_place(quote, quote.start, quote.end)

    def _by_place(self, quote: DraftQuote, start: int, end: int) -> Span:
        text = self._transcript.text
        if not 0 <= start < end <= len(text):
            size = f"a text of {len(text)} code points"
            raise Misquoted(
                field="end", said=f"{start} to {end} is no stretch of {size}"
            )
        said = text[start:end]
        if quote.text and not same_words(quote.text, said):
            raise Misquoted(
                field="text", said=f"at {start} to {end} the text says {_cut(said)}"
            )
        start += len(said) - len(said.lstrip())
        end -= len(said) - len(said.rstrip())
        if start >= end:
            raise Misquoted(field="end", said="it marks white space only")
        turn = self._transcript.turn_at(start)
        if turn is None:
            raise Misquoted(
                field="start", said="it begins outside the turns, with a label or time"
            )
        if end > turn.end:
            raise Misquoted(
                field="end", said=f"it runs past the end of turn {turn.index}"
            )
        if turn.speaks != "participant":
            raise Misquoted(field="start", said=_not_evidence(turn.index))
        return Span(start=start, end=end)

    def _by_words(self, quote: DraftQuote) -> Span:
        words = quote.text.strip()
        if not words:
            raise Misquoted(field="quote", said="the quote is missing")
        try:
            turn = turn_of(quote.turn)
        except Unfit as unfit:
            raise Misquoted(field="turn", said=str(unfit)) from unfit
        if turn is not None and turn >= len(self._transcript.turns):
            last = len(self._transcript.turns) - 1
            raise Misquoted(
                field="turn", said=f"there is no turn {turn}; the last is {last}"
            )
        found = self._locator.locate(words, turn=turn)
        if found.status not in VERIFIED or found.span is None:
            raise Misquoted(
                field="quote", said=f"{found.status}: {found.reason.rstrip('.')}"
            )
        if found.moved:
            raise Misquoted(
                field="turn",
                said=f"the words stand in turn {found.turn}, not in turn {turn}",
            )
        places = self._places(words, turn)
        if len(places) > 1:
            raise Misquoted(field="quote", said=_ambiguous(places, turn))
        return found.span

    def _places(self, words: str, turn: int | None) -> list[Place]:
        """Return where participants say it: letter for letter, else folded."""
        for found in (self._source.exact(words), self._source.folded(words)):
            places = [
                place
                for place in found
                if place.stretch.role == "citable"
                and turn in (None, place.stretch.turn)
            ]
            if places:
                return places
        return []


def same_words(given: str, said: str) -> bool:
    r"""Tell whether two texts differ in white space alone.

    Label Studio has written line ends as the two characters `\n`.
    """
    return given == said or _words(given.replace("\\n", "\n")) == _words(said)


def _words(text: str) -> list[str]:
    return text.split()


def _ambiguous(places: list[Place], turn: int | None) -> str:
    if turn is not None:
        return f"it stands {len(places)} times in turn {turn}; take in more words"
    turns = list(dict.fromkeys(place.stretch.turn for place in places))
    shown = ", ".join(str(one) for one in turns[:_SHOWN])
    more = ", …" if len(turns) > _SHOWN else ""
    if len(turns) == 1:
        return f"it stands {len(places)} times in turn {shown}; take in more words"
    return f"it stands {len(places)} times, in turns {shown}{more}; give the turn"


def _not_evidence(turn: int) -> str:
    return f"turn {turn} is not a participant's: only their words are evidence"


def _cut(text: str) -> str:
    return repr(text if len(text) <= 80 else f"{text[:79]}…")
