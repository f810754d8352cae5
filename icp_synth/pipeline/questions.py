"""The research questions of the brief, and what of the draft is near to each."""

from __future__ import annotations

from collections.abc import Sequence

from icp_synth.domain.profiles import Icp, NegativeIcp, Persona
from icp_synth.domain.questions import ResearchQuestion
from icp_synth.domain.themes import Theme
from icp_synth.pipeline.asked import about_of
from icp_synth.pipeline.likeness import likeness_by, near_for
from icp_synth.pipeline.work import Work
from icp_synth.stages.questions import Drafted, Told, questions


def questions_of(
    work: Work,
    profiles: Sequence[Icp | Persona],
    negative: Sequence[NegativeIcp],
    themes: Sequence[Theme],
) -> tuple[ResearchQuestion, ...]:
    """Return the section `questions` of synthesis.json.

    Args:
        work: Through all stages.
        profiles: ICPs and personas, as published.
        negative: As published.
        themes: Named, with their published ids.
    """
    left = []
    for one in negative:
        by_id = {claim.id: claim for claim in one.claims}
        left += [by_id[name] for name in one.reason.claims]
    about = about_of(work)
    drafted = Drafted(
        claims=[claim for one in profiles for claim in one.claims],
        left=left,
        themes=themes,
        insights={one.id: one for one in work.published()},
        of=len(work.people),
        told={
            one.id: Told(about.questions(one), about.product) for one in work.insights
        },
    )
    return questions(
        work.study.brief.questions,
        drafted,
        likeness=likeness_by(work.vectors),
        near=near_for(work.embedder.name),
    )
