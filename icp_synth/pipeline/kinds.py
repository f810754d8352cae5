"""Settle the kinds of quotes that were read by guess, and fold what is one then."""

from __future__ import annotations

from icp_synth.analysts.embedded.own_cues import has_cue_of, praises, told
from icp_synth.pipeline.work import Work
from icp_synth.stages.merge import fold_same
from icp_synth.stages.themes import meanings_of, vote_kinds


def settle_kinds(work: Work) -> None:
    """Let like quotes vote on kinds that no cue tells; count what was moved.

    Two insights of one person on the same words may have one kind afterwards, and are
    folded.

    Args:
        work: With merged insights and their vectors; both are replaced.
    """
    hashes = {one.id: one.text_sha256 for one in work.transcripts}
    before = work.insights
    voted = vote_kinds(
        before,
        work.statement_vectors,
        meanings_of([one.statement for one in before]),
        sure=frozenset(
            one.id
            for one in before
            if any(has_cue_of(one.kind, quote.text) for quote in one.quotes)
        ),
        praise={
            one.id: category
            for one in before
            if one.attribute is None and (category := praises(one.quotes[0].text))
        },
        told=told,
        text_hashes=hashes,
    )
    work.kinds_moved = sum(
        one.kind != other.kind for one, other in zip(before, voted, strict=True)
    )
    again = fold_same(voted, hashes)
    work.insights, work.merged = again.insights, work.merged + again.merged
    work.statement_vectors = work.statement_vectors[list(again.rows)]
