"""Every claim that a draft makes and that can be held against what people said."""

from __future__ import annotations

from collections.abc import Sequence

from icp_synth.analysts.protocol import Wordings
from icp_synth.domain.profiles import Claim
from icp_synth.pipeline.asked import about_of
from icp_synth.pipeline.likeness import likeness_by
from icp_synth.pipeline.positioning import positioning, study_of
from icp_synth.pipeline.work import Work
from icp_synth.stages.challenge import with_stances
from icp_synth.stages.draft import Findings, claims_of
from icp_synth.stages.draft.audience import audience_claims
from icp_synth.stages.draft.exclusions import find_excluded
from icp_synth.stages.minority import minority
from icp_synth.stages.themes import threshold_for

_SAME_EMBEDDED = 0.45


def of_cards(work: Work, found: Findings) -> list[Claim]:
    """Return the claims of ICPs and personas; one may stand in several."""
    return [
        claim
        for profile, wordings in work.profiles
        for claim in claims_of(found, profile, wordings)
    ]


def of_the_rest(work: Work, found: Findings) -> list[Claim]:
    """Return the claims of who is not ideal, of the audience, and of why us.

    What the audience shares is a theme or a fact; only themes can be challenged.
    """
    nothing = Wordings(texts={})
    negative = [
        claim
        for one in find_excluded(found, level=work.level, about=about_of(work))
        for claim in claims_of(found, one.profile, nothing)
    ]
    audience = [
        claim
        for claim in audience_claims(found, work.drafted)
        if any(
            claim.text == theme.label and set(claim.insights) <= set(theme.insights)
            for theme in work.themes
        )
    ]
    why = positioning(study_of(work, work.themes), ()).why_us
    return [*negative, *audience, *why]


def minority_views(work: Work, cards: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return what few people say, by what the claims of the cards came to.

    Args:
        work: With the stances that were found.
        cards: Claims of ICPs and personas, as drafted.
    """
    judged = [with_stances(one, work.stances.get(one.id)) for one in cards]
    return minority(
        work.published(),
        work.themes,
        judged,
        tuple(work.people),
        likeness=likeness_by(work.vectors),
        near=_same_for(work.embedder.name),
    )


def _same_for(embedding: str) -> float:
    """Return the cosine from which two statements say the same.

    For an endpoint that at which themes are cut. Embedded vectors are cut where the
    study's own words are weighed, which does not hold of two texts; of pairs of the
    sample study's statements 0.2 % are as near as 0.45, of pairs in a theme 14 %.
    """
    if embedding.startswith("embedded"):
        return _SAME_EMBEDDED
    return 1.0 - threshold_for(embedding)
