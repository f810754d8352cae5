"""What serves the goal, what sets the product apart, and what is believed top-down."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from icp_synth.domain.brief import Brief
from icp_synth.domain.exclusions import NOT_DRAFTED_FROM
from icp_synth.domain.groups import group_name
from icp_synth.domain.hypotheses import Hypothesis, TopDown
from icp_synth.domain.insights import Insight
from icp_synth.domain.likeness import Judge, Likeness, nobody_judges
from icp_synth.domain.positioning import Positioning
from icp_synth.domain.profiles import Fact, Icp
from icp_synth.domain.themes import Theme
from icp_synth.domain.transcripts import Person, Transcript
from icp_synth.pipeline.heard import heard
from icp_synth.pipeline.likeness import judge_by, likeness_by, near_for
from icp_synth.pipeline.publishing import publishable
from icp_synth.pipeline.work import Work
from icp_synth.project.hypotheses_file import project_hypotheses
from icp_synth.stages.goal import goal_fit
from icp_synth.stages.guide import load_catalogue
from icp_synth.stages.hypotheses import Said, propose_test, top_down
from icp_synth.stages.positioning import (
    Told,
    differentiator_table,
    message_match,
    unsaid,
    why_us,
)


@dataclass(frozen=True)
class Study:
    """What the interviews gave, as far as this page reads it.

    Attributes:
        people: By name.
        near: Belongs to the vectors of `likeness` (`near_for`).
        transcripts: As they may be shown.
        unheard: Of whom nothing was read or may be quoted.
    """

    brief: Brief
    people: Mapping[str, Person]
    insights: Mapping[str, Insight]
    themes: Sequence[Theme]
    facts: Mapping[str, Mapping[str, tuple[Fact, ...]]]
    likeness: Likeness
    near: float
    transcripts: Sequence[Transcript] = ()
    judge: Judge = nobody_judges
    unheard: frozenset[str] = frozenset()


def positioning(study: Study, icps: Sequence[Icp]) -> Positioning:
    """Return the section `positioning` of synthesis.json.

    Args:
        study: What was found.
        icps: With their ids and claims.
    """
    told = Told(
        brief=study.brief,
        people=frozenset(study.people),
        insights=study.insights,
        likeness=study.likeness,
        near=study.near,
        transcripts=study.transcripts,
        stayed=_stayed(study.people),
        judge=study.judge,
    )
    reasons = why_us(told, study.themes)
    matches = message_match(told)
    return Positioning(
        goal=study.brief.outcome.strip(),
        goal_fit={
            icp.id: goal_fit(
                icp.claims,
                icp.criteria,
                study.brief,
                likeness=study.likeness,
                near=study.near,
            )
            for icp in icps
        },
        table=differentiator_table(told),
        why_us=reasons.shared,
        reasons=reasons.single,
        unthemed=reasons.unthemed,
        message=matches,
        unsaid=unsaid(reasons.shared, matches),
    )


def from_above(
    study: Study,
    hypotheses: Sequence[Hypothesis],
    bottom_up: Mapping[str, Collection[str]],
    *,
    language: str = "en",
) -> tuple[TopDown, ...]:
    """Weigh the hypotheses, and tell which ICPs stand apart from those found.

    Args:
        study: What was found.
        hypotheses: Of the file, and of study.toml.
        bottom_up: ICP id → its participants.
        language: Of the test plans that are proposed where a hypothesis has none.
    """
    said = Said(
        people=frozenset(study.people),
        facts=study.facts,
        insights=tuple(study.insights.values()),
        likeness=study.likeness,
        near=study.near,
        judge=study.judge,
        unheard=study.unheard,
    )
    return top_down(hypotheses, said, bottom_up, propose=proposals(language))


def proposals(language: str) -> Callable[[Hypothesis], str]:
    """Return what proposes a test plan: with the guide's question for the field."""
    catalogue = load_catalogue()

    def propose(hypothesis: Hypothesis) -> str:
        found = catalogue.for_subject(hypothesis.field)
        question = found.text(language) if found else None
        return propose_test(hypothesis, question, language=language)

    return propose


def study_of(work: Work, themes: Sequence[Theme]) -> Study:
    """Return what the interviews gave, as far as it may be shown.

    Args:
        work: Through all stages.
        themes: Named.
    """
    return Study(
        brief=work.study.brief,
        people=work.people,
        insights={one.id: one for one in work.published()},
        themes=themes,
        facts=work.facts,
        likeness=likeness_by(work.vectors),
        near=near_for(work.embedder.name),
        # Whoever may not be quoted names no rival either, in whatever turn.
        transcripts=tuple(publishable(work.transcripts, work.people.values()).values()),
        judge=judge_by(work.analyst, "why_us"),
        unheard=frozenset(work.people).difference(heard(work).people),
    )


def hypotheses_of(work: Work) -> tuple[Hypothesis, ...]:
    """Return the hypotheses of the project's file, then those of study.toml."""
    own = work.study.brief.own_categories()
    return (*project_hypotheses(work.folder, own), *work.study.hypotheses)


def _stayed(people: Mapping[str, Person]) -> frozenset[str]:
    """Return who has a reason to stay: who neither left nor never came."""
    return frozenset(
        name
        for name, one in people.items()
        if group_name(one.group) not in NOT_DRAFTED_FROM
    )
