"""What a judge is shown of one claim: other people's passages, and its own people's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from icp_synth.analysts.protocol import ClaimToJudge, PassageToJudge
from icp_synth.domain.passages import Passage, Slice
from icp_synth.domain.profiles import Claim


class Shown(NamedTuple):
    """What a judge is shown of one claim, by number.

    Attributes:
        passages: Of people whom it does not cite, nearest first.
        own: Of people whom it cites and who may take it back.
    """

    claim: Claim
    passages: Mapping[int, Passage]
    own: Mapping[int, Passage]

    def all(self) -> dict[int, Passage]:
        """Return both, by number."""
        return {**self.passages, **self.own}


def question_on(
    shown: Shown, statements: tuple[str, ...], texts: Mapping[str, str]
) -> ClaimToJudge:
    """Return what a judge is asked about a claim.

    Args:
        shown: The claim and its passages.
        statements: Some that it rests on.
        texts: Transcript → canonical text.
    """
    claim, passages = shown.claim, shown.all()

    def words(passage: Passage, slices: Iterable[Slice]) -> str:
        text = texts[passage.transcript]
        return "\n".join(one.span.of(text) for one in slices)

    return ClaimToJudge(
        field=claim.field,
        text=claim.text,
        statements=statements,
        passages=tuple(
            PassageToJudge(
                number=number,
                text=words(passage, passage.body()),
                question=words(
                    passage, (one for one in passage.slices if one.use == "context")
                ),
            )
            for number, passage in passages.items()
        ),
        about=tuple(sorted({one.transcript for one in passages.values()})),
    )
