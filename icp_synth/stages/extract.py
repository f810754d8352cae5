"""Give one window to an analyst: rendered, with the way back to the source."""

from __future__ import annotations

from icp_synth.analysts.protocol import Analyst, Asked, Drafts
from icp_synth.domain.passages import Rendered, RenderedTurn, Window
from icp_synth.domain.transcripts import Transcript


def render(window: Window, transcript: Transcript) -> Rendered:
    """Return the window as a reader sees it; the map of offsets is the identity.

    Args:
        window: Of this transcript.
        transcript: With roles decided.

    Returns:
        One entry a slice, in the window's order.
    """
    turns = transcript.turns
    return Rendered(
        window=window.id,
        transcript=transcript.id,
        language=transcript.language,
        turns=tuple(
            RenderedTurn(
                number=piece.turn,
                speaks=turns[piece.turn].speaks,
                participant=turns[piece.turn].participant,
                use=piece.use,
                text=piece.span.of(transcript.text),
                start=piece.start,
            )
            for piece in window.slices
        ),
        text_sha256=transcript.text_sha256,
    )


def extract(
    window: Window, transcript: Transcript, analyst: Analyst
) -> Drafts | Asked[Drafts]:
    """Let the analyst read one window, at once or by requests."""
    return analyst.extract(render(window, transcript))
