"""A transcript as quotes are looked up in it: stretches, texts, token streams."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from icp_synth.domain.passages import Rendered
from icp_synth.domain.spans import Span
from icp_synth.domain.transcripts import Transcript, Turn
from icp_synth.stages.ground.fold import Folded, fold, join
from icp_synth.stages.ground.scripts import is_cjk
from icp_synth.stages.ground.sentences import sentences
from icp_synth.stages.ground.tokens import tokenize

Role = Literal["citable", "interviewer", "unread", "unknown"]

Trigram = tuple[str, str, str]
SEPARATOR = "\n"
"""Stands between stretches in a stream and in no folded quote."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of one turn; only `citable` ones hold evidence."""

    turn: int
    start: int
    end: int
    role: Role
    participant: str | None
    label: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quote stands: half-open code points in one stretch."""

    stretch: Stretch
    start: int
    end: int

    @property
    def span(self) -> Span:
        """The stretch of the canonical text."""
        return Span(start=self.start, end=self.end)


@dataclass(frozen=True)
class Stream:
    """The tokens and punctuation marks of all stretches, in order.

    Attributes:
        folded: What was cut into tokens.
        texts: One a token; `SEPARATOR` before each stretch.
        places: Half-open stretch of each token in `folded.text`.
        weights: 2 for a word or number, 1 for a CJK character, 0 for a mark.
        stretches: Index of the stretch of each token.
    """

    folded: Folded
    texts: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    weights: tuple[int, ...]
    stretches: tuple[int, ...]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the source's half-open stretch of tokens `first` to `last`."""
        return self.folded.source(self.places[first][0], self.places[last][1])

    @cached_property
    def trigrams(self) -> dict[Trigram, list[int]]:
        """Where each three tokens in a row begin."""
        found: dict[Trigram, list[int]] = defaultdict(list)
        threes = zip(self.texts, self.texts[1:], self.texts[2:], strict=False)
        for index, three in enumerate(threes):
            found[three].append(index)
        return dict(found)

    @cached_property
    def words(self) -> tuple[int, ...]:
        """Indices of the tokens proper: no separators, no punctuation marks."""
        return tuple(index for index, weight in enumerate(self.weights) if weight)

    @cached_property
    def word_texts(self) -> tuple[str, ...]:
        """The tokens proper."""
        return tuple(self.texts[index] for index in self.words)

    @cached_property
    def postings(self) -> dict[str, list[int]]:
        """For each token, the places in `words` where it stands."""
        found: dict[str, list[int]] = defaultdict(list)
        for place, index in enumerate(self.words):
            found[self.texts[index]].append(place)
        return dict(found)

    @cached_property
    def reach(self) -> dict[int, tuple[int, int]]:
        """For each stretch, the half-open range of its tokens in `words`."""
        found: dict[int, tuple[int, int]] = {}
        for place, index in enumerate(self.words):
            stretch = self.stretches[index]
            found[stretch] = (found.get(stretch, (place, 0))[0], place + 1)
        return found


