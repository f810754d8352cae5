"""Cut a window in two, where a model cannot take it or answer it whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from icp_synth.domain.ids import content_id
from icp_synth.domain.passages import Slice, Window
from icp_synth.domain.transcripts import Transcript

_LEAST = 200
"""Characters; a shorter stretch of words is not cut."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？\n])")
_SPACE = re.compile(r"\s+")


def halve(window: Window, transcript: Transcript) -> tuple[Window, Window] | None:
    """Return two windows whose bodies together are those of one.

    It is cut before the question nearest to the middle; where there is none, between
    two turns, with the question repeated as context; a single turn at the end of a
    sentence.

    Args:
        window: Of this transcript.
        transcript: Whose text the offsets count in.

    Returns:
        The halves in order; None where the window is too short to be cut.
    """
    slices = _without_edges(window.slices)
    bodies = [piece for piece in slices if piece.use == "body"]
    if sum(_length(one) for one in bodies) < 2 * _LEAST:
        return None
    if len(bodies) == 1:
        slices = _cut_body(slices, bodies[0], transcript)
    at = _middle(slices)
    question = [one for one in slices[:at] if one.use == "context"][-1:]
    second = slices[at:]
    if second[0].use == "body":
        second = [*question, *second]
    return (
        _window(window, transcript, slices[:at]),
        _window(window, transcript, second),
    )


def _without_edges(slices: Sequence[Slice]) -> list[Slice]:
    """Leave out questions after the last answer: they would be a half's only words."""
    last = max(at for at, one in enumerate(slices) if one.use == "body")
    return list(slices[: last + 1])


def _length(piece: Slice) -> int:
    return piece.end - piece.start


def _middle(slices: Sequence[Slice]) -> int:
    """Return where to cut: an answer on both sides, and most alike in length."""
    first = next(at for at, one in enumerate(slices) if one.use == "body")
    places = range(first + 1, len(slices))
    fresh = [
        at
        for at in places
        if slices[at].use == "context" and slices[at - 1].use == "body"
    ]
    whole = sum(_length(one) for one in slices)

    def off(at: int) -> int:
        return abs(whole - 2 * sum(_length(one) for one in slices[:at]))

    # A question is worth a cut that is not in the very middle, up to three to one.
    fair = [at for at in fresh if off(at) <= whole // 2]
    between = [at for at in places if slices[at].use == "body"]
    return min(fair or between or fresh, key=off)


def _cut_body(
    slices: Sequence[Slice], body: Slice, transcript: Transcript
) -> list[Slice]:
    at = _cut(body.span.of(transcript.text)) + body.start
    parts = (
        body.model_copy(update={"end": at}),
        body.model_copy(update={"start": at}),
    )
    return [part for one in slices for part in (parts if one is body else (one,))]


def _cut(text: str) -> int:
    """Return where to cut a text: near the middle, at a sentence's end if there is."""
    middle = len(text) // 2
    for pattern in (_SENTENCE_END, _SPACE):
        ends = [found.end() for found in pattern.finditer(text)]
        near = [end for end in ends if len(text) // 4 <= end <= 3 * len(text) // 4]
        if near:
            return min(near, key=lambda end: abs(end - middle))
    return middle


def _window(whole: Window, transcript: Transcript, slices: Iterable[Slice]) -> Window:
    pieces = tuple(slices)
    shape = [[one.turn, one.start, one.end, one.use] for one in pieces]
    share = sum(map(_length, pieces)) / max(1, sum(map(_length, whole.slices)))
    return Window(
        id=content_id("win", transcript.text_sha256, shape),
        transcript=whole.transcript,
        index=whole.index,
        slices=pieces,
        tokens=round(whole.tokens * share),
    )
