"""What is known of themes beside who said them, and what groups say unlike others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from icp_synth.domain.contrasts import Contrast, Feature
from icp_synth.domain.fields import PROFILE_FIELDS
from icp_synth.domain.groups import group_name
from icp_synth.domain.saturation import Saturation
from icp_synth.domain.statistics import wilson
from icp_synth.domain.themes import (
    ParentTheme,
    Theme,
    ThemeMap,
    ThemeStability,
)
from icp_synth.pipeline.heard import heard
from icp_synth.pipeline.work import Work
from icp_synth.stages.contrasts import against_rest, between
from icp_synth.stages.facts import feature
from icp_synth.stages.saturation import (
    said_alone,
    saturation,
    saturation_of_group,
)
from icp_synth.stages.themes import (
    LIKENESS_OF_QUOTES,
    THRESHOLD_OF_QUOTES,
    Meanings,
    ThemeGroup,
    asked_about,
    dominated_by,
    likeness_for,
    map_themes,
    meanings_of,
    questions_of,
    theme_centres,
    theme_stability,
    threshold_for,
)


def described(work: Work, groups: Sequence[ThemeGroup]) -> tuple[Theme, ...]:
    """Return the themes with who was asked, how stable they are, and who dominates.

    Args:
        work: With its themes, in the order of `groups`.
        groups: As they were found.
    """
    stability = _stability(work, groups)
    asked = asked_about(
        groups,
        questions_of(work.transcripts),
        work.vectors,
        likeness_for(work.embedder.name),
    )
    found = []
    counted = set(heard(work).counted)
    for theme, group, stable, people in zip(
        work.themes, groups, stability, asked, strict=True
    ):
        update: dict[str, Any] = {
            "stability": stable.value,
            "stability_verdict": stable.verdict,
            "stability_reason": stable.reason,
            "mentions": len(group.insights),
            "dominated_by": dominated_by(group.insights),
        }
        if people is not None:
            of = counted.intersection(people.people)
            said = len(of & set(theme.participants))
            update["asked"] = len(of)
            update["said_when_asked"] = said
            update["asked_by"] = people.question
            update["asked_interval"] = wilson(said, len(of))
        found.append(theme.model_copy(update=update))
    return tuple(found)


def _stability(work: Work, groups: Sequence[ThemeGroup]) -> tuple[ThemeStability, ...]:
    if work.settings.no_stability:
        return (ThemeStability(reason="off"),) * len(groups)
    cut = cut_of(work)
    return theme_stability(
        groups,
        work.insights,
        work.statement_vectors,
        cut.threshold,
        likeness=cut.likeness,
        meanings=cut.meanings,
        judged_out=_judged_out(work, groups),
    )


_SAID_ALIKE = 0.35
"""Least cosine of two statements that say one thing, where saturation counts them."""


@dataclass(frozen=True)
class Cut:
    """What `group_themes` cuts themes by."""

    threshold: float
    likeness: float = 0.0
    meanings: Meanings | None = None


def cut_of(work: Work) -> Cut:
    """Return how themes are cut: bare quotes by what they share in meaning as well."""
    if not work.analyst.guesses_kinds:
        return Cut(threshold_for(work.embedder.name))
    return Cut(
        THRESHOLD_OF_QUOTES,
        LIKENESS_OF_QUOTES,
        meanings_of([one.statement for one in work.insights]),
    )


def _judged_out(work: Work, groups: Sequence[ThemeGroup]) -> frozenset[str]:
    """Return what left a theme since it does not carry its name, and is in no other."""
    kept = {one.id for group in groups for one in group.insights}
    return frozenset(one.insight for one in work.theme_names.not_held) - kept


def map_of(
    work: Work, groups: Sequence[ThemeGroup], themes: Sequence[Theme]
) -> ThemeMap:
    """Return where each theme stands in two dimensions.

    Args:
        work: With the vectors that themes were cut from.
        groups: As they were found.
        themes: Named, in the same order.
    """
    if not groups:
        return ThemeMap()
    centres = theme_centres(groups, work.insights, work.statement_vectors)
    return map_themes([one.id for one in themes], centres)


def named_parents(
    parents: Sequence[ParentTheme], ids: Sequence[str], theme_ids: Mapping[str, str]
) -> tuple[ParentTheme, ...]:
    """Return the groups of themes under the names that stay, most people first.

    Args:
        parents: As the `themes` stage left them.
        ids: Their names, in the same order.
        theme_ids: Version → name of each theme.
    """
    named = [
        one.model_copy(
            update={"id": name, "themes": tuple(theme_ids[at] for at in one.themes)}
        )
        for one, name in zip(parents, ids, strict=True)
    ]
    return tuple(sorted(named, key=lambda one: (-one.n, one.id)))


def with_parents(
    themes: Sequence[Theme], parents: Sequence[ParentTheme]
) -> tuple[Theme, ...]:
    """Return the themes with the name of the group that each belongs to."""
    parent_of_theme = {name: one.id for one in parents for name in one.themes}
    return tuple(
        theme.model_copy(update={"parent": parent_of_theme.get(theme.id)})
        for theme in themes
    )


def contrasts_of(
    work: Work, themes: Sequence[Theme], segments: Mapping[str, Sequence[str]]
) -> tuple[Contrast, ...]:
    """Return how groups differ from one another, and each segment from everybody else.

    Args:
        work: With people and their facts.
        themes: Named.
        segments: Name → participants.
    """
    features = [*_theme_features(themes), *_fact_features(work)]
    people = heard(work).people
    counted = {
        name: sorted(set(who).intersection(people)) for name, who in segments.items()
    }
    return (
        *between(features, groups_of(work)),
        *against_rest(features, counted, people),
    )


def groups_of(work: Work) -> dict[str, tuple[str, ...]]:
    """Return the groups known beforehand, of those who were heard.

    A group that is written in two ways (`Churned`, `churned`) is one, by the spelling
    that most people have.
    """
    people: dict[str, list[str]] = defaultdict(list)
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    for name in heard(work).people:
        written = work.people[name].group
        group = group_name(written)
        if written and group:
            people[group].append(name)
            spelled[group][written] += 1
    return {
        min(spelled[group], key=lambda one: (-spelled[group][one], one)): tuple(who)
        for group, who in sorted(people.items())
    }


def saturation_of(work: Work, themes: Sequence[Theme]) -> Saturation:
    """Return when new things stopped coming, over orders of the interviews.

    Codes are the themes, and what one person alone says of no theme. Profile facts are
    none: everybody has a headcount and a tool of their own.
    """
    said_by = {one.id: one.participants for one in themes}
    singles = _said_alone(work, themes)
    found = saturation(said_by, heard(work).people, singles=singles)
    groups = tuple(
        saturation_of_group(name, who, said_by, singles)
        for name, who in sorted(groups_of(work).items())
    )
    return found.model_copy(update={"groups": groups})


def _said_alone(work: Work, themes: Sequence[Theme]) -> dict[str, int]:
    of_themes = {insight for one in themes for insight in one.insights}
    rows = [
        row
        for row, one in enumerate(work.insights)
        if one.id not in of_themes and not one.attribute
    ]
    return said_alone(
        [(work.insights[row].participant, work.insights[row].kind) for row in rows],
        work.statement_vectors[rows],
        max(_SAID_ALIKE, 1 - threshold_for(work.embedder.name)),
    )


def _theme_features(themes: Sequence[Theme]) -> list[Feature]:
    return [
        Feature(
            id=one.id,
            sort="theme",
            label=one.label,
            holders=frozenset(one.participants),
        )
        for one in themes
    ]


def _fact_features(work: Work) -> list[Feature]:
    """Return each value that facts have in common, with whom it is known of."""
    holders: dict[tuple[str, str], set[str]] = defaultdict(set)
    known: dict[str, set[str]] = defaultdict(set)
    as_said: dict[str, str] = {}
    for person, facts in work.facts.items():
        for field, said in facts.items():
            shared = [
                (one, fact.value) for fact in said if (one := feature(field, fact))
            ]
            if not shared:
                continue
            known[field].add(person)
            # Of a figure the last counts, since speakers correct themselves.
            words = PROFILE_FIELDS[field].type == "category"
            for one, value in shared if words else shared[-1:]:
                holders[field, one].add(person)
                as_said.setdefault(one, f"{field}={value}" if words else one)
    return [
        Feature(
            id=name,
            sort="fact",
            label=as_said[name],
            holders=frozenset(who),
            known=frozenset(known[field]),
        )
        for (field, name), who in sorted(holders.items())
    ]