class Source:
    """One transcript, cut into stretches; folds and streams are made when needed.

    Args:
        transcript: Whose roles are decided.
        rendered: What a reader read; only its bodies are citable then.
    """

    def __init__(
        self, transcript: Transcript, *, rendered: Rendered | None = None
    ) -> None:
        self.text = transcript.text
        self.stretches = tuple(_stretches(transcript, rendered))
        self._starts = [stretch.start for stretch in self.stretches]

    def exact(self, quote: str) -> Iterator[Place]:
        """Yield where the quote stands letter for letter, from the first place on."""
        at = self.text.find(quote)
        while at >= 0:
            if place := self._place(at, at + len(quote)):
                yield place
            at = self.text.find(quote, at + 1)

    def folded(self, quote: str) -> Iterator[Place]:
        """Yield where the quote stands after folding.

        Quote marks count first; where they are all that is missing, they do not.
        """
        found = False
        for place in self._folded(quote, marks=True):
            found = True
            yield place
        if not found:
            yield from self._folded(quote, marks=False)

    def _folded(self, quote: str, *, marks: bool) -> Iterator[Place]:
        text = self._with_marks if marks else self.without_marks
        wanted = fold(quote, marks=marks).text
        at = text.text.find(wanted) if wanted else -1
        while at >= 0:
            end = at + len(wanted)
            if text.whole(at, end) and (place := self._place(*text.source(at, end))):
                yield place
            at = text.text.find(wanted, at + 1)

    def _place(self, start: int, end: int) -> Place | None:
        index = bisect_right(self._starts, start) - 1
        if index < 0 or end > self.stretches[index].end:
            return None
        if _cuts(self.text, start) or _cuts(self.text, end):
            return None
        return Place(self.stretches[index], start, end)

    @cached_property
    def _with_marks(self) -> Folded:
        return self._fold_all(marks=True)

    @cached_property
    def without_marks(self) -> Folded:
        """All stretches folded and joined, without quote marks."""
        return self._fold_all(marks=False)

    def _fold_all(self, *, marks: bool) -> Folded:
        return join(
            (piece.start, fold(self.text[piece.start : piece.end], marks=marks))
            for piece in self.stretches
        )

    @cached_property
    def stream(self) -> Stream:
        """All stretches as tokens."""
        texts: list[str] = []
        places: list[tuple[int, int]] = []
        weights: list[int] = []
        numbers: list[int] = []
        offset = 0
        for number, line in enumerate(self.without_marks.text.split(SEPARATOR)[1:]):
            texts.append(SEPARATOR)
            places.append((offset, offset + 1))
            weights.append(0)
            offset += 1
            tokens = tokenize(line)
            texts += [token.text for token in tokens]
            places += [(offset + token.start, offset + token.end) for token in tokens]
            weights += [token.weight for token in tokens]
            numbers += [number] * (len(tokens) + 1)
            offset += len(line)
        return Stream(
            self.without_marks,
            tuple(texts),
            tuple(places),
            tuple(weights),
            tuple(numbers),
        )

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [
            piece.start + start
            for piece in self.stretches
            for start, _ in sentences(self.text[piece.start : piece.end])
        ]

    def sentence(self, offset: int) -> int:
        """Return a number that is one for each sentence of each stretch."""
        return bisect_right(self._sentence_starts, offset)


def cuts_word(text: str, place: Place) -> bool:
    """Tell whether a place begins or ends within a word that is not CJK."""
    return any(
        0 < at < len(text) and _in_word(text[at - 1]) and _in_word(text[at])
        for at in (place.start, place.end)
    )


def _in_word(character: str) -> bool:
    return character.isalnum() and not is_cjk(character)


def _cuts(text: str, at: int) -> bool:
    """Tell whether a border cuts a number or a composed letter in two.

    "15 minutes" does not stand in "115 minutes", nor "3" in "3.5".
    """
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if unicodedata.combining(after) and before.isalpha():
        return True
    if before.isdecimal() and after.isdecimal():
        return True
    if before.isdecimal() and after in ".,":
        return text[at + 1 : at + 2].isdecimal()
    return before in ".," and after.isdecimal() and text[at - 2 : at - 1].isdecimal()


def _stretches(transcript: Transcript, rendered: Rendered | None) -> Iterator[Stretch]:
    bodies = _bodies(rendered) if rendered else {}
    for turn in sorted(transcript.turns, key=lambda turn: (turn.start, turn.index)):
        if turn.start == turn.end:
            continue
        if turn.speaks != "participant":
            interviewer = turn.speaks == "interviewer"
            role: Role = "interviewer" if interviewer else "unknown"
            yield _stretch(turn, turn.start, turn.end, role)
        elif rendered is None:
            yield _stretch(turn, turn.start, turn.end, "citable")
        else:
            yield from _read_of(turn, bodies.get(turn.index, []))


def _read_of(turn: Turn, bodies: list[tuple[int, int]]) -> Iterator[Stretch]:
    """Yield what was read of a turn, and what was not, in order."""
    at = turn.start
    for start, end in bodies:
        if at < start:
            yield _stretch(turn, at, start, "unread")
        yield _stretch(turn, start, end, "citable")
        at = end
    if at < turn.end:
        yield _stretch(turn, at, turn.end, "unread")


def _stretch(turn: Turn, start: int, end: int, role: Role) -> Stretch:
    return Stretch(turn.index, start, end, role, turn.participant, turn.label)


def _bodies(rendered: Rendered) -> dict[int, list[tuple[int, int]]]:
    """Return for each turn the citable stretches, sorted; neighbours are joined."""
    found: dict[int, list[tuple[int, int]]] = {}
    for turn in sorted(rendered.turns, key=lambda turn: (turn.number, turn.start)):
        if turn.use != "body":
            continue
        start, end = turn.canonical(0), turn.canonical(len(turn.text))
        pieces = found.setdefault(turn.number, [])
        if pieces and pieces[-1][1] >= start:
            pieces[-1] = (pieces[-1][0], max(end, pieces[-1][1]))
        else:
            pieces.append((start, end))
    return found
