"""Cut a window into the segments that are judged, each with what was asked before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from icp_synth.analysts.embedded.features import Segment
from icp_synth.analysts.embedded.sentences import Piece, is_chinese, statements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from icp_synth.domain.passages import Rendered, RenderedTurn

_NEAR = 2
"""Turns between a question and an answer that it still informs."""


class Answer(NamedTuple):
    """A participant's turn with its segments; `places` are stretches of its text."""

    turn: RenderedTurn
    places: tuple[Piece, ...]
    segments: tuple[Segment, ...]


def answers(rendered: Rendered) -> Iterator[Answer]:
    """Yield the citable participant turns of a window, in order."""
    question: RenderedTurn | None = None
    for turn in rendered.turns:
        if turn.speaks != "participant":
            question = turn
        elif turn.use == "body":
            near = question is not None and turn.number - question.number <= _NEAR
            asked = question.text if question is not None and near else ""
            yield _answer(turn, asked)


def _answer(turn: RenderedTurn, asked: str) -> Answer:
    places = tuple(statements(turn.text))
    texts = [place.of(turn.text) for place in places]
    segments = (
        Segment(text, asked, at, "zh" if is_chinese(text) else "en")
        for at, text in enumerate(texts)
    )
    return Answer(turn, places, tuple(segments))
