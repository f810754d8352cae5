"""Small builders of domain values for tests."""

from __future__ import annotations

from collections.abc import Sequence

from icp_synth.domain.ids import sha256_text
from icp_synth.domain.transcripts import Speaks, Transcript, Turn

Said = tuple[str | None, Speaks | None, str]
"""Label, who it is, and the words of one turn."""


def make_transcript(
    said: Sequence[Said],
    *,
    id: str = "t",
    language: str = "en",
    times: Sequence[int | None] | None = None,
) -> Transcript:
    """Build a transcript in canonical form: `LABEL: TEXT`, one empty line between.

    A participant's name is the label. `times` are start times in milliseconds,
    one a turn.

    Example:
        >>> make_transcript(
        ...     [("Q", "interviewer", "How?"), ("Ann", "participant", "So.")]
        ... ).text
        'Q: How?\\n\\nAnn: So.'
    """
    text = ""
    turns: list[Turn] = []
    for index, (label, speaks, words) in enumerate(said):
        if index:
            text += "\n\n"
        if label is not None:
            text += f"{label}: "
        turns.append(
            Turn(
                index=index,
                start=len(text),
                end=len(text) + len(words),
                label=label,
                speaks=speaks,
                participant=(label or id) if speaks == "participant" else None,
                start_ms=times[index] if times else None,
            )
        )
        text += words
    by_speech = dict.fromkeys(t.participant for t in turns if t.participant)
    others = dict.fromkeys(t.label for t in turns if t.speaks == "interviewer")
    return Transcript(
        id=id,
        path=f"{id}.txt",
        sha256=sha256_text(text),
        text_sha256=sha256_text(text),
        reader="test/1",
        text=text,
        turns=tuple(turns),
        participants=tuple(by_speech),
        interviewers=tuple(label for label in others if label is not None),
        roles_by="test",
        language=language,
    )
